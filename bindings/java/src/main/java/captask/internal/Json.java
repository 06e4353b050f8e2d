package captask.internal;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Map;

/** JSON trees that keep the digits of numbers as they are. */
public final class Json {
    private static final TypeAdapter<JsonElement> TREE = new Gson().getAdapter(JsonElement.class);

    private Json() {}

    /** The object in a text; numbers keep their spelling. Throws JsonParseException for anything else. */
    public static JsonObject object(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        // The library has read the text before; how deep it is, is the service's affair.
        reader.setNestingLimit(Integer.MAX_VALUE);
        try {
            JsonElement read = TREE.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT || !read.isJsonObject()) {
                throw new JsonParseException("not one JSON object");
            }
            return read.getAsJsonObject();
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new JsonParseException(e.getMessage(), e);
        }
    }

    /** The text of a tree. Halves of surrogate pairs, which UTF-8 cannot have, are escaped. */
    public static String text(JsonElement tree) {
        String text = tree.toString();
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                if (out != null) {
                    out.append(c);
                }
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                if (out != null) {
                    out.append(c).append(text.charAt(i + 1));
                }
                i++;
            } else {
                if (out == null) {
                    out = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out == null ? text : out.toString();
    }

    /**
     * A value of Java's as JSON: null, booleans, numbers, texts, enumerations (as toString), bytes (as base64), maps,
     * collections, and trees as they are. Throws IllegalArgumentException for what has no form in JSON.
     */
    public static JsonElement of(Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        } else if (value instanceof JsonElement tree) {
            return tree;
        } else if (value instanceof Boolean known) {
            return new JsonPrimitive(known);
        } else if (value instanceof Double || value instanceof Float) {
            if (!Double.isFinite(((Number) value).doubleValue())) {
                throw new IllegalArgumentException(value + " has no form in JSON");
            }
            return new JsonPrimitive(new BigDecimal(value.toString()));
        } else if (value instanceof Number number) {
            return new JsonPrimitive(number);
        } else if (value instanceof CharSequence || value instanceof Character || value instanceof Enum<?>) {
            return new JsonPrimitive(value.toString());
        } else if (value instanceof byte[] bytes) {
            return new JsonPrimitive(Base64.getEncoder().encodeToString(bytes));
        } else if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((name, member) -> object.add(String.valueOf(name), of(member)));
            return object;
        } else if (value instanceof Iterable<?> many) {
            JsonArray array = new JsonArray();
            many.forEach(one -> array.add(of(one)));
            return array;
        }
        throw new IllegalArgumentException(value.getClass().getName() + " has no form in JSON");
    }

    /** The number, text or boolean behind a name as its text; null for anything else. */
    public static String string(JsonObject object, String name) {
        return object.get(name) instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
    }
}
