package captask;

import captask.internal.Library;
import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The library's log lines, in System.Logger. */
final class Log {
    /** Lines that wait for a slow handler at most; beyond it they are counted and dropped. */
    private static final int MOST_WAITING = 10_000;

    private static Log installed;
    private static boolean hooked;

    private record Line(int level, String text) {}

    private final System.Logger logger;
    private final BlockingQueue<Line> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean ending;
    // Kept here: the library has but its address.
    private final Library.LogSink sink = this::take;

    private Log(System.Logger logger) {
        this.logger = logger;
        // The library's threads stay attached to the JVM, as daemons: one Java thread for each of them, none for a line.
        Native.setCallbackThreadInitializer(sink, new CallbackThreadInitializer(true, false, "captask-native"));
        thread = Threads.daemon("captask-log", this::write);
        thread.start();
    }

    static synchronized void to(System.Logger logger, System.Logger.Level level) {
        Log next = new Log(logger);
        Library.setLog(next.sink, detail(level));
        if (installed != null) {
            installed.end();
        }
        installed = next;
        if (!hooked) {
            hooked = true;
            // No thread of the library may call into a JVM that is being taken down.
            Runtime.getRuntime().addShutdownHook(Threads.daemon("captask-log-end", Log::offAtExit));
        }
    }

    static synchronized void off() {
        if (installed != null) {
            // When it returns, the sink is not running any more.
            Library.setLog(null, 0);
            installed.end();
            installed = null;
        }
    }

    static int detail(System.Logger.Level level) {
        return switch (level) {
            case OFF -> 0;
            case ERROR -> 1;
            case WARNING -> 2;
            case INFO -> 3;
            case DEBUG -> 4;
            case TRACE, ALL -> 5;
        };
    }

    private static System.Logger.Level level(int detail) {
        return switch (detail) {
            case 1 -> System.Logger.Level.ERROR;
            case 2 -> System.Logger.Level.WARNING;
            case 3 -> System.Logger.Level.INFO;
            case 4 -> System.Logger.Level.DEBUG;
            default -> System.Logger.Level.TRACE;
        };
    }

    private static void offAtExit() {
        Log last;
        synchronized (Log.class) {
            last = installed;
            off();
        }
        try {
            if (last != null) {
                last.thread.join(1000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called by the library's threads: it only puts the line down. */
    private void take(int level, Pointer line, Pointer user) {
        try {
            if (!lines.offer(new Line(level, line.getString(0, "UTF-8")))) {
                dropped.incrementAndGet();
            }
        } catch (Throwable e) {
            dropped.incrementAndGet();
        }
    }

    /** Lets the thread write what is there, and end. */
    private void end() {
        ending = true;
        thread.interrupt();
    }

    private void write() {
        while (true) {
            Line line = next();
            if (line == null) {
                return;
            }
            try {
                logger.log(level(line.level()), line.text());
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    logger.log(System.Logger.Level.WARNING, lost + " lines of captask's log were dropped: too many at once");
                }
            } catch (RuntimeException e) {
                // A handler's trouble is not the library's.
                dropped.incrementAndGet();
            }
        }
    }

    private Line next() {
        Line line = lines.poll();
        while (line == null && !ending) {
            try {
                line = lines.take();
            } catch (InterruptedException e) {
                line = lines.poll();
            }
        }
        return line;
    }
}
