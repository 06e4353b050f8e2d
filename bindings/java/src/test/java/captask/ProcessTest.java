package captask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs in a process of their own. */
@Timeout(value = 3 * Fixture.PATIENCE)
class ProcessTest {
    @TempDir
    Path folder;

    @Test
    void the_program_of_the_readme_prints_a_token() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("captask.test.package", "."), "README.md"));
        String program = readme.substring(readme.indexOf("```java\n") + 8).replaceFirst("(?s)```.*", "");
        assertTrue(program.lines().count() <= 11, program);
        assertEquals("sandbox-token", run("Solve", program).strip());
    }

    @Test
    void the_handler_of_the_readme_adopts_only_a_task_that_goes_on() throws Exception {
        String readme = Files.readString(Path.of(System.getProperty("captask.test.package", "."), "README.md"));
        int start = readme.indexOf("    client.solve(task).whenComplete(");
        String handler = readme.substring(start, readme.indexOf("    }));\n", start) + 8);
        assertEquals("pause, again, failed, later 7654321", run("Handler", """
                import captask.*;
                import com.google.gson.JsonObject;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.*;
                public class Handler {
                    final CompletableFuture<String> done = new CompletableFuture<>();
                    void pause() { done.complete("pause"); }
                    void later(TaskId id) { done.complete("later " + id); }
                    void again(Duration wait) { done.complete("again"); }
                    void failed(CaptaskException error) { done.complete("failed"); }

                    static String handled(Map<String, ?> service) throws Exception {
                        Config once = Config.builder().poll(Config.Poll.builder().first(Duration.ofMillis(5)).maxPolls(1)
                                .build()).build();
                        try (Sandbox sandbox = Sandbox.open(service); Client client = sandbox.client(once)) {
                            Handler handler = new Handler();
                            handler.solve(client, Task.of(Map.of("type", "TurnstileTask",
                                    "websiteURL", "https://example.com", "websiteKey", "KEY")));
                            return handler.done.get(60, TimeUnit.SECONDS);
                        }
                    }

                    static Map<String, ?> ends(String code) {
                        return Map.of("solveMs", 0, "solutions", List.of(Map.of("error", code)));
                    }

                    public static void main(String[] arguments) throws Exception {
                        System.out.println(String.join(", ", handled(Map.of("scenario", "zero-balance")),
                                handled(ends("ERROR_CAPTCHA_UNSOLVABLE")), handled(ends("ERROR_OF_NEXT_YEAR")),
                                handled(Map.of("solveMs", 3600000))));
                    }

                    void solve(Client client, Task<JsonObject> task) {
                """ + handler + "}}\n").strip());
    }

    @Test
    void a_jvm_ends_with_work_in_flight() throws Exception {
        assertEquals("main ends", run("Ends", """
                import captask.*;
                import java.util.Map;
                public class Ends {
                    public static void main(String[] arguments) throws Exception {
                        Captask.logTo(System.getLogger("quiet"), System.Logger.Level.ERROR);
                        Sandbox sandbox = Sandbox.open(Map.of("solveMs", 3600000, "faults",
                                java.util.List.of(Map.of("kind", "stall", "method", "getBalance", "delayMs", 3600000))));
                        Client client = sandbox.client();
                        for (int i = 0; i < 100; i++) {
                            client.solve(Task.of(Map.of("type", "TurnstileTask", "websiteURL", "https://example.com",
                                    "websiteKey", "KEY")));
                        }
                        client.getBalance();
                        while (client.inspect().get("created").getAsInt() < 100) {
                            Thread.sleep(2);
                        }
                        System.out.println("main ends");
                    }
                }
                """).strip());
    }

    @Test
    void a_journal_brings_back_what_a_closed_client_left() throws Exception {
        try (Sandbox sandbox = Fixture.sandbox(true)) {
            Path journal = folder.resolve("journal");
            Config.Builder keys = Fixture.config().endpoint(sandbox.url()).clientKey("KEY").journal(journal.toString());
            Config config = keys.build();
            Client first = Client.open(keys.poll(Config.Poll.builder().first(Duration.ofHours(1)).build()).build());
            var ticket = first.solve(Fixture.TASK, Options.builder().extra("row 7").build());
            Fixture.until("it is bought", () -> first.inspect().get("created").getAsInt() == 1);
            first.close();
            assertEquals(ErrorCode.CAPTASK_CLOSED, Fixture.error(ticket).code());
            try (Client second = Client.open(config)) {
                Fixture.until("the answer is there", () -> second.inspect().get("inFlight").getAsInt() == 0);
                var found = new java.util.concurrent.CompletableFuture<Answer<com.google.gson.JsonObject>>();
                second.onUnclaimed((answer, error) -> found.complete(answer));
                assertEquals("row 7", Fixture.get(found).extra().getAsString());
                assertEquals(1, Fixture.requests(sandbox, "createTask"));
            }
            try (Client third = Client.open(config)) {
                assertEquals(0, third.inspect().get("inFlight").getAsInt());
                assertEquals(0, third.inspect().get("unread").getAsInt());
            }
        }
    }

    @Test
    void a_library_that_is_nowhere_is_named() throws Exception {
        String out = run("Version", """
                public class Version {
                    public static void main(String[] arguments) {
                        try {
                            System.out.println(captask.Captask.version());
                        } catch (UnsatisfiedLinkError e) {
                            System.out.println(e.getMessage());
                        }
                    }
                }
                """, "-Dcaptask.library=/nowhere/libcaptask.so");
        assertTrue(out.contains("/nowhere/libcaptask.so") && out.contains("CAPTASK_LIBRARY"), out);
    }

    /** What a program prints that is compiled and run with this class path, and ends with 0 in time. */
    private String run(String name, String program, String... options) throws IOException, InterruptedException {
        Path source = Files.writeString(folder.resolve(name + ".java"), program);
        String path = System.getProperty("java.class.path");
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(
                null, null, null, "-cp", path, "-d", folder.toString(), source.toString()));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp", folder + System.getProperty("path.separator") + path));
        command.addAll(List.of(options));
        command.add(name);
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        try {
            assertTrue(process.waitFor(Fixture.PATIENCE, TimeUnit.SECONDS), "it does not end");
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(out));
        return Files.readString(out);
    }
}
