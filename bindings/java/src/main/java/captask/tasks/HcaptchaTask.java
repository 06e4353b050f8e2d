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

        /** hCaptcha sitekey. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Invisible widget. */
        public Builder isInvisible(boolean value) {
            return put("isInvisible", value);
        }

        /** rqdata or gid; single use, mostly with invisible. */
        public Builder data(String value) {
            return put("data", value);
        }

        /** Windows user agent; see fallbackToActualUA. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Cookies as name1=value1; name2=value2. */
        public Builder cookies(String value) {
            return put("cookies", value);
        }

        /** True: service user agent returned; false: yours, else ERROR_WRONG_USERAGENT. */
        public Builder fallbackToActualUA(boolean value) {
            return put("fallbackToActualUA", value);
        }

        /** true asks for a token that was not given out before; the documentation no longer says so for hCaptcha. */
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
     * @param cookies cookies: Only the Go client knows of it
     * @param gRecaptchaResponse gRecaptchaResponse: hCaptcha token despite name
     * @param respKey respKey: hcaptcha.getRespKey() value when available
     * @param userAgent userAgent: Reuse on submit
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
