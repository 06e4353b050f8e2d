package captask;

import captask.internal.Library;
import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The one thread of a client that takes every answer from the library and hands it to its ticket. */
final class Receiver {
    private static final System.Logger LOG = System.getLogger("captask");
    /** Milliseconds after which a wait looks around; closing does not wait for it, but wakes. */
    private static final int SLICE_MILLIS = 1000;
    /** Answers without a ticket that are kept until a listener is set. */
    private static final int MOST_KEPT = 10_000;

    final int handle;
    private final Executor executor;
    // What a journal remembers is forgotten once it is read. So with a journal nothing is read that closing ends.
    private final boolean journal;
    // Not a monitor: a virtual thread that waits for one keeps its carrier (before Java 24).
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, Ticket<?>> tickets = new HashMap<>();
    private final Queue<Runnable> kept = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Condition idle = lock.newCondition();
    private final Set<Thread> delivering = ConcurrentHashMap.newKeySet();
    private int undelivered;
    private BiConsumer<Answer<JsonObject>, CaptaskException> listener;
    private volatile Thread thread;
    private volatile boolean closed;

    Receiver(int handle, boolean journal, Executor executor) {
        this.handle = handle;
        this.journal = journal;
        this.executor = executor;
        if (journal) {
            start();
        }
    }

    /** Submits a request. Its answer cannot overtake the ticket: it is handed out under the same lock. */
    <S> Ticket<S> submit(Client client, String request, Function<JsonObject, S> reader) {
        lock.lock();
        try {
            refuseClosed();
            start();
            Library.Made made = Library.submit(handle, request);
            if (made.error() != null) {
                throw CaptaskException.refusal(made.error());
            }
            Ticket<S> ticket = new Ticket<>(client, made.number(), reader);
            tickets.put(made.number(), ticket);
            return ticket;
        } finally {
            lock.unlock();
        }
    }

    void refuseClosed() {
        if (closed) {
            throw CaptaskException.of(ErrorCode.CAPTASK_CLOSED, "the client was closed; nothing was sent", Bought.NO);
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Runs something that completes futures where callbacks may wait; here, when the executor takes nothing. */
    void execute(Runnable work) {
        count(1);
        Runnable counted = () -> {
            boolean outermost = delivering.add(Thread.currentThread());
            try {
                work.run();
            } finally {
                if (outermost) {
                    delivering.remove(Thread.currentThread());
                }
                count(-1);
            }
        };
        try {
            executor.execute(counted);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the executor of a client refused an answer, which is delivered by"
                    + " another thread: " + e);
            counted.run();
        }
    }

    private void count(int more) {
        lock.lock();
        try {
            undelivered += more;
            if (undelivered == 0) {
                idle.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void listen(BiConsumer<Answer<JsonObject>, CaptaskException> to) {
        List<Runnable> waiting;
        lock.lock();
        try {
            listener = to;
            waiting = new ArrayList<>(kept);
            kept.clear();
        } finally {
            lock.unlock();
        }
        waiting.forEach(this::execute);
    }

    /** Hands an answer to the listener, or logs it: no future takes it. */
    void unclaimed(String what, Answer<?> answer, CaptaskException error) {
        BiConsumer<Answer<JsonObject>, CaptaskException> to = listener();
        if (to == null) {
            Bought bought = bought(answer, error);
            LOG.log(bought == Bought.NO ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING, what
                    + ": no future takes its answer; bought: " + bought + "; " + (error == null ? answer : error.getMessage()));
            return;
        }
        try {
            to.accept(error == null ? answer.as(Function.identity()) : null, error);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the listener for unclaimed answers threw", e);
        }
    }

    static Bought bought(Answer<?> answer, CaptaskException error) {
        if (error != null) {
            return error.bought();
        }
        return answer.taskId().isPresent() ? Bought.YES : Bought.NO;
    }

    /** Ends every task in flight as CAPTASK_CLOSED and frees the client; returns at once. */
    void close() {
        lock.lock();
        try {
            closed = true;
            start();
        } finally {
            lock.unlock();
        }
        Library.wake(handle);
    }

    /** Waits until that is done and every answer is delivered, 10 s at most; in a callback not at all. */
    void awaitEnd() {
        Thread current = Thread.currentThread();
        if (current == thread || delivering.contains(current)) {
            return;
        }
        try {
            long left = TimeUnit.SECONDS.toNanos(10);
            if (!ended.await(left, TimeUnit.NANOSECONDS) || !awaitIdle(left)) {
                LOG.log(System.Logger.Level.WARNING, "a client was closed, and after 10 s a callback still runs");
            }
        } catch (InterruptedException e) {
            current.interrupt();
        }
    }

    private boolean awaitIdle(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (undelivered > 0 && left > 0) {
                left = idle.awaitNanos(left);
            }
            return undelivered == 0;
        } finally {
            lock.unlock();
        }
    }

    private BiConsumer<Answer<JsonObject>, CaptaskException> listener() {
        lock.lock();
        try {
            return listener;
        } finally {
            lock.unlock();
        }
    }

    private void start() {
        if (thread == null) {
            Thread started = Threads.daemon("captask-" + handle, this::run);
            thread = started;
            started.start();
        }
    }

    private void run() {
        CaptaskException why = null;
        try {
            why = takeAll();
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "the thread that takes answers broke off", e);
            why = CaptaskException.of(
                    ErrorCode.CAPTASK_PANIC, "the thread that takes answers broke off: " + e, Bought.UNKNOWN);
        } finally {
            closed = true;
            abandon(why);
            Library.close(handle);
            ended.countDown();
        }
    }

    /** Takes answers until there are no more; the error of those tickets that have none. */
    private CaptaskException takeAll() {
        boolean stopped = false;
        while (true) {
            if (closed && journal) {
                return CaptaskException.of(
                        ErrorCode.CAPTASK_CLOSED, "the client was closed; its journal keeps the task", Bought.UNKNOWN);
            }
            if (closed && !stopped) {
                stopped = Library.stop(handle);
            }
            Library.Received received = Library.receive(handle, SLICE_MILLIS);
            if (received.text() == null) {
                continue;
            }
            if (received.ticket() == 0) {
                // Not a ticket's answer: there is nothing more to come.
                try (Library.Text last = received.text()) {
                    return CaptaskException.refusal(last.text());
                }
            }
            deliver(received);
        }
    }

    private void deliver(Library.Received received) {
        Ticket<?> ticket;
        lock.lock();
        try {
            ticket = tickets.remove(received.ticket());
            if (ticket == null && listener == null && kept.size() < MOST_KEPT) {
                kept.add(() -> handOut(null, received));
                return;
            }
        } finally {
            lock.unlock();
        }
        execute(() -> handOut(ticket, received));
    }

    /** The text is freed only when all callbacks have run: with a journal that says that the host has the answer. */
    private void handOut(Ticket<?> ticket, Library.Received received) {
        try (Library.Text text = received.text()) {
            if (ticket != null) {
                ticket.settle(text.text());
                return;
            }
            String what = "ticket " + received.ticket();
            try {
                unclaimed(what, CaptaskException.checked(text.text(), Function.identity()), null);
            } catch (CaptaskException e) {
                unclaimed(what, null, e);
            }
        } catch (Throwable e) {
            LOG.log(System.Logger.Level.ERROR, "ticket " + received.ticket(), e);
            if (ticket != null) {
                ticket.completeExceptionally(e);
            }
        }
    }

    /** The library has nothing more: tickets without an answer end, and answers without a listener are logged. */
    private void abandon(CaptaskException why) {
        List<Runnable> left = new ArrayList<>();
        lock.lock();
        try {
            tickets.values().forEach(ticket -> left.add(() -> ticket.settle(null, why)));
            tickets.clear();
            left.addAll(kept);
            kept.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(this::execute);
    }
}
