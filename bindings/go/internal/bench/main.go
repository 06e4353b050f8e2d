// Command bench measures how this module solves many tasks at once.
//
// Usage: bench URL COUNT, with the URL of a sandbox in another process.
package main

import (
	"context"

	captask "github.com/captask/captask/bindings/go"
	"github.com/captask/captask/bindings/go/internal/measure"
	"github.com/captask/captask/bindings/go/tasks"
)

func main() {
	measure.Main(func(url string) (func() error, error) {
		client, err := captask.Open(captask.Config{Endpoint: url, ClientKey: "bench"})
		if err != nil {
			return nil, err
		}
		task := tasks.RecaptchaV2{WebsiteURL: "https://example.com", WebsiteKey: "made-up-site-key"}
		return func() error {
			_, _, err := captask.SolveTyped(context.Background(), client, task)
			return err
		}, nil
	})
}
