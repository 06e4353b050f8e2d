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
         * URL of the service, without login, query or fragment. "sandbox:" is a stand-in for the service inside this
         * process. It needs no key, and ends when the client is closed. Default: "https://api.capmonster.cloud".
         */
        public Builder endpoint(String value) {
            return put("endpoint", value);
        }

        /**
         * URLs that the client tries in this order when it cannot connect to the one before. It never falls back from
         * https to http.
         */
        public Builder fallbackEndpoints(List<String> value) {
            return put("fallbackEndpoints", value);
        }

        /**
         * URLs that the client tries in this order when it cannot connect to the one before. It never falls back from
         * https to http.
         */
        public Builder fallbackEndpoints(String... value) {
            return put("fallbackEndpoints", List.of(value));
        }

        /**
         * URL for getUserAgent. With the endpoint "sandbox:" the sandbox answers it. Default:
         * "https://capmonster.cloud/api/useragent/actual".
         */
        public Builder userAgentEndpoint(String value) {
            return put("userAgentEndpoint", value);
        }

        /**
         * Proxy for the calls to the service. It may have a login, in which # / ? are written %23 %2F %3F.
         * "environment" reads HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY as curl does; it ignores HTTP_PROXY if
         * REQUEST_METHOD is set. Default: none.
         */
        public Builder proxy(String value) {
            return put("proxy", value);
        }

        /** Settings of TLS. Certificates are always verified. */
        public Builder tls(Tls value) {
            return put("tls", value.toJson());
        }

        /** Limit for connecting to the server, with the proxy and TLS. Default: 10000. */
        public Builder connectTimeout(Duration value) {
            return put("connectTimeoutMs", millis(value));
        }

        /** Limit for one HTTP request and its reply. Default: 21000. */
        public Builder requestTimeout(Duration value) {
            return put("requestTimeoutMs", millis(value));
        }

        /** Limit for a single call with all its repetitions. Default: 30000. */
        public Builder callTimeout(Duration value) {
            return put("callTimeoutMs", millis(value));
        }

        /** The most connections of the client, those of single calls included. Default: 256. */
        public Builder maxConnections(long value) {
            return put("maxConnections", value);
        }

        /**
         * The most tasks that are submitted and not yet read. One more is refused with CAPTASK_QUEUE_FULL. Default:
         * 100000.
         */
        public Builder maxInFlight(long value) {
            return put("maxInFlight", value);
        }

        /** Number of the partner or program, sent with createTask. Default: none. */
        public Builder softId(long value) {
            return put("softId", value);
        }

        /**
         * What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it.
         * off: do not check tasks. Default: "warn".
         */
        public Builder validate(Validate value) {
            return put("validate", value);
        }

        /** Poll times. Each key replaces that time of every task type. */
        public Builder poll(Poll value) {
            return put("poll", value.toJson());
        }

        /** Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs. */
        public Builder guard(Guard value) {
            return put("guard", value.toJson());
        }

        /**
         * Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is
         * publicUrl, a slash and a token of that task.
         */
        public Builder callback(Callback value) {
            return put("callback", value.toJson());
        }

        /**
         * Path of a file that keeps the tasks that are paid and not yet read, so that they survive a crash. Default:
         * none.
         */
        public Builder journal(String value) {
            return put("journal", value);
        }

        /**
         * Path of a catalogue file: newer facts about task types, which add to the built-in catalogue or change it
         * (captask_describe("catalogue") has its schema). The checks, the poll times and the sandbox of this client use
         * it. It replaces the file of the environment variable CAPTASK_CATALOGUE, which applies to the whole process,
         * captask_check and captask_describe included. Default: none.
         */
        public Builder catalogue(String value) {
            return put("catalogue", value);
        }

        /** The Config. */
        public Config build() {
            return new Config(members());
        }
    }

    /** Settings of TLS. Certificates are always verified. */
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

            /**
             * Trusted roots: "bundled", "system", or the path of a PEM file. Any other text is a path. Default:
             * "bundled".
             */
            public Builder roots(String value) {
                return put("roots", value);
            }

            /** The Tls. */
            public Tls build() {
                return new Tls(members());
            }
        }
    }

    /** Poll times. Each key replaces that time of every task type. */
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

            /** Time from the taskId to the first poll. Default: that of the task type. */
            public Builder first(Duration value) {
                return put("firstMs", millis(value));
            }

            /**
             * Time between polls. It is stretched when 120 polls, the most that the service allows, would run out
             * before the deadline. Default: that of the task type.
             */
            public Builder interval(Duration value) {
                return put("intervalMs", millis(value));
            }

            /** Time after which a task ends with CAPTASK_TIMEOUT. Default: that of the task type. */
            public Builder timeout(Duration value) {
                return put("timeoutMs", millis(value));
            }

            /** The most polls (getTaskResult calls) of one task. Default: 120. */
            public Builder maxPolls(long value) {
                return put("maxPolls", value);
            }

            /**
             * Whether the client learns from finished tasks when a task of the same type is likely to be ready, and
             * polls then. A task whose times are set here or in its request is polled at those times. Default: true.
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

    /** Limits of the client. A request that they hold back fails with CAPTASK_GUARD and retryAfterMs. */
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

            /** The most tasks that the client buys in a minute. Default: no limit. */
            public Builder tasksPerMinute(long value) {
                return put("tasksPerMinute", value);
            }

            /** The most tasks that the client buys. Default: no limit. */
            public Builder maxTasks(long value) {
                return put("maxTasks", value);
            }

            /**
             * How long the client buys nothing after ERROR_ZERO_BALANCE or ERROR_KEY_DOES_NOT_EXIST. Default: 60000.
             */
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
     * Makes the client receive results by callback, so that it need not poll for them. The callbackUrl of a task is
     * publicUrl, a slash and a token of that task.
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

            /** Address and port to listen on. Port 0 takes a free one. Required. */
            public Builder listen(String value) {
                return put("listen", value);
            }

            /** URL at which the service reaches that address. Required. */
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
