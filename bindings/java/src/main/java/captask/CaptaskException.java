package captask;

import captask.internal.Json;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What captask or the service refuses, or what went wrong with a task.
 *
 * <p>{@code join} wraps it in a CompletionException and {@code get} in an ExecutionException; {@link #in} takes it out.
 */
public final class CaptaskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** One thing that is wrong with a request: where (an RFC 6901 pointer), what, and what to do. */
    public record Problem(String pointer, String problem, String hint) {}

    private final String raw;
    private transient Answer<JsonObject> answer;

    private CaptaskException(Answer<JsonObject> answer) {
        super(message(answer));
        this.raw = answer.raw();
        this.answer = answer;
    }

    static CaptaskException of(Answer<?> answer) {
        return new CaptaskException(answer.as(Function.identity()));
    }

    /** The answer in a text of the library's; throws the exception that it is when it is an error. */
    static <S> Answer<S> checked(String raw, Function<JsonObject, S> reader) {
        Answer<S> answer;
        try {
            answer = new Answer<>(raw, reader);
        } catch (JsonParseException | StackOverflowError e) {
            throw unreadable(raw, e);
        }
        if (answer.failed()) {
            throw of(answer);
        }
        return answer;
    }

    /** The exception that an error of the library's is. */
    static CaptaskException refusal(String raw) {
        try {
            return of(new Answer<>(raw, Function.identity()));
        } catch (JsonParseException | StackOverflowError e) {
            return unreadable(raw, e);
        }
    }

    /** An error of this package's, in the library's form. */
    static CaptaskException of(String code, String description, Bought bought) {
        JsonObject error = error(code, description);
        if (bought == Bought.UNKNOWN) {
            error.addProperty("outcomeUnknown", true);
        }
        return new CaptaskException(new Answer<>(Json.text(error), Function.identity()));
    }

    /** The same error with another description. */
    CaptaskException reworded(UnaryOperator<String> words) {
        JsonObject error = answer().json();
        error.addProperty("errorDescription", words.apply(description()));
        return new CaptaskException(new Answer<>(Json.text(error), Function.identity()));
    }

    private static CaptaskException unreadable(String raw, Throwable why) {
        JsonObject error = error(ErrorCode.CAPTASK_BAD_RESPONSE, "this answer cannot be read (" + why
                + "); its whole text is the error's member \"text\"");
        error.addProperty("text", raw);
        error.addProperty("outcomeUnknown", true);
        return new CaptaskException(new Answer<>(Json.text(error), Function.identity()));
    }

    private static JsonObject error(String code, String description) {
        JsonObject error = new JsonObject();
        error.addProperty("errorId", 1);
        error.addProperty("errorCode", code);
        error.addProperty("errorDescription", description);
        error.addProperty("retryable", false);
        error.add("retryScope", null);
        return error;
    }

    private static String message(Answer<?> answer) {
        JsonObject json = answer.json();
        String task = answer.taskId().map(id -> " (taskId " + id + ")").orElse("");
        return Json.string(json, "errorCode") + ": " + Json.string(json, "errorDescription") + task;
    }

    /** The CaptaskException that a throwable is or was caused by; empty when there is none. */
    public static Optional<CaptaskException> in(Throwable thrown) {
        Throwable one = thrown;
        while ((one instanceof CompletionException || one instanceof ExecutionException) && one.getCause() != null) {
            one = one.getCause();
        }
        return one instanceof CaptaskException found ? Optional.of(found) : Optional.empty();
    }

    /** The error's JSON. */
    public synchronized Answer<JsonObject> answer() {
        if (answer == null) {
            answer = new Answer<>(raw, Function.identity());
        }
        return answer;
    }

    /** The service's {@code errorCode} as it is, or one of the library's own, which begin with CAPTASK_. */
    public String code() {
        return text("errorCode").orElse("");
    }

    /** What happened, and what to do. */
    public String description() {
        return text("errorDescription").orElse("");
    }

    /**
     * The task that was bought, when one is known. {@link Client#adopt} takes it up again where only the waiting ended, as
     * with CAPTASK_TIMEOUT; a task that the service ended, as with ERROR_CAPTCHA_UNSOLVABLE, is over.
     */
    public Optional<TaskId> taskId() {
        return answer().taskId();
    }

    /** Whether the task was bought. */
    public Bought bought() {
        if (taskId().isPresent()) {
            return Bought.YES;
        }
        boolean open = text("outcomeUnknown").filter("true"::equals).isPresent();
        String code = code();
        boolean doubtful = code.equals(ErrorCode.CAPTASK_OUTCOME_UNKNOWN) || code.equals(ErrorCode.CAPTASK_PANIC);
        return open || doubtful ? Bought.UNKNOWN : Bought.NO;
    }

    /** Whether a repetition may help; {@link #retryScope} says of what. */
    public boolean retryable() {
        return text("retryable").filter("true"::equals).isPresent();
    }

    /** "same_request" or "new_task"; empty when no repetition helps. */
    public Optional<String> retryScope() {
        return text("retryScope");
    }

    /** How long to wait before a repetition, where that is known. */
    public Optional<Duration> retryAfter() {
        try {
            return text("retryAfterMs").map(Long::parseLong).map(Duration::ofMillis);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Everything that is wrong with a request; empty when the error is of another kind. */
    public List<Problem> problems() {
        List<Problem> out = new ArrayList<>();
        if (answer().own("problems") instanceof JsonArray all) {
            for (JsonElement one : all) {
                if (one instanceof JsonObject it) {
                    out.add(new Problem(
                            Json.string(it, "pointer"), Json.string(it, "problem"), Json.string(it, "hint")));
                }
            }
        }
        return List.copyOf(out);
    }

    private Optional<String> text(String name) {
        return answer().own(name) instanceof JsonPrimitive found ? Optional.of(found.getAsString()) : Optional.empty();
    }
}
