// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Recognition module portugal_text_find_icon: which of five icons (ComplexImageTask). */
public final class RecognitionPortugalTextFindIconTask implements Task<RecognitionPortugalTextFindIconTask.Solution> {
    private final JsonObject json;

    private RecognitionPortugalTextFindIconTask(JsonObject json) {
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

    /** Collects the members of RecognitionPortugalTextFindIconTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recognition");
        }

        /** Five icons merged horizontally into one image. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** Five icons merged horizontally into one image. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** Five icons merged horizontally into one image. */
        public Builder imagesBase64(byte[]... value) {
            return put("imagesBase64", List.of(value));
        }

        /** Links instead of imagesBase64. */
        public Builder imageUrls(List<String> value) {
            return put("imageUrls", value);
        }

        /** Links instead of imagesBase64. */
        public Builder imageUrls(String... value) {
            return put("imageUrls", List.of(value));
        }

        /** Holds what the kind of challenge needs. Required. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Holds what the kind of challenge needs. Required. */
        public Builder metadata(Map<String, ?> value) {
            return put("metadata", value);
        }

        /** Official clients send it. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true asks for a token that was not given out before; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecognitionPortugalTextFindIconTask. Throws IllegalStateException when a required member is missing. */
        public RecognitionPortugalTextFindIconTask build() {
            return new RecognitionPortugalTextFindIconTask(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of RecognitionPortugalTextFindIconTask. */
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
                put("Task", "portugal_text_find_icon");
            }

            /** Instruction text; non-ASCII written as literal &#92;uXXXX. Required. */
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
     * Solution of RecognitionPortugalTextFindIconTask. What was not sent is null, or empty if it is a list or a map;
     * json has everything.
     *
     * @param answer answer: Icon index 1 to 5
     * @param metadata metadata
     * @param json the whole of it, as it came
     */
    public record Solution(List<BigDecimal> answer, Metadata metadata, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(
                    Read.list(json, Read::decimal, "answer"), Read.object(json, Metadata::of, "metadata"), json);
        }

        /**
         * Metadata. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param answerType AnswerType: NumericArray
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
