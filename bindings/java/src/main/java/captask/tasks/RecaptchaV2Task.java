// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** reCAPTCHA v2, checkbox or invisible (RecaptchaV2Task). */
public final class RecaptchaV2Task implements Task<RecaptchaV2Task.Solution> {
    private final JsonObject json;

    private RecaptchaV2Task(JsonObject json) {
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

    /** Collects the members of RecaptchaV2Task. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "RecaptchaV2Task");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Value of data-sitekey. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** One-time data-s attribute; fetch a new one for each task. */
        public Builder recaptchaDataSValue(String value) {
            return put("recaptchaDataSValue", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies, written name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** true if the widget has no checkbox. */
        public Builder isInvisible(boolean value) {
            return put("isInvisible", value);
        }

        /** true requests a token that no other task received. */
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

        /** The RecaptchaV2Task. Throws IllegalStateException when a required member is missing. */
        public RecaptchaV2Task build() {
            return new RecaptchaV2Task(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of RecaptchaV2Task. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param cookies cookies: In one sample of the documentation; the Go client expects it
     * @param gRecaptchaResponse gRecaptchaResponse: Token for the field g-recaptcha-response, 500 to 2190 bytes
     * @param userAgent userAgent: Present for some sites; submit the token with this user agent
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, String> cookies, String gRecaptchaResponse, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.map(json, Read::string, "cookies"), Read.string(json, "gRecaptchaResponse"),
                    Read.string(json, "userAgent"), json);
        }
    }
}
