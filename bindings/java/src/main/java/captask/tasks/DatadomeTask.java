// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** DataDome (CustomTask). */
public final class DatadomeTask implements Task<DatadomeTask.Solution> {
    private final JsonObject json;

    private DatadomeTask(JsonObject json) {
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

    /** Collects the members of DatadomeTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "DataDome");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Map<String, ?> value) {
            return put("metadata", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** The solution has only the cookies of these hosts. */
        public Builder domains(List<String> value) {
            return put("domains", value);
        }

        /** The solution has only the cookies of these hosts. */
        public Builder domains(String... value) {
            return put("domains", List.of(value));
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

        /** User name for the proxy, without a percent sign. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password for the proxy, without a percent sign. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The DatadomeTask. Throws IllegalStateException when a required member is missing. */
        public DatadomeTask build() {
            return new DatadomeTask(members("websiteURL", "metadata", "proxyType", "proxyAddress", "proxyPort"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of DatadomeTask. */
    public static final class Metadata {
        private final JsonObject json;

        private Metadata(JsonObject json) {
            this.json = json;
        }

        /** A builder without members. */
        public static Builder builder() {
            return new Builder();
        }

        /** Its JSON, a copy. */
        public JsonObject toJson() {
            return json.deepCopy();
        }

        /** Collects the members of Metadata. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Whole captcha-delivery URL; t=bv in it means that the proxy is blocked. */
            public Builder captchaUrl(String value) {
                return put("captchaUrl", value);
            }

            /** The cookie, written datadome=VALUE. Required. */
            public Builder datadomeCookie(String value) {
                return put("datadomeCookie", value);
            }

            /** new if the page loads i.js and c.js; none if it loads i.js only. Known: new. */
            public Builder datadomeVersion(String value) {
                return put("datadomeVersion", value);
            }

            /** base64 of the page that came with status 403; an alternative to captchaUrl. */
            public Builder htmlPageBase64(String value) {
                return put("htmlPageBase64", value);
            }

            /** base64 of the page that came with status 403; an alternative to captchaUrl. */
            public Builder htmlPageBase64(byte[] value) {
                return put("htmlPageBase64", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("datadomeCookie"));
            }
        }
    }

    /**
     * Solution of DatadomeTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param data data
     * @param domains domains: Host names, and the data of each
     * @param fingerprint fingerprint
     * @param headers headers
     * @param url url
     * @param json the whole of it, as it came
     */
    public record Solution(
            JsonElement data, Map<String, Domain> domains, JsonElement fingerprint, JsonElement headers,
            JsonElement url, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.any(json, "data"), Read.map(json, Read.each(Domain::of), "domains"),
                    Read.any(json, "fingerprint"), Read.any(json, "headers"), Read.any(json, "url"), json);
        }

        /**
         * Domain. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param cookies cookies: Names of cookies and their values
         * @param localStorage localStorage
         * @param json the whole of it, as it came
         */
        public record Domain(Map<String, String> cookies, JsonElement localStorage, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Domain of(JsonObject json) {
                return new Domain(Read.map(json, Read::string, "cookies"), Read.any(json, "localStorage"), json);
            }
        }
    }
}
