//go:build cgo

package captask

import (
	"reflect"
	"time"
)

// object is a JSON object that is being filled.
type object map[string]any

// add adds a member unless it is zero: a time as milliseconds, a pointer as what it points to.
func (o object) add(name string, value any) {
	switch value := value.(type) {
	case time.Duration:
		if value != 0 {
			o[name] = milliseconds(value)
		}
	case *time.Duration:
		if value != nil {
			o[name] = milliseconds(*value)
		}
	default:
		if !reflect.ValueOf(value).IsZero() {
			o[name] = value
		}
	}
}

// milliseconds rounds up, so that a time below a millisecond does not become none.
func milliseconds(d time.Duration) int64 {
	whole := int64(d / time.Millisecond)
	if d%time.Millisecond > 0 {
		whole++
	}
	return whole
}
