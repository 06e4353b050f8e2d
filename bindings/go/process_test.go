package captask_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	captask "github.com/captask/captask/bindings/go"
)

func init() {
	children["leave"] = leaveWithWorkInFlight
	children["panic"] = panicWithWorkInFlight
}

// busy has a hundred tasks in flight, single calls under way, and a logger.
func busy() {
	captask.SetLogger(slog.New(slog.DiscardHandler), captask.LevelTrace)
	slow := []any{map[string]any{"method": "getBalance", "kind": "delay", "delayMs": 60000}}
	sandbox, err := captask.OpenSandbox(map[string]any{"solveMs": 60000, "faults": slow})
	if err != nil {
		panic(err)
	}
	client, err := sandbox.Client(fast())
	if err != nil {
		panic(err)
	}
	for range 4 {
		go func() { _, _ = client.GetBalance(context.Background()) }()
	}
	for range 100 {
		if _, err := client.Submit(turnstile); err != nil {
			panic(err)
		}
	}
}

func leaveWithWorkInFlight() {
	busy()
	fmt.Println("left")
}

func panicWithWorkInFlight() {
	busy()
	defer func() {
		fmt.Println("recovered:", recover())
		os.Exit(0)
	}()
	panic("on purpose")
}

func TestProcessEndsWithWorkInFlight(t *testing.T) {
	t.Parallel()
	if output := child(t, "leave"); strings.TrimSpace(output) != "left" {
		t.Errorf("%s", output)
	}
	if output := child(t, "panic"); strings.TrimSpace(output) != "recovered: on purpose" {
		t.Errorf("%s", output)
	}
}
