// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.math.BigDecimal;

/** reCAPTCHA v3 Enterprise (RecaptchaV3EnterpriseTask). */
public final class RecaptchaV3EnterpriseTask implements Task<RecaptchaV3EnterpriseTask.Solution> {
    private final JsonObject json;

    private RecaptchaV3EnterpriseTask(JsonObject json) {
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

    /** Collects the members of RecaptchaV3EnterpriseTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "RecaptchaV3EnterpriseTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Value of render in the URL of enterprise.js. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Requested score. */
        public Builder minScore(double value) {
            return put("minScore", value);
        }

        /** Requested score. */
        public Builder minScore(BigDecimal value) {
            return put("minScore", value);
        }

        /** Send it only if the site uses another action. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecaptchaV3EnterpriseTask. Throws IllegalStateException when a required member is missing. */
        public RecaptchaV3EnterpriseTask build() {
            return new RecaptchaV3EnterpriseTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of RecaptchaV3EnterpriseTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param gRecaptchaResponse gRecaptchaResponse: Token for the field g-recaptcha-response, 500 to 2190 bytes
     * @param userAgent userAgent: Present for some sites; submit the token with this user agent
     * @param json the whole of it, as it came
     */
    public record Solution(String gRecaptchaResponse, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.string(json, "gRecaptchaResponse"), Read.string(json, "userAgent"), json);
        }
    }
}
