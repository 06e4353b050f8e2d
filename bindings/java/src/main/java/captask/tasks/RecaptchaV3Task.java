// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.Map;

/** reCAPTCHA v3 (RecaptchaV3TaskProxyless). */
public final class RecaptchaV3Task implements Task<RecaptchaV3Task.Solution> {
    private final JsonObject json;

    private RecaptchaV3Task(JsonObject json) {
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

    /** Collects the members of RecaptchaV3Task. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "RecaptchaV3TaskProxyless");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Value of render in the URL of api.js. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** true for reCAPTCHA Enterprise; the service also accepts 1 and 0. */
        public Builder isEnterprise(boolean value) {
            return put("isEnterprise", value);
        }

        /** true for reCAPTCHA Enterprise; the service also accepts 1 and 0. */
        public Builder isEnterprise(long value) {
            return put("isEnterprise", value);
        }

        /** Requested score; the documentation recommends it. */
        public Builder minScore(double value) {
            return put("minScore", value);
        }

        /** Requested score; the documentation recommends it. */
        public Builder minScore(BigDecimal value) {
            return put("minScore", value);
        }

        /** Action passed to grecaptcha.execute. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** true requests a token that no other task received. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecaptchaV3Task. Throws IllegalStateException when a required member is missing. */
        public RecaptchaV3Task build() {
            return new RecaptchaV3Task(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of RecaptchaV3Task. What was not sent is null, or empty if it is a list or a map; json has everything.
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
