//go:build cgo

package captask

import (
	"errors"
	"strings"
)

// Check reports whether a task is valid, without sending it. The answer has "variant", the task type of the catalogue,
// and "warnings". Of a task that is not valid the error is an [*Error] with all Problems at once.
func Check(task any, options ...Option) (*Answer, error) {
	request, err := optioned(options).text(task)
	if err != nil {
		return nil, err
	}
	return read(check(request))
}

// Describe returns what the library knows of the service and of itself. The topics are "tasks", "task/<id>", "errors",
// "error/<CODE>", "methods", "config", "request", "sandbox" and "catalogue"; Describe("") lists them all. The error has
// [ErrUnknownTopic] for others.
func Describe(topic string) (*Answer, error) {
	if topic == "" {
		return read(describe(nil))
	}
	t, err := plainText(topic)
	if err != nil {
		return nil, err
	}
	answer, err := read(describe(t))
	var failure *Error
	if errors.As(err, &failure) {
		// The library names its function as C has it.
		failure.Description = strings.ReplaceAll(failure.Description, "captask_describe(NULL)", `Describe("")`)
	}
	return answer, err
}
