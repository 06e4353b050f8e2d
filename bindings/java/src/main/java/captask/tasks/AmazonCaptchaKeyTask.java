// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Amazon WAF, widget with an API key (AmazonTask). */
public final class AmazonCaptchaKeyTask implements Task<AmazonCaptchaKeyTask.Solution> {
    private final JsonObject json;

    private AmazonCaptchaKeyTask(JsonObject json) {
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

    /** Collects the members of AmazonCaptchaKeyTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "AmazonTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** apiKey of the rendered widget. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** URL of jsapi.js. Required. */
        public Builder captchaScript(String value) {
            return put("captchaScript", value);
        }

        /** true for the cookie aws-waf-token, false for captcha_voucher and existing_token. */
        public Builder cookieSolution(boolean value) {
            return put("cookieSolution", value);
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

        /** The AmazonCaptchaKeyTask. Throws IllegalStateException when a required member is missing. */
        public AmazonCaptchaKeyTask build() {
            return new AmazonCaptchaKeyTask(members("websiteURL", "websiteKey", "captchaScript"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of AmazonCaptchaKeyTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param captchaVoucher captcha_voucher: The voucher (present if cookieSolution is false, or cookieSolution is
     *             absent)
     * @param cookies cookies
     * @param existingToken existing_token: The token that belongs to captcha_voucher (present if cookieSolution is
     *             false, or cookieSolution is absent)
     * @param userAgent userAgent: In a sample of the documentation and in the .NET client
     * @param json the whole of it, as it came
     */
    public record Solution(
            String captchaVoucher, Cookies cookies, String existingToken, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.string(json, "captcha_voucher"), Read.object(json, Cookies::of, "cookies"),
                    Read.string(json, "existing_token"), Read.string(json, "userAgent"), json);
        }

        /**
         * Cookies. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param awsWafToken aws-waf-token: The cookie aws-waf-token (present if cookieSolution is true)
         * @param json the whole of it, as it came
         */
        public record Cookies(String awsWafToken, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Cookies of(JsonObject json) {
                return new Cookies(Read.string(json, "aws-waf-token"), json);
            }
        }
    }
}
