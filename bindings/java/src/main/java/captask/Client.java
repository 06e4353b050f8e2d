package captask;

import captask.internal.Json;
import captask.internal.Library;
import captask.internal.Read;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.lang.ref.Cleaner;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A client of the service. Nothing here blocks: what takes time is a future. Every method may be called from every
 * thread, also from virtual ones.
 *
 * <pre>{@code
 * try (Client client = Client.open(Config.builder().endpoint("sandbox:").build())) {
 *     TurnstileTask task = TurnstileTask.builder().websiteURL("https://example.com").websiteKey("KEY").build();
 *     System.out.println(client.solve(task).join().solution().token());
 * }
 * }</pre>
 *
 * <p>A client has one daemon thread that receives and, while single calls are made, up to eight more; all clients share
 * a few that run callbacks. None of them keeps the process alive. Close it when it is not needed any more; one that
 * is not referenced any more is closed by the garbage collector.
 */
public final class Client implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    /** What to do about a configuration that is not an object of JSON, as the key alone. */
    private static final String WANTED = ". Pass Config.builder().clientKey(…).build(), or JSON: {\"clientKey\":\"…\"}";

    private final Receiver receiver;
    private final Calls calls;
    private final Cleaner.Cleanable cleanable;

    private Client(int handle, boolean journal, Executor executor) {
        Receiver own = new Receiver(handle, journal, executor);
        Calls single = new Calls(own);
        receiver = own;
        calls = single;
        cleanable = CLEANER.register(this, () -> {
            own.close();
            single.close();
        });
    }

    /** Opens a client with all defaults; its key is the environment variable CAPTASK_CLIENT_KEY. */
    public static Client open() {
        return open(Config.builder().build());
    }

    /** Opens a client. No network is touched. Throws CaptaskException (CAPTASK_INVALID_CONFIG) naming what is wrong. */
    public static Client open(Config config) {
        return open(config, Threads.callbacks());
    }

    /**
     * Opens a client.
     *
     * @param config its configuration
     * @param executor completes the futures, so that callbacks run there; by default a pool of this package, which has a
     *     thread for each core and more while callbacks wait, at most 256. It should have several threads when callbacks
     *     wait for other futures.
     */
    public static Client open(Config config, Executor executor) {
        return open(Json.text(config.toJson()), executor);
    }

    /** Opens a client with a configuration in JSON, the text that {@code Captask.describe("config")} has a schema of. */
    public static Client open(String config) {
        return open(config, Threads.callbacks());
    }

    private static Client open(String config, Executor executor) {
        Objects.requireNonNull(executor, "executor");
        Library.Made made = Library.open(Objects.requireNonNull(config, "config"));
        if (made.error() != null) {
            CaptaskException refusal = CaptaskException.refusal(made.error());
            throw config.strip().startsWith("{") ? refusal : refusal.reworded(text -> text + WANTED);
        }
        return new Client((int) made.number(), journal(config), executor);
    }

    /** Buys a task and waits for its answer: the same as with options that are all defaults. */
    public <S> Ticket<S> solve(Task<S> task) {
        return solve(task, Requests.NO_OPTIONS);
    }

    /**
     * Buys a task and waits for its answer.
     *
     * @return the future of its answer; when the task is refused, one that has failed, and nothing was sent
     */
    public <S> Ticket<S> solve(Task<S> task, Options options) {
        try {
            return submit(task, options);
        } catch (CaptaskException e) {
            return Ticket.refused(this, e);
        }
    }

    /** {@link #solve(Task, Options)}, but a task that is refused throws its CaptaskException here. */
    public <S> Ticket<S> submit(Task<S> task, Options options) {
        return receiver.submit(this, Requests.buy(task, options), task::read);
    }

    /**
     * Submits a request in JSON, the text that {@code Captask.describe("request")} has a schema of. Throws CaptaskException
     * when it is refused; nothing was sent then.
     */
    public Ticket<JsonObject> submit(String request) {
        return receiver.submit(this, Objects.requireNonNull(request, "request"), Function.identity());
    }

    /** Waits for a task that was bought before: by another process, or one that timed out here. */
    public Ticket<JsonObject> adopt(TaskId id) {
        return adopt(id, Function.identity(), Requests.NO_OPTIONS);
    }

    /**
     * Waits for a task that was bought before.
     *
     * @param reader reads the solution, as {@code TurnstileTask.Solution::of}
     * @param options {@code pollsUsed} belongs here when the task was polled before
     */
    public <S> Ticket<S> adopt(TaskId id, Function<JsonObject, S> reader, Options options) {
        String request = Requests.adopt(id, options);
        Objects.requireNonNull(reader, "reader");
        try {
            return receiver.submit(this, request, reader);
        } catch (CaptaskException e) {
            return Ticket.refused(this, e);
        }
    }

    /** {@link #solveMany(Iterable, int, Options)} with at most 1,000 tasks in flight. */
    public <S> Stream<Ticket<S>> solveMany(Iterable<? extends Task<S>> tasks) {
        return solveMany(tasks, 1000, Requests.NO_OPTIONS);
    }

    /**
     * Solves many tasks. The stream has each ticket when it is done, in the order in which they end: an answer, or an
     * error. Taking from it waits, and parks a virtual thread; tasks are taken from {@code tasks} as there is room.
     *
     * <p>Closing the stream gives up what is in flight, as does an interrupt while it waits.
     *
     * @param window how many tasks are in flight at most, from 1 on
     */
    public <S> Stream<Ticket<S>> solveMany(Iterable<? extends Task<S>> tasks, int window, Options options) {
        return new Many<>(this, tasks.iterator(), window, options).stream();
    }

    /** createTask: buys a task without waiting for its solution; {@link Answer#taskId} is the task's. */
    public <S> CompletableFuture<Answer<S>> createTask(Task<S> task) {
        String request = Requests.buy(task, Requests.NO_OPTIONS);
        return calls.call("createTask", () -> Library.createTask(receiver.handle, request), it -> it.as(task::read));
    }

    /** getTaskResult: asks once. The service allows 120 of these a task; {@link #adopt} counts for you. */
    public CompletableFuture<Answer<JsonObject>> getTaskResult(TaskId id) {
        JsonObject request = new JsonObject();
        request.add("taskId", id.toJson());
        String text = Json.text(request);
        return calls.call("getTaskResult", () -> Library.getTaskResult(receiver.handle, text), Client::plain);
    }

    /** getBalance: US dollars. */
    public CompletableFuture<BigDecimal> getBalance() {
        return calls.call("getBalance", () -> Library.getBalance(receiver.handle), answer -> {
            BigDecimal balance = Read.decimal(answer.json(), "balance");
            if (balance == null) {
                throw CaptaskException.of(
                        ErrorCode.CAPTASK_BAD_RESPONSE, "no balance in " + answer.raw(), Bought.NO);
            }
            return balance;
        });
    }

    /** getUserAgent: the User-Agent that tasks should name now. */
    public CompletableFuture<String> getUserAgent() {
        return calls.call("getUserAgent", () -> Library.getUserAgent(receiver.handle),
                answer -> Json.string(answer.json(), "userAgent"));
    }

    /**
     * Reports that a solution was wrong.
     *
     * @param type the task's {@code type}, which picks the service's method
     */
    public CompletableFuture<Answer<JsonObject>> reportIncorrect(TaskId id, String type) {
        JsonObject request = new JsonObject();
        request.add("taskId", id.toJson());
        request.addProperty("type", type);
        String text = Json.text(request);
        return calls.call("reportIncorrect", () -> Library.reportIncorrect(receiver.handle, text), Client::plain);
    }

    /**
     * Calls any method of the service, also one that captask does not know.
     *
     * @param method the last part of its URL
     * @param request its body; clientKey is filled in
     */
    public CompletableFuture<Answer<JsonObject>> call(String method, JsonObject request) {
        return call(method, Json.text(request));
    }

    /** {@link #call(String, JsonObject)} with a body in JSON, which goes out as it is. */
    public CompletableFuture<Answer<JsonObject>> call(String method, String request) {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(request, "request");
        return calls.call(method, () -> Library.call(receiver.handle, method, request), Client::plain);
    }

    /**
     * Sets who gets the answers that no future takes: of futures that were cancelled or timed out, and of tasks that a
     * {@code journal} brought back after a crash, which are kept until this is called. Without it, those that cost money are
     * logged to the System.Logger "captask".
     *
     * @param listener gets an answer, or an error; the other is null. It is called on the client's executor.
     */
    public void onUnclaimed(BiConsumer<Answer<JsonObject>, CaptaskException> listener) {
        receiver.listen(Objects.requireNonNull(listener, "listener"));
    }

    /** Counters and state: inFlight, unread, created, polls, retries, connections, threads, … */
    public JsonObject inspect() {
        return CaptaskException.checked(Library.inspect(receiver.handle), Function.identity()).json();
    }

    /** Whether it was closed. */
    public boolean isClosed() {
        return receiver.isClosed();
    }

    /**
     * Closes the client; closing twice is fine. Tasks in flight end as CAPTASK_CLOSED with their taskId; with a
     * {@code journal} they stay there for the next client.
     *
     * <p>Waits until every ticket has its answer and the callbacks have run, at most 10 s; in a callback it does not wait.
     */
    @Override
    public void close() {
        cleanable.clean();
        receiver.awaitEnd();
    }

    @Override
    public String toString() {
        return "captask.Client[" + receiver.handle + (isClosed() ? ", closed]" : "]");
    }

    boolean giveUp(long number) {
        return Library.cancel(receiver.handle, number);
    }

    void unclaimed(String what, Answer<?> answer, CaptaskException error) {
        receiver.unclaimed(what, answer, error);
    }

    private static Answer<JsonObject> plain(Answer<?> answer) {
        return answer.as(Function.identity());
    }

    private static boolean journal(String config) {
        try {
            return Read.any(Json.object(config), "journal") != null;
        } catch (JsonParseException e) {
            // The library takes what Gson does not; it has opened the client, so there is nothing to complain of.
            return config.contains("\"journal\"");
        }
    }
}
