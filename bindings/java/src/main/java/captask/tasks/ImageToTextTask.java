// Generated (make generate). Do not edit.
package captask.tasks;

import captask.Members;
import captask.Task;
import captask.internal.Read;
import com.google.gson.JsonObject;
import java.util.Map;

/** Text in a picture (ImageToTextTask). */
public final class ImageToTextTask implements Task<ImageToTextTask.Solution> {
    private final JsonObject json;

    private ImageToTextTask(JsonObject json) {
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

    /** Collects the members of ImageToTextTask. */
    public static final class Builder extends Members<Builder> {
        private Builder() {
            put("type", "ImageToTextTask");
        }

        /** The picture as base64, on one line, without the prefix data:. Required. */
        public Builder body(String value) {
            return put("body", value);
        }

        /** The picture as base64, on one line, without the prefix data:. Required. */
        public Builder body(byte[] value) {
            return put("body", value);
        }

        /**
         * Recognition module; private modules have other names, so any value is accepted. Known: amazon, apple,
         * botdetect, facebook, gmx, google, hotmail, mailru, okeng, okrus, partiallyblur, ramblerrus, ramblerrusnew,
         * solvemedia, steam, vk, whatsapp, wikimedia_paddle_ensemble, yandex, yandexnew, yandexwave, yandexwavelatin,
         * captcha_math, sat, bls_text, universal, ok, oknew, special.
         */
        public Builder capMonsterModule(String value) {
            return put("capMonsterModule", value);
        }

        /** Least confidence in percent; below it the task fails with ERROR_CAPTCHA_UNSOLVABLE and costs nothing. */
        public Builder recognizingThreshold(long value) {
            return put("recognizingThreshold", value);
        }

        /** true if upper and lower case differ. */
        public Builder case_(boolean value) {
            return put("case", value);
        }

        /** 1 if the text has digits only. */
        public Builder numeric(long value) {
            return put("numeric", value);
        }

        /** true to calculate the expression in the picture; not with the module captcha_math. */
        public Builder math(boolean value) {
            return put("math", value);
        }

        /** true requests a token that no other task received; the JavaScript client sends it with every type. */
        public Builder nocache(boolean value) {
            return put("nocache", value);
        }

        /** The ImageToTextTask. Throws IllegalStateException when a required member is missing. */
        public ImageToTextTask build() {
            return new ImageToTextTask(members("body"));
        }
    }

    @Override
    public Solution read(JsonObject solution) {
        return Solution.of(solution);
    }

    /**
     * Solution of ImageToTextTask. What was not sent is null, or empty if it is a list or a map; json has everything.
     *
     * @param cookies cookies: Only the Go client has it
     * @param text text: The text in the picture
     * @param json the whole of it, as it came
     */
    public record Solution(Map<String, String> cookies, String text, JsonObject json) {
        /** Reads it from JSON; members of another type than the documented one are left out. */
        public static Solution of(JsonObject json) {
            return new Solution(Read.map(json, Read::string, "cookies"), Read.string(json, "text"), json);
        }
    }
}
