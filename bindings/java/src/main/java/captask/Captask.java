package captask;

import captask.internal.Library;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.function.Function;

/** What needs neither a client nor the network. */
public final class Captask {
    private Captask() {}

    /** The version of the library that is loaded, as "0.2.0". */
    public static String version() {
        return Library.version();
    }

    /** {@link #check(Task, Options)} with options that are all defaults. */
    public static Answer<JsonObject> check(Task<?> task) {
        return check(task, Requests.NO_OPTIONS);
    }

    /**
     * Whether a task is valid, without sending it.
     *
     * @return the catalogue's {@code variant} of the task, and {@code warnings}
     * @throws CaptaskException with every problem at once in {@link CaptaskException#problems}
     */
    public static Answer<JsonObject> check(Task<?> task, Options options) {
        return check(Requests.buy(task, options));
    }

    /** {@link #check(Task, Options)} for a request in JSON. */
    public static Answer<JsonObject> check(String request) {
        return CaptaskException.checked(Library.check(request), Function.identity());
    }

    /** What the library knows: the table of contents. */
    public static JsonObject describe() {
        return describe(null);
    }

    /** What the library knows of a topic: "tasks", "task/recaptcha_v2", "errors", "error/CODE", "config", "request", … */
    public static JsonObject describe(String topic) {
        try {
            return CaptaskException.checked(Library.describe(topic), Function.identity()).json();
        } catch (CaptaskException e) {
            // The library names its function as C has it.
            throw e.reworded(text -> text.replace("captask_describe(NULL)", "Captask.describe()"));
        }
    }

    /**
     * Sends the library's log lines to a logger, for the whole process. They come through a queue and one daemon thread:
     * no handler ever runs on a thread of the library. No key, password or cookie is in them.
     *
     * @param logger where to; {@code System.getLogger("captask")} is the usual one
     * @param level the most detailed level wanted
     */
    public static void logTo(System.Logger logger, System.Logger.Level level) {
        Log.to(logger, level);
    }

    /** Ends {@link #logTo}; the lines that are on their way are still written. */
    public static void logOff() {
        Log.off();
    }

    /**
     * Has the library append its log lines to a file, for the whole process; null ends it. Both this and {@link #logTo}
     * may be in use.
     */
    public static void logToFile(Path path, System.Logger.Level level) {
        String error = Library.logTo(path == null ? null : path.toString(), Log.detail(level));
        if (error != null) {
            throw CaptaskException.refusal(error);
        }
    }
}
