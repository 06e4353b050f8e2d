package captask.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lenient readers for solutions, which are paid for: what is not of the documented type is left out, never an error.
 * Several names are several spellings of one member.
 */
public final class Read {
    private Read() {}

    /** The first of the names that is there and not null. */
    public static JsonElement any(JsonObject json, String... names) {
        for (String name : names) {
            JsonElement member = json.get(name);
            if (member != null && !member.isJsonNull()) {
                return member;
            }
        }
        return null;
    }

    /** A text; of a number or a boolean its text. */
    public static String string(JsonElement value) {
        return value instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
    }

    public static Boolean bool(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isBoolean() ? primitive.getAsBoolean() : null;
    }

    /** A number without a fraction, of any size, or its text. */
    public static BigInteger integer(JsonElement value) {
        BigDecimal number = decimal(value);
        // An exponent may ask for more digits than there is memory.
        if (number == null || Math.abs((long) number.scale()) > 10_000) {
            return null;
        }
        try {
            return number.toBigIntegerExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** A number with all its digits, or its text. */
    public static BigDecimal decimal(JsonElement value) {
        if (value instanceof JsonPrimitive primitive && !primitive.isBoolean()) {
            try {
                return new BigDecimal(primitive.getAsString());
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    public static String string(JsonObject json, String... names) {
        return string(any(json, names));
    }

    public static Boolean bool(JsonObject json, String... names) {
        return bool(any(json, names));
    }

    public static BigInteger integer(JsonObject json, String... names) {
        return integer(any(json, names));
    }

    public static BigDecimal decimal(JsonObject json, String... names) {
        return decimal(any(json, names));
    }

    /** An object's reader as a reader of elements. */
    public static <T> Function<JsonElement, T> each(Function<JsonObject, T> reader) {
        return value -> value instanceof JsonObject object ? reader.apply(object) : null;
    }

    public static <T> T object(JsonObject json, Function<JsonObject, T> reader, String... names) {
        return each(reader).apply(any(json, names));
    }

    /** The elements that can be read, in their order; an element that cannot is null. */
    public static <T> List<T> list(JsonObject json, Function<JsonElement, T> reader, String... names) {
        if (!(any(json, names) instanceof JsonArray array)) {
            return List.of();
        }
        List<T> out = new ArrayList<>(array.size());
        array.forEach(element -> out.add(reader.apply(element)));
        return Collections.unmodifiableList(out);
    }

    /** The members by their names, in their order; a member that cannot be read is null. */
    public static <T> Map<String, T> map(JsonObject json, Function<JsonElement, T> reader, String... names) {
        if (!(any(json, names) instanceof JsonObject object)) {
            return Map.of();
        }
        Map<String, T> out = new LinkedHashMap<>();
        object.entrySet().forEach(member -> out.put(member.getKey(), reader.apply(member.getValue())));
        return Collections.unmodifiableMap(out);
    }
}
