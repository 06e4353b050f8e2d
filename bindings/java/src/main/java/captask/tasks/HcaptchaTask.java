// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** hCaptcha (HCaptchaTask). The service lists it as deprecated. */
public final class HcaptchaTask implements Task<HcaptchaTask.Solution> {
    private final JsonObject json;

    private HcaptchaTask(JsonObject json) {
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

    /** Collects the members of HcaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "HCaptchaTask");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** hCaptcha site key. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** true if the widget is invisible. */
        public Builder isInvisible(boolean value) {
            return put("isInvisible", value);
        }

        /** rqdata or gid; valid once, mostly for invisible widgets. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** A Windows user agent; see fallbackToActualUA. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies, written name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /**
         * true: the service may use and return its own user agent; false: it uses yours, or answers
         * ERROR_WRONG_USERAGENT.
         */
        public Builder fallbackToActualUA(boolean value) {
            return put("fallbackToActualUA", value);
        }

        /** true requests a token that no other task received; no longer documented for hCaptcha. */
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

        /** The HcaptchaTask. Throws IllegalStateException when a required member is missing. */
        public HcaptchaTask build() {
            return new HcaptchaTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of HcaptchaTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param cookies cookies: Only the Go client has it
     * @param gRecaptchaResponse gRecaptchaResponse: hCaptcha token, despite the member's name
     * @param respKey respKey: Value of hcaptcha.getRespKey(), if there is one
     * @param userAgent userAgent: Submit the token with this user agent
     * @param json the whole of it, as it came
     */
    public record Solution(
            Map<String, String> cookies, String gRecaptchaResponse, String respKey, String userAgent, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.map(json, Read::string, "cookies"), Read.string(json, "gRecaptchaResponse"),
                    Read.string(json, "respKey"), Read.string(json, "userAgent"), json);
        }
    }
}
