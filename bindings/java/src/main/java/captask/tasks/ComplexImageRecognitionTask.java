// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Pictures for the recognition module that metadata.Task names (ComplexImageTask). */
public final class ComplexImageRecognitionTask implements Task<ComplexImageRecognitionTask.Solution> {
    private final JsonObject json;

    private ComplexImageRecognitionTask(JsonObject json) {
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

    /** Collects the members of ComplexImageRecognitionTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recognition");
        }

        /** The pictures as base64; metadata.Task decides how many, and in which order. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** The pictures as base64; metadata.Task decides how many, and in which order. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** The pictures as base64; metadata.Task decides how many, and in which order. */
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

        /** URL of the page that shows the challenge. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The ComplexImageRecognitionTask. Throws IllegalStateException when a required member is missing. */
        public ComplexImageRecognitionTask build() {
            return new ComplexImageRecognitionTask(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of ComplexImageRecognitionTask. */
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

            /**
             * Name of the recognition module; any value is accepted, and each documented one has an entry of its own.
             * Known: oocl_rotate_new, oocl_rotate_double_new, betpunch_3x3_rotate, baidu, bls_3x3, shein, bills_audio,
             * dli, MathSum, portugal_text_find_icon. Required.
             */
            public Builder task(String value) {
                return put("Task", value);
            }

            /** What to look for. */
            public Builder taskArgument(String value) {
                return put("TaskArgument", value);
            }

            /** Kind of the data. */
            public Builder payloadType(String value) {
                return put("PayloadType", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("Task"));
            }
        }
    }

    /**
     * Solution of ComplexImageRecognitionTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: metadata.AnswerType decides its form
     * @param metadata metadata
     * @param json the whole of it, as it came
     */
    public record Solution(JsonElement answer, Metadata metadata, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.any(json, "answer"), Read.object(json, Metadata::of, "metadata"), json);
        }

        /**
         * Metadata. What was not sent is null, or empty if it is a list or a map; json has everything.
         *
         * @param answerType AnswerType: NumericArray, Grid, Coordinate or Text
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
