// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Castle (CustomTask). The service lists it as deprecated. */
public final class CastleTask implements Task<CastleTask.Solution> {
    private final JsonObject json;

    private CastleTask(JsonObject json) {
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

    /** Collects the members of CastleTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "Castle");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Publishable key, pk_. Required. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
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

        /** The CastleTask. Throws IllegalStateException when a required member is missing. */
        public CastleTask build() {
            return new CastleTask(members("websiteURL", "websiteKey", "metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of CastleTask. */
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

            /** URL of cw.js. Required. */
            public Builder wUrl(String value) {
                return put("wUrl", value);
            }

            /** URL of csw.js. Required. */
            public Builder swUrl(String value) {
                return put("swUrl", value);
            }

            /** Number of tokens; the service takes a larger value as 49. */
            public Builder count(long value) {
                return put("count", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("wUrl", "swUrl"));
            }
        }
    }

    /**
     * Solution of CastleTask. What was not sent is null, or empty if it is a list or a map; json has everything.
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
         * @param tokens tokens: Tokens of one __cuid session
         * @param json the whole of it, as it came
         */
        public record Data(List<String> tokens, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Data of(JsonObject json) {
                return new Data(Read.list(json, Read::string, "tokens"), json);
            }
        }

        /**
         * Domain. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param cookies cookies
         * @param json the whole of it, as it came
         */
        public record Domain(Cookies cookies, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Domain of(JsonObject json) {
                return new Domain(Read.object(json, Cookies::of, "cookies"), json);
            }

            /**
             * Cookies. What was not sent is null, or empty if it is a list or a map; json has everything.
             *
             * @param cuid __cuid
             * @param json the whole of it, as it came
             */
            public record Cookies(String cuid, JsonObject json) {
                /** Reads it from JSON; members of another type than the documented one are left out. */
                public static Cookies of(JsonObject json) {
                    return new Cookies(Read.string(json, "__cuid"), json);
                }
            }
        }
    }
}
