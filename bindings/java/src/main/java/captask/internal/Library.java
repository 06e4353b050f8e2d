package captask.internal;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The functions of captask.h. What they return is copied and freed here, or stays a {@link Text} until it is. */
public final class Library {
    /** A function that takes log lines, called by the library's threads. */
    public interface LogSink extends Callback {
        /** One line; {@code line} is borrowed for the call. */
        void line(int level, Pointer line, Pointer user);
    }

    /** A text of the library's that is not freed yet. */
    public record Text(Pointer pointer, String text) implements AutoCloseable {
        /** Frees it. With a journal that is what says that the host has the answer. */
        @Override
        public void close() {
            captask_free(pointer);
        }
    }

    /** What captask_receive_ticket gave: {@code text} is null when there was nothing. */
    public record Received(long ticket, Text text) {}

    /** What a function that makes something gave: its number, or 0 and the JSON of the error. */
    public record Made(long number, String error) {}

    /** The system property and the environment variable that name the library's file; see {@link #find}. */
    private static final String PROPERTY = "captask.library";
    private static final String VARIABLE = "CAPTASK_LIBRARY";

    static {
        Native.register(Library.class, load());
    }

    private Library() {}

    // In the library's spelling. A byte array is a NUL-terminated text in UTF-8, null is NULL.
    private static native Pointer captask_version();

    private static native void captask_free(Pointer text);

    private static native int captask_open(byte[] config, PointerByReference error);

    private static native int captask_stop(int client);

    private static native int captask_close(int handle);

    private static native Pointer captask_inspect(int handle);

    private static native Pointer captask_create_task(int client, byte[] request);

    private static native Pointer captask_get_task_result(int client, byte[] request);

    private static native Pointer captask_get_balance(int client);

    private static native Pointer captask_get_user_agent(int client);

    private static native Pointer captask_report_incorrect(int client, byte[] request);

    private static native Pointer captask_call(int client, byte[] method, byte[] request);

    private static native long captask_submit(int client, byte[] request, PointerByReference error);

    private static native Pointer captask_receive_ticket(int client, int timeoutMillis, LongByReference ticket);

    private static native int captask_wake(int client);

    private static native int captask_cancel(int client, long ticket);

    private static native Pointer captask_check(byte[] request);

    private static native Pointer captask_describe(byte[] topic);

    private static native void captask_set_log(LogSink sink, Pointer user, int level);

    private static native int captask_log_to(byte[] path, int level, PointerByReference error);

    private static native int captask_sandbox_open(byte[] config, PointerByReference error);

    /** The version of the library that is loaded. */
    public static String version() {
        return captask_version().getString(0, "UTF-8");
    }

    public static Made open(String config) {
        PointerByReference error = new PointerByReference();
        return made(captask_open(bytes(config), error), error);
    }

    public static Made openSandbox(String config) {
        PointerByReference error = new PointerByReference();
        return made(captask_sandbox_open(bytes(config), error), error);
    }

    public static boolean stop(int client) {
        return captask_stop(client) == 1;
    }

    public static boolean close(int handle) {
        return captask_close(handle) == 1;
    }

    public static String inspect(int handle) {
        return taken(captask_inspect(handle));
    }

    public static String createTask(int client, String request) {
        return taken(captask_create_task(client, bytes(request)));
    }

    public static String getTaskResult(int client, String request) {
        return taken(captask_get_task_result(client, bytes(request)));
    }

    public static String getBalance(int client) {
        return taken(captask_get_balance(client));
    }

    public static String getUserAgent(int client) {
        return taken(captask_get_user_agent(client));
    }

    public static String reportIncorrect(int client, String request) {
        return taken(captask_report_incorrect(client, bytes(request)));
    }

    public static String call(int client, String method, String request) {
        return taken(captask_call(client, bytes(method), bytes(request)));
    }

    public static Made submit(int client, String request) {
        PointerByReference error = new PointerByReference();
        return made(captask_submit(client, bytes(request), error), error);
    }

    /** Blocks for at most that long; for the one thread of a client that does nothing else. */
    public static Received receive(int client, int timeoutMillis) {
        LongByReference ticket = new LongByReference();
        Pointer pointer = captask_receive_ticket(client, timeoutMillis, ticket);
        Text text = pointer == null ? null : new Text(pointer, pointer.getString(0, "UTF-8"));
        return new Received(ticket.getValue(), text);
    }

    public static boolean wake(int client) {
        return captask_wake(client) == 1;
    }

    public static boolean cancel(int client, long ticket) {
        return captask_cancel(client, ticket) == 1;
    }

    public static String check(String request) {
        return taken(captask_check(bytes(request)));
    }

    public static String describe(String topic) {
        return taken(captask_describe(bytes(topic)));
    }

    /** Sets the sink; null removes it. The caller keeps the sink from the garbage collector. */
    public static void setLog(LogSink sink, int level) {
        captask_set_log(sink, null, level);
    }

    /** Has log lines appended to a file; null ends it. The JSON of the error, or null. */
    public static String logTo(String path, int level) {
        PointerByReference error = new PointerByReference();
        return made(captask_log_to(bytes(path), level, error), error).error();
    }

    private static byte[] bytes(String text) {
        if (text == null) {
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            // Without the text, which may hold the key.
            throw new IllegalArgumentException("a text holds U+0000, where it would end for the library");
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(utf8, utf8.length + 1);
    }

    private static String taken(Pointer pointer) {
        try {
            return pointer.getString(0, "UTF-8");
        } finally {
            captask_free(pointer);
        }
    }

    private static Made made(long number, PointerByReference error) {
        Pointer text = error.getValue();
        return new Made(number, text == null ? null : taken(text));
    }

    private static NativeLibrary load() {
        List<String> tried = new ArrayList<>();
        for (String name : find(tried)) {
            try {
                return NativeLibrary.getInstance(name, Map.of());
            } catch (UnsatisfiedLinkError e) {
                tried.add(name + " (" + e.getMessage().lines().findFirst().orElse("") + ")");
            }
        }
        throw new UnsatisfiedLinkError("the captask library was found nowhere. Set " + VARIABLE + " to its path, use a jar"
                + " that has it for " + Platform.RESOURCE_PREFIX + ", or install it on the system. Tried: "
                + String.join("; ", tried));
    }

    /** Where to look: what the property or the variable names and nothing else; or this jar, then the system. */
    private static List<String> find(List<String> tried) {
        String given = System.getProperty(PROPERTY, System.getenv(VARIABLE));
        if (given != null && !given.isEmpty()) {
            return List.of(given);
        }
        List<String> names = new ArrayList<>();
        try {
            File file = Native.extractFromResourcePath("captask", Library.class.getClassLoader());
            names.add(file.getAbsolutePath());
        } catch (IOException e) {
            tried.add("the jar (" + e.getMessage() + ")");
        }
        names.add("captask");
        if (Platform.isLinux()) {
            names.add("libcaptask.so.0");
        }
        return names;
    }
}
