// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** TSPD (F5) (CustomTask). */
public final class TspdTask implements Task<TspdTask.Solution> {
    private final JsonObject json;

    private TspdTask(JsonObject json) {
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

    /** Collects the members of TspdTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "tspd");
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

        /** User name for the proxy, without a percent sign. Required. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password for the proxy, without a percent sign. Required. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The TspdTask. Throws IllegalStateException when a required member is missing. */
        public TspdTask build() {
            return new TspdTask(members(
                    "websiteURL", "metadata", "proxyType", "proxyAddress", "proxyPort", "proxyLogin", "proxyPassword"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of TspdTask. */
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

            /** The cookies TS*, joined by ;. Required. */
            public Builder tspdCookie(String value) {
                return put("tspdCookie", value);
            }

            /** base64 of the whole challenge page. Required. */
            public Builder htmlPageBase64(String value) {
                return put("htmlPageBase64", value);
            }

            /** base64 of the whole challenge page. Required. */
            public Builder htmlPageBase64(byte[] value) {
                return put("htmlPageBase64", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("tspdCookie", "htmlPageBase64"));
            }
        }
    }

    /**
     * Solution of TspdTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param domains Domains or domains: Host names, and the data of each; the documentation's sample writes Domains
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, Domain> domains, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.map(json, Read.each(Domain::of), "Domains", "domains"), json);
        }

        /**
         * Domain. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param cookies Cookies or cookies: Names of cookies and their values; the documentation's sample writes
         *             Cookies, and TSPD_101_DID may be absent
         * @param json the whole of it, as it came
         */
        public record Domain(Map<String, String> cookies, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Domain of(JsonObject json) {
                return new Domain(Read.map(json, Read::string, "Cookies", "cookies"), json);
            }
        }
    }
}
