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
         * Milliseconds after which the task is given up with CAPTASK_TIMEOUT. Default: poll.timeoutMs of the
         * configuration, else by type.
         */
        public Builder timeout(Duration value) {
            return put("timeoutMs", millis(value));
        }

        /**
         * Milliseconds from the taskId to the first poll. Default: poll.firstMs of the configuration, else by type.
         */
        public Builder firstPoll(Duration value) {
            return put("firstPollMs", millis(value));
        }

        /**
         * Milliseconds between polls; stretched where the deadline would not be reached with the 120 polls that the
         * service allows. Default: poll.intervalMs of the configuration, else by type.
         */
        public Builder pollInterval(Duration value) {
            return put("pollIntervalMs", millis(value));
        }

        /** getTaskResult calls at most. Default: poll.maxPolls of the configuration, else 120. */
        public Builder maxPolls(long value) {
            return put("maxPolls", value);
        }

        /** getTaskResult calls that an adopted task has behind it. Default: 0. */
        public Builder pollsUsed(long value) {
            return put("pollsUsed", value);
        }

        /**
         * What to do with a task whose members do not fit its type: refuse it, log it and send it, send it unlooked at.
         * Default: validate of the configuration, else warn.
         */
        public Builder validate(Validate value) {
            return put("validate", value);
        }

        /**
         * URL that the service posts the result to. It wins over the callback of the configuration, and the task is
         * polled.
         */
        public Builder callbackUrl(String value) {
            return put("callbackUrl", value);
        }

        /** Number of the partner or program. It wins over softId of the configuration. */
        public Builder softId(long value) {
            return put("softId", value);
        }

        /** Anything. It never leaves the library and comes back in the answer. */
        public Builder extra(Object value) {
            return put("extra", value);
        }

        /** The Options. */
        public Options build() {
            return new Options(members());
        }
    }
}
