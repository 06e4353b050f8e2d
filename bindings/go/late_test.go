package captask

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// lines takes what a handler of log/slog writes, a line a time.
type lines chan string

// with returns the next line that has a text. Calls that another test gave up may be logged in between.
func (l lines) with(t *testing.T, text string) string {
	t.Helper()
	end := time.After(time.Minute)
	for {
		select {
		case line := <-l:
			if strings.Contains(line, text) {
				return line
			}
		case <-end:
			t.Fatalf("no line with %s is logged", text)
		}
	}
}

func (l lines) Write(line []byte) (int, error) {
	l <- string(line)
	return len(line), nil
}

// Not parallel: there is one logger in a process.
func TestTheLogOfAGivenUpCallHasNoSolution(t *testing.T) {
	logged := make(lines, 100)
	SetLogger(slog.New(slog.NewTextHandler(logged, nil)), slog.LevelError)
	defer SetLogger(nil, 0)
	for raw, kept := range map[string]string{
		`{"errorId":0,"taskId":7,"status":"ready","solution":{"token":"secret","cookies":{"a":"secret"}}}`: "taskId=7",
		`{"errorId":1,"errorCode":"ERROR_X","errorDescription":"secret","taskId":"a-1"}`:                   "errorCode=ERROR_X taskId=a-1",
		`secret`: "errorCode=CAPTASK_BAD_RESPONSE",
	} {
		client := &Client{newReceiver(0, false), make(chan struct{}, 1)}
		ctx, stop := context.WithCancel(t.Context())
		late := make(chan string)
		_, err := client.call(ctx, "lateMethod", false, func(int32) string {
			stop()
			return <-late
		})
		if !errors.Is(err, ErrCancelled) || !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
		late <- raw
		line := logged.with(t, "method=lateMethod")
		if strings.Contains(line, "secret") || !strings.Contains(line, "method=lateMethod "+kept+"\n") {
			t.Error(line)
		}
	}
}
