// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** GeeTest v4 (GeeTestTask). */
public final class GeetestV4Task implements Task<GeetestV4Task.Solution> {
    private final JsonObject json;

    private GeetestV4Task(JsonObject json) {
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

    /** Collects the members of GeetestV4Task. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "GeeTestTask");
            put("version", 4);
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** captcha_id of the site. Required. */
        public Builder gt(String value) {
            return put("gt", value);
        }

        /** Host of the API, if the site uses another than api.geetest.com. */
        public Builder geetestApiServerSubdomain(String value) {
            return put("geetestApiServerSubdomain", value);
        }

        /** Path of the script: JSON in a string. */
        public Builder geetestGetLib(String value) {
            return put("geetestGetLib", value);
        }

        /** More initialisation values. */
        public Builder initParameters(InitParameters value) {
            return put("initParameters", value.toJson());
        }

        /** More initialisation values. */
        public Builder initParameters(Map<String, ?> value) {
            return put("initParameters", value);
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

        /** The GeetestV4Task. Throws IllegalStateException when a required member is missing. */
        public GeetestV4Task build() {
            return new GeetestV4Task(members("websiteURL", "gt"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object initParameters of GeetestV4Task. */
    public static final class InitParameters {
        private final JsonObject json;

        private InitParameters(JsonObject json) {
            this.json = json;
        }

        /** A builder without members. */
        public static Builder builder() {
            return new Builder();
        }

        /** Its JSON, a copy. */
        public JsonObject toJson() {
            return json.deepCopy();
        }

        /** Collects the members of InitParameters. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Kind of challenge, such as slide. */
            public Builder riskType(String value) {
                return put("riskType", value);
            }

            /** The InitParameters. */
            public InitParameters build() {
                return new InitParameters(members());
            }
        }
    }

    /**
     * Solution of GeetestV4Task. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param captchaId captcha_id
     * @param captchaOutput captcha_output
     * @param genTime gen_time: Unix time, as a string
     * @param lotNumber lot_number
     * @param passToken pass_token
     * @param json the whole of it, as it came
     */
    public record Solution(
            String captchaId, String captchaOutput, String genTime, String lotNumber, String passToken,
            JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.string(json, "captcha_id"), Read.string(json, "captcha_output"),
                    Read.string(json, "gen_time"), Read.string(json, "lot_number"), Read.string(json, "pass_token"),
                    json);
        }
    }
}
