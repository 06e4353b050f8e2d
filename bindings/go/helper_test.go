package captask_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	captask "github.com/captask/captask/bindings/go"
	"github.com/captask/captask/bindings/go/tasks"
)

// patience bounds what a test waits for; it is reached only where something is wrong.
const patience = 60 * time.Second

// inChild names the function that a child process runs in the place of the tests.
const inChild = "CAPTASK_GO_TEST_CHILD"

var children = map[string]func(){}

func TestMain(m *testing.M) {
	if name := os.Getenv(inChild); name != "" {
		children[name]()
		return
	}
	// Tests give up calls and leave loops; what is logged then is the subject of few of them.
	slog.SetDefault(slog.New(slog.DiscardHandler))
	os.Exit(m.Run())
}

// child runs one of children in a process of its own, and returns its output. It is killed after the test's patience.
func child(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	command := exec.Command(os.Args[0], arguments...)
	command.Env = append(os.Environ(), inChild+"="+name)
	timer := time.AfterFunc(patience, func() { _ = command.Process.Kill() })
	defer timer.Stop()
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("the child %s: %v\n%s", name, err, output)
	}
	return string(output)
}

var turnstile = tasks.Turnstile{WebsiteURL: "https://example.com", WebsiteKey: "KEY"}

// fast polls at once and often. The Timeout is short, since the library stretches the interval to reach it with 120 polls.
func fast() captask.Config {
	return captask.Config{Poll: captask.ConfigPoll{
		First:    captask.Ptr(5 * time.Millisecond),
		Interval: 5 * time.Millisecond,
		Timeout:  20 * time.Second,
	}}
}

// open opens a sandbox and a client of it; both are closed at the end of the test.
func open(t testing.TB, sandboxConfig map[string]any, config captask.Config) (*captask.Client, *captask.Sandbox) {
	t.Helper()
	sandbox, err := captask.OpenSandbox(sandboxConfig)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sandbox.Close() })
	client, err := sandbox.Client(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client, sandbox
}

// failureOf returns the *captask.Error of an error.
func failureOf(t testing.TB, err error) *captask.Error {
	t.Helper()
	var failure *captask.Error
	if !errors.As(err, &failure) {
		t.Fatalf("no *captask.Error but %v", err)
	}
	return failure
}

// counter returns a number that the sandbox or the client counts.
func counter(t testing.TB, inspect func() (*captask.Answer, error), pointer string) int {
	t.Helper()
	answer, err := inspect()
	if err != nil {
		t.Fatal(err)
	}
	text, there := answer.Pick(pointer)
	if !there {
		return 0
	}
	var number int
	if err := json.Unmarshal([]byte(text), &number); err != nil {
		t.Fatal(err)
	}
	return number
}

// until asks again and again until a counter has reached a number.
func until(t testing.TB, inspect func() (*captask.Answer, error), pointer string, wanted int) {
	t.Helper()
	end := time.Now().Add(patience)
	for counter(t, inspect, pointer) < wanted {
		if time.Now().After(end) {
			t.Fatalf("%s does not reach %d", pointer, wanted)
		}
		time.Sleep(time.Millisecond)
	}
}

// threads returns how many threads the process has.
func threads(t testing.TB) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("skipped: counting threads needs /proc:", err)
	}
	for line := range strings.Lines(string(status)) {
		if count, found := strings.CutPrefix(line, "Threads:"); found {
			var number int
			if err := json.Unmarshal([]byte(strings.TrimSpace(count)), &number); err != nil {
				t.Fatal(err)
			}
			return number
		}
	}
	t.Fatal("/proc/self/status has no Threads")
	return 0
}
