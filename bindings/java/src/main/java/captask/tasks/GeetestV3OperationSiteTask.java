// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** GeeTest v3 on the one site where challenge is the name of an operation (GeeTestTask). */
public final class GeetestV3OperationSiteTask implements Task<GeetestV3OperationSiteTask.Solution> {
    private final JsonObject json;

    private GeetestV3OperationSiteTask(JsonObject json) {
        this.json = json;
    }

    /** A builder without members. */
    public static Builder builder() {
        return new Builder();
    }

    /** Its JSON, a copy. */
    @Override
    public JsonObject toJson() {
        return json.deepCopy();
    }

    /** Collects the members of GeetestV3OperationSiteTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "GeeTestTask");
        }

        /** URL on the one site that this form is for; the documentation masks its name. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** The same value for the whole site. Required. */
        public Builder gt(String value) {
            return put("gt", value);
        }

        /**
         * Name of an operation, not a key that changes. Known: SendEmailCode, SendVerifyCode, ClaimUserTask,
         * OpenMysteryBox, BuyGGShop, PrepareBuyGGRaffleTickets, AddTypedCredentialItems, CreateReportTicket,
         * PrepareParticipate, RefreshCredentialValue, SyncCredentialValue, GetSocialAuthUrl.
         */
        public Builder challenge(String value) {
            return put("challenge", value);
        }

        /** Version of GeeTest. */
        public Builder version(long value) {
            return put("version", value);
        }

        /** Version of GeeTest. */
        public Builder version(String value) {
            return put("version", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** Use https only if http fails. */
        public Builder proxyType(ProxyType value) {
            return put("proxyType", value);
        }

        /**
         * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
         * proxies do not work.
         */
        public Builder proxyAddress(String value) {
            return put("proxyAddress", value);
        }

        /** Port of the proxy. */
        public Builder proxyPort(long value) {
            return put("proxyPort", value);
        }

        /** User name for the proxy, without a percent sign. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password for the proxy, without a percent sign. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The GeetestV3OperationSiteTask. Throws IllegalStateException when a required member is missing. */
        public GeetestV3OperationSiteTask build() {
            return new GeetestV3OperationSiteTask(members("websiteURL", "gt"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of GeetestV3OperationSiteTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param captchaOutput captcha_output
     * @param encryptedData encryptedData: Normally empty
     * @param genTime gen_time
     * @param lotNumber lot_number
     * @param passToken pass_token
     * @param json the whole of it, as it came
     */
    public record Solution(
            String captchaOutput, String encryptedData, String genTime, String lotNumber, String passToken,
            JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.string(json, "captcha_output"), Read.string(json, "encryptedData"),
                    Read.string(json, "gen_time"), Read.string(json, "lot_number"), Read.string(json, "pass_token"),
                    json);
        }
    }
}
