package captask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3 * Fixture.PATIENCE)
class CancelTest {
    @RepeatedTest(20)
    void a_cancelled_future_says_what_was_bought() {
        try (Sandbox sandbox = Fixture.sandbox(false); Client client = sandbox.client(Fixture.config().build())) {
            var event = new CompletableFuture<CaptaskException>();
            client.onUnclaimed((answer, error) -> event.complete(error));
            var ticket = client.solve(Fixture.TASK);
            Fixture.until("it is bought", () -> client.inspect().get("created").getAsInt() == 1);
            assertTrue(ticket.cancel(true));
            assertTrue(ticket.isCancelled());
            assertThrows(CancellationException.class, ticket::join);
            for (CaptaskException report : List.of(Fixture.error(ticket.outcome()), Fixture.get(event))) {
                assertEquals(ErrorCode.CAPTASK_CANCELLED, report.code());
                assertEquals(Bought.YES, report.bought());
                assertEquals(Optional.of(TaskId.of(7654321)), report.taskId());
            }
            assertTrue(ticket.cancel(true), "a second cancel reports the same");
        }
    }

    @Test
    void a_cancel_within_create_task_leaves_it_open() {
        Map<String, ?> slow = Map.of("kind", "stall", "method", "createTask", "delayMs", 3_600_000);
        try (Sandbox sandbox = Sandbox.open(Map.of("faults", List.of(slow)));
                Client client = sandbox.client(Fixture.config().build())) {
            client.onUnclaimed((answer, error) -> { });
            var ticket = client.solve(Fixture.TASK);
            Fixture.until("createTask is under way", () -> Fixture.requests(sandbox, "createTask") == 1);
            assertTrue(ticket.cancel(true));
            assertEquals(Bought.UNKNOWN, Fixture.error(ticket.outcome()).bought());
        }
    }

    @Test
    void a_finished_future_is_not_cancelled() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            var ticket = client.solve(Fixture.TASK);
            Fixture.get(ticket);
            assertFalse(ticket.cancel(true));
            assertFalse(ticket.isCancelled());
        }
    }

    @Test
    void no_answer_is_lost_between_an_answer_and_a_cancel() {
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            client.onUnclaimed((answer, error) -> { });
            for (int i = 0; i < 200; i++) {
                var ticket = client.solve(Fixture.TASK);
                if (i % 2 == 0) {
                    Thread.onSpinWait();
                } else {
                    client.inspect();
                }
                boolean cancelled = ticket.cancel(true);
                if (cancelled) {
                    assertThrows(CancellationException.class, ticket::join);
                    assertEquals(ErrorCode.CAPTASK_CANCELLED, Fixture.error(ticket.outcome()).code());
                } else {
                    assertEquals("sandbox-token", Fixture.get(ticket).solution().token());
                }
            }
        }
    }

    @Test
    void a_single_call_that_is_given_up_reports_what_it_bought() {
        var gate = new CompletableFuture<Void>();
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = Fixture.gated(sandbox, gate)) {
            var event = new CompletableFuture<TaskId>();
            client.onUnclaimed((answer, error) -> event.complete(answer.taskId().orElseThrow()));
            var future = client.createTask(Fixture.TASK);
            Fixture.until("createTask is under way", () -> Fixture.requests(sandbox, "createTask") == 1);
            assertTrue(future.cancel(true));
            gate.complete(null);
            assertEquals(TaskId.of(7654321), Fixture.get(event));
        }
    }
}
