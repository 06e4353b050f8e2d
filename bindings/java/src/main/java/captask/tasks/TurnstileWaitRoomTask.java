// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Cloudflare Waiting Room (TurnstileTask). */
public final class TurnstileWaitRoomTask implements Task<TurnstileWaitRoomTask.Solution> {
    private final JsonObject json;

    private TurnstileWaitRoomTask(JsonObject json) {
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

    /** Collects the members of TurnstileWaitRoomTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "TurnstileTask");
            put("cloudflareTaskType", "wait_room");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Any text. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** base64 of the Waiting Room page. Required. */
        public Builder htmlPageBase64(String value) {
            return put("htmlPageBase64", value);
        }

        /** base64 of the Waiting Room page. Required. */
        public Builder htmlPageBase64(byte[] value) {
            return put("htmlPageBase64", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. Required. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** Use https only if http fails. Required. */
        public Builder proxyType(ProxyType value) {
            return put("proxyType", value);
        }

        /**
         * IPv4 or IPv6 address, without scheme or port; the sources disagree about host names; transparent and local
         * proxies do not work. Required.
         */
        public Builder proxyAddress(String value) {
            return put("proxyAddress", value);
        }

        /** Port of the proxy. Required. */
        public Builder proxyPort(long value) {
            return put("proxyPort", value);
        }

        /** User name for the proxy, without a percent sign. Required. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password for the proxy, without a percent sign. Required. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The TurnstileWaitRoomTask. Throws IllegalStateException when a required member is missing. */
        public TurnstileWaitRoomTask build() {
            return new TurnstileWaitRoomTask(members(
                    "websiteURL", "websiteKey", "htmlPageBase64", "userAgent", "proxyType", "proxyAddress",
                    "proxyPort", "proxyLogin", "proxyPassword"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of TurnstileWaitRoomTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param cfClearance cf_clearance: Value of the cookie cf_clearance
     * @param json the whole of it, as it came
     */
    public record Solution(String cfClearance, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.string(json, "cf_clearance"), json);
        }
    }
}
