// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Alibaba, with punishUrl (CustomTask). */
public final class AlibabaPunishTask implements Task<AlibabaPunishTask.Solution> {
    private final JsonObject json;

    private AlibabaPunishTask(JsonObject json) {
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

    /** Collects the members of AlibabaPunishTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "alibaba");
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

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The solution has only the cookies of these hosts. */
        public Builder domains(List<String> value) {
            return put("domains", value);
        }

        /** The solution has only the cookies of these hosts. */
        public Builder domains(String... value) {
            return put("domains", List.of(value));
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

        /** The AlibabaPunishTask. Throws IllegalStateException when a required member is missing. */
        public AlibabaPunishTask build() {
            return new AlibabaPunishTask(members("websiteURL", "metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of AlibabaPunishTask. */
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

            /** Whole URL of _____tmd_____/punish, with port and query. Required. */
            public Builder punishUrl(String value) {
                return put("punishUrl", value);
            }

            /** Id of the scenario. */
            public Builder sceneId(String value) {
                return put("sceneId", value);
            }

            /** First label of the captcha-open host. */
            public Builder prefix(String value) {
                return put("prefix", value);
            }

            /** User id; only if the site shows it. */
            public Builder userId(String value) {
                return put("userId", value);
            }

            /** Second user id. */
            public Builder userUserId(String value) {
                return put("userUserId", value);
            }

            /** Kind of verification, such as 1.0. */
            public Builder verifyType(String value) {
                return put("verifyType", value);
            }

            /** Region of the server; with cn the token begins with WEB#, with sgp with SG_WEB#. Known: cn, sgp. */
            public Builder region(String value) {
                return put("region", value);
            }

            /** traceid of the site; the U is a capital letter. */
            public Builder userCertifyId(String value) {
                return put("UserCertifyId", value);
            }

            /** URL of AliyunCaptcha.js; it changes. */
            public Builder apiGetLib(String value) {
                return put("apiGetLib", value);
            }

            /** true adds the cookies ssxmod_itna and ssxmod_itna2, for sites behind Alibaba's WAF. */
            public Builder cookieRequired(boolean value) {
                return put("cookieRequired", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("punishUrl"));
            }
        }
    }

    /**
     * Solution of AlibabaPunishTask. What was not sent is null, or empty if it is a list or a map; json has everything.
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
         * @param tokens tokens: JSON text with sceneId, certifyId, deviceToken and data
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
         * @param cookies cookies: Names of cookies and their values (present if metadata.cookieRequired is true)
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
