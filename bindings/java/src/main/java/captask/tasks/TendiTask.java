// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** TenDI (Tencent) (CustomTask). */
public final class TendiTask implements Task<TendiTask.Solution> {
    private final JsonObject json;

    private TendiTask(JsonObject json) {
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

    /** Collects the members of TendiTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "TenDI");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** captchaAppId (aid) as string. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** Holds captchaUrl and aidEncrypted. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Holds captchaUrl and aidEncrypted. */
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

        /** The TendiTask. Throws IllegalStateException when a required member is missing. */
        public TendiTask build() {
            return new TendiTask(members("websiteURL", "websiteKey"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of TendiTask. */
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

            /** TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js link. */
            public Builder captchaUrl(String value) {
                return put("captchaUrl", value);
            }

            /** Aid of the site, good for one task; only where the site uses Aid. */
            public Builder aidEncrypted(String value) {
                return put("aidEncrypted", value);
            }

            /** The Metadata. */
            public Metadata build() {
                return new Metadata(members());
            }
        }
    }

    /**
     * Solution of TendiTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param data data
     * @param headers headers
     * @param json the whole of it, as it came
     */
    public record Solution(Data data, Headers headers, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.object(json, Data::of, "data"), Read.object(json, Headers::of, "headers"), json);
        }

        /**
         * Data. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param randstr randstr
         * @param ticket ticket
         * @param json the whole of it, as it came
         */
        public record Data(String randstr, String ticket, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Data of(JsonObject json) {
                return new Data(Read.string(json, "randstr"), Read.string(json, "ticket"), json);
            }
        }

        /**
         * Headers. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param userAgent User-Agent
         * @param json the whole of it, as it came
         */
        public record Headers(String userAgent, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Headers of(JsonObject json) {
                return new Headers(Read.string(json, "User-Agent"), json);
            }
        }
    }
}
