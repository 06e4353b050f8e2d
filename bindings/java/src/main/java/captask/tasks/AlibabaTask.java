// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Alibaba (TRACELESS or checkbox), standard and extended (CustomTask). */
public final class AlibabaTask implements Task<AlibabaTask.Solution> {
    private final JsonObject json;

    private AlibabaTask(JsonObject json) {
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

    /** Collects the members of AlibabaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "alibaba");
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

        /** Samples send the word customTask. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true asks for a token that was not given out before; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** Only cookies of these hosts come back. */
        public Builder domains(List<String> value) {
            return put("domains", value);
        }

        /** Only cookies of these hosts come back. */
        public Builder domains(String... value) {
            return put("domains", List.of(value));
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

        /** The AlibabaTask. Throws IllegalStateException when a required member is missing. */
        public AlibabaTask build() {
            return new AlibabaTask(members("websiteURL", "metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of AlibabaTask. */
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

            /** Scenario id. Required. */
            public Builder sceneId(String value) {
                return put("sceneId", value);
            }

            /** First label of captcha-open host. Required. */
            public Builder prefix(String value) {
                return put("prefix", value);
            }

            /** Only if site exposes it. */
            public Builder userId(String value) {
                return put("userId", value);
            }

            /** Secondary id. */
            public Builder userUserId(String value) {
                return put("userUserId", value);
            }

            /** e.g. 1.0. */
            public Builder verifyType(String value) {
                return put("verifyType", value);
            }

            /** Region of the server; it decides the token: cn gives WEB#, sgp gives SG_WEB#. Known: cn, sgp. */
            public Builder region(String value) {
                return put("region", value);
            }

            /** Site traceid; capital U. */
            public Builder userCertifyId(String value) {
                return put("UserCertifyId", value);
            }

            /** Dynamic AliyunCaptcha.js link. */
            public Builder apiGetLib(String value) {
                return put("apiGetLib", value);
            }

            /** true adds cookies (ssxmod_itna, ssxmod_itna2); for sites behind Alibaba's own WAF. */
            public Builder cookieRequired(boolean value) {
                return put("cookieRequired", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("sceneId", "prefix"));
            }
        }
    }

    /**
     * Solution of AlibabaTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param data data
     * @param domains domains
     * @param json the whole of it, as it came
     */
    public record Solution(Data data, Map<String, Domain> domains, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.object(json, Data::of, "data"), Read.map(json, Read.each(Domain::of), "domains"), json);
        }

        /**
         * Data. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param tokens tokens: JSON text: sceneId, certifyId, deviceToken, data
         * @param json the whole of it, as it came
         */
        public record Data(String tokens, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Data of(JsonObject json) {
                return new Data(Read.string(json, "tokens"), json);
            }
        }

        /**
         * Domain. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param cookies cookies: When cookieRequired is true (there when metadata.cookieRequired is true)
         * @param json the whole of it, as it came
         */
        public record Domain(Map<String, String> cookies, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Domain of(JsonObject json) {
                return new Domain(Read.map(json, Read::string, "cookies"), json);
            }
        }
    }
}
