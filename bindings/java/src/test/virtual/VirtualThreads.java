import captask.Client;
import captask.Config;
import captask.Sandbox;
import captask.Task;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Virtual threads that wait for captask do not keep their carrier. Run with one carrier alone
 * (-Djdk.virtualThreadScheduler.parallelism=1 and .maxPoolSize=1): whatever keeps it lets no other virtual thread run.
 */
public class VirtualThreads {
    private static final Task<?> TASK = Task.of(Map.of(
            "type", "TurnstileTask", "websiteURL", "https://example.com", "websiteKey", "KEY"));

    public static void main(String[] arguments) throws Exception {
        if (!"1".equals(System.getProperty("jdk.virtualThreadScheduler.maxPoolSize"))) {
            throw new IllegalStateException("run it with one carrier");
        }
        // It takes connections and never answers.
        try (ServerSocket silent = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                Sandbox sandbox = Sandbox.open(Map.of("solveMs", 3_600_000));
                Client stalled = Client.open(Config.builder().clientKey("KEY")
                        .endpoint("http://127.0.0.1:" + silent.getLocalPort()).build());
                Client client = sandbox.client()) {
            List<Thread> waiting = new ArrayList<>();
            CountDownLatch begun = new CountDownLatch(40);
            for (int i = 0; i < 20; i++) {
                waiting.add(start(begun, () -> client.solve(TASK).join()));
                waiting.add(start(begun, () -> stalled.getBalance().join()));
            }
            wait(begun, "all have begun");
            CountDownLatch ran = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                Thread.ofVirtual().start(ran::countDown);
            }
            wait(ran, "other virtual threads run while 40 wait");
            if (waiting.stream().anyMatch(thread -> !thread.isAlive())) {
                throw new AssertionError("a wait ended before its answer");
            }
            System.out.println("ok java: 40 virtual threads wait and keep no carrier");
            CountDownLatch closed = new CountDownLatch(2);
            Thread.ofVirtual().start(() -> {
                stalled.close();
                closed.countDown();
            });
            Thread.ofVirtual().start(() -> {
                client.close();
                closed.countDown();
            });
            wait(closed, "a virtual thread closes clients");
            for (Thread thread : waiting) {
                if (!thread.join(Duration.ofSeconds(60))) {
                    throw new AssertionError("a wait does not end with its client");
                }
            }
            System.out.println("ok java: every wait ends with its client");
        }
    }

    private static Thread start(CountDownLatch begun, Runnable work) {
        return Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                work.run();
            } catch (RuntimeException e) {
                // CAPTASK_CLOSED, in the end.
                Thread.onSpinWait();
            }
        });
    }

    private static void wait(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("not within a minute: " + what);
        }
    }
}
