package captask;

import captask.internal.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An answer of the service, with what the library adds to it. It does not change.
 *
 * @param <S> the solution, as the task reads it
 */
public final class Answer<S> {
    private final String raw;
    private final JsonObject json;
    private final Function<JsonObject, S> reader;
    private S solution;
    private boolean read;

    Answer(String raw, Function<JsonObject, S> reader) {
        this.raw = raw;
        this.json = Json.object(raw);
        this.reader = reader;
    }

    /** The same answer with another reader of its solution. */
    <T> Answer<T> as(Function<JsonObject, T> other) {
        return new Answer<>(raw, other);
    }

    /**
     * The solution. It is read at the first call, and what the reader throws is thrown then; {@link #json} has it all
     * the same. Without a solution, as while the task is processing, an empty object is read.
     */
    public synchronized S solution() {
        if (!read) {
            JsonElement found = json.get("solution");
            solution = reader.apply(found instanceof JsonObject object ? object.deepCopy() : new JsonObject());
            read = true;
        }
        return solution;
    }

    /** All of it, a copy. Numbers keep every digit. */
    public JsonObject json() {
        return json.deepCopy();
    }

    /** The JSON text as it came. */
    public String raw() {
        return raw;
    }

    /** The service's {@code status}, "ready" or "processing"; empty where it sends none. */
    public Optional<String> status() {
        return Optional.ofNullable(Json.string(json, "status"));
    }

    /** The task's id; empty when no task is known. */
    public Optional<TaskId> taskId() {
        return TaskId.in(own("taskId"));
    }

    /** What was given as {@code extra} with the task; JSON's null when nothing was. */
    public JsonElement extra() {
        JsonElement found = added("extra");
        return found == null ? JsonNull.INSTANCE : found.deepCopy();
    }

    /** How it went: polls, elapsedMs, and more; empty when nothing is reported. */
    public JsonObject meta() {
        return added("meta") instanceof JsonObject meta ? meta.deepCopy() : new JsonObject();
    }

    /** Its JSON text is {@link #raw}; this is short, and has no solution. */
    @Override
    public String toString() {
        return "Answer[status=" + status().orElse("") + ", taskId=" + taskId().map(TaskId::toString).orElse("") + "]";
    }

    boolean failed() {
        return !"0".equals(Json.string(json, "errorId"));
    }

    /** A member as the library has it, where the service has one of the same name; else what there is. */
    JsonElement own(String name) {
        JsonObject beside = beside();
        return beside.has(name) ? beside.get(name) : json.get(name);
    }

    /**
     * The library's members whose names the service uses too.
     *
     * <p>The library adds something to every answer of a ticket and to every error, always behind the service's
     * members, and an object of this kind last of all: one in any other place is the service's, whatever its name.
     */
    private JsonObject beside() {
        String last = "";
        for (String name : json.keySet()) {
            last = name;
        }
        boolean added = json.has("ticket") || failed();
        boolean named = last.matches("captask_*");
        return added && named && json.get(last) instanceof JsonObject beside ? beside : new JsonObject();
    }

    /** A member of the library's that is not always there. It comes after the ticket, a service's one before it. */
    private JsonElement added(String name) {
        JsonObject beside = beside();
        if (beside.has(name)) {
            return beside.get(name);
        }
        Set<String> names = json.keySet();
        boolean ticket = false;
        for (String one : names) {
            if (one.equals(name)) {
                return ticket ? json.get(name) : null;
            }
            ticket |= one.equals("ticket");
        }
        return null;
    }
}
