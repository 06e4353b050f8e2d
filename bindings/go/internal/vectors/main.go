// Command vectors runs the test vectors that all bindings share (tests/vectors) with this one.
//
// Usage: vectors FOLDER. It prints one line a vector, and exits with 1 if one failed. With CAPTASK_VECTORS_OUT set it
// writes go.json into that folder. The library is the one that the program was linked with.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: vectors FOLDER")
		os.Exit(2)
	}
	passed, err := runAll(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "vectors:", err)
		os.Exit(2)
	}
	if !passed {
		os.Exit(1)
	}
}

func runAll(folder string) (passed bool, err error) {
	vectors, err := load(folder)
	if err != nil {
		return false, err
	}
	for _, name := range []string{"CAPTASK_CLIENT_KEY", "CAPTASK_CATALOGUE"} {
		if err := os.Unsetenv(name); err != nil {
			return false, err
		}
	}
	passed = true
	results := map[string]string{}
	for _, vector := range vectors {
		results[vector.Name] = "ok"
		if err := vector.run(); err != nil {
			passed = false
			results[vector.Name] = err.Error()
			fmt.Printf("FAILED vectors go: %s: %v\n", vector.Name, err)
			continue
		}
		fmt.Printf("ok vectors go: %s\n", vector.Name)
	}
	out := os.Getenv("CAPTASK_VECTORS_OUT")
	if out == "" {
		return passed, nil
	}
	text, err := json.MarshalIndent(map[string]any{"language": "Go", "results": results}, "", " ")
	if err != nil {
		return passed, err
	}
	return passed, os.WriteFile(filepath.Join(out, "go.json"), append(text, '\n'), 0o644)
}
