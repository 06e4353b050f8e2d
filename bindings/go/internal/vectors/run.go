package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	captask "github.com/captask/captask/bindings/go"
)

const (
	// callLimit ends a call that does not come back.
	callLimit = time.Minute
	// untilLimit and untilPause are those of the op until.
	untilLimit = 10 * time.Second
	untilPause = 5 * time.Millisecond
)

var (
	whole = regexp.MustCompile(`^\$\{([a-z]+)\}$`)
	part  = regexp.MustCompile(`\$\{([a-z]+)\}`)
)

// ticket is one that was submitted, or why it was refused.
type ticket struct {
	ticket *captask.Ticket
	err    error
}

// run is one vector while it runs.
type run struct {
	names   map[string]any
	tickets map[string]ticket
	sandbox *captask.Sandbox
	client  *captask.Client
}

func (v vector) run() (err error) {
	r := &run{names: map[string]any{}, tickets: map[string]ticket{}}
	defer func() {
		if r.client != nil {
			err = errors.Join(err, r.client.Close())
		}
		if r.sandbox != nil {
			err = errors.Join(err, r.sandbox.Close())
		}
	}()
	if v.Sandbox != nil {
		if r.sandbox, err = captask.OpenSandbox(v.Sandbox); err != nil {
			return err
		}
		r.names["sandbox"] = r.sandbox.URL()
		_, r.names["host"], _ = strings.Cut(r.sandbox.URL(), "//")
	}
	if v.Config != nil {
		if r.client, err = r.open(v.Config); err != nil {
			return err
		}
	}
	for i, step := range v.Steps {
		if err := r.step(step); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return nil
}

func (r *run) open(config json.RawMessage) (*captask.Client, error) {
	filled, err := r.filled(config)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(filled)
	if err != nil {
		return nil, err
	}
	return captask.OpenJSON(encoded)
}

// filled returns JSON with the names in it replaced.
func (r *run) filled(text json.RawMessage) (any, error) {
	tree, err := parse(text)
	return r.fill(tree), err
}

func (r *run) fill(value any) any {
	switch value := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, within := range value {
			out[name] = r.fill(within)
		}
		return out
	case []any:
		out := make([]any, len(value))
		for i, within := range value {
			out[i] = r.fill(within)
		}
		return out
	case string:
		if name := whole.FindStringSubmatch(value); name != nil {
			return r.names[name[1]]
		}
		return part.ReplaceAllStringFunc(value, func(name string) string {
			return fmt.Sprint(r.names[name[2:len(name)-1]])
		})
	default:
		return value
	}
}

// request returns what a step asks for: the members of its request.
func (r *run) request(s step) (map[string]any, error) {
	text := s.Request
	if s.RequestText != "" {
		text = json.RawMessage(s.RequestText)
	}
	filled, err := r.filled(text)
	if err != nil {
		return nil, err
	}
	members, isObject := filled.(map[string]any)
	if !isObject {
		return nil, fmt.Errorf("the request is no object: %s", text)
	}
	return members, nil
}

// compare compares an answer, or an error, with what a step expects, and returns its JSON.
func (r *run) compare(s step, answer *captask.Answer, err error) (string, error) {
	outcome := "answer"
	if err != nil {
		var failure *captask.Error
		if !errors.As(err, &failure) {
			return "", fmt.Errorf("not an error of captask: %w", err)
		}
		if !errors.Is(err, failure.Code) {
			return "", fmt.Errorf("errors.Is does not find %s", failure.Code)
		}
		outcome, answer = "error", failure.Answer
	}
	text := answer.String()
	if outcome != s.Outcome {
		return "", fmt.Errorf("an %s: %s", outcome, text)
	}
	if err := differences(text, s.Expect, r.fill); err != nil {
		return "", err
	}
	tree, parseErr := parse([]byte(text))
	for name, pointer := range s.Save {
		r.names[name], _ = member(tree, pointer)
	}
	return text, parseErr
}

// taskOf takes a request apart: the task, or the one to adopt, and the options.
func taskOf(request map[string]any) (any, []captask.Option, error) {
	var options []captask.Option
	var task any
	for name, value := range request {
		switch name {
		case "task":
			task = value
		case "taskId":
			id, err := idOf(value)
			if err != nil {
				return nil, nil, err
			}
			task = captask.Adopt(id)
		case "extra":
			options = append(options, captask.WithExtra(value))
		case "options":
			given, known := optionsOf(value)
			if !known {
				text, err := json.Marshal(request)
				return captask.Request(text), nil, err
			}
			options = append(options, given...)
		default:
			options = append(options, captask.WithMember(name, value))
		}
	}
	if task == nil {
		text, err := json.Marshal(request)
		return captask.Request(text), nil, err
	}
	return task, options, nil
}

// optionsOf returns the options of the binding for those of a request; known is false for what it has no function for.
func optionsOf(value any) (options []captask.Option, known bool) {
	members, isObject := value.(map[string]any)
	for name, value := range members {
		number, _ := value.(json.Number)
		whole, err := number.Int64()
		text, isText := value.(string)
		millis := time.Duration(whole) * time.Millisecond
		switch {
		case name == "validate" && isText:
			options = append(options, captask.WithValidate(text))
		case err != nil:
			return nil, false
		case name == "timeoutMs":
			options = append(options, captask.WithTimeout(millis))
		case name == "firstPollMs":
			options = append(options, captask.WithFirstPoll(millis))
		case name == "pollIntervalMs":
			options = append(options, captask.WithPollInterval(millis))
		case name == "maxPolls":
			options = append(options, captask.WithMaxPolls(int(whole)))
		case name == "pollsUsed":
			options = append(options, captask.WithPollsUsed(int(whole)))
		default:
			return nil, false
		}
	}
	return options, isObject
}

func idOf(value any) (id captask.TaskID, err error) {
	text, err := json.Marshal(value)
	if err != nil {
		return id, err
	}
	return id, json.Unmarshal(text, &id)
}

func limited() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), callLimit)
}
