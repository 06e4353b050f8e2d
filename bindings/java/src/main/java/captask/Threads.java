package captask;

import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of this package: daemons, which do not keep the process, and have nothing of who starts them. */
final class Threads {
    /** Threads that run callbacks at most, those that wait in one included. */
    private static final int MOST_CALLBACKS = 256;

    private Threads() {}

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        return thread;
    }

    /** Completes futures, unless the program has an executor of its own for that; started when first needed. */
    static Executor callbacks() {
        return Callbacks.POOL;
    }

    /**
     * Not the executor of CompletableFuture, which on a machine of two cores starts a thread for each answer. A
     * ForkJoinPool has another thread run while one waits in {@code join} or {@code get}, so that callbacks may wait.
     */
    private static final class Callbacks {
        private static final AtomicInteger COUNT = new AtomicInteger();
        static final ForkJoinPool POOL = new ForkJoinPool(
                Math.max(2, Runtime.getRuntime().availableProcessors()),
                pool -> {
                    var thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
                    thread.setName("captask-callbacks-" + COUNT.incrementAndGet());
                    return thread;
                },
                (thread, thrown) -> System.getLogger("captask").log(System.Logger.Level.ERROR, "a callback threw", thrown),
                true, 0, MOST_CALLBACKS, 1, pool -> true, 10, TimeUnit.SECONDS);
    }
}
