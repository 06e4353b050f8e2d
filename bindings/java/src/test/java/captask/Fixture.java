package captask;

import captask.tasks.TurnstileTask;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What tests have in common. */
final class Fixture {
    /** Seconds after which a wait has failed: every wait has an end. */
    static final int PATIENCE = 60;
    static final TurnstileTask TASK =
            TurnstileTask.builder().websiteURL("https://example.com").websiteKey("KEY").build();

    private Fixture() {}

    /** A sandbox that solves at once, or never within a test. */
    static Sandbox sandbox(boolean solves) {
        return Sandbox.open(Map.of("solveMs", solves ? 0 : 3_600_000));
    }

    /** Polls often, so that tests are short. */
    static Config.Builder config() {
        return Config.builder().poll(Config.Poll.builder()
                .first(Duration.ofMillis(5)).interval(Duration.ofMillis(5)).timeout(Duration.ofMinutes(10)).build());
    }

    /** A client that delivers no answer before the gate is complete. */
    static Client gated(Sandbox sandbox, CompletableFuture<Void> gate) {
        return Client.open(config().endpoint(sandbox.url()).clientKey("KEY").build(), gate::thenRunAsync);
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The error that a future ends with. */
    static CaptaskException error(CompletableFuture<?> future) {
        try {
            throw new AssertionError("no error, but " + get(future));
        } catch (CaptaskException e) {
            return e;
        }
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it never came to this: " + what);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** How many requests of a method a sandbox has seen. */
    static int requests(Sandbox sandbox, String method) {
        var requests = sandbox.inspect().getAsJsonObject("requests");
        return requests.has(method) ? requests.get(method).getAsInt() : 0;
    }
}
