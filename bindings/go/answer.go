//go:build cgo

package captask

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Answer is what the service answered, with what the library adds to it. Members that this version does not know are in
// Raw too.
type Answer struct {
	// Status is the service's word, "ready" for a solved task; "" where the method has none.
	Status string

	// Solution is the solution's JSON, nil when there is none. See [Answer.DecodeSolution] and [SolveTyped].
	Solution json.RawMessage

	// TaskID is the task that was bought; zero when none is known.
	TaskID TaskID

	// Ticket is the number of the [Ticket] that was answered, 0 for single calls.
	Ticket int64

	// Extra is what was given by [WithExtra], nil when nothing was.
	Extra json.RawMessage

	// Meta says how it went.
	Meta Meta

	raw string
}

// Meta says how a task was waited for.
type Meta struct {
	// Polls is the number of getTaskResult calls.
	Polls int

	// Elapsed is the time from the submission to the answer.
	Elapsed time.Duration

	// Raw is the whole of it as JSON, nil when there is none.
	Raw json.RawMessage
}

// Raw returns the answer's JSON as it came, with every digit of its numbers.
func (a *Answer) Raw() json.RawMessage {
	return json.RawMessage(a.raw)
}

// String returns the answer's JSON as it came.
func (a *Answer) String() string {
	return a.raw
}

// MarshalJSON returns the answer's JSON.
func (a *Answer) MarshalJSON() ([]byte, error) {
	return []byte(a.raw), nil
}

// Decode stores the whole answer in v as json.Unmarshal does. Numbers in a v of type any are json.Number, which has
// every digit.
func (a *Answer) Decode(v any) error {
	return decode(a.raw, v)
}

// DecodeSolution stores the solution in v as json.Unmarshal does, for example in a struct of the package tasks. Numbers
// in a v of type any are json.Number.
func (a *Answer) DecodeSolution(v any) error {
	if a.Solution == nil {
		return errors.New("captask: the answer has no solution: " + a.raw)
	}
	return decode(string(a.Solution), v)
}

// Pick returns the value at a pointer of RFC 6901, as in "/solution/token": a string without its quotes, anything else
// as its JSON. It reports false where nothing is.
func (a *Answer) Pick(pointer string) (string, bool) {
	document, fits := textOf(a.raw)
	at, valid := textOf(pointer)
	if !fits || !valid {
		return "", false
	}
	return pick(document, at)
}

func decode(document string, v any) error {
	decoder := json.NewDecoder(strings.NewReader(document))
	decoder.UseNumber()
	return decoder.Decode(v)
}

// members are those of one JSON object, in their order.
type members struct {
	names  []string
	values map[string]json.RawMessage
}

func membersOf(document string) (members, error) {
	found := members{values: map[string]json.RawMessage{}}
	decoder := json.NewDecoder(strings.NewReader(document))
	if start, err := decoder.Token(); err != nil {
		return found, err
	} else if start != json.Delim('{') {
		return found, fmt.Errorf("not an object but %v", start)
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return found, err
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return found, err
		}
		key, _ := name.(string)
		found.names = append(found.names, key)
		found.values[key] = value
	}
	_, err := decoder.Token()
	return found, err
}

// get stores a member in v; a member of another type leaves v as it is.
func (m members) get(name string, v any) {
	if value, there := m.values[name]; there {
		_ = json.Unmarshal(value, v)
	}
}

func (m members) failed() bool {
	return string(m.values["errorId"]) != "0"
}

func (m members) place(name string) int {
	for i, other := range m.names {
		if other == name {
			return i
		}
	}
	return -1
}

// own returns the members that the library added. They are behind those of the service; where the service has one of
// the same name, the library's is inside an object "captask" (or "captask_"), which is then the last of all. An object
// of that name anywhere else is the service's.
func (m members) own() map[string]json.RawMessage {
	added := map[string]json.RawMessage{}
	ticket := m.place("ticket")
	for _, name := range []string{"taskId", "ticket", "retryable", "retryScope", "retryAfterMs", "httpStatus", "outcomeUnknown"} {
		if value, there := m.values[name]; there {
			added[name] = value
		}
	}
	for _, name := range []string{"extra", "meta"} {
		if at := m.place(name); ticket >= 0 && at > ticket {
			added[name] = m.values[name]
		}
	}
	if len(m.names) > 0 && (ticket >= 0 || m.failed()) {
		last := m.names[len(m.names)-1]
		var within map[string]json.RawMessage
		if strings.TrimRight(last, "_") == "captask" && json.Unmarshal(m.values[last], &within) == nil {
			for name, value := range within {
				added[name] = value
			}
		}
	}
	return added
}

// read returns an answer, or the error that it is.
func read(raw string) (*Answer, error) {
	found, err := membersOf(raw)
	if err != nil {
		return nil, unreadable(raw, err)
	}
	own := members{values: found.own()}
	answer := &Answer{raw: raw, Extra: own.values["extra"]}
	found.get("status", &answer.Status)
	if solution := found.values["solution"]; string(solution) != "null" {
		answer.Solution = solution
	}
	own.get("taskId", &answer.TaskID)
	if answer.TaskID.IsZero() {
		answer.TaskID = TaskID{}
	}
	own.get("ticket", &answer.Ticket)
	if meta := own.values["meta"]; meta != nil {
		var known struct {
			Polls     int   `json:"polls"`
			ElapsedMs int64 `json:"elapsedMs"`
		}
		_ = json.Unmarshal(meta, &known)
		answer.Meta = Meta{known.Polls, time.Duration(known.ElapsedMs) * time.Millisecond, meta}
	}
	if found.failed() {
		return nil, errorOf(answer, found, own)
	}
	return answer, nil
}
