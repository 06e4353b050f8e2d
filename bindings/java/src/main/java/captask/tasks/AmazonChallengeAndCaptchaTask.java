// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Amazon WAF, page with challenge and captcha (AmazonTask). */
public final class AmazonChallengeAndCaptchaTask implements Task<AmazonChallengeAndCaptchaTask.Solution> {
    private final JsonObject json;

    private AmazonChallengeAndCaptchaTask(JsonObject json) {
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

    /** Collects the members of AmazonChallengeAndCaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "AmazonTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Link to challenge.js. Required. */
        public Builder challengeScript(String value) {
            return put("challengeScript", value);
        }

        /** gokuProps.key. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** gokuProps.context. Required. */
        public Builder context(String value) {
            return put("context", value);
        }

        /** gokuProps.iv. Required. */
        public Builder iv(String value) {
            return put("iv", value);
        }

        /** Link to captcha.js; absent for challenge-only pages, where older documentation wanted any string. */
        public Builder captchaScript(String value) {
            return put("captchaScript", value);
        }

        /** True yields aws-waf-token cookie; false voucher pair. */
        public Builder cookieSolution(boolean value) {
            return put("cookieSolution", value);
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

        /** The AmazonChallengeAndCaptchaTask. Throws IllegalStateException when a required member is missing. */
        public AmazonChallengeAndCaptchaTask build() {
            return new AmazonChallengeAndCaptchaTask(members(
                    "websiteURL", "challengeScript", "websiteKey", "context", "iv"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of AmazonChallengeAndCaptchaTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param captchaVoucher captcha_voucher: When cookieSolution is false (there when cookieSolution is false, or
     *             cookieSolution is absent)
     * @param cookies cookies
     * @param existingToken existing_token: When cookieSolution is false (there when cookieSolution is false, or
     *             cookieSolution is absent)
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
         * @param awsWafToken aws-waf-token: When cookieSolution is true (there when cookieSolution is true)
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
