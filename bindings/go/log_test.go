package captask_test

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"

	captask "github.com/captask/captask/bindings/go"
)

// recorder is a handler that keeps lines, and waits in each call while it is held.
type recorder struct {
	held  sync.Mutex
	mu    sync.Mutex
	lines []slog.Record
}

func (r *recorder) Enabled(context.Context, slog.Level) bool { return true }
func (r *recorder) WithAttrs([]slog.Attr) slog.Handler       { return r }
func (r *recorder) WithGroup(string) slog.Handler            { return r }

func (r *recorder) Handle(_ context.Context, record slog.Record) error {
	r.held.Lock()
	defer r.held.Unlock()
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, record)
	return nil
}

func (r *recorder) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all strings.Builder
	for _, record := range r.lines {
		all.WriteString(record.Level.String() + " " + record.Message)
		record.Attrs(func(attribute slog.Attr) bool {
			all.WriteString(" " + attribute.String())
			return true
		})
		all.WriteString("\n")
	}
	return all.String()
}

// Not parallel: there is one logger in a process.
func TestLogLinesReachSlog(t *testing.T) {
	config := fast()
	config.ClientKey = "secret-key-of-the-test"
	client, _ := open(t, map[string]any{"solveMs": 0}, config)
	into := &recorder{}
	captask.SetLogger(slog.New(into), captask.LevelTrace)
	_, err := client.Solve(t.Context(), turnstile)
	captask.SetLogger(nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := into.text()
	if !strings.Contains(text, "createTask") || !strings.Contains(text, "DEBUG") {
		t.Errorf("lines: %s", text)
	}
	if strings.Contains(text, config.ClientKey) {
		t.Error("the key is in the log")
	}
	if _, err := client.Solve(t.Context(), turnstile); err != nil {
		t.Fatal(err)
	}
	if again := into.text(); again != text {
		t.Error("lines came after the end")
	}
}

func TestLogLevelsAreKept(t *testing.T) {
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	into := &recorder{}
	captask.SetLogger(slog.New(into), slog.LevelError)
	_, err := client.Solve(t.Context(), turnstile)
	captask.SetLogger(nil, 0)
	if err != nil || into.text() != "" {
		t.Errorf("%v, lines: %s", err, into.text())
	}
}

func TestBlockedHandlerBlocksNoSolve(t *testing.T) {
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	into := &recorder{}
	into.held.Lock()
	captask.SetLogger(slog.New(into), captask.LevelTrace)
	for range 100 {
		if _, err := client.Solve(t.Context(), turnstile); err != nil {
			t.Error(err)
		}
	}
	// The next logger waits for the blocked one no longer than a second, and gets its own lines and no others.
	next := &recorder{}
	captask.SetLogger(slog.New(next), captask.LevelTrace)
	if _, err := client.Solve(t.Context(), turnstile); err != nil {
		t.Error(err)
	}
	captask.SetLogger(nil, 0)
	into.held.Unlock()
	text := next.text()
	if lines := strings.Count(text, "createTask: to"); lines != 1 || !strings.Contains(text, "were dropped") {
		t.Errorf("%d lines of one task: %s", lines, text)
	}
}
