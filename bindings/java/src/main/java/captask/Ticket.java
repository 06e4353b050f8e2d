package captask;

import com.google.gson.JsonObject;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A submitted task, as a future of its answer. It fails with a {@link CaptaskException}.
 *
 * <p>{@code cancel} gives the task up at the library, too; {@link #outcome} then says whether it was bought. Futures
 * made from this one ({@code thenApply} and its like) do not pass a cancel on to it. A deadline belongs into
 * {@link Options}: {@code orTimeout} ends the waiting alone, and the task goes on and is paid for.
 *
 * <p>Callbacks run on the client's executor, never on a thread of the library, so they may wait for other tickets.
 *
 * @param <S> the solution, as the task reads it
 */
public final class Ticket<S> extends CompletableFuture<Answer<S>> {
    private final Client client;
    private final long number;
    private final Function<JsonObject, S> reader;
    private final CompletableFuture<Answer<S>> outcome = new CompletableFuture<>();
    private volatile boolean givenUp;

    /** It keeps its client from the garbage collector as long as it is in flight. */
    Ticket(Client client, long number, Function<JsonObject, S> reader) {
        this.client = client;
        this.number = number;
        this.reader = reader;
    }

    /** The ticket of a task that was refused; nothing was sent. */
    static <S> Ticket<S> refused(Client client, CaptaskException error) {
        Ticket<S> ticket = new Ticket<>(client, 0, null);
        ticket.completeExceptionally(error);
        ticket.outcome.completeExceptionally(error);
        return ticket;
    }

    /** Its number, which is the member {@code ticket} of the answer; 0 for a task that was refused. */
    public long number() {
        return number;
    }

    /**
     * What the library answers in the end, also when this future was cancelled, or completed by {@code orTimeout} and its
     * like: then mostly a CaptaskException whose {@code bought()} and {@code taskId()} say what it cost. A copy; nothing
     * that is done to it has an effect here.
     */
    public CompletableFuture<Answer<S>> outcome() {
        return outcome.copy();
    }

    /**
     * Gives the task up. When createTask was sent before, it is paid for all the same: see {@link #outcome}.
     *
     * @param mayInterruptIfRunning has no effect: what can be given up is
     * @return whether this future is now cancelled; false when the answer is there, or on its way from the library
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        if (!isDone()) {
            givenUp = true;
            if (!client.giveUp(number)) {
                return false;
            }
            super.cancel(mayInterruptIfRunning);
        }
        return isCancelled();
    }

    /** Completes it with the library's answer. What it was completed with before stays. */
    void settle(String raw) {
        try {
            settle(CaptaskException.checked(raw, reader), null);
        } catch (CaptaskException error) {
            settle(null, error);
        }
    }

    void settle(Answer<S> answer, CaptaskException error) {
        boolean taken;
        if (error == null) {
            taken = complete(answer);
        } else if (givenUp && error.code().equals(ErrorCode.CAPTASK_CANCELLED)) {
            // The answer of a cancel may be here before the cancel has returned.
            completeExceptionally(new CancellationException());
            taken = false;
        } else {
            taken = completeExceptionally(error);
        }
        if (!taken) {
            client.unclaimed("ticket " + number, answer, error);
        }
        if (error == null) {
            outcome.complete(answer);
        } else {
            outcome.completeExceptionally(error);
        }
    }
}
