//go:build cgo

package captask

import (
	"context"
	"encoding/json"
)

// Typed is a task that knows the type of its solution: the structs of the package tasks.
type Typed[S any] interface {
	json.Marshaler

	// SolutionOf returns the zero value of the solution's type.
	SolutionOf() S
}

// SolveTyped solves a task as [Client.Solve] does and decodes its solution:
//
//	solution, answer, err := captask.SolveTyped(ctx, client, tasks.Turnstile{WebsiteURL: url, WebsiteKey: key})
//
// The answer is not nil when the task was solved but its solution has another form than the catalogue says: it is paid
// for, and answer.Solution has it.
func SolveTyped[S any](ctx context.Context, client *Client, task Typed[S], options ...Option) (S, *Answer, error) {
	var solution S
	answer, err := client.Solve(ctx, task, options...)
	if err != nil {
		return solution, nil, err
	}
	if err := answer.DecodeSolution(&solution); err != nil {
		failure := refuse(ErrBadResponse, "the solution has another form than expected; Answer has it", false, err)
		failure.Answer, failure.TaskID = answer, answer.TaskID
		return solution, answer, failure
	}
	return solution, answer, nil
}

// Ptr returns a pointer to a value, for the optional members of tasks and configurations whose zero value means
// something: IsInvisible: captask.Ptr(true).
func Ptr[T any](value T) *T {
	return &value
}
