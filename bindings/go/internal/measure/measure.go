// Package measure runs many solves at once and says what they cost the process. It knows no client.
package measure

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"
)

// tick is how often the timer goroutine wants to run.
const tick = time.Millisecond

// Figures are what a run cost.
type Figures struct {
	// Solved is how many solves succeeded, Failed how many did not, and Error why the first of these failed.
	Solved int    `json:"solved"`
	Failed int    `json:"failed"`
	Error  string `json:"error,omitzero"`

	// Seconds is the time from the first call to the last answer.
	Seconds float64 `json:"seconds"`

	// PeakMiB is the most memory that the process had, of which AtStartMiB was there before the first call.
	PeakMiB    float64 `json:"peakMiB"`
	AtStartMiB float64 `json:"atStartMiB"`

	// Threads is how many threads the process had at the end; Go ends none.
	Threads int `json:"threads"`

	// LongestPauseMs is by how much a goroutine that sleeps a millisecond at a time was late at most.
	LongestPauseMs float64 `json:"longestPauseMs"`
}

// Run calls solve count times, all at once, in a goroutine each.
func Run(count int, solve func() error) (Figures, error) {
	runtime.GC()
	before, err := status("VmRSS")
	if err != nil {
		return Figures{}, err
	}
	stop, longest := make(chan struct{}), make(chan time.Duration)
	go pauses(stop, longest)

	failures := make([]error, count)
	var group sync.WaitGroup
	start := time.Now()
	for i := range count {
		group.Add(1)
		go func() {
			defer group.Done()
			failures[i] = solve()
		}()
	}
	group.Wait()
	took := time.Since(start)
	close(stop)

	figures := Figures{
		Seconds: took.Seconds(), LongestPauseMs: float64((<-longest).Microseconds()) / 1000, AtStartMiB: before / 1024,
	}
	for _, failure := range failures {
		if failure == nil {
			figures.Solved++
			continue
		}
		if figures.Failed == 0 {
			figures.Error = failure.Error()
		}
		figures.Failed++
	}
	peak, err := status("VmHWM")
	if err != nil {
		return figures, err
	}
	threads, err := status("Threads")
	figures.PeakMiB, figures.Threads = peak/1024, int(threads)
	return figures, err
}

func pauses(stop <-chan struct{}, longest chan<- time.Duration) {
	var worst time.Duration
	for {
		select {
		case <-stop:
			longest <- worst
			return
		default:
		}
		before := time.Now()
		time.Sleep(tick)
		worst = max(worst, time.Since(before)-tick)
	}
}

// status returns a number of /proc/self/status; memory is in KiB there.
func status(name string) (float64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if value, found := strings.CutPrefix(line, name+":"); found {
			return strconv.ParseFloat(strings.Fields(value)[0], 64)
		}
	}
	return 0, fmt.Errorf("/proc/self/status has no %s", name)
}

// Main is the main function of a program that measures: URL COUNT are its arguments, and it prints the figures as JSON.
func Main(open func(url string) (solve func() error, err error)) {
	figures, err := func() (Figures, error) {
		if len(os.Args) != 3 {
			return Figures{}, fmt.Errorf("usage: %s URL COUNT", os.Args[0])
		}
		count, err := strconv.Atoi(os.Args[2])
		if err != nil {
			return Figures{}, err
		}
		solve, err := open(os.Args[1])
		if err != nil {
			return Figures{}, err
		}
		return Run(count, solve)
	}()
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(figures)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
