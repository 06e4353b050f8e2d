package captask_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	captask "github.com/captask/captask/bindings/go"
)

func TestSingleCalls(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 0, "balance": 12.345678}, fast())
	balance, err := client.GetBalance(t.Context())
	if err != nil || balance.USD != "12.345678" {
		t.Errorf("%v, %v", balance, err)
	}
	agent, err := client.GetUserAgent(t.Context())
	if err != nil || !strings.HasPrefix(agent.Text, "Mozilla/") {
		t.Errorf("%v, %v", agent, err)
	}
	bought, err := client.CreateTask(t.Context(), turnstile)
	if err != nil {
		t.Fatal(err)
	}
	result, err := client.GetTaskResult(t.Context(), bought.TaskID)
	if err != nil || result.Status != "ready" {
		t.Errorf("%v, %v", result, err)
	}
	report, err := client.ReportIncorrect(t.Context(), bought.TaskID, "TurnstileTask")
	if err != nil || report.Status != "success" {
		t.Errorf("%v, %v", report, err)
	}
	called, err := client.Call(t.Context(), "getBalance", struct{}{})
	if text, _ := called.Pick("/balance"); err != nil || !strings.HasPrefix(text, "12.34") {
		t.Errorf("%v, %v", called, err)
	}
	if reports := counter(t, sandbox.Inspect, "/requests/reportIncorrectTokenCaptcha"); reports != 1 {
		t.Errorf("%d reports", reports)
	}
}

func TestSingleCallsAreBounded(t *testing.T) {
	slow := []any{map[string]any{"method": "getBalance", "kind": "delay", "delayMs": 100}}
	client, sandbox := open(t, map[string]any{"faults": slow}, fast())
	before := threads(t)
	var group sync.WaitGroup
	for range 10 * captask.MaxCalls {
		group.Add(1)
		go func() {
			defer group.Done()
			if _, err := client.GetBalance(t.Context()); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	if after := threads(t); after-before > 2*captask.MaxCalls {
		t.Errorf("from %d to %d threads", before, after)
	}
	if asked := counter(t, sandbox.Inspect, "/requests/getBalance"); asked < 10*captask.MaxCalls {
		t.Errorf("%d calls", asked)
	}
}

func TestContextsEndSingleCalls(t *testing.T) {
	t.Parallel()
	slow := []any{map[string]any{"kind": "delay", "delayMs": 20000}}
	client, sandbox := open(t, map[string]any{"faults": slow}, fast())
	ctx, stop := context.WithCancel(t.Context())
	failed := make(chan error)
	waiting := 2 * captask.MaxCalls
	for range waiting {
		go func() {
			_, err := client.GetBalance(ctx)
			failed <- err
		}()
	}
	until(t, sandbox.Inspect, "/requests/getBalance", captask.MaxCalls)
	stop()
	for range waiting {
		if err := <-failed; !errors.Is(err, context.Canceled) || failureOf(t, err).Bought() != captask.BoughtNo {
			t.Errorf("%v", err)
		}
	}
}

func TestContextInsideCreateTaskLeavesTheOutcomeUnknown(t *testing.T) {
	t.Parallel()
	slow := []any{map[string]any{"method": "createTask", "kind": "delay", "delayMs": 20000}}
	client, sandbox := open(t, map[string]any{"faults": slow}, fast())
	for _, buy := range []func(context.Context) error{
		func(ctx context.Context) error { _, err := client.CreateTask(ctx, turnstile); return err },
		func(ctx context.Context) error {
			_, err := client.Call(ctx, "createTask", map[string]any{"task": turnstile})
			return err
		},
	} {
		ctx, stop := context.WithCancel(t.Context())
		sent := counter(t, sandbox.Inspect, "/requests/createTask")
		failed := make(chan error)
		go func() { failed <- buy(ctx) }()
		until(t, sandbox.Inspect, "/requests/createTask", sent+1)
		stop()
		if failure := failureOf(t, <-failed); failure.Bought() != captask.BoughtUnknown {
			t.Errorf("%v", failure)
		}
	}
}

func TestCloseEndsSingleCalls(t *testing.T) {
	t.Parallel()
	slow := []any{map[string]any{"method": "getBalance", "kind": "delay", "delayMs": 20000}}
	client, sandbox := open(t, map[string]any{"faults": slow}, fast())
	failed := make(chan error)
	go func() {
		_, err := client.GetBalance(t.Context())
		failed <- err
	}()
	until(t, sandbox.Inspect, "/requests/getBalance", 1)
	if err := client.Close(); err != nil {
		t.Error(err)
	}
	select {
	case err := <-failed:
		if !errors.Is(err, captask.ErrClosed) {
			t.Errorf("%v", err)
		}
	case <-time.After(patience):
		t.Error("the call goes on")
	}
	late := map[string]func() error{
		"CreateTask":    func() error { _, err := client.CreateTask(t.Context(), turnstile); return err },
		"GetTaskResult": func() error { _, err := client.GetTaskResult(t.Context(), captask.ID(7)); return err },
		"GetBalance":    func() error { _, err := client.GetBalance(t.Context()); return err },
		"GetUserAgent":  func() error { _, err := client.GetUserAgent(t.Context()); return err },
		"ReportIncorrect": func() error {
			_, err := client.ReportIncorrect(t.Context(), captask.ID(7), "TurnstileTask")
			return err
		},
		"Call":    func() error { _, err := client.Call(t.Context(), "getBalance", struct{}{}); return err },
		"Inspect": func() error { _, err := client.Inspect(); return err },
		"Solve":   func() error { _, err := client.Solve(t.Context(), turnstile); return err },
	}
	for name, call := range late {
		if err := call(); !errors.Is(err, captask.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A close may come between the look at the client and the call, whose error is then the library's.
func TestCallsThatMeetAClose(t *testing.T) {
	t.Parallel()
	for range 20 {
		client, _ := open(t, map[string]any{}, fast())
		const callers = 2 * captask.MaxCalls
		var begun, group sync.WaitGroup
		begun.Add(callers)
		for range callers {
			group.Add(1)
			go func() {
				defer group.Done()
				begun.Done()
				for {
					if _, err := client.GetBalance(t.Context()); err != nil {
						if !errors.Is(err, captask.ErrClosed) {
							t.Errorf("%v", err)
						}
						return
					}
				}
			}()
		}
		begun.Wait()
		if err := client.Close(); err != nil {
			t.Error(err)
		}
		group.Wait()
	}
}
