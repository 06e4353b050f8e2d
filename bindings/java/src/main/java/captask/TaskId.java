package captask;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Optional;

/** The id of a task that was bought: a number or a text, as the service gave it. {@code toString} is what to store. */
public final class TaskId {
    private final JsonPrimitive json;

    private TaskId(JsonPrimitive json) {
        this.json = json;
    }

    /** The id that is a number. */
    public static TaskId of(long number) {
        return new TaskId(new JsonPrimitive(number));
    }

    /** The id that is a number of any size. */
    public static TaskId of(BigInteger number) {
        return new TaskId(new JsonPrimitive(number));
    }

    /** The id that is a text. One that is a number has to be given as a number. */
    public static TaskId of(String text) {
        return new TaskId(new JsonPrimitive(text));
    }

    /** The id in a member of an answer; none when there is none, also when it is null, 0 or empty. */
    static Optional<TaskId> in(JsonElement member) {
        if (!(member instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
            return Optional.empty();
        }
        String text = primitive.getAsString();
        boolean none = text.isEmpty() || text.equals("0");
        return none ? Optional.empty() : Optional.of(new TaskId(primitive));
    }

    /** Whether the service gave a number, and not a text. */
    public boolean isNumber() {
        return json.isNumber();
    }

    /** Its form in JSON. */
    public JsonPrimitive toJson() {
        return json;
    }

    /** The number's digits, or the text. */
    @Override
    public String toString() {
        return json.getAsString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskId id && id.isNumber() == isNumber() && id.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return Objects.hash(isNumber(), toString());
    }
}
