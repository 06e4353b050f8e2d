// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** HUNT, by the URL of the widget (CustomTask). */
public final class HuntWidgetTask implements Task<HuntWidgetTask.Solution> {
    private final JsonObject json;

    private HuntWidgetTask(JsonObject json) {
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

    /** Collects the members of HuntWidgetTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "CustomTask");
            put("class", "HUNT");
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

        /** Name at the proxy; no percent sign. Required. */
        public Builder proxyLogin(String value) {
            return put("proxyLogin", value);
        }

        /** Password at the proxy; no percent sign. Required. */
        public Builder proxyPassword(String value) {
            return put("proxyPassword", value);
        }

        /** The HuntWidgetTask. Throws IllegalStateException when a required member is missing. */
        public HuntWidgetTask build() {
            return new HuntWidgetTask(members(
                    "websiteURL", "metadata", "proxyType", "proxyAddress", "proxyPort", "proxyLogin", "proxyPassword"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of HuntWidgetTask. */
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

            /** Full hd-api api.js URL. Required. */
            public Builder apiGetLib(String value) {
                return put("apiGetLib", value);
            }

            /** Complete widget URL; exclusive with data. Required. */
            public Builder widgetUrl(String value) {
                return put("widgetUrl", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("apiGetLib", "widgetUrl"));
            }
        }
    }

    /**
     * Solution of HuntWidgetTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param data data
     * @param token token: X-HD or captcha token depending on scenario
     * @param json the whole of it, as it came
     */
    public record Solution(Data data, String token, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.object(json, Data::of, "data"), Read.string(json, "token"), json);
        }

        /**
         * Data. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param token token: X-HD or captcha token depending on scenario
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
