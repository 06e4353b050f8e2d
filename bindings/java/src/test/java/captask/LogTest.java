package captask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3 * Fixture.PATIENCE)
class LogTest {
    /** A logger that keeps what it gets, and the threads that it gets it from. */
    private static final class Kept implements System.Logger {
        final Queue<String> lines = new ConcurrentLinkedQueue<>();
        final Set<String> threads = ConcurrentHashMap.newKeySet();

        @Override
        public String getName() {
            return "kept";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            threads.add(Thread.currentThread().getName());
            lines.add(level + " " + message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... values) {
            log(level, bundle, format, (Throwable) null);
        }
    }

    @AfterEach
    void off() {
        Captask.logOff();
        Captask.logToFile(null, System.Logger.Level.OFF);
    }

    @Test
    void lines_come_by_one_thread_and_make_none_of_their_own() {
        Kept kept = new Kept();
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            Captask.logTo(kept, System.Logger.Level.TRACE);
            Fixture.get(client.solve(Fixture.TASK));
            Fixture.until("it is logged", () -> !kept.lines.isEmpty());
            var threads = java.lang.management.ManagementFactory.getThreadMXBean();
            IntStream.range(0, 100).mapToObj(i -> client.solve(Fixture.TASK)).toList().forEach(Fixture::get);
            int lines = kept.lines.size();
            long started = threads.getTotalStartedThreadCount();
            IntStream.range(0, 200).mapToObj(i -> client.solve(Fixture.TASK)).toList().forEach(Fixture::get);
            Fixture.until("more is logged", () -> kept.lines.size() > lines + 200);
            long more = threads.getTotalStartedThreadCount() - started;
            assertTrue(more < 50, more + " threads for " + (kept.lines.size() - lines) + " lines");
        }
        assertEquals(Set.of("captask-log"), kept.threads);
        assertTrue(kept.lines.stream().noneMatch(line -> line.contains("\"clientKey\"")));
    }

    @Test
    void nothing_comes_after_the_end() {
        Kept first = new Kept();
        Kept second = new Kept();
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            Captask.logTo(first, System.Logger.Level.TRACE);
            Fixture.get(client.solve(Fixture.TASK));
            Captask.logTo(second, System.Logger.Level.TRACE);
            Fixture.until("the first logger's thread has ended", () -> Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("captask-log")).count() == 1);
            int before = first.lines.size();
            Fixture.get(client.solve(Fixture.TASK));
            Fixture.until("the second logs", () -> !second.lines.isEmpty());
            assertEquals(before, first.lines.size());
        }
    }

    @Test
    void a_file_takes_lines_too(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("captask.log");
        Captask.logToFile(file, System.Logger.Level.DEBUG);
        try (Sandbox sandbox = Fixture.sandbox(true); Client client = sandbox.client(Fixture.config().build())) {
            Fixture.get(client.solve(Fixture.TASK));
        }
        Captask.logToFile(null, System.Logger.Level.OFF);
        assertFalse(Files.readString(file).isEmpty());
        CaptaskException error = assertThrows(CaptaskException.class,
                () -> Captask.logToFile(folder.resolve("no/such/folder"), System.Logger.Level.INFO));
        assertEquals(ErrorCode.CAPTASK_INVALID_ARGUMENT, error.code());
    }
}
