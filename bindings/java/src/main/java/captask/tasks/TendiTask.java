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

        /** captchaAppId (aid), as a string. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** captchaUrl and aidEncrypted. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** captchaUrl and aidEncrypted. */
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

            /** URL of TCaptcha*.js, TJNCaptcha*.js or TJCaptcha*.js. */
            public Builder captchaUrl(String value) {
                return put("captchaUrl", value);
            }

            /** Encrypted aid, valid for one task; only for sites that use it. */
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
