package captask_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	captask "github.com/captask/captask/bindings/go"
	"github.com/captask/captask/bindings/go/tasks"
)

func ExampleClient_Solve() {
	client, err := captask.Open(captask.Config{Endpoint: "sandbox:"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = client.Close() }()

	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute)
	defer stop()
	answer, err := client.Solve(ctx, tasks.Turnstile{WebsiteURL: "https://example.com", WebsiteKey: "KEY"})
	var failure *captask.Error
	switch {
	case errors.Is(err, captask.ErrZeroBalance):
		fmt.Println("the account is empty")
	case errors.As(err, &failure) && failure.RetryScope == "new_task":
		fmt.Println("this task is over, a new one may be solved:", failure.TaskID)
	case failure != nil && failure.Bought() == captask.BoughtYes && strings.HasPrefix(string(failure.Code), "CAPTASK_"):
		fmt.Println("paid for, to be adopted later:", failure.TaskID)
	case err != nil:
		fmt.Println(err)
	default:
		token, _ := answer.Pick("/solution/token")
		fmt.Println(token)
	}
	// Output: sandbox-token
}

func ExampleSolveMany() {
	client, err := captask.Open(captask.Config{Endpoint: "sandbox:"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer func() { _ = client.Close() }()

	list := slices.Repeat([]tasks.Turnstile{{WebsiteURL: "https://example.com", WebsiteKey: "KEY"}}, 3)
	solved := 0
	for result := range captask.SolveMany(context.Background(), client, slices.Values(list)) {
		if result.Err != nil {
			fmt.Println(result.Index, result.Err)
			continue
		}
		solved++
	}
	fmt.Println(solved)
	// Output: 3
}
