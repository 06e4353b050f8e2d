package captask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import captask.tasks.TurnstileTask;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3 * Fixture.PATIENCE)
class ClientTest {
    @Test
    void a_task_is_solved_and_its_solution_is_typed() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            CompletableFuture<Answer<TurnstileTask.Solution>> future = client.solve(Fixture.TASK);
            Answer<TurnstileTask.Solution> answer = Fixture.get(future);
            assertEquals("sandbox-token", answer.solution().token());
            assertEquals(Optional.of("ready"), answer.status());
            assertEquals(Optional.of(TaskId.of(7654321)), answer.taskId());
            assertTrue(answer.meta().get("polls").getAsInt() >= 1);
            assertTrue(answer.raw().contains("\"sandbox-token\""));
        }
    }

    @Test
    void options_and_extra_reach_the_library() {
        try (Sandbox sandbox = Fixture.sandbox(false); Client client = sandbox.client(Fixture.config().build())) {
            Options options = Options.builder().timeout(Duration.ofMinutes(1)).maxPolls(1).extra(Map.of("row", 7)).build();
            CaptaskException error = Fixture.error(client.solve(Fixture.TASK, options));
            assertEquals(ErrorCode.CAPTASK_TIMEOUT, error.code());
            assertEquals(Bought.YES, error.bought());
            assertEquals("polls", error.answer().json().get("reason").getAsString());
            assertEquals("{\"row\":7}", error.answer().extra().toString());
        }
    }

    @Test
    void a_task_is_adopted_and_not_bought_again() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            TaskId id = Fixture.get(client.createTask(Fixture.TASK)).taskId().orElseThrow();
            var ticket = client.adopt(id, TurnstileTask.Solution::of, Options.builder().pollsUsed(1).build());
            assertEquals("sandbox-token", Fixture.get(ticket).solution().token());
            assertEquals("sandbox-token", Fixture.get(client.adopt(id)).solution().get("token").getAsString());
            assertEquals("ready", Fixture.get(client.getTaskResult(id)).status().orElseThrow());
            assertEquals(1, Fixture.requests(sandbox, "createTask"));
        }
    }

    @Test
    void single_calls_have_the_types_of_java() {
        try (Sandbox sandbox = Sandbox.open(Map.of("balance", new BigDecimal("12.345678"), "solveMs", 0));
                Client client = sandbox.client(Fixture.config().build())) {
            assertEquals(new BigDecimal("12.345678"), Fixture.get(client.getBalance()));
            assertTrue(Fixture.get(client.getUserAgent()).startsWith("Mozilla/"));
            TaskId id = Fixture.get(client.solve(Fixture.TASK)).taskId().orElseThrow();
            var report = Fixture.get(client.reportIncorrect(id, "TurnstileTask"));
            assertEquals("success", report.status().orElseThrow());
            assertEquals("12", Fixture.get(client.call("getBalance", "{}")).raw().replaceAll(".*\"balance\":(12).*", "$1"));
        }
    }

    @Test
    void a_refused_task_fails_its_future_and_throws_from_submit() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            Options strict = Options.builder().validate(Validate.STRICT).build();
            var wrong = Task.of(Map.of("type", "TurnstileTask"));
            Ticket<?> ticket = client.solve(wrong, strict);
            CaptaskException error = Fixture.error(ticket);
            assertEquals(ErrorCode.CAPTASK_INVALID_TASK, error.code());
            assertEquals(Bought.NO, error.bought());
            assertEquals("/task/websiteURL", error.problems().get(0).pointer());
            assertEquals(0, ticket.number());
            assertSame(error, Fixture.error(ticket.outcome()));
            assertThrows(CaptaskException.class, () -> client.submit(wrong, strict));
            assertThrows(CaptaskException.class, () -> client.submit("{"));
            assertEquals(0, Fixture.requests(sandbox, "createTask"));
        }
    }

    @Test
    void join_and_get_wrap_the_error_and_in_takes_it_out() {
        try (Sandbox sandbox = Sandbox.open(Map.of("scenario", "zero-balance"));
                Client client = sandbox.client(Fixture.config().build())) {
            var failed = client.solve(Fixture.TASK);
            CompletionException wrapped = assertThrows(CompletionException.class, failed::join);
            CaptaskException error = CaptaskException.in(wrapped).orElseThrow();
            assertEquals(ErrorCode.ERROR_ZERO_BALANCE, error.code());
            assertFalse(error.description().isEmpty());
            assertEquals(Optional.empty(), error.taskId());
            assertEquals(Optional.empty(), CaptaskException.in(new IllegalStateException()));
            var held = Fixture.error(client.solve(Fixture.TASK));
            assertEquals(ErrorCode.CAPTASK_GUARD, held.code());
            assertTrue(held.retryAfter().orElseThrow().toMillis() > 0);
        }
    }

    @Test
    void an_error_says_what_may_be_tried_again() {
        try (Sandbox sandbox = Sandbox.open(
                Map.of("solveMs", 0, "solutions", List.of(Map.of("error", "ERROR_CAPTCHA_UNSOLVABLE"))));
                Client client = sandbox.client(Fixture.config().build())) {
            CaptaskException error = Fixture.error(client.solve(Fixture.TASK));
            assertEquals(ErrorCode.ERROR_CAPTCHA_UNSOLVABLE, error.code());
            assertTrue(error.retryable());
            assertEquals(Optional.of("new_task"), error.retryScope());
            assertEquals(Optional.of(TaskId.of(7654321)), error.taskId());
        }
    }

    @Test
    void callbacks_may_wait_for_other_futures_of_the_same_client() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            var chains = IntStream.range(0, 50).mapToObj(i -> client.solve(Fixture.TASK)
                    .thenApply(answer -> client.solve(Fixture.TASK).join())
                    .thenApply(answer -> client.getBalance().join())).toList();
            chains.forEach(chain -> assertTrue(Fixture.get(chain).signum() > 0));
            assertEquals(100, Fixture.requests(sandbox, "createTask"));
        }
    }

    @Test
    void an_executor_that_refuses_loses_no_answer() {
        try (Sandbox sandbox = Fixture.sandbox(true)) {
            Config config = Fixture.config().endpoint(sandbox.url()).clientKey("KEY").build();
            try (Client client = Client.open(config, work -> {
                throw new RejectedExecutionException("full");
            })) {
                assertEquals("sandbox-token", Fixture.get(client.solve(Fixture.TASK)).solution().token());
                assertTrue(Fixture.get(client.getBalance()).signum() > 0);
            }
        }
    }

    @Test
    void a_deadline_of_the_future_alone_leaves_the_task_and_its_outcome() {
        var gate = new CompletableFuture<Void>();
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = Fixture.gated(sandbox, gate)) {
            var late = new CompletableFuture<TaskId>();
            client.onUnclaimed((answer, error) -> late.complete(answer.taskId().orElseThrow()));
            var ticket = client.solve(Fixture.TASK);
            ticket.orTimeout(1, TimeUnit.MILLISECONDS);
            assertTrue(assertThrows(CompletionException.class, ticket::join).getCause() instanceof TimeoutException);
            gate.complete(null);
            assertEquals("sandbox-token", Fixture.get(ticket.outcome()).solution().token());
            assertEquals(TaskId.of(7654321), Fixture.get(late));
        }
    }

    @Test
    void many_tasks_are_solved_with_few_in_flight() {
        try (Sandbox sandbox = Sandbox.open(Map.of("solveMs", Map.of("min", 0, "max", 30)));
                Client client = sandbox.client(Fixture.config().build())) {
            List<TurnstileTask> tasks = IntStream.range(0, 100).mapToObj(i -> Fixture.TASK).toList();
            try (var stream = client.solveMany(tasks, 7, Options.builder().build())) {
                var ids = stream.peek(ticket -> {
                    assertTrue(ticket.isDone());
                    assertTrue(client.inspect().get("inFlight").getAsInt() <= 7);
                }).map(ticket -> ticket.join().taskId().orElseThrow()).distinct().toList();
                assertEquals(100, ids.size());
            }
            assertThrows(IllegalArgumentException.class, () -> client.solveMany(tasks, 0, Options.builder().build()));
        }
    }

    @Test
    void closing_the_stream_gives_up_what_is_in_flight() {
        try (Sandbox sandbox = Sandbox.open(
                Map.of("solveMs", 3_600_000, "solveMsByType", Map.of("RecaptchaV2Task", 0)));
                Client client = sandbox.client(Fixture.config().build())) {
            client.onUnclaimed((answer, error) -> { });
            Task<JsonObject> quick = Task.of(Map.of("type", "RecaptchaV2Task", "websiteURL", "https://example.com", "websiteKey", "KEY"));
            Task<JsonObject> slow = Task.of(Fixture.TASK.toJson(), Function.identity());
            try (var stream = client.solveMany(List.of(slow, quick, slow))) {
                assertEquals("ready", stream.iterator().next().join().status().orElseThrow());
                assertEquals(2, client.inspect().get("inFlight").getAsInt());
            }
            Fixture.until("nothing is in flight", () -> client.inspect().get("inFlight").getAsInt() == 0);
            assertEquals(3, Fixture.requests(sandbox, "createTask"));
        }
    }

    @Test
    void an_interrupt_gives_up_what_is_in_flight() {
        try (Sandbox sandbox = Fixture.sandbox(false); Client client = sandbox.client(Fixture.config().build())) {
            client.onUnclaimed((answer, error) -> { });
            var iterator = client.solveMany(List.of(Fixture.TASK, Fixture.TASK)).iterator();
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, iterator::next);
            assertTrue(Thread.interrupted());
            Fixture.until("nothing is in flight", () -> client.inspect().get("inFlight").getAsInt() == 0);
        }
    }

    @Test
    void closing_ends_what_is_in_flight_with_its_task_id() {
        try (Sandbox sandbox = Fixture.sandbox(false)) {
            Client client = sandbox.client(Fixture.config().build());
            var tickets = IntStream.range(0, 20).mapToObj(i -> client.solve(Fixture.TASK)).toList();
            Fixture.until("all are bought", () -> client.inspect().get("created").getAsInt() == 20);
            client.close();
            for (var ticket : tickets) {
                CaptaskException error = Fixture.error(ticket);
                assertEquals(ErrorCode.CAPTASK_CLOSED, error.code());
                assertEquals(Bought.YES, error.bought());
            }
            client.close();
            assertTrue(client.isClosed());
            assertEquals(ErrorCode.CAPTASK_CLOSED, Fixture.error(client.solve(Fixture.TASK)).code());
            assertEquals(ErrorCode.CAPTASK_CLOSED, Fixture.error(client.getBalance()).code());
        }
    }

    @Test
    void callbacks_at_the_close_may_wait_for_each_other_and_close_waits_for_them() {
        try (Sandbox sandbox = Fixture.sandbox(false)) {
            Client client = sandbox.client(Fixture.config().build());
            var first = client.solve(Fixture.TASK);
            var second = client.solve(Fixture.TASK);
            var third = client.solve(Fixture.TASK);
            var crossed = List.of(
                    first.handle((answer, error) -> second.handle((a, e) -> e).join()),
                    second.handle((answer, error) -> third.handle((a, e) -> e).join()),
                    third.handle((answer, error) -> first.handle((a, e) -> e).join()),
                    first.handle((answer, error) -> {
                        client.close();
                        return error;
                    }));
            client.close();
            for (var one : crossed) {
                assertTrue(one.isDone());
                assertEquals(ErrorCode.CAPTASK_CLOSED, CaptaskException.in(one.join()).orElseThrow().code());
            }
        }
    }

    @Test
    void a_client_without_a_reference_is_closed() {
        try (Sandbox sandbox = Fixture.sandbox(true)) {
            String name = leftAlone(sandbox);
            Fixture.until("its thread has ended", () -> {
                System.gc();
                return Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals(name));
            });
        }
    }

    private static String leftAlone(Sandbox sandbox) {
        Client client = sandbox.client(Fixture.config().build());
        Fixture.get(client.solve(Fixture.TASK));
        String name = client.toString().replaceAll("captask.Client\\[(\\d+)]", "captask-$1");
        assertTrue(Thread.getAllStackTraces().keySet().stream().anyMatch(thread -> thread.getName().equals(name)), name);
        return name;
    }

    @Test
    void what_cannot_go_to_the_library_is_refused_here() {
        assertThrows(IllegalArgumentException.class, () -> Task.of(Map.of("minScore", Double.NaN)));
        assertThrows(IllegalArgumentException.class, () -> Task.of(Map.of("type", new Object())));
        assertThrows(IllegalStateException.class, () -> TurnstileTask.builder().websiteURL("https://example.com").build());
        assertThrows(IllegalArgumentException.class, () -> Captask.describe("tasks\0"));
        CaptaskException error =
                assertThrows(CaptaskException.class, () -> Client.open(Config.builder().with("endPoint", "x").build()));
        assertEquals(ErrorCode.CAPTASK_INVALID_CONFIG, error.code());
        assertTrue(error.getMessage().contains("endPoint"), error.getMessage());
    }

    @Test
    void a_text_that_the_library_cannot_take_is_not_in_the_error() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Client.open("{\"clientKey\":\"secret\0\"}"));
        assertTrue(error.getMessage().contains("U+0000") && !error.getMessage().contains("secret"), error.getMessage());
    }

    @Test
    void a_key_in_the_place_of_a_configuration_gets_a_hint() {
        for (String config : List.of("secret", "\"secret\"", " ", "[]")) {
            CaptaskException error = assertThrows(CaptaskException.class, () -> Client.open(config));
            String text = error.getMessage();
            assertTrue(text.contains("Config.builder().clientKey(") && text.contains("{\"clientKey\":\"…\"}"), text);
            assertEquals(text, error.code() + ": " + error.description());
            assertFalse(text.contains("secret"), text);
        }
        CaptaskException broken = assertThrows(CaptaskException.class, () -> Client.open("{\"clientKey\":"));
        assertEquals(ErrorCode.CAPTASK_INVALID_JSON, broken.code());
        assertFalse(broken.getMessage().contains("Config.builder()"), broken.getMessage());
    }

    @Test
    void the_error_of_an_unknown_topic_says_what_lists_them() {
        assertTrue(Captask.describe().get("topics").getAsJsonArray().size() > 0);
        CaptaskException error = assertThrows(CaptaskException.class, () -> Captask.describe("task/turnstil"));
        assertEquals(ErrorCode.CAPTASK_UNKNOWN_TOPIC, error.code());
        assertEquals("task/turnstile", error.answer().json().get("hint").getAsString());
        assertTrue(error.getMessage().contains("Captask.describe() lists the topics"), error.getMessage());
        assertFalse((error.getMessage() + error.answer().raw()).contains("NULL"), error.getMessage());
    }

    @Test
    void task_ids_are_equal_by_type_and_digits() {
        assertEquals(TaskId.of(7), TaskId.in(new JsonPrimitive(7)).orElseThrow());
        assertNotEquals(TaskId.of(7), TaskId.of("7"));
        assertEquals(Optional.empty(), TaskId.in(new JsonPrimitive(0)));
        assertEquals(TaskId.of(7).hashCode(), TaskId.of(7L).hashCode());
    }
}
