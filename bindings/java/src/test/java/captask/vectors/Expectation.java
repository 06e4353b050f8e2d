package captask.vectors;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** What tests/vectors/README.md expects of members. */
final class Expectation {
    private Expectation() {}

    /** The member at an RFC 6901 pointer; null when nothing is there. */
    static JsonElement at(JsonElement json, String pointer) {
        JsonElement here = json;
        if (pointer.isEmpty()) {
            return here;
        }
        for (String part : List.of(pointer.substring(1).split("/", -1))) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (here instanceof JsonObject object) {
                here = object.get(name);
            } else if (here instanceof JsonArray array && name.matches("0|[1-9][0-9]{0,8}")) {
                int index = Integer.parseInt(name);
                here = index < array.size() ? array.get(index) : null;
            } else {
                return null;
            }
        }
        return here;
    }

    /** Why the member is not as expected; null when it is. */
    static String failure(JsonElement json, String pointer, JsonObject expectation) {
        JsonElement member = at(json, pointer);
        for (var wanted : expectation.entrySet()) {
            if (!holds(member, wanted.getKey(), wanted.getValue())) {
                return pointer + " is " + (member == null ? "absent" : member) + ", wanted " + expectation;
            }
        }
        return expectation.isEmpty() ? pointer + ": nothing is expected of it" : null;
    }

    private static boolean holds(JsonElement member, String kind, JsonElement wanted) {
        return switch (kind) {
            case "absent" -> member == null;
            case "equals" -> member != null && same(member, wanted);
            case "text" -> number(member) && member.getAsString().equals(wanted.getAsString());
            case "type" -> member != null && type(member, wanted.getAsString());
            case "pattern" -> string(member) && Pattern.compile(wanted.getAsString()).matcher(member.getAsString()).find();
            case "min" -> number(member) && decimal(member).compareTo(decimal(wanted)) >= 0;
            case "max" -> number(member) && decimal(member).compareTo(decimal(wanted)) <= 0;
            case "oneOf" -> string(member) && wanted.getAsJsonArray().contains(member);
            default -> throw new IllegalArgumentException("an expectation that this runner does not know: " + kind);
        };
    }

    static boolean same(JsonElement a, JsonElement b) {
        if (a instanceof JsonObject x && b instanceof JsonObject y) {
            return x.keySet().equals(y.keySet()) && x.keySet().stream().allMatch(name -> same(x.get(name), y.get(name)));
        }
        if (a instanceof JsonArray x && b instanceof JsonArray y) {
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = same(x.get(i), y.get(i));
            }
            return same;
        }
        return number(a) && number(b) ? decimal(a).compareTo(decimal(b)) == 0 : a.equals(b);
    }

    private static boolean type(JsonElement member, String type) {
        return switch (type) {
            case "string" -> string(member);
            case "number" -> number(member);
            case "integer" -> number(member) && decimal(member).stripTrailingZeros().scale() <= 0;
            case "boolean" -> member instanceof JsonPrimitive primitive && primitive.isBoolean();
            case "object" -> member.isJsonObject();
            case "array" -> member.isJsonArray();
            case "null" -> member.isJsonNull();
            default -> throw new IllegalArgumentException("a type that this runner does not know: " + type);
        };
    }

    private static boolean string(JsonElement member) {
        return member instanceof JsonPrimitive primitive && primitive.isString();
    }

    private static boolean number(JsonElement member) {
        return member instanceof JsonPrimitive primitive && primitive.isNumber();
    }

    private static BigDecimal decimal(JsonElement member) {
        return new BigDecimal(member.getAsString());
    }
}
