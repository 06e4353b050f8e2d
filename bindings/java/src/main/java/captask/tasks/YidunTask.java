// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;

/** Yidun (NetEase) (YidunTask). */
public final class YidunTask implements Task<YidunTask.Solution> {
    private final JsonObject json;

    private YidunTask(JsonObject json) {
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

    /** Collects the members of YidunTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "YidunTask");
        }

        /** Referer value of get/check request. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** id value of get/check request. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Full https URL of load.min.js. */
        public Builder yidunGetLib(String value) {
            return put("yidunGetLib", value);
        }

        /** Custom API host without scheme. */
        public Builder yidunApiServerSubdomain(String value) {
            return put("yidunApiServerSubdomain", value);
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

        /** The YidunTask. Throws IllegalStateException when a required member is missing. */
        public YidunTask build() {
            return new YidunTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of YidunTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param token token
     * @param json the whole of it, as it came
     */
    public record Solution(String token, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.string(json, "token"), json);
        }
    }
}
