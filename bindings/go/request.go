//go:build cgo

package captask

import (
	"encoding/json"
)

// Request is the whole of a request as JSON, in the place of a task: {"task":{…},"options":{…},"extra":…}, or the body
// of createTask. It is passed on as it is; options given beside it are an error.
type Request json.RawMessage

// Option is one setting of a request.
type Option func(*request)

// WithExtra attaches a value that encoding/json can write. It never leaves the library, and comes back as
// [Answer.Extra].
func WithExtra(value any) Option {
	return func(r *request) { r.members["extra"] = value }
}

// WithCallbackURL names a URL that the service posts the result to.
func WithCallbackURL(url string) Option {
	return func(r *request) { r.members["callbackUrl"] = url }
}

// WithSoftID sends the number of the partner or program, in the place of the configuration's.
func WithSoftID(id int64) Option {
	return func(r *request) { r.members["softId"] = id }
}

// WithMember sends another member of createTask beside the task.
func WithMember(name string, value any) Option {
	return func(r *request) { r.members[name] = value }
}

type request struct {
	members map[string]any
	options map[string]any
	window  int
}

// optioned returns a request without its task.
func optioned(options []Option) *request {
	r := &request{members: map[string]any{}, options: map[string]any{}, window: defaultWindow}
	for _, set := range options {
		set(r)
	}
	return r
}

// text returns the request for a task, an [Adopted] or a [Request].
func (r *request) text(task any) (text, error) {
	members := make(map[string]any, len(r.members)+2)
	for name, value := range r.members {
		members[name] = value
	}
	if len(r.options) > 0 {
		members["options"] = r.options
	}
	switch task := task.(type) {
	case Request:
		if len(members) > 0 {
			return nil, refuse(ErrInvalidRequest, "options beside a captask.Request: write them into it", false, nil)
		}
		return plainText(string(task))
	case Adopted:
		members["taskId"] = task.ID
	default:
		members["task"] = task
	}
	return encodedText(members)
}

// encodedText returns a value as JSON.
func encodedText(v any) (text, error) {
	encoded, err := encode(v)
	if err != nil {
		return nil, refuse(ErrInvalidRequest, "the task or an option has no form in JSON", false, err)
	}
	return append(encoded, 0), nil
}

// plainText returns a text that the caller gave.
func plainText(s string) (text, error) {
	t, valid := textOf(s)
	if !valid {
		return nil, refuse(ErrInvalidArgument, "a text holds U+0000", false, nil)
	}
	return t, nil
}
