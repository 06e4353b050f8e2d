//go:build cgo

package captask

import (
	"context"
	"errors"
	"iter"
	"log/slog"
)

const (
	defaultWindow = 1000
	maxWindow     = 1_000_000
)

// WithWindow sets how many tasks of [SolveMany] are in flight at once at most: 1 to a million, 1000 without it.
func WithWindow(tasks int) Option {
	return func(r *request) { r.window = min(max(tasks, 1), maxWindow) }
}

// Result is the end of one task of [SolveMany].
type Result[T any] struct {
	// Index is the task's place among the tasks, from 0.
	Index int

	// Task is the task.
	Task T

	// Answer is the answer, nil when Err is not.
	Answer *Answer

	// Err is why the task failed, an [*Error]. TaskID in it is a task that is paid for.
	Err error
}

// SolveMany solves any number of tasks and yields the end of each as it comes, by no order. Tasks are taken from the
// sequence as there is room for them in the window.
//
//	for result := range captask.SolveMany(ctx, client, slices.Values(tasks)) { … }
//
// When ctx ends, no more tasks are taken, those in flight are given up, and the end of each is yielded. When the loop is
// left early, those in flight are given up as well, and the taskIds of what was bought are logged.
func SolveMany[T any](ctx context.Context, client *Client, tasks iter.Seq[T], options ...Option) iter.Seq[Result[T]] {
	return func(yield func(Result[T]) bool) {
		settings := optioned(options)
		batch := batch[T]{
			client: client, settings: settings, yield: yield,
			flying:   map[*Ticket]flight[T]{},
			finished: make(chan *Ticket, settings.window),
		}
		defer batch.giveUp()
		index := 0
		for task := range tasks {
			if ctx.Err() != nil || !batch.add(ctx, index, task) {
				break
			}
			index++
		}
		for !batch.left && len(batch.flying) > 0 {
			batch.takeOne(ctx)
		}
	}
}

type flight[T any] struct {
	index int
	task  T
}

type batch[T any] struct {
	client   *Client
	settings *request
	yield    func(Result[T]) bool
	flying   map[*Ticket]flight[T]
	finished chan *Ticket
	left     bool // the loop was left
	ended    bool // the context ended, and the tickets were cancelled
}

// add submits a task once there is room, and reports whether the loop goes on.
func (b *batch[T]) add(ctx context.Context, index int, task T) bool {
	for !b.left {
		if len(b.flying) >= b.settings.window {
			b.takeOne(ctx)
			continue
		}
		if ctx.Err() != nil {
			b.give(Result[T]{index, task, nil, notBegun(ctx)})
			break
		}
		ticket, err := b.client.submit(task, b.settings, b.finished)
		if errors.Is(err, ErrQueueFull) && len(b.flying) > 0 {
			// There is room again once an answer was taken.
			b.takeOne(ctx)
			continue
		}
		if err != nil {
			b.give(Result[T]{index, task, nil, err})
		} else {
			b.flying[ticket] = flight[T]{index, task}
		}
		break
	}
	return !b.left
}

// takeOne waits for the next answer. Every ticket in flight gets one: after the context ended, at once.
func (b *batch[T]) takeOne(ctx context.Context) {
	ended := ctx.Done()
	if b.ended {
		ended = nil
	}
	select {
	case ticket := <-b.finished:
		flight := b.flying[ticket]
		delete(b.flying, ticket)
		answer, err := ticket.result()
		if b.ended {
			err = because(err, ctx)
		}
		b.give(Result[T]{flight.index, flight.task, answer, err})
	case <-ended:
		b.ended = true
		b.cancel()
	}
}

func (b *batch[T]) give(result Result[T]) {
	if !b.yield(result) {
		b.left = true
	}
}

func (b *batch[T]) cancel() {
	for ticket := range b.flying {
		ticket.Cancel()
	}
}

// giveUp ends what is in flight when the loop was left or panicked.
func (b *batch[T]) giveUp() {
	b.cancel()
	for range len(b.flying) {
		ticket := <-b.finished
		if answer, err := ticket.result(); answer != nil || boughtBy(err) {
			logger().LogAttrs(context.Background(), slog.LevelWarn, "captask: a task that was bought has no reader any more",
				append([]slog.Attr{slog.Int("index", b.flying[ticket].index)}, shown(ticket.raw)...)...)
		}
	}
}

func boughtBy(err error) bool {
	var failure *Error
	return errors.As(err, &failure) && failure.Bought() != BoughtNo
}
