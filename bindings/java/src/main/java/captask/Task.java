package captask;

import captask.internal.Json;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A task for the service. The classes in {@code captask.tasks} are the types that the catalogue knows; {@link #of} is for
 * any other.
 *
 * @param <S> how its solution is read
 */
public interface Task<S> {
    /** The service's task object. */
    JsonObject toJson();

    /** Reads a solution of this task. It is called when {@link Answer#solution} is, and not before. */
    S read(JsonObject solution);

    /**
     * A task of any type.
     *
     * @param members the task's members; values as in {@link Members#with}
     * @return a task whose solution is a JSON object
     */
    static Task<JsonObject> of(Map<String, ?> members) {
        return of(Json.of(members).getAsJsonObject(), Function.identity());
    }

    /**
     * A task of any type.
     *
     * @param json the task object; it is copied
     * @param reader reads its solution
     */
    static <S> Task<S> of(JsonObject json, Function<JsonObject, S> reader) {
        JsonObject copy = json.deepCopy();
        Objects.requireNonNull(reader, "reader");
        return new Task<>() {
            @Override
            public JsonObject toJson() {
                return copy.deepCopy();
            }

            @Override
            public S read(JsonObject solution) {
                return reader.apply(solution);
            }
        };
    }

    /** A task from its JSON text. Throws com.google.gson.JsonParseException when that is no JSON object. */
    static Task<JsonObject> parse(String json) {
        return of(Json.object(json), Function.identity());
    }
}
