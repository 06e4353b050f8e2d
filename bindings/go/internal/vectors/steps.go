package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	captask "github.com/captask/captask/bindings/go"
)

func (r *run) step(s step) error {
	ctx, done := limited()
	defer done()
	switch s.Op {
	case "submit":
		submitted, err := r.submit(s)
		r.tickets[s.As] = submitted
		return err
	case "receive":
		_, err := r.receive(ctx, s, r.tickets[s.Of])
		return err
	case "cancel":
		if given := r.tickets[s.Of]; given.ticket == nil || !given.ticket.Cancel() {
			return errors.New("there is nothing to cancel")
		}
		return nil
	case "batch":
		return r.batch(ctx, s)
	case "inspect":
		return r.counters(s)
	case "until":
		return r.until(s)
	case "close":
		return r.client.Close()
	default:
		answer, err := r.ask(ctx, s)
		_, err = r.compare(s, answer, err)
		return err
	}
}

// ask makes the one call of a step.
func (r *run) ask(ctx context.Context, s step) (*captask.Answer, error) {
	switch s.Op {
	case "get_balance":
		balance, err := r.client.GetBalance(ctx)
		if err != nil {
			return nil, err
		}
		if text, _ := balance.Pick("/balance"); string(balance.USD) != text {
			return nil, fmt.Errorf("USD is %s", balance.USD)
		}
		return balance.Answer, nil
	case "get_user_agent":
		agent, err := r.client.GetUserAgent(ctx)
		if err != nil {
			return nil, err
		}
		return agent.Answer, nil
	case "describe":
		return captask.Describe(s.Topic)
	case "open":
		filled, err := r.open(s.Config)
		if err != nil {
			return nil, err
		}
		return nil, errors.Join(errors.New("it was opened"), filled.Close())
	case "open_sandbox":
		opened, err := captask.OpenSandbox(s.Config)
		if err != nil {
			return nil, err
		}
		return nil, errors.Join(errors.New("it was opened"), opened.Close())
	}
	request, err := r.request(s)
	if err != nil {
		return nil, err
	}
	task, options, err := taskOf(request)
	if err != nil {
		return nil, err
	}
	id, idErr := idOf(request["taskId"])
	switch s.Op {
	case "solve", "adopt":
		return r.client.Solve(ctx, task, options...)
	case "create_task":
		return r.client.CreateTask(ctx, task, options...)
	case "check":
		return captask.Check(task, options...)
	case "get_task_result":
		return r.client.GetTaskResult(ctx, id)
	case "report_incorrect":
		kind, _ := request["type"].(string)
		return r.client.ReportIncorrect(ctx, id, kind)
	case "call":
		return r.client.Call(ctx, s.Method, request)
	default:
		return nil, errors.Join(fmt.Errorf("no op of this runner: %s", s.Op), idErr)
	}
}

func (r *run) submit(s step) (ticket, error) {
	request, err := r.request(s)
	if err != nil {
		return ticket{}, err
	}
	task, options, err := taskOf(request)
	if err != nil {
		return ticket{}, err
	}
	given, err := r.client.Submit(task, options...)
	return ticket{given, err}, nil
}

func (r *run) receive(ctx context.Context, s step, given ticket) (string, error) {
	if given.err != nil {
		return r.compare(s, nil, given.err)
	}
	answer, err := given.ticket.Wait(ctx)
	return r.compare(s, answer, err)
}

func (r *run) batch(ctx context.Context, s step) error {
	tickets := make([]ticket, s.Count)
	for i := range tickets {
		r.names["index"] = json.Number(fmt.Sprint(i))
		submitted, err := r.submit(s)
		if err != nil {
			return err
		}
		tickets[i] = submitted
	}
	seen := map[string]map[string]bool{}
	for _, pointer := range s.Distinct {
		seen[pointer] = map[string]bool{}
	}
	for i, given := range tickets {
		r.names["index"] = json.Number(fmt.Sprint(i))
		text, err := r.receive(ctx, s, given)
		if err != nil {
			return fmt.Errorf("task %d: %w", i, err)
		}
		tree, err := parse([]byte(text))
		if err != nil {
			return err
		}
		for pointer, values := range seen {
			value, _ := member(tree, pointer)
			shown, _ := json.Marshal(value)
			values[string(shown)] = true
		}
	}
	for pointer, values := range seen {
		if len(values) != s.Count {
			return fmt.Errorf("%s has %d values in %d answers", pointer, len(values), s.Count)
		}
	}
	return nil
}

func (r *run) counters(s step) error {
	ask := r.sandbox.Inspect
	if s.Of == "client" {
		ask = r.client.Inspect
	}
	counters, err := ask()
	if err != nil {
		return err
	}
	return differences(counters.String(), s.Expect, r.fill)
}

func (r *run) until(s step) error {
	end := time.Now().Add(untilLimit)
	for {
		err := r.counters(s)
		if err == nil || time.Now().After(end) {
			return err
		}
		time.Sleep(untilPause)
	}
}
