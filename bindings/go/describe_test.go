package captask_test

import (
	"errors"
	"strings"
	"testing"

	captask "github.com/captask/captask/bindings/go"
)

func TestDescribeListsItsTopics(t *testing.T) {
	t.Parallel()
	contents, err := captask.Describe("")
	if err != nil {
		t.Fatal(err)
	}
	var listed struct{ Topics []struct{ Topic string } }
	if err := contents.Decode(&listed); err != nil || len(listed.Topics) == 0 {
		t.Fatalf("%v, %v", contents, err)
	}
	_, err = captask.Describe("no-such-topic")
	failure := failureOf(t, err)
	if !errors.Is(err, captask.ErrUnknownTopic) || !strings.Contains(failure.Description, `Describe("") lists the topics`) ||
		strings.Contains(err.Error(), "NULL") {
		t.Errorf("%v", err)
	}
}
