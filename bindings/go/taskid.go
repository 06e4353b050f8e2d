//go:build cgo

package captask

import (
	"encoding/json"
	"fmt"
)

// TaskID is the service's number or name of a task that was bought. It keeps the JSON form that it came in, with every
// digit. The zero value means that no task is known. TaskIDs can be compared with == and be keys of a map.
type TaskID struct {
	literal string
}

// ID returns the TaskID of a number or a text, for [Client.GetTaskResult] and [Adopt].
func ID[T ~int | ~int32 | ~int64 | ~uint64 | ~string](value T) TaskID {
	literal, err := encode(value)
	if err != nil {
		return TaskID{}
	}
	return TaskID{string(literal)}
}

// IsZero reports whether no task is known.
func (id TaskID) IsZero() bool {
	return id.literal == "" || id.literal == "0" || id.literal == `""` || id.literal == `"0"`
}

// String returns the number's digits, or the text without quotes; "" when no task is known.
func (id TaskID) String() string {
	var s string
	if json.Unmarshal([]byte(id.literal), &s) == nil {
		return s
	}
	return id.literal
}

// MarshalJSON returns the id in the form in which it came; 0 when no task is known.
func (id TaskID) MarshalJSON() ([]byte, error) {
	if id.literal == "" {
		return []byte("0"), nil
	}
	return []byte(id.literal), nil
}

// UnmarshalJSON takes a number or a string; null means that no task is known.
func (id *TaskID) UnmarshalJSON(data []byte) error {
	switch {
	case string(data) == "null":
		id.literal = ""
	case len(data) > 0 && (data[0] == '"' || data[0] == '-' || data[0] >= '0' && data[0] <= '9'):
		id.literal = string(data)
	default:
		return fmt.Errorf("captask: a taskId is a number or a string, not %s", data)
	}
	return nil
}

// Adopt returns what takes the place of a task to wait for one that was bought before: by another process, or one whose
// waiting ended. Nothing is bought.
func Adopt(id TaskID) Adopted {
	return Adopted{id}
}

// Adopted is what [Adopt] returns.
type Adopted struct {
	ID TaskID
}
