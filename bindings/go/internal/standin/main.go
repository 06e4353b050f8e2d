// Command standin runs a sandbox for the measurements, which are of another process, and prints its URL.
//
// Usage: standin SOLVE_MS. It ends when its standard input does.
package main

import (
	"fmt"
	"io"
	"os"
	"strconv"

	captask "github.com/captask/captask/bindings/go"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(1)
	}
}

func run() error {
	if len(os.Args) != 2 {
		return fmt.Errorf("usage: standin SOLVE_MS")
	}
	solveMs, err := strconv.Atoi(os.Args[1])
	if err != nil {
		return err
	}
	sandbox, err := captask.OpenSandbox(map[string]any{"solveMs": solveMs})
	if err != nil {
		return err
	}
	fmt.Println(sandbox.URL())
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return sandbox.Close()
}
