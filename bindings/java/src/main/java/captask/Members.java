package captask;

import captask.internal.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.Objects;

/**
 * A builder of a JSON object.
 *
 * @param <B> the builder itself
 */
public abstract class Members<B extends Members<B>> {
    private final JsonObject json = new JsonObject();

    /** For the builders of this library. */
    protected Members() {}

    /**
     * Sets a member that this version does not know, or one of another form than it knows.
     *
     * @param name the member's name, as the service spells it
     * @param value null (as JSON's), a boolean, number, text, {@code byte[]} (as base64), map, collection or JsonElement
     * @return this builder
     * @throws IllegalArgumentException when the value has no form in JSON
     */
    public B with(String name, Object value) {
        json.add(Objects.requireNonNull(name, "name"), Json.of(value));
        return self();
    }

    /** Sets a member; null takes it out. */
    protected B put(String name, Object value) {
        if (value == null) {
            json.remove(name);
            return self();
        }
        return with(name, value);
    }

    /** A time in milliseconds, rounded up, so that a time below a millisecond does not become none; null of null. */
    protected static Long millis(Duration time) {
        if (time == null) {
            return null;
        }
        long whole = time.toMillis();
        return Duration.ofMillis(whole).compareTo(time) < 0 && !time.isNegative() ? whole + 1 : whole;
    }

    /** What was collected, a copy; throws IllegalStateException when one of these names is not in it. */
    protected JsonObject members(String... required) {
        for (String name : required) {
            JsonElement member = json.get(name);
            if (member == null) {
                throw new IllegalStateException(name + " is missing");
            }
        }
        return json.deepCopy();
    }

    @SuppressWarnings("unchecked")
    private B self() {
        return (B) this;
    }
}
