package captask;

import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Tickets of many tasks as they end, with a bounded number in flight. Used by one thread at a time, as streams are. */
final class Many<S> implements Iterator<Ticket<S>> {
    private final Client client;
    private final Iterator<? extends Task<S>> tasks;
    private final int window;
    private final Options options;
    private final Set<Ticket<S>> flying = new HashSet<>();
    private final BlockingQueue<Ticket<S>> done = new LinkedBlockingQueue<>();

    Many(Client client, Iterator<? extends Task<S>> tasks, int window, Options options) {
        if (window < 1) {
            throw new IllegalArgumentException("window: " + window + " is below 1");
        }
        this.client = client;
        this.tasks = tasks;
        this.window = window;
        this.options = Objects.requireNonNull(options, "options");
    }

    Stream<Ticket<S>> stream() {
        Spliterator<Ticket<S>> all = Spliterators.spliteratorUnknownSize(this, Spliterator.NONNULL);
        return StreamSupport.stream(all, false).onClose(this::giveUp);
    }

    @Override
    public boolean hasNext() {
        return !flying.isEmpty() || tasks.hasNext();
    }

    @Override
    public Ticket<S> next() {
        while (flying.size() < window && tasks.hasNext()) {
            Ticket<S> ticket = client.solve(tasks.next(), options);
            flying.add(ticket);
            ticket.whenComplete((answer, error) -> done.add(ticket));
        }
        if (flying.isEmpty()) {
            throw new NoSuchElementException();
        }
        try {
            Ticket<S> ticket = done.take();
            flying.remove(ticket);
            return ticket;
        } catch (InterruptedException e) {
            giveUp();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted; what was in flight was given up");
        }
    }

    private void giveUp() {
        flying.forEach(ticket -> ticket.cancel(true));
    }
}
