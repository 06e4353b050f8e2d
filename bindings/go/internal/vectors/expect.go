package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// expectation is what a member has to be; exactly one field is set, or Min and Max.
type expectation struct {
	Equals  json.RawMessage `json:"equals"`
	Text    *string         `json:"text"`
	Type    string          `json:"type"`
	Pattern *string         `json:"pattern"`
	Absent  bool            `json:"absent"`
	Min     json.Number     `json:"min"`
	Max     json.Number     `json:"max"`
	OneOf   []string        `json:"oneOf"`
}

// differences returns what in a JSON text is not as expected, one line a member.
func differences(text string, expect map[string]json.RawMessage, fill func(any) any) error {
	tree, err := parse([]byte(text))
	if err != nil {
		return fmt.Errorf("%w in %s", err, text)
	}
	var wrong []string
	for _, pointer := range slices.Sorted(maps.Keys(expect)) {
		var wanted expectation
		if err := json.Unmarshal(expect[pointer], &wanted); err != nil {
			return err
		}
		if wanted.Equals != nil {
			value, err := parse(wanted.Equals)
			if err != nil {
				return err
			}
			if wanted.Equals, err = json.Marshal(fill(value)); err != nil {
				return err
			}
		}
		found, there := member(tree, pointer)
		if !wanted.holds(found, there) {
			shown := []byte("absent")
			if there {
				shown, _ = json.Marshal(found)
			}
			wrong = append(wrong, fmt.Sprintf("%s is %s, wanted %s", pointer, shown, expect[pointer]))
		}
	}
	if wrong == nil {
		return nil
	}
	return fmt.Errorf("%s in %s", strings.Join(wrong, "; "), text)
}

func (e expectation) holds(found any, there bool) bool {
	if e.Absent || !there {
		return e.Absent && !there
	}
	number, isNumber := found.(json.Number)
	text, isText := found.(string)
	switch {
	case e.Equals != nil:
		wanted, err := parse(e.Equals)
		return err == nil && equal(found, wanted)
	case e.Text != nil:
		return isNumber && string(number) == *e.Text
	case e.Type != "":
		return hasType(found, e.Type)
	case e.Pattern != nil:
		matches, err := regexp.MatchString(*e.Pattern, text)
		return isText && err == nil && matches
	case e.Min != "" || e.Max != "":
		return isNumber && (e.Min == "" || rational(number).Cmp(rational(e.Min)) >= 0) &&
			(e.Max == "" || rational(number).Cmp(rational(e.Max)) <= 0)
	default:
		return isText && slices.Contains(e.OneOf, text)
	}
}

func hasType(found any, name string) bool {
	switch found := found.(type) {
	case json.Number:
		return name == "number" || name == "integer" && rational(found).IsInt()
	case string:
		return name == "string"
	case bool:
		return name == "boolean"
	case map[string]any:
		return name == "object"
	case []any:
		return name == "array"
	default:
		return found == nil && name == "null"
	}
}

// equal compares objects without order and numbers by value.
func equal(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, both := b.(json.Number)
		return both && rational(a).Cmp(rational(b)) == 0
	case map[string]any:
		b, both := b.(map[string]any)
		return both && maps.EqualFunc(a, b, equal)
	case []any:
		b, both := b.([]any)
		return both && slices.EqualFunc(a, b, equal)
	default:
		return reflect.DeepEqual(a, b)
	}
}

func rational(number json.Number) *big.Rat {
	value, ok := new(big.Rat).SetString(string(number))
	if !ok {
		return new(big.Rat)
	}
	return value
}

// parse reads JSON; its numbers are json.Number, with the digits that they have.
func parse(text []byte) (any, error) {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var tree any
	err := decoder.Decode(&tree)
	return tree, err
}

// member returns what a pointer of RFC 6901 leads to.
func member(tree any, pointer string) (any, bool) {
	if pointer == "" {
		return tree, true
	}
	for _, part := range strings.Split(pointer, "/")[1:] {
		part = strings.ReplaceAll(strings.ReplaceAll(part, "~1", "/"), "~0", "~")
		switch within := tree.(type) {
		case map[string]any:
			value, there := within[part]
			if !there {
				return nil, false
			}
			tree = value
		case []any:
			place, err := strconv.Atoi(part)
			if err != nil || place < 0 || place >= len(within) {
				return nil, false
			}
			tree = within[place]
		default:
			return nil, false
		}
	}
	return tree, true
}
