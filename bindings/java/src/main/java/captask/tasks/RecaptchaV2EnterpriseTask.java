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

        /** data-sitekey or k query value of the iframe. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Send only when site uses another action. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** Extra arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(EnterprisePayload value) {
            return put("enterprisePayload", value.toJson());
        }

        /** Extra arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(Map<String, ?> value) {
            return put("enterprisePayload", value);
        }

        /** Extra arguments of grecaptcha.enterprise.render. */
        public Builder enterprisePayload(String value) {
            return put("enterprisePayload", value);
        }

        /** Script host, e.g. www.google.com or www.recaptcha.net. */
        public Builder apiDomain(String value) {
            return put("apiDomain", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies as name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** One-time data-s attribute; fetch anew per task. */
        public Builder recaptchaDataSValue(String value) {
            return put("recaptchaDataSValue", value);
        }

        /** true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only. */
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

            /** per-render s value. */
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
     * @param cookies cookies: Only the Go client knows of it
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
