// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** Recognition module bills_audio: digits in a sound (ComplexImageTask). */
public final class RecognitionBillsAudioTask implements Task<RecognitionBillsAudioTask.Solution> {
    private final JsonObject json;

    private RecognitionBillsAudioTask(JsonObject json) {
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

    /** Collects the members of RecognitionBillsAudioTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recognition");
            put("metadata", Metadata.builder().build().toJson());
        }

        /** The sound (WAV) as base64, despite the member's name. Required. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** The sound (WAV) as base64, despite the member's name. Required. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** The sound (WAV) as base64, despite the member's name. Required. */
        public Builder imagesBase64(byte[]... value) {
            return put("imagesBase64", List.of(value));
        }

        /** Official clients send it. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The RecognitionBillsAudioTask. Throws IllegalStateException when a required member is missing. */
        public RecognitionBillsAudioTask build() {
            return new RecognitionBillsAudioTask(members("imagesBase64"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of RecognitionBillsAudioTask. */
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
                put("Task", "bills_audio");
                put("PayloadType", "Audio");
            }

            /** The Metadata. */
            public Metadata build() {
                return new Metadata(members());
            }
        }
    }

    /**
     * Solution of RecognitionBillsAudioTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: The digits in the sound
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
