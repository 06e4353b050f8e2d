import captask.Client;
import captask.Config;
import captask.Sandbox;
import captask.tasks.TurnstileTask;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures many solves at once: {@code Measure URL COUNT} prints its figures as JSON, once for the first solves of the
 * process and once for the same again. {@code Measure sandbox MILLIS} is the service: it prints its URL and ends with its
 * input.
 */
public class Measure {
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("sandbox")) {
            try (Sandbox sandbox = Sandbox.open(Map.of("solveMs", Long.parseLong(arguments[1])))) {
                System.out.println(sandbox.url());
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return;
        }
        int count = Integer.parseInt(arguments[1]);
        try (Client client = Client.open(Config.builder().endpoint(arguments[0]).clientKey("KEY").build())) {
            System.out.printf(Locale.ROOT, "{\"first\":%s,\"again\":%s}%n", measured(client, count), measured(client, count));
        }
    }

    private static String measured(Client client, int count) throws Exception {
        var java = ManagementFactory.getThreadMXBean();
        java.resetPeakThreadCount();
        Timer timer = new Timer();
        timer.start();
        long start = System.nanoTime();
        List<TurnstileTask> tasks = IntStream.range(0, count).mapToObj(i -> TurnstileTask.builder()
                .websiteURL("https://example.com/" + i).websiteKey("KEY").build()).toList();
        var tickets = tasks.stream().map(client::solve).toList();
        long solved = tickets.stream().filter(ticket -> ticket.join().solution().token() != null).count();
        double seconds = (System.nanoTime() - start) / 1e9;
        timer.ending = true;
        timer.join();
        if (solved != count) {
            throw new IllegalStateException(solved + " of " + count + " solved");
        }
        var runtime = Runtime.getRuntime();
        return String.format(Locale.ROOT,
                "{\"seconds\":%.3f,\"peakMemoryMb\":%.1f,\"heapMb\":%.1f,\"threads\":%d,\"javaThreads\":%d,\"longestPauseMs\":%.1f}",
                seconds, status("VmHWM") / 1024.0, (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0,
                timer.mostThreads, java.getPeakThreadCount(), timer.longest / 1e6);
    }

    /** A thread that wants to run each millisecond, and looks how much later it does. */
    private static final class Timer extends Thread {
        volatile boolean ending;
        long longest;
        long mostThreads;

        @Override
        public void run() {
            long last = System.nanoTime();
            for (int i = 0; !ending; i++) {
                LockSupport.parkNanos(1_000_000);
                long now = System.nanoTime();
                longest = Math.max(longest, now - last - 1_000_000);
                if (i % 20 == 0) {
                    mostThreads = Math.max(mostThreads, status("Threads"));
                    now = System.nanoTime();
                }
                last = now;
            }
        }
    }

    /** A number of /proc/self/status. */
    private static long status(String name) {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream().filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
