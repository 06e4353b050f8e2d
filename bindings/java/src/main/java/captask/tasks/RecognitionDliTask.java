// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;

/** Recognition module dli: a number from a picture (ComplexImageTask). */
public final class RecognitionDliTask implements Task<RecognitionDliTask.Solution> {
    private final JsonObject json;

    private RecognitionDliTask(JsonObject json) {
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

    /** Collects the members of RecognitionDliTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recognition");
            put("metadata", Metadata.builder().build().toJson());
        }

        /** The picture as base64, with its text. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** The picture as base64, with its text. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** The picture as base64, with its text. */
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

        /** Official clients send it. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecognitionDliTask. */
        public RecognitionDliTask build() {
            return new RecognitionDliTask(members());
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of RecognitionDliTask. */
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
                put("Task", "dli");
            }

            /** The Metadata. */
            public Metadata build() {
                return new Metadata(members());
            }
        }
    }

    /**
     * Solution of RecognitionDliTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: The number, as a string
     * @param metadata metadata
     * @param json the whole of it, as it came
     */
    public record Solution(String answer, Metadata metadata, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.string(json, "answer"), Read.object(json, Metadata::of, "metadata"), json);
        }

        /**
         * Metadata. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param answerType AnswerType: Text
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
