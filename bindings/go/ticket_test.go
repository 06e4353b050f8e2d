package captask_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	captask "github.com/captask/captask/bindings/go"
)

func TestTicketIsReadAnyNumberOfTimes(t *testing.T) {
	t.Parallel()
	client, _ := open(t, map[string]any{"solveMs": 0}, fast())
	ticket, err := client.Submit(turnstile)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Add(1)
		go func() {
			defer group.Done()
			answer, err := ticket.Wait(t.Context())
			if err != nil || answer.Ticket != ticket.Number() {
				t.Errorf("%v, %v", answer, err)
			}
		}()
	}
	group.Wait()
	<-ticket.Done()
	if ticket.Cancel() {
		t.Error("an answered ticket is cancelled")
	}
}

func TestWaitLeavesTheTaskAlone(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 60000}, fast())
	ticket, err := client.Submit(turnstile)
	if err != nil {
		t.Fatal(err)
	}
	ended, stop := context.WithCancelCause(t.Context())
	reason := errors.New("enough")
	stop(reason)
	if _, err := ticket.Wait(ended); !errors.Is(err, reason) {
		t.Errorf("%v", err)
	}
	until(t, sandbox.Inspect, "/requests/getTaskResult", 1)
	if !ticket.Cancel() {
		t.Error("there was nothing to cancel")
	}
	_, err = ticket.Wait(t.Context())
	if failure := failureOf(t, err); failure.Code != captask.ErrCancelled || failure.Bought() != captask.BoughtYes {
		t.Errorf("%v", err)
	}
}

func TestFullQueueIsRefused(t *testing.T) {
	t.Parallel()
	config := fast()
	config.MaxInFlight = 1
	client, _ := open(t, map[string]any{"solveMs": 60000}, config)
	if _, err := client.Submit(turnstile); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Submit(turnstile); !errors.Is(err, captask.ErrQueueFull) {
		t.Errorf("%v", err)
	}
}

func TestCloseAnswersWhatIsInFlight(t *testing.T) {
	t.Parallel()
	client, sandbox := open(t, map[string]any{"solveMs": 60000}, fast())
	var tickets []*captask.Ticket
	for range 50 {
		ticket, err := client.Submit(turnstile)
		if err != nil {
			t.Fatal(err)
		}
		tickets = append(tickets, ticket)
	}
	until(t, sandbox.Inspect, "/requests/createTask", len(tickets))
	until(t, client.Inspect, "/created", len(tickets))
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			if err := client.Close(); err != nil {
				t.Error(err)
			}
		}()
	}
	group.Wait()
	seen := map[captask.TaskID]bool{}
	for _, ticket := range tickets {
		_, err := ticket.Wait(t.Context())
		failure := failureOf(t, err)
		if failure.Code != captask.ErrClosed || failure.Bought() != captask.BoughtYes {
			t.Errorf("%v", err)
		}
		seen[failure.TaskID] = true
	}
	if len(seen) != len(tickets) {
		t.Errorf("%d taskIds of %d tasks", len(seen), len(tickets))
	}
	if _, err := client.Submit(turnstile); !errors.Is(err, captask.ErrClosed) {
		t.Errorf("%v", err)
	}
	if _, err := client.Receive(t.Context()); !errors.Is(err, captask.ErrClosed) {
		t.Errorf("%v", err)
	}
}

func TestJournalKeepsTasksOverAClose(t *testing.T) {
	t.Parallel()
	config := fast()
	config.Journal = filepath.Join(t.TempDir(), "journal")
	first, sandbox := open(t, map[string]any{"solveMs": 300}, config)
	const count = 5
	for row := range count {
		if _, err := first.Submit(turnstile, captask.WithExtra(row)); err != nil {
			t.Fatal(err)
		}
	}
	until(t, first.Inspect, "/created", count)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second, err := sandbox.Client(config)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = second.Close() }()
	soon, end := context.WithTimeout(t.Context(), patience)
	defer end()
	var lock sync.Mutex
	rows := map[string]bool{}
	var group sync.WaitGroup
	for range count {
		group.Add(1)
		go func() {
			defer group.Done()
			answer, err := second.Receive(soon)
			if err != nil {
				t.Error(err)
				return
			}
			lock.Lock()
			defer lock.Unlock()
			rows[string(answer.Extra)] = true
		}()
	}
	group.Wait()
	if len(rows) != count {
		t.Errorf("rows %v", rows)
	}
	if created := counter(t, sandbox.Inspect, "/requests/createTask"); created != count {
		t.Errorf("%d were bought", created)
	}
	short, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if _, err := second.Receive(short); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestJournalTicketsEndAtAClose(t *testing.T) {
	t.Parallel()
	config := fast()
	config.Journal = filepath.Join(t.TempDir(), "journal")
	client, _ := open(t, map[string]any{"solveMs": 60000}, config)
	ticket, err := client.Submit(turnstile)
	if err != nil {
		t.Fatal(err)
	}
	if err := client.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := ticket.Wait(t.Context()); !errors.Is(err, captask.ErrClosed) {
		t.Errorf("%v", err)
	}
}
