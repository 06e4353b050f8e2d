package captask;

import captask.internal.Json;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** Requests of solve and submit. */
final class Requests {
    /** Members of {@link Options} that are beside the options in the request. */
    private static final Set<String> BESIDE = Set.of("callbackUrl", "softId", "extra");

    static final Options NO_OPTIONS = Options.builder().build();

    private Requests() {}

    static String buy(Task<?> task, Options options) {
        return request("task", task.toJson(), options);
    }

    static String adopt(TaskId id, Options options) {
        return request("taskId", id.toJson(), options);
    }

    private static String request(String name, JsonElement value, Options options) {
        JsonObject request = new JsonObject();
        JsonObject within = new JsonObject();
        request.add(name, value);
        options.toJson().entrySet().forEach(
                member -> (BESIDE.contains(member.getKey()) ? request : within).add(member.getKey(), member.getValue()));
        if (!within.isEmpty()) {
            request.add("options", within);
        }
        return Json.text(request);
    }
}
