// Generated (make generate). Do not edit.
package captask;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** Configuration of a client. What is not given has its default. */
public final class Config {
    private final JsonObject json;

    private Config(JsonObject json) {
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

    /** Collects the members of Config. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
        }

        /** The account's key. Default: the environment variable CAPTASK_CLIENT_KEY. */
        public Builder clientKey(String value) {
            return put("clientKey", value);
        }

        /**
         * URL of the service, without login, query or fragment. "sandbox:" is a stand-in inside this process that dies
         * with the client and needs no key. Default: "https://api.capmonster.cloud".
         */
        public Builder endpoint(String value) {
            return put("endpoint", value);
        }

        /** URLs tried in order when the one before cannot be connected to. https never falls back to http. */
        public Builder fallbackEndpoints(List<String> value) {
            return put("fallbackEndpoints", value);
        }

        /** URLs tried in order when the one before cannot be connected to. https never falls back to http. */
        public Builder fallbackEndpoints(String... value) {
            return put("fallbackEndpoints", List.of(value));
        }

        /**
         * Where getUserAgent asks. With the endpoint sandbox: it is the sandbox's own. Default:
         * "https://capmonster.cloud/api/useragent/actual".
         */
        public Builder userAgentEndpoint(String value) {
            return put("userAgentEndpoint", value);
        }

        /**
         * Proxy for the calls to the service, with optional login, in which # / ? are written %23 %2F %3F;
         * "environment" reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does, and HTTP_PROXY unless
         * REQUEST_METHOD is set. Default: none.
         */
        public Builder proxy(String value) {
            return put("proxy", value);
        }

        /** Certificates are always verified. */
        public Builder tls(Tls value) {
            return put("tls", value.toJson());
        }

        /** For connecting, TLS and proxy included. Default: 10000. */
        public Builder connectTimeout(Duration value) {
            return put("connectTimeoutMs", millis(value));
        }

        /** For one HTTP exchange. Default: 21000. */
        public Builder requestTimeout(Duration value) {
            return put("requestTimeoutMs", millis(value));
        }

        /** For a single call with its repetitions. Default: 30000. */
        public Builder callTimeout(Duration value) {
            return put("callTimeoutMs", millis(value));
        }

        /** Connections of the client at most, single calls included. Default: 256. */
        public Builder maxConnections(long value) {
            return put("maxConnections", value);
        }

        /** Submitted and unread tasks at most; beyond it CAPTASK_QUEUE_FULL. Default: 100000. */
        public Builder maxInFlight(long value) {
            return put("maxInFlight", value);
        }

        /** Sent with createTask when set. Default: none. */
        public Builder softId(long value) {
            return put("softId", value);
        }

        /**
         * What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at.
         * Default: "warn".
         */
        public Builder validate(Validate value) {
            return put("validate", value);
        }

        /** Over the timings of each type. */
        public Builder poll(Poll value) {
            return put("poll", value.toJson());
        }

        /** The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs. */
        public Builder guard(Guard value) {
            return put("guard", value.toJson());
        }

        /**
         * Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's
         * token.
         */
        public Builder callback(Callback value) {
            return put("callback", value.toJson());
        }

        /** Path of a file that remembers paid, unread tasks over a crash. Default: none. */
        public Builder journal(String value) {
            return put("journal", value);
        }

        /**
         * Path of a file with newer facts about task types (captask_describe("catalogue") has its schema): checks, poll
         * times and the private sandbox of this client go by it, laid over the built-in catalogue. It wins over the
         * environment variable CAPTASK_CATALOGUE, which names such a file for the whole process, captask_check and
         * captask_describe included. Default: none.
         */
        public Builder catalogue(String value) {
            return put("catalogue", value);
        }

        /** The Config. */
        public Config build() {
            return new Config(members());
        }
    }

    /** Certificates are always verified. */
    public static final class Tls {
        private final JsonObject json;

        private Tls(JsonObject json) {
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

        /** Collects the members of Tls. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Trusted roots: "bundled", "system" or the path of a PEM file, whatever its name. Default: "bundled". */
            public Builder roots(String value) {
                return put("roots", value);
            }

            /** The Tls. */
            public Tls build() {
                return new Tls(members());
            }
        }
    }

    /** Over the timings of each type. */
    public static final class Poll {
        private final JsonObject json;

        private Poll(JsonObject json) {
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

        /** Collects the members of Poll. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** From the taskId to the first poll. Default: by type. */
            public Builder first(Duration value) {
                return put("firstMs", millis(value));
            }

            /**
             * Between polls; stretched where the deadline would not be reached with the 120 polls that the service
             * allows. Default: by type.
             */
            public Builder interval(Duration value) {
                return put("intervalMs", millis(value));
            }

            /** After which a task is given up. Default: by type. */
            public Builder timeout(Duration value) {
                return put("timeoutMs", millis(value));
            }

            /** getTaskResult calls for one task at most. Default: 120. */
            public Builder maxPolls(long value) {
                return put("maxPolls", value);
            }

            /**
             * Whether the client learns from finished tasks when a task of the same type is likely to be ready, and
             * asks then. Tasks whose times are set here or in the request are asked for at those times. Default: true.
             */
            public Builder learn(boolean value) {
                return put("learn", value);
            }

            /** The Poll. */
            public Poll build() {
                return new Poll(members());
            }
        }
    }

    /** The client's own limits; what they hold back is CAPTASK_GUARD with retryAfterMs. */
    public static final class Guard {
        private final JsonObject json;

        private Guard(JsonObject json) {
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

        /** Collects the members of Guard. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Tasks created in a minute at most. Default: no limit. */
            public Builder tasksPerMinute(long value) {
                return put("tasksPerMinute", value);
            }

            /** Tasks created by this client at most. Default: no limit. */
            public Builder maxTasks(long value) {
                return put("maxTasks", value);
            }

            /** How long creates are held back after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST. Default: 60000. */
            public Builder holdOnRefusal(Duration value) {
                return put("holdOnRefusalMs", millis(value));
            }

            /** The Guard. */
            public Guard build() {
                return new Guard(members());
            }
        }
    }

    /**
     * Receives results instead of polling for them. The callbackUrl of a task is publicUrl, a slash and the task's
     * token.
     */
    public static final class Callback {
        private final JsonObject json;

        private Callback(JsonObject json) {
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

        /** Collects the members of Callback. */
        public static final class Builder extends Members<Builder> {
            private Builder() {
            }

            /** Address and port to listen on; port 0 takes a free one. Required. */
            public Builder listen(String value) {
                return put("listen", value);
            }

            /** URL under which the service reaches that address. Required. */
            public Builder publicUrl(String value) {
                return put("publicUrl", value);
            }

            /** The Callback. Throws IllegalStateException when a required member is missing. */
            public Callback build() {
                return new Callback(members("listen", "publicUrl"));
            }
        }
    }
}
