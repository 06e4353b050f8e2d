//go:build cgo

package captask

import (
	"log/slog"
	"sync"
	"time"
)

// handover is how long Close waits for the receiver, which has nothing to wait for by then.
const handover = 10 * time.Second

// receiver takes every answer of a client from the library, in one goroutine that holds one thread, and hands each to
// its ticket.
type receiver struct {
	handle int32

	// What a journal remembers is forgotten once it is read. So with a journal the receiver reads nothing that closing
	// ends: it is woken, and is gone before the client is closed.
	journal bool

	mu      sync.Mutex
	tickets map[int64]*Ticket
	strays  []string
	stray   chan struct{} // holds a token while strays may have something
	running chan struct{} // closed when the goroutine ends; nil before it starts
	closed  bool
	gone    chan struct{} // closed by close
}

func newReceiver(handle int32, journal bool) *receiver {
	return &receiver{
		handle: handle, journal: journal, tickets: map[int64]*Ticket{},
		stray: make(chan struct{}, 1), gone: make(chan struct{}),
	}
}

// submit submits a request. Its answer cannot overtake the ticket, since it is handed out under the same lock.
func (r *receiver) submit(request text, finished chan<- *Ticket) (*Ticket, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, notSent()
	}
	r.start()
	number, problem := submit(r.handle, request)
	if number == 0 {
		_, err := read(problem)
		return nil, err
	}
	ticket := &Ticket{number: number, receiver: r, done: make(chan struct{}), finished: finished}
	r.tickets[number] = ticket
	return ticket, nil
}

// start starts the goroutine, the first time. The caller holds the lock.
func (r *receiver) start() {
	if r.running == nil {
		r.running = make(chan struct{})
		go r.run(r.running)
	}
}

func (r *receiver) run(ended chan<- struct{}) {
	defer close(ended)
	for {
		if r.journal && r.isClosed() {
			r.abandon(refuse(ErrClosed, "the client was closed; its journal keeps the task", false, nil).Answer.raw)
			return
		}
		number, answer, woken := receive(r.handle)
		switch {
		case woken:
		case number == 0:
			// Not a ticket's answer: nothing more comes.
			r.abandon(answer)
			return
		default:
			r.handOut(number, answer)
		}
	}
}

func (r *receiver) isClosed() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.closed
}

func (r *receiver) handOut(number int64, answer string) {
	r.mu.Lock()
	ticket, known := r.tickets[number]
	delete(r.tickets, number)
	if !known {
		r.strays = append(r.strays, answer)
	}
	r.mu.Unlock()
	if known {
		ticket.fill(answer)
		return
	}
	r.signalStray()
}

func (r *receiver) signalStray() {
	select {
	case r.stray <- struct{}{}:
	default:
	}
}

// abandon answers the tickets that are left with an error.
func (r *receiver) abandon(answer string) {
	r.mu.Lock()
	left := r.tickets
	r.tickets = map[int64]*Ticket{}
	expected := r.closed
	if !expected {
		r.running = nil
	}
	r.mu.Unlock()
	if !expected {
		logger().Error("captask: the library gives no more answers", slog.String("answer", answer))
	}
	for _, ticket := range left {
		ticket.fill(answer)
	}
}

// nextStray returns an answer whose ticket this process never had.
func (r *receiver) nextStray() (string, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.start()
	}
	if len(r.strays) == 0 {
		return "", false
	}
	answer := r.strays[0]
	r.strays = r.strays[1:]
	if len(r.strays) > 0 {
		r.signalStray()
	}
	return answer, true
}

func (r *receiver) close() {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return
	}
	r.closed = true
	close(r.gone)
	running := r.running
	r.mu.Unlock()
	if r.journal {
		wakeClient(r.handle)
	} else {
		stopClient(r.handle)
	}
	if running != nil {
		// After a stop every answer is there; a wake ends the wait at once.
		select {
		case <-running:
		case <-time.After(handover):
		}
	}
	closeHandle(r.handle)
}
