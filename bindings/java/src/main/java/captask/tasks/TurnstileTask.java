// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Cloudflare Turnstile widget (TurnstileTask). */
public final class TurnstileTask implements Task<TurnstileTask.Solution> {
    private final JsonObject json;

    private TurnstileTask(JsonObject json) {
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

    /** Collects the members of TurnstileTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "TurnstileTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Turnstile site key; usually begins with 0x4. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Action in the render call. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** cData in the render call. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** URL of the script. */
        public Builder apiJsUrl(String value) {
            return put("apiJsUrl", value);
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

        /** The TurnstileTask. Throws IllegalStateException when a required member is missing. */
        public TurnstileTask build() {
            return new TurnstileTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of TurnstileTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param token token: Value for the form field or the callback
     * @param userAgent userAgent: User agent that the service used
     * @param json the whole of it, as it came
     */
    public record Solution(String token, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.string(json, "token"), Read.string(json, "userAgent"), json);
        }
    }
}
