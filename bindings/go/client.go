//go:build cgo

package captask

import (
	"context"
	"encoding/json"
)

// MaxCalls is how many single calls of one client run at once, each of which holds a thread; further ones wait.
const MaxCalls = 32

// Client is a client of the service. Its methods may be called from any goroutine.
type Client struct {
	receiver *receiver
	calls    chan struct{}
}

// Open opens a client. No network is touched. The error is an [*Error] with [ErrInvalidConfig] when the configuration is
// wrong.
//
// With the Endpoint "sandbox:" the client brings a stand-in of the service inside the process, which needs no account.
func Open(config Config) (*Client, error) {
	encoded, err := config.MarshalJSON()
	if err != nil {
		return nil, refuse(ErrInvalidConfig, "the configuration has no form in JSON", false, err)
	}
	return OpenJSON(encoded)
}

// OpenJSON opens a client with a configuration in the form of [Describe]("config"), as it may be in a file.
func OpenJSON(config []byte) (*Client, error) {
	t, err := plainText(string(config))
	if err != nil {
		return nil, err
	}
	handle, problem := openClient(t)
	if handle == 0 {
		_, err := read(problem)
		return nil, err
	}
	var keys struct{ Journal *string }
	_ = json.Unmarshal(config, &keys)
	return &Client{newReceiver(handle, keys.Journal != nil), make(chan struct{}, MaxCalls)}, nil
}

// Close ends every task in flight with [ErrClosed], whose error has the TaskID when one is known, and frees the client.
// With a journal the tasks stay there for the next client. Close returns nil; closing twice is fine.
func (c *Client) Close() error {
	c.receiver.close()
	return nil
}

// Solve buys a task and waits for its solution. The task is a struct of the package tasks, or anything else that
// encoding/json writes as the service's task object; or what [Adopt] returns, or a [Request].
//
// When ctx ends before the answer is there, the task is given up at once. The error is then an [*Error] with
// [ErrCancelled] that wraps the context's error; [Error.Bought] says whether a task was bought, and TaskID which. The
// service solves it all the same: Solve with [Adopt] waits for it again. A task that is ready when ctx ends is returned.
func (c *Client) Solve(ctx context.Context, task any, options ...Option) (*Answer, error) {
	if ctx.Err() != nil {
		return nil, notBegun(ctx)
	}
	ticket, err := c.Submit(task, options...)
	if err != nil {
		return nil, err
	}
	select {
	case <-ticket.done:
		return ticket.result()
	case <-ctx.Done():
		return ticket.endedBy(ctx)
	}
}

// Submit takes a task as [Client.Solve] does and returns at once. On an error nothing was sent; [ErrQueueFull] means
// that MaxInFlight tasks are in flight.
func (c *Client) Submit(task any, options ...Option) (*Ticket, error) {
	return c.submit(task, optioned(options), nil)
}

func (c *Client) submit(task any, options *request, finished chan<- *Ticket) (*Ticket, error) {
	request, err := options.text(task)
	if err != nil {
		return nil, err
	}
	return c.receiver.submit(request, finished)
}

// Receive waits for the next answer that belongs to no [Ticket] of this process: those of the tasks that a journal
// brought back after a crash. It returns the error of a task that failed, the context's error when ctx ends before, and
// an [*Error] with [ErrClosed] after [Client.Close].
func (c *Client) Receive(ctx context.Context) (*Answer, error) {
	for {
		if answer, there := c.receiver.nextStray(); there {
			return read(answer)
		}
		select {
		case <-c.receiver.stray:
		case <-c.receiver.gone:
			return nil, refuse(ErrClosed, "the client was closed", false, nil)
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// Inspect returns counters and state of the client: inFlight, unread, created, polls, retries, connections, threads and
// more. No key and no password is in it. After [Client.Close] the error has [ErrClosed].
func (c *Client) Inspect() (*Answer, error) {
	if c.receiver.isClosed() {
		return nil, notSent()
	}
	return c.read(inspect(c.receiver.handle))
}

// notBegun is the error of a call whose context had ended before it.
func notBegun(ctx context.Context) *Error {
	return refuse(ErrCancelled, "the context ended before anything was sent", false, context.Cause(ctx))
}
