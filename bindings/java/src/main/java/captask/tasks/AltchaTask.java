// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** ALTCHA (CustomTask). */
public final class AltchaTask implements Task<AltchaTask.Solution> {
    private final JsonObject json;

    private AltchaTask(JsonObject json) {
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

    /** Collects the members of AltchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "altcha");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** May be an empty string; the documentation wants it, JavaScript client 2.6.1 leaves it out. */
        public Builder websiteKey(String value) {
            return put("websiteKey", value);
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

        /** The AltchaTask. Throws IllegalStateException when a required member is missing. */
        public AltchaTask build() {
            return new AltchaTask(members("websiteURL", "metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of AltchaTask. */
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

            /** challenge hash. Required. */
            public Builder challenge(String value) {
                return put("challenge", value);
            }

            /** site's maxnumber, sent as string. Required. */
            public Builder iterations(String value) {
                return put("iterations", value);
            }

            /** Complete salt including query part. Required. */
            public Builder salt(String value) {
                return put("salt", value);
            }

            /** challenge signature. Required. */
            public Builder signature(String value) {
                return put("signature", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("challenge", "iterations", "salt", "signature"));
            }
        }
    }

    /**
     * Solution of AltchaTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param data data
     * @param json the whole of it, as it came
     */
    public record Solution(Data data, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.object(json, Data::of, "data"), json);
        }

        /**
         * Data. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param number number: Found number
         * @param token token: base64 JSON with all proof fields
         * @param json the whole of it, as it came
         */
        public record Data(BigInteger number, String token, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Data of(JsonObject json) {
                return new Data(Read.integer(json, "number"), Read.string(json, "token"), json);
            }
        }
    }
}
