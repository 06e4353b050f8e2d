package captask

// #include <stdlib.h>
// #include "log.h"
import "C"

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"
)

// LevelTrace is the level of the most detailed log lines, below slog.LevelDebug.
const LevelTrace = slog.LevelDebug - 4

var (
	current atomic.Pointer[slog.Logger] // what SetLogger was given last
	setting sync.Mutex                  // held by SetLogger
	copying chan struct{}               // closed when the goroutine of SetLogger has ended; nil when there is none
)

// SetLogger sends the library's log lines, from level on, to a logger; nil ends it. It holds for the process. No key,
// password or cookie is in a line.
//
// Lines cross from the library's threads to one goroutine, which calls the logger, so a handler may take its time. Lines
// for which there is no more room are counted in a warning. SetLogger waits up to a second until the logger before has
// got its last lines; a handler must not call it.
//
// The few lines of this package itself go to the logger too, without one to slog.Default().
func SetLogger(logger *slog.Logger, level slog.Level) {
	setting.Lock()
	defer setting.Unlock()
	if copying != nil {
		C.captaskgo_log_end()
		select {
		case <-copying:
		case <-time.After(time.Second):
		}
		copying = nil
	}
	current.Store(logger)
	if logger == nil {
		return
	}
	copying = make(chan struct{})
	go copyLines(logger, C.captaskgo_log_start(C.int32_t(detailOf(level))), copying)
}

func logger() *slog.Logger {
	if set := current.Load(); set != nil {
		return set
	}
	return slog.Default()
}

// shown returns what of an answer without a reader goes into the log: its errorCode and its taskId, which [Adopt] takes.
// The rest may have cookies and tokens.
func shown(raw string) []slog.Attr {
	answer, err := read(raw)
	var attributes []slog.Attr
	var failure *Error
	if errors.As(err, &failure) {
		attributes = append(attributes, slog.String("errorCode", string(failure.Code)))
		answer = &Answer{TaskID: failure.TaskID}
	}
	if !answer.TaskID.IsZero() {
		attributes = append(attributes, slog.String("taskId", answer.TaskID.String()))
	}
	return attributes
}

func copyLines(to *slog.Logger, reader C.uint64_t, ended chan<- struct{}) {
	defer close(ended)
	for {
		var dropped C.uint64_t
		line := C.captaskgo_log_next(reader, &dropped)
		if dropped > 0 {
			to.Warn("captask: log lines had no room and were dropped", slog.Uint64("lines", uint64(dropped)))
		}
		if line == nil {
			return
		}
		level := levelOf(int(line.level))
		text := C.GoString(line.text)
		C.free(unsafe.Pointer(line))
		to.Log(context.Background(), level, text)
	}
}

// detailOf returns the library's number of a level.
func detailOf(level slog.Level) int {
	switch {
	case level > slog.LevelWarn:
		return 1
	case level > slog.LevelInfo:
		return 2
	case level > slog.LevelDebug:
		return 3
	case level > LevelTrace:
		return 4
	default:
		return 5
	}
}

func levelOf(detail int) slog.Level {
	switch detail {
	case 1:
		return slog.LevelError
	case 2:
		return slog.LevelWarn
	case 3:
		return slog.LevelInfo
	case 4:
		return slog.LevelDebug
	default:
		return LevelTrace
	}
}
