package captask_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	captask "github.com/captask/captask/bindings/go"
	"github.com/captask/captask/bindings/go/tasks"
)

func TestSolveReturnsTheSolution(t *testing.T) {
	t.Parallel()
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	extra := map[string]any{"row": 7}
	answer, err := client.Solve(t.Context(), turnstile, captask.WithExtra(extra), captask.WithTimeout(patience))
	if err != nil {
		t.Fatal(err)
	}
	var solution tasks.TurnstileSolution
	if err := answer.DecodeSolution(&solution); err != nil || solution.Token != "sandbox-token" {
		t.Errorf("solution %+v, %v", solution, err)
	}
	if token, there := answer.Pick("/solution/token"); !there || token != "sandbox-token" {
		t.Errorf("picked %q, %v", token, there)
	}
	if _, there := answer.Pick("/solution/none"); there {
		t.Error("something is picked where nothing is")
	}
	if answer.Status != "ready" || answer.TaskID != captask.ID(7654321) || answer.Ticket == 0 || answer.Meta.Polls == 0 {
		t.Errorf("%+v", answer)
	}
	if string(answer.Extra) != `{"row":7}` {
		t.Errorf("extra %s", answer.Extra)
	}
	if again, err := json.Marshal(answer); err != nil || string(again) != answer.String() {
		t.Errorf("%s, %v", again, err)
	}
}

func TestSolveTypedReturnsTheTypeOfTheSolution(t *testing.T) {
	t.Parallel()
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	solution, answer, err := captask.SolveTyped(t.Context(), client, turnstile)
	if err != nil || solution.Token != "sandbox-token" || answer.TaskID.IsZero() {
		t.Errorf("%+v, %v, %v", solution, answer, err)
	}
	picture := tasks.ImageToText{Body: make([]byte, 208)}
	text, _, err := captask.SolveTyped(t.Context(), client, picture, captask.WithValidate("strict"))
	if err != nil || text.Text == "" {
		t.Errorf("%+v, %v", text, err)
	}
}

func TestSolveTypedKeepsAnAnswerOfAnotherForm(t *testing.T) {
	t.Parallel()
	other := []any{map[string]any{"solution": map[string]any{"token": []int{1}}}}
	client, _ := open(t, map[string]any{"solveMs": 0, "solutions": other}, fast())
	_, answer, err := captask.SolveTyped(t.Context(), client, turnstile)
	failure := failureOf(t, err)
	if failure.Code != captask.ErrBadResponse || failure.TaskID.IsZero() || answer == nil || failure.Answer != answer {
		t.Errorf("%v, %v", failure, answer)
	}
}

func TestNumbersKeepEveryDigit(t *testing.T) {
	t.Parallel()
	big := json.Number("123456789012345678901234567890")
	exact := []any{map[string]any{"solution": map[string]any{"answer": []any{big, json.Number("0.10")}}}}
	client, _ := open(t, map[string]any{"solveMs": 0, "solutions": exact}, fast())
	task := tasks.RecognitionOoclRotateNew{ImagesBase64: [][]byte{make([]byte, 208), make([]byte, 208)}}
	solution, answer, err := captask.SolveTyped(t.Context(), client, task, captask.WithExtra(big))
	if err != nil {
		t.Fatal(err)
	}
	if len(solution.Answer) != 2 || solution.Answer[0] != big || solution.Answer[1] != "0.10" {
		t.Errorf("solution %v", solution.Answer)
	}
	var whole map[string]any
	if err := answer.Decode(&whole); err != nil || whole["extra"] != big || json.Number(answer.Extra) != big {
		t.Errorf("extra %v, %v", whole["extra"], err)
	}
	balance, err := client.GetBalance(t.Context())
	if err != nil || balance.USD == "" || !strings.Contains(balance.String(), `"balance":`+string(balance.USD)) {
		t.Errorf("balance %v, %v", balance, err)
	}
}

func TestAdoptBuysNothing(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 0}, fast())
	bought, err := client.CreateTask(t.Context(), turnstile, captask.WithSoftID(7))
	if err != nil || bought.TaskID.IsZero() {
		t.Fatalf("%v, %v", bought, err)
	}
	answer, err := client.Solve(t.Context(), captask.Adopt(bought.TaskID), captask.WithPollsUsed(3))
	if err != nil || answer.TaskID != bought.TaskID {
		t.Errorf("%v, %v", answer, err)
	}
	if created := counter(t, sandbox.Inspect, "/requests/createTask"); created != 1 {
		t.Errorf("%d were bought", created)
	}
	var id captask.TaskID
	if err := json.Unmarshal([]byte(`"uuid-1"`), &id); err != nil || id != captask.ID("uuid-1") || id.String() != "uuid-1" {
		t.Errorf("%v, %v", id, err)
	}
	if again, err := json.Marshal(id); err != nil || string(again) != `"uuid-1"` {
		t.Errorf("%s, %v", again, err)
	}
}

func TestEndOfContextGivesTheTaskUp(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 60000}, fast())
	ctx, stop := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, err := client.Solve(ctx, turnstile)
		failed <- err
	}()
	until(t, sandbox.Inspect, "/requests/getTaskResult", 1)
	stop()
	failure := failureOf(t, <-failed)
	if failure.Code != captask.ErrCancelled || failure.TaskID != captask.ID(7654321) ||
		failure.Bought() != captask.BoughtYes || !errors.Is(failure, context.Canceled) {
		t.Errorf("%v", failure)
	}
	if left := counter(t, client.Inspect, "/inFlight"); left != 0 {
		t.Errorf("%d are in flight", left)
	}
}

func TestDeadlineInsideCreateTaskSaysThatTheOutcomeIsUnknown(t *testing.T) {
	t.Parallel()
	slow := []any{map[string]any{"method": "createTask", "kind": "delay", "delayMs": 20000}}
	client, _ := open(t, map[string]any{"faults": slow}, fast())
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	_, err := client.Solve(ctx, turnstile)
	failure := failureOf(t, err)
	if failure.Bought() != captask.BoughtUnknown || !failure.TaskID.IsZero() || !failure.Timeout() ||
		!errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, captask.ErrCancelled) {
		t.Errorf("%v", err)
	}
	_, err = client.Solve(ctx, turnstile)
	if failure := failureOf(t, err); failure.Bought() != captask.BoughtNo || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	_, err = client.CreateTask(ctx, turnstile)
	if failure := failureOf(t, err); failure.Bought() != captask.BoughtNo || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestErrorsHaveTheirCode(t *testing.T) {
	t.Parallel()
	unsolvable := []any{map[string]any{"error": "ERROR_CAPTCHA_UNSOLVABLE"}}
	client, _ := open(t, map[string]any{"solveMs": 0, "solutions": unsolvable}, fast())
	_, err := client.Solve(t.Context(), turnstile, captask.WithExtra("mine"))
	failure := failureOf(t, err)
	if !errors.Is(err, captask.ErrCaptchaUnsolvable) || errors.Is(err, captask.ErrZeroBalance) ||
		!errors.Is(err, captask.Code("ERROR_CAPTCHA_UNSOLVABLE")) {
		t.Errorf("%v", err)
	}
	if !failure.Retryable || failure.RetryScope != "new_task" || failure.TaskID.IsZero() ||
		string(failure.Answer.Extra) != `"mine"` || failure.Answer.Meta.Polls == 0 {
		t.Errorf("%+v", failure)
	}
	_, err = client.Solve(t.Context(), tasks.Turnstile{WebsiteURL: "example"}, captask.WithValidate("strict"))
	if failure := failureOf(t, err); !errors.Is(err, captask.ErrInvalidTask) || len(failure.Problems) < 2 ||
		failure.Problems[0].Pointer == "" || failure.Bought() != captask.BoughtNo {
		t.Errorf("%+v", failure)
	}
	_, err = captask.Open(captask.Config{Endpoint: "gopher://example.com"})
	if !errors.Is(err, captask.ErrInvalidConfig) {
		t.Errorf("%v", err)
	}
}

func TestTasksWithoutAFormInJSONAreRefused(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, nil, fast())
	_, err := client.Solve(t.Context(), map[string]any{"type": make(chan int)})
	var cause *json.UnsupportedTypeError
	if !errors.Is(err, captask.ErrInvalidRequest) || !errors.As(err, &cause) {
		t.Errorf("%v", err)
	}
	_, err = client.Call(t.Context(), "get\x00Balance", nil)
	if !errors.Is(err, captask.ErrInvalidArgument) {
		t.Errorf("%v", err)
	}
	_, err = client.Solve(t.Context(), captask.Request("{\"task\":\x00}"))
	if !errors.Is(err, captask.ErrInvalidArgument) {
		t.Errorf("%v", err)
	}
	_, err = client.Solve(t.Context(), captask.Request("{}"), captask.WithMaxPolls(1))
	if !errors.Is(err, captask.ErrInvalidRequest) || !strings.Contains(err.Error(), "captask.Request") {
		t.Errorf("%v", err)
	}
	if sent := counter(t, sandbox.Inspect, "/requests/createTask"); sent != 0 {
		t.Errorf("%d were sent", sent)
	}
}

func TestThousandSolvesCostFewThreads(t *testing.T) {
	client, _ := open(t, map[string]any{"solveMs": 300}, fast())
	before := threads(t)
	var group sync.WaitGroup
	for range 1000 {
		group.Add(1)
		go func() {
			defer group.Done()
			if _, err := client.Solve(t.Context(), turnstile); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	// Threads stay once they are there, so this is the most there were.
	if after := threads(t); after-before > 40 {
		t.Errorf("from %d to %d threads", before, after)
	}
}
