// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Friendly Captcha (CustomTask). */
public final class FriendlyTask implements Task<FriendlyTask.Solution> {
    private final JsonObject json;

    private FriendlyTask(JsonObject json) {
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

    /** Collects the members of FriendlyTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "friendly");
        }

        /** URL of the page with the challenge. Required. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Friendly Captcha site key. Required. */
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

        /** The FriendlyTask. Throws IllegalStateException when a required member is missing. */
        public FriendlyTask build() {
            return new FriendlyTask(members("websiteURL", "websiteKey", "metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of FriendlyTask. */
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

            /** URL of widget.module.min.js (v1) or site.min.js (v2). Required. */
            public Builder apiGetLib(String value) {
                return put("apiGetLib", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("apiGetLib"));
            }
        }
    }

    /**
     * Solution of FriendlyTask. What was not sent is null, or empty if it is a list or a map; json has everything.
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
         * @param token token: Value for frc-captcha-solution (v1) or frc-captcha-response (v2)
         * @param json the whole of it, as it came
         */
        public record Data(String token, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Data of(JsonObject json) {
                return new Data(Read.string(json, "token"), json);
            }
        }
    }
}
