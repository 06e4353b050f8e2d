package captask;

import captask.internal.Json;
import captask.internal.Library;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A stand-in of the service in this process, on a loopback port of its own, for the tests of programs that use captask.
 * Its solutions are plainly artificial.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.open(Map.of("solveMs", 50)); Client client = sandbox.client()) {
 *     assertNotNull(client.solve(task).join().solution());
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {
    private final int handle;

    private Sandbox(int handle) {
        this.handle = handle;
    }

    /** Starts a sandbox with all defaults. */
    public static Sandbox open() {
        return open(Map.of());
    }

    /**
     * Starts a sandbox.
     *
     * @param config its configuration, as {@code Captask.describe("sandbox")} has it; values as in {@link Members#with}
     */
    public static Sandbox open(Map<String, ?> config) {
        return open(Json.text(Json.of(config)));
    }

    /** Starts a sandbox with a configuration in JSON. */
    public static Sandbox open(String config) {
        Library.Made made = Library.openSandbox(Objects.requireNonNull(config, "config"));
        if (made.error() != null) {
            throw CaptaskException.refusal(made.error());
        }
        return new Sandbox((int) made.number());
    }

    /** Its address: the {@code endpoint} of any number of clients, of other processes too. */
    public String url() {
        return Json.string(inspect(), "url");
    }

    /** A client of this sandbox. */
    public Client client() {
        return client(Config.builder().build());
    }

    /** A client of this sandbox; endpoint, userAgentEndpoint and clientKey are filled in unless they are given. */
    public Client client(Config config) {
        return Client.open(Json.text(client(config.toJson())));
    }

    /** What it has seen: requests by method, tasks by status, balance. */
    public JsonObject inspect() {
        return CaptaskException.checked(Library.inspect(handle), Function.identity()).json();
    }

    /** Ends it; closing twice is fine. */
    @Override
    public void close() {
        Library.close(handle);
    }

    @Override
    public String toString() {
        return "captask.Sandbox[" + handle + "]";
    }

    private JsonObject client(JsonObject config) {
        String url = url();
        Map<String, String> own =
                Map.of("endpoint", url, "userAgentEndpoint", url + "/api/useragent/actual", "clientKey", "sandbox");
        own.forEach((name, value) -> {
            if (!config.has(name)) {
                config.addProperty(name, value);
            }
        });
        return config;
    }
}
