package captask;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The threads of a client for single calls, which block in the library. A few daemons that end when idle: neither virtual
 * threads nor the common pool are held up.
 */
final class Calls {
    private static final int THREADS = 8;
    private static final int MOST_WAITING = 100_000;

    private final Receiver receiver;
    private final ThreadPoolExecutor pool;

    Calls(Receiver receiver) {
        this.receiver = receiver;
        String name = "captask-" + receiver.handle + "-call-";
        AtomicInteger count = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING),
                work -> Threads.daemon(name + count.incrementAndGet(), work));
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes a call.
     *
     * @param what the call, for the log
     * @param call blocks in the library and returns JSON
     * @param decode makes of a good answer what is wanted
     */
    <T> CompletableFuture<T> call(String what, Supplier<String> call, Function<Answer<?>, T> decode) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            receiver.refuseClosed();
            pool.execute(() -> {
                // One that was cancelled while it waited is not begun.
                if (!future.isDone()) {
                    run(what, call, decode, future);
                }
            });
        } catch (CaptaskException e) {
            future.completeExceptionally(e);
        } catch (RejectedExecutionException e) {
            future.completeExceptionally(CaptaskException.of(ErrorCode.CAPTASK_QUEUE_FULL,
                    MOST_WAITING + " calls wait, or the client is closed; nothing was sent", Bought.NO));
        }
        return future;
    }

    /** Takes no more calls; those that wait are made, and end with the client's closing. */
    void close() {
        pool.shutdown();
    }

    private <T> void run(
            String what, Supplier<String> call, Function<Answer<?>, T> decode, CompletableFuture<T> future) {
        try {
            Answer<?> answer = CaptaskException.checked(call.get(), Function.identity());
            T value = decode.apply(answer);
            receiver.execute(() -> {
                if (!future.complete(value) && Receiver.bought(answer, null) != Bought.NO) {
                    receiver.unclaimed(what, answer, null);
                }
            });
        } catch (CaptaskException e) {
            receiver.execute(() -> {
                if (!future.completeExceptionally(e) && e.bought() != Bought.NO) {
                    receiver.unclaimed(what, null, e);
                }
            });
        } catch (Throwable e) {
            receiver.execute(() -> future.completeExceptionally(e));
        }
    }
}
