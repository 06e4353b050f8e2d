// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Tiles of a reCAPTCHA grid (ComplexImageTask). */
public final class ComplexImageRecaptchaTask implements Task<ComplexImageRecaptchaTask.Solution> {
    private final JsonObject json;

    private ComplexImageRecaptchaTask(JsonObject json) {
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

    /** Collects the members of ComplexImageRecaptchaTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ComplexImageTask");
            put("class", "recaptcha");
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

        /** User agent for downloading imageUrls. */
        public Builder userAgent(String value) {
            return put("userAgent", value);
        }

        /** URL of the page that shows the challenge. */
        public Builder websiteURL(String value) {
            return put("websiteURL", value);
        }

        /** Only in samples of the browser extension, with the value 60. */
        public Builder recognizingThreshold(long value) {
            return put("recognizingThreshold", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The ComplexImageRecaptchaTask. Throws IllegalStateException when a required member is missing. */
        public ComplexImageRecaptchaTask build() {
            return new ComplexImageRecaptchaTask(members("metadata"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /** The object metadata of ComplexImageRecaptchaTask. */
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

            /** Size of the grid; 1x1 for a single new tile. Required. */
            public Builder grid(Grid value) {
                return put("Grid", value);
            }

            /** Code such as /m/015qff, from the response to reload or userverify. */
            public Builder taskDefinition(String value) {
                return put("TaskDefinition", value);
            }

            /** The instruction, in English. */
            public Builder task(String value) {
                return put("Task", value);
            }

            /** The Metadata. Throws IllegalStateException when a required member is missing. */
            public Metadata build() {
                return new Metadata(members("Grid"));
            }
        }
    }

    /** Values of grid; {@code toString} is the service's spelling. */
    public enum Grid {
        /** 4x4 */
        GRID_4X4("4x4"),
        /** 3x3 */
        GRID_3X3("3x3"),
        /** 1x1 */
        GRID_1X1("1x1");

        private final String text;

        Grid(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Solution of ComplexImageRecaptchaTask. What was not sent is null, or empty if it is a list or a map; json has
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
