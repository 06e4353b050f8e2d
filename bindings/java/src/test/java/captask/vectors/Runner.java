package captask.vectors;

import captask.Answer;
import captask.Captask;
import captask.CaptaskException;
import captask.Client;
import captask.Options;
import captask.Sandbox;
import captask.Task;
import captask.TaskId;
import captask.internal.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** Runs one vector: a sandbox, a client, and the steps, as tests/vectors/README.md has them. */
final class Runner implements AutoCloseable {
    /** Seconds after which a wait has failed: every wait has an end. */
    private static final long PATIENCE = 60;
    private static final Set<String> SOLVE = Set.of("task", "options", "extra", "callbackUrl", "softId");

    private final Map<String, JsonElement> saved = new HashMap<>();
    private final Map<String, CompletableFuture<JsonObject>> tickets = new HashMap<>();
    private final Map<String, Supplier<Boolean>> cancels = new HashMap<>();
    private Sandbox sandbox;
    private Client client;

    /** What did not hold, or null. */
    static String failure(JsonObject vector) {
        try (Runner runner = new Runner()) {
            return runner.run(vector);
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private String run(JsonObject vector) throws Exception {
        if (vector.has("sandbox")) {
            sandbox = Sandbox.open(Json.text(vector.get("sandbox")));
            saved.put("sandbox", new JsonPrimitive(sandbox.url()));
        }
        if (vector.has("config")) {
            client = Client.open(Json.text(filled(vector.get("config"))));
        }
        int number = 0;
        for (JsonElement step : vector.getAsJsonArray("steps")) {
            number++;
            String failure = step(step.getAsJsonObject());
            if (failure != null) {
                return "step " + number + ": " + failure;
            }
        }
        return null;
    }

    private String step(JsonObject step) throws Exception {
        String op = step.get("op").getAsString();
        switch (op) {
            case "submit" -> {
                submit(step.get("as").getAsString(), request(step, 0));
                return null;
            }
            case "cancel" -> {
                boolean cancelled = cancels.get(step.get("of").getAsString()).get();
                return cancelled ? null : "the ticket was not given up";
            }
            case "close" -> {
                client.close();
                return null;
            }
            case "inspect" -> {
                return unexpected(step, inspected(step));
            }
            case "until" -> {
                return until(step);
            }
            case "batch" -> {
                return batch(step);
            }
            default -> {
                return outcome(step, answer(step, op));
            }
        }
    }

    private JsonObject answer(JsonObject step, String op) throws Exception {
        JsonObject request = request(step, 0);
        return switch (op) {
            case "receive" -> waited(tickets.get(step.get("of").getAsString()));
            case "solve", "adopt" -> waited(submitted(request).outcome().thenApply(Answer::json));
            case "create_task" -> waited((request.size() == 1 && request.get("task") instanceof JsonObject task
                    ? client.createTask(Task.of(task, Function.identity()))
                    : client.call("createTask", request)).thenApply(Answer::json));
            case "get_task_result" -> waited((request.size() == 1 && id(request.get("taskId")) != null
                    ? client.getTaskResult(id(request.get("taskId")))
                    : client.call("getTaskResult", request)).thenApply(Answer::json));
            case "report_incorrect" -> waited(client.reportIncorrect(
                    id(request.get("taskId")), request.get("type").getAsString()).thenApply(Answer::json));
            case "get_balance" -> waited(client.getBalance().thenApply(balance -> answered("balance", balance)));
            case "get_user_agent" -> waited(client.getUserAgent().thenApply(agent -> answered("userAgent", agent)));
            case "call" -> waited(client.call(step.get("method").getAsString(), request).thenApply(Answer::json));
            case "check" -> caught(() -> Captask.check(Json.text(request)).json());
            case "describe" -> caught(() -> Captask.describe(step.get("topic").getAsString()));
            case "open" -> caught(() -> opened(Client.open(Json.text(filled(step.get("config"))))));
            case "open_sandbox" -> caught(() -> opened(Sandbox.open(Json.text(filled(step.get("config"))))));
            default -> throw new IllegalArgumentException("a step that this runner does not know: " + op);
        };
    }

    private void submit(String name, JsonObject request) {
        try {
            var ticket = submitted(request);
            cancels.put(name, () -> ticket.cancel(true) && ticket.isCancelled());
            tickets.put(name, ticket.outcome().thenApply(Answer::json));
        } catch (CaptaskException e) {
            cancels.put(name, () -> false);
            tickets.put(name, CompletableFuture.failedFuture(e));
        }
    }

    /** By the arguments of this binding, where it has arguments for what the request holds; else as text. */
    private captask.Ticket<JsonObject> submitted(JsonObject request) {
        Options.Builder options = Options.builder();
        boolean plain = SOLVE.containsAll(request.keySet()) && request.get("task") instanceof JsonObject
                || request.get("taskId") instanceof JsonPrimitive && !request.has("task");
        for (var member : request.entrySet()) {
            if (member.getKey().equals("options") && member.getValue() instanceof JsonObject within) {
                within.entrySet().forEach(option -> options.with(option.getKey(), option.getValue()));
            } else if (!member.getKey().startsWith("task")) {
                plain &= SOLVE.contains(member.getKey()) && !member.getKey().equals("options");
                options.with(member.getKey(), member.getValue());
            }
        }
        if (!plain || request.has("taskId") && id(request.get("taskId")) == null) {
            return client.submit(Json.text(request));
        }
        return request.has("taskId")
                ? client.adopt(id(request.get("taskId")), Function.identity(), options.build())
                : client.solve(Task.of(request.getAsJsonObject("task"), Function.identity()), options.build());
    }

    private static TaskId id(JsonElement member) {
        if (!(member instanceof JsonPrimitive primitive) || primitive.isBoolean()) {
            return null;
        }
        if (primitive.isString()) {
            return TaskId.of(primitive.getAsString());
        }
        return primitive.getAsString().matches("-?[0-9]+") ? TaskId.of(new BigInteger(primitive.getAsString())) : null;
    }

    private String batch(JsonObject step) throws Exception {
        List<captask.Ticket<JsonObject>> all = new ArrayList<>();
        int count = step.get("count").getAsInt();
        for (int index = 0; index < count; index++) {
            all.add(submitted(request(step, index)));
        }
        Map<String, Set<String>> seen = new HashMap<>();
        for (int index = 0; index < count; index++) {
            JsonObject answer = waited(all.get(index).thenApply(Answer::json));
            saved.put("index", new JsonPrimitive(index));
            String failure = outcome(step, answer);
            if (failure != null) {
                return "task " + index + ": " + failure;
            }
            for (JsonElement pointer : array(step, "distinct")) {
                String value = String.valueOf(Expectation.at(answer, pointer.getAsString()));
                if (!seen.computeIfAbsent(pointer.getAsString(), one -> new HashSet<>()).add(value)) {
                    return "task " + index + ": " + pointer + " is " + value + ", as in another answer";
                }
            }
        }
        return null;
    }

    private String until(JsonObject step) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        String failure = unexpected(step, inspected(step));
        while (failure != null && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(5);
            failure = unexpected(step, inspected(step));
        }
        return failure;
    }

    private JsonObject inspected(JsonObject step) {
        return step.get("of").getAsString().equals("sandbox") ? sandbox.inspect() : client.inspect();
    }

    private String outcome(JsonObject step, JsonObject answer) {
        boolean failed = answer.remove("raised by the binding") != null;
        if (failed != step.get("outcome").getAsString().equals("error")) {
            return "it is no " + step.get("outcome").getAsString() + ": " + answer;
        }
        String failure = unexpected(step, answer);
        if (failure == null && step.has("save")) {
            step.getAsJsonObject("save").entrySet().forEach(
                    one -> saved.put(one.getKey(), Expectation.at(answer, one.getValue().getAsString())));
        }
        return failure;
    }

    private String unexpected(JsonObject step, JsonObject answer) {
        for (var one : step.getAsJsonObject("expect").entrySet()) {
            JsonObject wanted = filled(one.getValue()).getAsJsonObject();
            String failure = Expectation.failure(answer, one.getKey(), wanted);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private JsonObject request(JsonObject step, int index) {
        JsonElement request = step.has("requestText")
                ? Json.object(step.get("requestText").getAsString())
                : step.has("request") ? step.get("request") : new JsonObject();
        saved.put("index", new JsonPrimitive(index));
        return filled(request).getAsJsonObject();
    }

    /** The same with its names in ${} filled in. */
    private JsonElement filled(JsonElement json) {
        if (json instanceof JsonObject object) {
            JsonObject out = new JsonObject();
            object.entrySet().forEach(member -> out.add(member.getKey(), filled(member.getValue())));
            return out;
        }
        if (json instanceof JsonArray array) {
            JsonArray out = new JsonArray();
            array.forEach(element -> out.add(filled(element)));
            return out;
        }
        if (!(json instanceof JsonPrimitive text && text.isString())) {
            return json;
        }
        String out = text.getAsString();
        for (var one : saved.entrySet()) {
            if (out.equals("${" + one.getKey() + "}")) {
                return one.getValue();
            }
            out = out.replace("${" + one.getKey() + "}", one.getValue().isJsonPrimitive() ? one.getValue().getAsString() : "");
        }
        if (saved.containsKey("sandbox")) {
            out = out.replace("${host}", saved.get("sandbox").getAsString().substring("http://".length()));
        }
        return new JsonPrimitive(out);
    }

    private static JsonObject waited(CompletableFuture<JsonObject> future) throws Exception {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            return raised(CaptaskException.in(e).orElseThrow(() -> e));
        }
    }

    private static JsonObject caught(Supplier<JsonObject> call) {
        try {
            return call.get();
        } catch (CaptaskException e) {
            return raised(e);
        }
    }

    private static JsonObject raised(CaptaskException e) {
        JsonObject error = e.answer().json();
        error.addProperty("raised by the binding", true);
        return error;
    }

    private static JsonObject answered(String name, Object value) {
        return Json.of(Map.of("errorId", 0, name, value)).getAsJsonObject();
    }

    private static JsonObject opened(AutoCloseable handle) {
        try {
            handle.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return answered("opened", true);
    }

    private static JsonArray array(JsonObject step, String name) {
        return step.has(name) ? step.getAsJsonArray(name) : new JsonArray();
    }
}
