//go:build cgo

package captask

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
)

// Balance is the answer of [Client.GetBalance].
type Balance struct {
	*Answer

	// USD is the account's balance in US dollars, with every digit.
	USD json.Number
}

// UserAgent is the answer of [Client.GetUserAgent].
type UserAgent struct {
	*Answer

	// Text is the User-Agent.
	Text string
}

// CreateTask buys a task without waiting for it: the service's createTask. The answer has its TaskID. Options of waiting
// are refused.
//
// The library cannot take back a createTask that is on its way. When ctx ends before the answer, the error is an [*Error]
// with [ErrCancelled] and OutcomeUnknown, and the late answer is logged with its taskId. [Client.Submit] has no such gap.
func (c *Client) CreateTask(ctx context.Context, task any, options ...Option) (*Answer, error) {
	request, err := optioned(options).text(task)
	if err != nil {
		return nil, err
	}
	return c.call(ctx, "createTask", true, func(handle int32) string { return createTask(handle, request) })
}

// GetTaskResult asks once how a task is doing: the service's getTaskResult. The service allows 120 of these for a task;
// [Client.Solve] with [Adopt] counts them.
func (c *Client) GetTaskResult(ctx context.Context, id TaskID) (*Answer, error) {
	request, err := encodedText(map[string]any{"taskId": id})
	if err != nil {
		return nil, err
	}
	return c.call(ctx, "getTaskResult", false, func(handle int32) string { return getTaskResult(handle, request) })
}

// GetBalance returns the account's balance.
func (c *Client) GetBalance(ctx context.Context) (*Balance, error) {
	answer, err := c.call(ctx, "getBalance", false, getBalance)
	if err != nil {
		return nil, err
	}
	usd, _ := answer.Pick("/balance")
	return &Balance{answer, json.Number(usd)}, nil
}

// GetUserAgent returns the User-Agent that the service wants to see in tasks now.
func (c *Client) GetUserAgent(ctx context.Context) (*UserAgent, error) {
	answer, err := c.call(ctx, "getUserAgent", false, getUserAgent)
	if err != nil {
		return nil, err
	}
	text, _ := answer.Pick("/userAgent")
	return &UserAgent{answer, text}, nil
}

// ReportIncorrect reports to the service that the solution of a task was wrong. The task's type, as in "ImageToTextTask",
// picks the method.
func (c *Client) ReportIncorrect(ctx context.Context, id TaskID, taskType string) (*Answer, error) {
	request, err := encodedText(map[string]any{"taskId": id, "type": taskType})
	if err != nil {
		return nil, err
	}
	return c.call(ctx, "reportIncorrect", false, func(handle int32) string { return reportIncorrect(handle, request) })
}

// Call calls any method of the service, also one that this version does not know. The body is anything that encoding/json
// writes as an object; the clientKey is filled in when it is absent.
func (c *Client) Call(ctx context.Context, method string, body any) (*Answer, error) {
	name, err := plainText(method)
	if err != nil {
		return nil, err
	}
	request, err := encodedText(body)
	if err != nil {
		return nil, err
	}
	buys := method == "createTask"
	return c.call(ctx, method, buys, func(handle int32) string { return callMethod(handle, name, request) })
}

// call makes a call that blocks in the library until its answer, at most CallTimeout.
func (c *Client) call(ctx context.Context, name string, buys bool, ask func(int32) string) (*Answer, error) {
	if c.receiver.isClosed() {
		return nil, notSent()
	}
	if ctx.Err() != nil {
		return nil, notBegun(ctx)
	}
	select {
	case c.calls <- struct{}{}:
	case <-ctx.Done():
		return nil, notBegun(ctx)
	}
	answered := make(chan string, 1)
	go func() {
		answer := ask(c.receiver.handle)
		<-c.calls
		answered <- answer
	}()
	select {
	case answer := <-answered:
		return c.read(answer)
	case <-ctx.Done():
	}
	select {
	case answer := <-answered:
		return c.read(answer)
	default:
	}
	go func() {
		logger().LogAttrs(context.Background(), slog.LevelWarn, "captask: the answer of a call that was given up",
			append([]slog.Attr{slog.String("method", name)}, shown(<-answered)...)...)
	}()
	return nil, refuse(ErrCancelled, "the context ended before the answer of "+name+", whose taskId is logged when it comes",
		buys, context.Cause(ctx))
}

// read returns the answer of a call. A client that was closed meanwhile is one that the library does not know any more.
func (c *Client) read(raw string) (*Answer, error) {
	answer, err := read(raw)
	if errors.Is(err, ErrUnknownHandle) && c.receiver.isClosed() {
		return nil, notSent()
	}
	return answer, err
}

// notSent is the error of a call of a closed client.
func notSent() *Error {
	return refuse(ErrClosed, "the client was closed; nothing was sent", false, nil)
}
