// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** GeeTest v3 (GeeTestTask). */
public final class GeetestV3Task implements Task<GeetestV3Task.Solution> {
    private final JsonObject json;

    private GeetestV3Task(JsonObject json) {
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

    /** Collects the members of GeetestV3Task. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "GeeTestTask");
        }

        /** Page that initialises the widget (Referer of gettype.php). Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Static domain identifier. Required. */
        public Builder gt(String value) {
            return put("gt", value);
        }

        /**
         * single-use; obtain fresh before every task; only on the site of geetest_v3_operation_site may it be left out.
         * Required.
         */
        public Builder challenge(String value) {
            return put("challenge", value);
        }

        /** Protocol version; documentation wants it, some official clients leave it out. */
        public Builder version(long value) {
            return put("version", value);
        }

        /** Protocol version; documentation wants it, some official clients leave it out. */
        public Builder version(String value) {
            return put("version", value);
        }

        /** Needed by some sites; differs from api.geetest.com. */
        public Builder geetestApiServerSubdomain(String value) {
            return put("geetestApiServerSubdomain", value);
        }

        /** Captcha script path, JSON passed as string. */
        public Builder geetestGetLib(String value) {
            return put("geetestGetLib", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true asks for a token that was not given out before; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** Try https only where http fails. */
        public Builder proxyType(ProxyType value) {
            return put("proxyType", value);
        }

        /**
         * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local
         * proxies.
         */
        public Builder proxyAddress(String value) {
            return put("proxyAddress", value);
        }

        /** Port of the proxy. */
        public Builder proxyPort(long value) {
            return put("proxyPort", value);
        }

        /** Name at the proxy; no percent sign. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password at the proxy; no percent sign. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The GeetestV3Task. Throws IllegalStateException when a required member is missing. */
        public GeetestV3Task build() {
            return new GeetestV3Task(members("websiteURL", "gt", "challenge"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of GeetestV3Task. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param challenge challenge
     * @param seccode seccode: Ends with |jordan in the sample
     * @param validate validate
     * @param json the whole of it, as it came
     */
    public record Solution(String challenge, String seccode, String validate, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.string(json, "challenge"), Read.string(json, "seccode"), Read.string(json, "validate"), json);
        }
    }
}
