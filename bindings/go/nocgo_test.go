package captask_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

func TestABuildWithoutCgoSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	command := exec.CommandContext(t.Context(), "go", "build", "-buildvcs=false", ".")
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	output, err := command.CombinedOutput()
	if err == nil {
		t.Fatal("it is built without cgo")
	}
	// The first line names the package.
	errors := strings.Split(strings.TrimSpace(string(output)), "\n")[1:]
	if len(errors) != 1 || !strings.Contains(errors[0], "undefined: captask_needs_cgo_set_CGO_ENABLED_1") {
		t.Errorf("%s", output)
	}
}
