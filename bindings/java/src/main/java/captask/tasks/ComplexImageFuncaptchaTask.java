// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Tiles of a FunCaptcha (ComplexImageTask). The service lists it as removed. */
public final class ComplexImageFuncaptchaTask implements Task<ComplexImageFuncaptchaTask.Solution> {
    private final JsonObject json;

    private ComplexImageFuncaptchaTask(JsonObject json) {
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

    /** Collects the members of ComplexImageFuncaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "funcaptcha");
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

        /** The ComplexImageFuncaptchaTask. Throws IllegalStateException when a required member is missing. */
        public ComplexImageFuncaptchaTask build() {
            return new ComplexImageFuncaptchaTask(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of ComplexImageFuncaptchaTask. */
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
     * Solution of ComplexImageFuncaptchaTask. What was not sent is null, or empty if it is a list or a map; json has
     * everything.
     *
     * @param answer answer: true for each tile to click, row by row
     * @param json the whole of it, as it came
     */
    public record Solution(List<Boolean> answer, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.list(json, Read::bool, "answer"), json);
        }
    }
}
