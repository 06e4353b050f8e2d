// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Cloudflare challenge page, answered with a token (TurnstileTask). */
public final class TurnstileChallengeTokenTask implements Task<TurnstileChallengeTokenTask.Solution> {
    private final JsonObject json;

    private TurnstileChallengeTokenTask(JsonObject json) {
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

    /** Collects the members of TurnstileChallengeTokenTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "TurnstileTask");
            put("cloudflareTaskType", "token");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Site key of the challenge page. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Usually managed or non-interactive. Required. */
        public Builder pageAction(String value) {
            return put("pageAction", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. Required. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** cData in the render call. Required. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** chlPageData in the render call. Required. */
        public Builder pageData(String value) {
            return put("pageData", value);
        }

        /** URL of the challenge script. */
        public Builder apiJsUrl(String value) {
            return put("apiJsUrl", value);
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

        /** The TurnstileChallengeTokenTask. Throws IllegalStateException when a required member is missing. */
        public TurnstileChallengeTokenTask build() {
            return new TurnstileChallengeTokenTask(members(
                    "websiteURL", "websiteKey", "pageAction", "userAgent", "data", "pageData"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of TurnstileChallengeTokenTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
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
