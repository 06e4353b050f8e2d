// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Recognition module bls_3x3: tiles with a number (ComplexImageTask). */
public final class RecognitionBls3x3Task implements Task<RecognitionBls3x3Task.Solution> {
    private final JsonObject json;

    private RecognitionBls3x3Task(JsonObject json) {
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

    /** Collects the members of RecognitionBls3x3Task. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recognition");
        }

        /** The nine tiles as base64. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** The nine tiles as base64. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** The nine tiles as base64. */
        public Builder imagesBase64(byte[]... value) {
            return put("imagesBase64", List.of(value));
        }

        /** URLs of the pictures, instead of imagesBase64. */
        public Builder imageUrls(List<String> value) {
            return put("imageUrls", value);
        }

        /** URLs of the pictures, instead of imagesBase64. */
        public Builder imageUrls(String... value) {
            return put("imageUrls", List.of(value));
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Map<String, ?> value) {
            return put("metadata", value);
        }

        /** Official clients send it. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecognitionBls3x3Task. Throws IllegalStateException when a required member is missing. */
        public RecognitionBls3x3Task build() {
            return new RecognitionBls3x3Task(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of RecognitionBls3x3Task. */
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
                put("Task", "bls_3x3");
            }

            /** Number to look for, as a string. Required. */
            public Builder taskArgument(String value) {
                return put("TaskArgument", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("TaskArgument"));
            }
        }
    }

    /**
     * Solution of RecognitionBls3x3Task. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: true for each tile with the number
     * @param metadata metadata
     * @param json the whole of it, as it came
     */
    public record Solution(List<Boolean> answer, Metadata metadata, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.list(json, Read::bool, "answer"), Read.object(json, Metadata::of, "metadata"), json);
        }

        /**
         * Metadata. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param answerType AnswerType: Grid
         * @param json the whole of it, as it came
         */
        public record Metadata(String answerType, JsonObject json) {
            /** Reads it from JSON; members of another type than the documented one are left out. */
            public static Metadata of(JsonObject json) {
                return new Metadata(Read.string(json, "AnswerType"), json);
            }
        }
    }
}
