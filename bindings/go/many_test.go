package captask_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	captask "github.com/captask/captask/bindings/go"
	"github.com/captask/captask/bindings/go/tasks"
)

func several(count int) []tasks.Turnstile {
	return slices.Repeat([]tasks.Turnstile{turnstile}, count)
}

func TestSolveManyYieldsTheEndOfEachTask(t *testing.T) {
	t.Parallel()
	rules := []any{map[string]any{"match": map[string]any{"websiteKey": "BAD"}, "error": "ERROR_CAPTCHA_UNSOLVABLE"}}
	config := fast()
	config.MaxInFlight = 7
	client, sandbox := open(t, map[string]any{"solveMs": map[string]any{"min": 0, "max": 8}, "solutions": rules}, config)
	all := several(100)
	all[17].WebsiteKey = "BAD"
	seen := make([]int, len(all))
	for result := range captask.SolveMany(t.Context(), client, slices.Values(all)) {
		seen[result.Index]++
		if result.Task.WebsiteKey == "BAD" {
			if !errors.Is(result.Err, captask.ErrCaptchaUnsolvable) || result.Index != 17 {
				t.Errorf("%+v", result)
			}
		} else if result.Err != nil || result.Answer.TaskID.IsZero() {
			t.Errorf("%+v", result)
		}
	}
	if slices.Min(seen) != 1 || slices.Max(seen) != 1 {
		t.Errorf("%v", seen)
	}
	if created := counter(t, sandbox.Inspect, "/requests/createTask"); created != len(all) {
		t.Errorf("%d were bought", created)
	}
}

func TestSolveManyKeepsToItsWindow(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 0}, fast())
	taken := 0
	given := func(yield func(any) bool) {
		for range 30 {
			taken++
			if !yield(turnstile) {
				return
			}
		}
	}
	ended := 0
	for result := range captask.SolveMany(t.Context(), client, given, captask.WithWindow(3)) {
		if result.Err != nil {
			t.Error(result.Err)
		}
		// One more than the window is taken, and waits for room.
		if taken-ended > 4 {
			t.Errorf("%d were taken when %d had ended", taken, ended)
		}
		ended++
	}
	if created := counter(t, sandbox.Inspect, "/requests/createTask"); created != 30 || ended != 30 {
		t.Errorf("%d were bought, %d ended", created, ended)
	}
}

func TestSolveManyTellsWhatWasBoughtWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	client, _ := open(t, map[string]any{"solveMs": 60000}, fast())
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	const window = 10
	results := make(chan []captask.Result[tasks.Turnstile])
	go func() {
		results <- slices.Collect(captask.SolveMany(ctx, client, slices.Values(several(100)), captask.WithWindow(window)))
	}()
	until(t, client.Inspect, "/created", window)
	stop()
	ended := <-results
	for _, result := range ended {
		failure := failureOf(t, result.Err)
		if !errors.Is(failure, context.Canceled) || failure.Code != captask.ErrCancelled {
			t.Errorf("%v", failure)
		}
		if result.Index < window && failure.Bought() != captask.BoughtYes {
			t.Errorf("task %d: %v", result.Index, failure)
		}
	}
	if len(ended) < window || len(ended) > window+1 {
		t.Errorf("%d ended", len(ended))
	}
}

// Not parallel: there is one logger in a process.
func TestLeavingSolveManyGivesUpWhatIsInFlight(t *testing.T) {
	slow := map[string]any{"TurnstileTask": 60000}
	client, sandbox := open(t, map[string]any{"solveMs": 0, "solveMsByType": slow}, fast())
	into := &recorder{}
	captask.SetLogger(slog.New(into), slog.LevelError)
	defer captask.SetLogger(nil, 0)
	all := []any{tasks.RecaptchaV2{WebsiteURL: "https://example.com", WebsiteKey: "KEY"}}
	for range 50 {
		all = append(all, turnstile)
	}
	for result := range captask.SolveMany(t.Context(), client, slices.Values(all)) {
		if result.Err != nil || result.Index != 0 {
			t.Errorf("%+v", result)
		}
		break
	}
	if left := counter(t, client.Inspect, "/inFlight") + counter(t, client.Inspect, "/unread"); left != 0 {
		t.Errorf("%d are left", left)
	}
	// Each that was bought, or may have been, is in the log.
	bought := counter(t, sandbox.Inspect, "/requests/createTask") - 1
	if logged := strings.Count(into.text(), "no reader"); logged < bought || logged > 50 || bought == 0 {
		t.Errorf("%d in the log of %d that were bought", logged, bought)
	}
	if text := into.text(); strings.Contains(text, "errorDescription") || !strings.Contains(text, "taskId=") {
		t.Errorf("not the errorCode and the taskId alone: %s", text)
	}
	if strings.Contains(into.text(), "CAPTASK_TIMEOUT") {
		t.Error("a task went on after the loop was left")
	}
}

func TestSolveManyEndsWithAClient(t *testing.T) {
	t.Parallel()
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	ended := 0
	for result := range captask.SolveMany(t.Context(), client, slices.Values(several(50)), captask.WithWindow(1)) {
		if ended == 10 {
			_ = client.Close()
		}
		if ended > 11 && !errors.Is(result.Err, captask.ErrClosed) {
			t.Errorf("%v", result.Err)
		}
		ended++
	}
	if ended != 50 {
		t.Errorf("%d ended", ended)
	}
}
