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

        /** JSON text such as {"blob":"..."}; needed when Site uses data[blob]. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** surl host without scheme; only when non-default. */
        public Builder funcaptchaApiJSSubdomain(String value) {
            return put("funcaptchaApiJSSubdomain", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies as name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** true asks for a token that was not given out before; documented for reCAPTCHA v2 and v3 only. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** Try https only where http fails. Required. */
        public Builder proxyType(ProxyType value) {
            return put("proxyType", value);
        }

        /**
         * IPv4 or IPv6 address alone, without scheme or port; host names are disputed; no transparent and no local
         * proxies. Required.
         */
        public Builder proxyAddress(String value) {
            return put("proxyAddress", value);
        }

        /** Port of the proxy. Required. */
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
     * @param token Token or token: pipe-separated Arkose token
     * @param cookies cookies: Only the Go client knows of it
     * @param userAgent userAgent: User agent used while solving
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
