// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** Binance login (BinanceTask). */
public final class BinanceTask implements Task<BinanceTask.Solution> {
    private final JsonObject json;

    private BinanceTask(JsonObject json) {
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

    /** Collects the members of BinanceTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "BinanceTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** bizId, bizType or bizCode. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Value of validateId or securityId; it changes. Required. */
        public Builder validateId(String value) {
            return put("validateId", value);
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

        /** The BinanceTask. Throws IllegalStateException when a required member is missing. */
        public BinanceTask build() {
            return new BinanceTask(members("websiteURL", "websiteKey", "validateId"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of BinanceTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param cookies cookies: Only the .NET client has it
     * @param token token: Begins with captcha#
     * @param userAgent userAgent
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, String> cookies, String token, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.map(json, Read::string, "cookies"), Read.string(json, "token"),
                    Read.string(json, "userAgent"), json);
        }
    }
}
