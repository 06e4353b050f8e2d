package tasks_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	captask "github.com/captask/captask/bindings/go"
)

// described is what the library says of a task type.
type described struct {
	Status          string          `json:"status"`
	ExampleRequest  json.RawMessage `json:"exampleRequest"`
	ExampleSolution json.RawMessage `json:"exampleSolution"`
}

func TestEveryTaskOfTheCatalogueIsKnown(t *testing.T) {
	answer, err := captask.Describe("tasks")
	if err != nil {
		t.Fatal(err)
	}
	var catalogue struct {
		Tasks []struct{ ID string }
	}
	if err := answer.Decode(&catalogue); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, one := range known {
		ids[one.id] = true
	}
	for _, task := range catalogue.Tasks {
		if !ids[task.ID] {
			t.Errorf("%s has no struct: make generate", task.ID)
		}
	}
	if len(catalogue.Tasks) != len(known) {
		t.Errorf("%d tasks, %d structs", len(catalogue.Tasks), len(known))
	}
}

func TestExamplesOfTheCatalogueSurvive(t *testing.T) {
	for _, one := range known {
		answer, err := captask.Describe("task/" + one.id)
		if err != nil {
			t.Fatal(err)
		}
		var facts described
		if err := answer.Decode(&facts); err != nil {
			t.Fatal(err)
		}
		through(t, one.id+": the task", facts.ExampleRequest, one.task)
		through(t, one.id+": the solution", facts.ExampleSolution, one.solution)
		checked, err := captask.Check(one.task)
		if err != nil {
			t.Errorf("%s: %v", one.id, err)
			continue
		}
		if variant, _ := checked.Pick("/variant"); variant != one.id {
			t.Errorf("%s is taken for %s", one.id, variant)
		}
	}
}

// through reads JSON into a value, and compares what it writes. Optional members that are empty or null are left out.
func through(t *testing.T, what string, example json.RawMessage, value any) {
	t.Helper()
	if err := json.Unmarshal(example, value); err != nil {
		t.Errorf("%s: %v: %s", what, err, example)
		return
	}
	written, err := json.Marshal(value)
	if err != nil {
		t.Errorf("%s: %v", what, err)
		return
	}
	if !reflect.DeepEqual(tree(t, written), tree(t, example)) {
		t.Errorf("%s: %s became %s", what, example, written)
	}
}

func tree(t *testing.T, text []byte) (value any) {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return full(value)
}

// full leaves out what is empty or null.
func full(value any) any {
	members, isObject := value.(map[string]any)
	for name, within := range members {
		if within = full(within); within == nil || within == "" {
			delete(members, name)
		} else {
			members[name] = within
		}
	}
	if isObject {
		return members
	}
	return value
}
