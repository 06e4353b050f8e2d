//go:build cgo

package captask

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Code is an error code: the service's as it came, or one of the library's own, which begin with CAPTASK_. The codes
// that the library knows are constants of this package, as [ErrZeroBalance]. A Code is an error, so that errors.Is can
// look for it in an [*Error]:
//
//	errors.Is(err, captask.ErrTimeout)
//	errors.Is(err, captask.Code("ERROR_OF_NEXT_YEAR"))
type Code string

// Error returns the code.
func (c Code) Error() string { return string(c) }

// Bought says whether the call that failed bought a task.
type Bought int

const (
	// BoughtNo means that no task was bought.
	BoughtNo Bought = iota

	// BoughtYes means that a task was bought and its TaskID is known. Look at RetryScope before you wait for it again with
	// [Adopt]: "new_task" means that this task is over.
	BoughtYes

	// BoughtUnknown means that createTask was sent and no answer came: look at the account before buying again.
	BoughtUnknown
)

// String returns "no", "yes" or "unknown".
func (b Bought) String() string {
	switch b {
	case BoughtNo:
		return "no"
	case BoughtYes:
		return "yes"
	default:
		return "unknown"
	}
}

// Problem is one thing that is wrong with a task or a request.
type Problem struct {
	// Pointer is where, as in "/task/websiteURL".
	Pointer string `json:"pointer"`

	// Problem is what is wrong.
	Problem string `json:"problem"`

	// Hint is what to do; it may be empty.
	Hint string `json:"hint"`
}

// Error is anything that the library or the service refuses.
type Error struct {
	// Code is the error's code.
	Code Code

	// Description says what happened and what to do.
	Description string

	// TaskID is the task that was bought, zero when none is known. When only the waiting ended, as with [ErrTimeout] or
	// [ErrCancelled], [Adopt] waits for it again. With an error of the service, as ERROR_CAPTCHA_UNSOLVABLE, the task is
	// over: RetryScope says whether a new one may help.
	TaskID TaskID

	// OutcomeUnknown says that createTask was sent and no answer came: a task may have been bought.
	OutcomeUnknown bool

	// Retryable says whether a repetition may help.
	Retryable bool

	// RetryScope says of what: "same_request", "new_task", or "".
	RetryScope string

	// RetryAfter is the time to wait before a repetition, 0 when it is not known.
	RetryAfter time.Duration

	// HTTPStatus is the status of the reply, 0 when there was none.
	HTTPStatus int

	// Problems are those that the library found in the task or the request.
	Problems []Problem

	// Answer is the whole answer, with Extra and Meta of a task. It is never nil.
	Answer *Answer

	cause error
}

// Error returns the code, the description and the task that was bought.
func (e *Error) Error() string {
	text := "captask: " + string(e.Code)
	if e.Description != "" {
		text += ": " + e.Description
	}
	switch e.Bought() {
	case BoughtYes:
		if e.endsTheWait() {
			text += fmt.Sprintf(" (taskId %s is paid for; adopt it)", e.TaskID)
		} else {
			text += fmt.Sprintf(" (taskId %s)", e.TaskID)
		}
	case BoughtUnknown:
		text += " (a task may have been bought)"
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// endsTheWait reports whether the error ended the waiting for a task, which goes on at the service. Other errors end the
// task itself, or the service does not know it.
func (e *Error) endsTheWait() bool {
	switch e.Code {
	case ErrTimeout, ErrCancelled, ErrClosed, ErrConnect, ErrTLS, ErrNetwork, ErrBadResponse, ErrPanic:
		return true
	default:
		return false
	}
}

// Is reports whether target is the error's [Code].
func (e *Error) Is(target error) bool {
	code, isCode := target.(Code)
	return isCode && code == e.Code
}

// Unwrap returns what ended the call from outside, as context.Canceled, or what encoding/json refused; else nil.
func (e *Error) Unwrap() error { return e.cause }

// Bought says whether a task was bought.
func (e *Error) Bought() Bought {
	switch {
	case !e.TaskID.IsZero():
		return BoughtYes
	case e.OutcomeUnknown || e.Code == ErrOutcomeUnknown:
		return BoughtUnknown
	default:
		return BoughtNo
	}
}

// Timeout reports whether a deadline passed, that of the task or that of a context.
func (e *Error) Timeout() bool {
	if e.Code == ErrTimeout {
		return true
	}
	var timeout interface{ Timeout() bool }
	return errors.As(e.cause, &timeout) && timeout.Timeout()
}

func errorOf(answer *Answer, found, own members) *Error {
	failure := &Error{TaskID: answer.TaskID, Answer: answer}
	found.get("errorCode", &failure.Code)
	found.get("errorDescription", &failure.Description)
	found.get("problems", &failure.Problems)
	own.get("outcomeUnknown", &failure.OutcomeUnknown)
	own.get("retryable", &failure.Retryable)
	own.get("retryScope", &failure.RetryScope)
	own.get("httpStatus", &failure.HTTPStatus)
	var after float64
	own.get("retryAfterMs", &after)
	failure.RetryAfter = time.Duration(after * float64(time.Millisecond))
	return failure
}

// refuse returns an error of this package, in the form of the library's own.
func refuse(code Code, description string, outcomeUnknown bool, cause error) *Error {
	raw, err := encode(struct {
		ErrorID        int     `json:"errorId"`
		Code           Code    `json:"errorCode"`
		Description    string  `json:"errorDescription"`
		Retryable      bool    `json:"retryable"`
		RetryScope     *string `json:"retryScope"`
		OutcomeUnknown bool    `json:"outcomeUnknown,omitzero"`
	}{1, code, description, false, nil, outcomeUnknown})
	if err != nil {
		raw = []byte("{}")
	}
	return &Error{
		Code: code, Description: description, OutcomeUnknown: outcomeUnknown, cause: cause,
		Answer: &Answer{raw: string(raw)},
	}
}

// unreadable is the error for a text that encoding/json cannot read. A task that it names stays known.
func unreadable(raw string, cause error) *Error {
	failure := refuse(ErrBadResponse, "encoding/json cannot read the answer, which is in Answer.Raw", false, cause)
	failure.Answer = &Answer{raw: raw}
	if id, there := failure.Answer.Pick("/taskId"); there {
		if literal := json.RawMessage(id); json.Valid(literal) && failure.TaskID.UnmarshalJSON(literal) == nil {
			return failure
		}
		failure.TaskID = ID(id)
	}
	return failure
}
