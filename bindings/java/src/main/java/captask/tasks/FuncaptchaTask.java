// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** FunCaptcha (Arkose Labs) (FunCaptchaTask). */
public final class FuncaptchaTask implements Task<FuncaptchaTask.Solution> {
    private final JsonObject json;

    private FuncaptchaTask(JsonObject json) {
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

    /** Collects the members of FuncaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "FunCaptchaTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Arkose public key (pk). Required. */
        public Builder websitePublicKey(String value) {
            return put("websitePublicKey", value);
        }

        /** JSON text such as {"blob":"..."}; needed if the site uses data[blob]. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** Host of surl, without scheme; send it only if the site uses another than the default. */
        public Builder funcaptchaApiJSSubdomain(String value) {
            return put("funcaptchaApiJSSubdomain", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies, written name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** true requests a token that no other task received; documented for reCAPTCHA v2 and v3 only. */
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

        /** User name for the proxy, without a percent sign. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password for the proxy, without a percent sign. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The FuncaptchaTask. Throws IllegalStateException when a required member is missing. */
        public FuncaptchaTask build() {
            return new FuncaptchaTask(members(
                    "websiteURL", "websitePublicKey", "proxyType", "proxyAddress", "proxyPort"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of FuncaptchaTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param token Token or token: Arkose token; its parts are separated by |
     * @param cookies cookies: Only the Go client has it
     * @param userAgent userAgent: User agent that the service used
     * @param json the whole of it, as it came
     */
    public record Solution(String token, Map<String, String> cookies, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.string(json, "Token", "token"), Read.map(json, Read::string, "cookies"),
                    Read.string(json, "userAgent"), json);
        }
    }
}
