// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Imperva (Incapsula) (CustomTask). */
public final class ImpervaTask implements Task<ImpervaTask.Solution> {
    private final JsonObject json;

    private ImpervaTask(JsonObject json) {
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

    /** Collects the members of ImpervaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "Imperva");
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

        /** The ImpervaTask. Throws IllegalStateException when a required member is missing. */
        public ImpervaTask build() {
            return new ImpervaTask(members("websiteURL", "metadata", "proxyType", "proxyAddress", "proxyPort"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of ImpervaTask. */
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

            /** Name of the script _Incapsula_Resource, with its query. Required. */
            public Builder incapsulaScriptUrl(String value) {
                return put("incapsulaScriptUrl", value);
            }

            /** The cookies incap_sess_* and visid_incap_*, joined by ;. Required. */
            public Builder incapsulaCookies(String value) {
                return put("incapsulaCookies", value);
            }

            /** Endpoint that receives the reese84 fingerprint. */
            public Builder reese84UrlEndpoint(String value) {
                return put("reese84UrlEndpoint", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("incapsulaScriptUrl", "incapsulaCookies"));
            }
        }
    }

    /**
     * Solution of ImpervaTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param domains domains: Origins (with scheme, in the documentation's sample), and the data of each
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, Domain> domains, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.map(json, Read.each(Domain::of), "domains"), json);
        }

        /**
         * Domain. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param cookies cookies: ___utmvc, reese84; a value may have cookie attributes
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
