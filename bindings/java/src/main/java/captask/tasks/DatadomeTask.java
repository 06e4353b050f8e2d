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

        /** Holds what the kind of challenge needs. Required. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Holds what the kind of challenge needs. Required. */
        public Builder metadata(Map<String, ?> value) {
            return put("metadata", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** Only cookies of these hosts come back. */
        public Builder domains(List<String> value) {
            return put("domains", value);
        }

        /** Only cookies of these hosts come back. */
        public Builder domains(String... value) {
            return put("domains", List.of(value));
        }

        /** true asks for a token that was not given out before; the JavaScript client sends it with every type. */
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

            /** Full captcha-delivery URL; t=bv means proxy blocked. */
            public Builder captchaUrl(String value) {
                return put("captchaUrl", value);
            }

            /** Form datadome=VALUE. Required. */
            public Builder datadomeCookie(String value) {
                return put("datadomeCookie", value);
            }

            /** new takes i.js and c.js; without it i.js alone. Known: new. */
            public Builder datadomeVersion(String value) {
                return put("datadomeVersion", value);
            }

            /** 403 page; alternative to captchaUrl. */
            public Builder htmlPageBase64(String value) {
                return put("htmlPageBase64", value);
            }

            /** 403 page; alternative to captchaUrl. */
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
     * @param domains domains: Host name to data map
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
         * @param cookies cookies: Cookie name to value
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
