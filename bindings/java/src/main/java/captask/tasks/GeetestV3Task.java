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

        /** URL of the page that initialises the widget (the Referer of gettype.php). Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Identifier of the site; does not change. Required. */
        public Builder gt(String value) {
            return put("gt", value);
        }

        /**
         * Valid once; fetch a new one just before each task. Only the site of geetest_v3_operation_site needs none.
         * Required.
         */
        public Builder challenge(String value) {
            return put("challenge", value);
        }

        /** Version of GeeTest; the documentation requires it, some official clients omit it. */
        public Builder version(long value) {
            return put("version", value);
        }

        /** Version of GeeTest; the documentation requires it, some official clients omit it. */
        public Builder version(String value) {
            return put("version", value);
        }

        /** Host of the API, if the site uses another than api.geetest.com. */
        public Builder geetestApiServerSubdomain(String value) {
            return put("geetestApiServerSubdomain", value);
        }

        /** Path of the script: JSON in a string. */
        public Builder geetestGetLib(String value) {
            return put("geetestGetLib", value);
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
     * @param seccode seccode: Ends with |jordan in the documentation's sample
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
