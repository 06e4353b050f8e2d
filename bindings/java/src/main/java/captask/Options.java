// Generated (make generate). Do not edit.
package captask;

import com.google.gson.JsonObject;
import java.time.Duration;

/** What goes for one task: options of the request, and the members beside them. */
public final class Options {
    private final JsonObject json;

    private Options(JsonObject json) {
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

    /** Collects the members of Options. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
        }

        /**
         * Milliseconds after which the task ends with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the configuration,
         * else that of the task type.
         */
        public Builder timeout(Duration value) {
            return put("timeoutMs", millis(value));
        }

        /**
         * Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else that of the
         * task type.
         */
        public Builder firstPoll(Duration value) {
            return put("firstPollMs", millis(value));
        }

        /**
         * Milliseconds between polls. The interval is stretched when 120 polls, the most that the service allows, would
         * run out before the deadline. Default: poll.intervalMs of the configuration, else that of the task type.
         */
        public Builder pollInterval(Duration value) {
            return put("pollIntervalMs", millis(value));
        }

        /** The most polls (getTaskResult calls) of the task. Default: poll.maxPolls of the configuration, else 120. */
        public Builder maxPolls(long value) {
            return put("maxPolls", value);
        }

        /** Polls that were already made of an adopted task. Default: 0. */
        public Builder pollsUsed(long value) {
            return put("pollsUsed", value);
        }

        /**
         * What to do with a task whose members do not fit its type. strict: refuse it. warn: log a warning and send it.
         * off: do not check it. Default: validate of the configuration, else warn.
         */
        public Builder validate(Validate value) {
            return put("validate", value);
        }

        /**
         * URL to which the service posts the result. It replaces the callback of the configuration, and the client
         * polls for the result.
         */
        public Builder callbackUrl(String value) {
            return put("callbackUrl", value);
        }

        /** Number of the partner or program. It replaces softId of the configuration. */
        public Builder softId(long value) {
            return put("softId", value);
        }

        /** Any JSON value. The library does not send it, and returns it in the answer. */
        public Builder extra(Object value) {
            return put("extra", value);
        }

        /** The Options. */
        public Options build() {
            return new Options(members());
        }
    }
}
