//go:build cgo

package captask

import (
	"context"
	"sync"
)

// Ticket is a task in flight. Its answer is read any number of times, from any goroutine.
type Ticket struct {
	number   int64
	receiver *receiver
	done     chan struct{}
	finished chan<- *Ticket // has room for every ticket that it was given to; nil when nothing waits there
	raw      string         // written before done is closed

	once   sync.Once
	answer *Answer
	err    error
}

// Number returns the ticket's number, the one of [Answer.Ticket].
func (t *Ticket) Number() int64 { return t.number }

// Done returns a channel that is closed when the answer is there.
func (t *Ticket) Done() <-chan struct{} { return t.done }

// Wait waits for the answer. When ctx ends before, it returns the context's error, and the task goes on: wait again, or
// give it up with [Ticket.Cancel].
func (t *Ticket) Wait(ctx context.Context) (*Answer, error) {
	select {
	case <-t.done:
		return t.result()
	default:
	}
	select {
	case <-t.done:
		return t.result()
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// Cancel gives the task up. Its answer is then an [*Error] with [ErrCancelled], at once: with the TaskID when one is
// known, since the task is paid for all the same. Cancel reports false when the answer was there already.
func (t *Ticket) Cancel() bool {
	select {
	case <-t.done:
		return false
	default:
		return cancel(t.receiver.handle, t.number)
	}
}

func (t *Ticket) fill(raw string) {
	t.raw = raw
	close(t.done)
	if t.finished != nil {
		t.finished <- t
	}
}

// result is for after done was closed.
func (t *Ticket) result() (*Answer, error) {
	t.once.Do(func() { t.answer, t.err = read(t.raw) })
	return t.answer, t.err
}

// endedBy gives the ticket up, since the context ended, and returns its answer: the error names the context's as its cause.
func (t *Ticket) endedBy(ctx context.Context) (*Answer, error) {
	t.Cancel()
	<-t.done
	answer, err := t.result()
	return answer, because(err, ctx)
}

// because names the context's error as the cause of a cancelled call.
func because(err error, ctx context.Context) error {
	failure, ours := err.(*Error)
	if !ours || failure.Code != ErrCancelled {
		return err
	}
	caused := *failure
	caused.cause = context.Cause(ctx)
	return &caused
}
