// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Tiles of an hCaptcha grid (ComplexImageTask). The service lists it as removed. */
public final class ComplexImageHcaptchaTask implements Task<ComplexImageHcaptchaTask.Solution> {
    private final JsonObject json;

    private ComplexImageHcaptchaTask(JsonObject json) {
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

    /** Collects the members of ComplexImageHcaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "hcaptcha");
        }

        /** URLs of the pictures; give this or imagesBase64. */
        public Builder imageUrls(List<String> value) {
            return put("imageUrls", value);
        }

        /** URLs of the pictures; give this or imagesBase64. */
        public Builder imageUrls(String... value) {
            return put("imageUrls", List.of(value));
        }

        /** The pictures as base64, without the prefix data:. */
        public Builder imagesBase64(List<String> value) {
            return put("imagesBase64", value);
        }

        /** The pictures as base64, without the prefix data:. */
        public Builder imagesBase64(String... value) {
            return put("imagesBase64", List.of(value));
        }

        /** The pictures as base64, without the prefix data:. */
        public Builder imagesBase64(byte[]... value) {
            return put("imagesBase64", List.of(value));
        }

        /** URL of the sample picture; not together with exampleImagesBase64. */
        public Builder exampleImageUrls(List<String> value) {
            return put("exampleImageUrls", value);
        }

        /** URL of the sample picture; not together with exampleImagesBase64. */
        public Builder exampleImageUrls(String... value) {
            return put("exampleImageUrls", List.of(value));
        }

        /** The sample picture as base64; not together with exampleImageUrls. */
        public Builder exampleImagesBase64(List<String> value) {
            return put("exampleImagesBase64", value);
        }

        /** The sample picture as base64; not together with exampleImageUrls. */
        public Builder exampleImagesBase64(String... value) {
            return put("exampleImagesBase64", List.of(value));
        }

        /** The sample picture as base64; not together with exampleImageUrls. */
        public Builder exampleImagesBase64(byte[]... value) {
            return put("exampleImagesBase64", List.of(value));
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Metadata value) {
            return put("metadata", value.toJson());
        }

        /** Data for this kind of challenge. Required. */
        public Builder metadata(Map<String, ?> value) {
            return put("metadata", value);
        }

        /** A Windows user agent; getUserAgent returns the current one. */
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

        /** The ComplexImageHcaptchaTask. Throws IllegalStateException when a required member is missing. */
        public ComplexImageHcaptchaTask build() {
            return new ComplexImageHcaptchaTask(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of ComplexImageHcaptchaTask. */
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

            /** The instruction, in English. Required. */
            public Builder task(String value) {
                return put("Task", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("Task"));
            }
        }
    }

    /**
     * Solution of ComplexImageHcaptchaTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: metadata.AnswerType decides its form, according to the .NET client
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
         * @param answerType AnswerType: Grid or NumericArray, according to the .NET client
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
