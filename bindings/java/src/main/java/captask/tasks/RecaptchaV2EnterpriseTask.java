// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** reCAPTCHA v2 Enterprise (RecaptchaV2EnterpriseTask). */
public final class RecaptchaV2EnterpriseTask implements Task<RecaptchaV2EnterpriseTask.Solution> {
    private final JsonObject json;

    private RecaptchaV2EnterpriseTask(JsonObject json) {
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

    /** Collects the members of RecaptchaV2EnterpriseTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "RecaptchaV2EnterpriseTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Value of data-sitekey, or of k in the iframe's URL. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Send it only if the site uses another action. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** More arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(EnterprisePayload value) {
            return put("enterprisePayload", value.toJson());
        }

        /** More arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(Map<String, ?> value) {
            return put("enterprisePayload", value);
        }

        /** More arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(String value) {
            return put("enterprisePayload", value);
        }

        /** Host of the script, such as www.google.com or www.recaptcha.net. */
        public Builder apiDomain(String value) {
            return put("apiDomain", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies, written name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** One-time data-s attribute; fetch a new one for each task. */
        public Builder recaptchaDataSValue(String value) {
            return put("recaptchaDataSValue", value);
        }

        /** true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only. */
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

        /** The RecaptchaV2EnterpriseTask. Throws IllegalStateException when a required member is missing. */
        public RecaptchaV2EnterpriseTask build() {
            return new RecaptchaV2EnterpriseTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object enterprisePayload of RecaptchaV2EnterpriseTask. */
    public static final class EnterprisePayload {
        private final JsonObject json;

        private EnterprisePayload(JsonObject json) {
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

        /** Collects the members of EnterprisePayload. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Value of s; new for each rendering. */
            public Builder s(String value) {
                return put("s", value);
            }

            /** The EnterprisePayload. */
            public EnterprisePayload build() {
                return new EnterprisePayload(members());
            }
        }
    }

    /**
     * Solution of RecaptchaV2EnterpriseTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param cookies cookies: Only the Go client has it
     * @param gRecaptchaResponse gRecaptchaResponse: Token for the field g-recaptcha-response, 500 to 2190 bytes
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, String> cookies, String gRecaptchaResponse, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.map(json, Read::string, "cookies"), Read.string(json, "gRecaptchaResponse"), json);
        }
    }
}
