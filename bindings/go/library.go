package captask

// #include <captask.h>
import "C"

import (
	"bytes"
	"encoding/json"
	"unsafe"
)

// text is NUL-terminated, for a C function that borrows it for the call. The caller has made sure that there is no
// other NUL in it.
type text []byte

// textOf returns a Go string as a C text; ok is false for one that a C text cannot hold.
func textOf(s string) (t text, ok bool) {
	if bytes.IndexByte([]byte(s), 0) >= 0 {
		return nil, false
	}
	return append([]byte(s), 0), true
}

func (t text) pointer() *C.char {
	return (*C.char)(unsafe.Pointer(unsafe.SliceData(t)))
}

// take copies a text that the library returned, and releases it.
func take(pointer *C.char) string {
	s := C.GoString(pointer)
	C.captask_free(pointer)
	return s
}

// encode returns v as JSON. Unlike json.Marshal it leaves <, > and & as they are.
func encode(v any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(buffer.Bytes(), []byte("\n")), nil
}

// Version returns the version of the C library that is loaded, as in "0.2.0".
func Version() string {
	return C.GoString(C.captask_version())
}

func openClient(config text) (int32, string) {
	var problem *C.char
	handle := C.captask_open(config.pointer(), &problem)
	if handle == 0 {
		return 0, take(problem)
	}
	return int32(handle), ""
}

func openSandbox(config text) (int32, string) {
	var problem *C.char
	handle := C.captask_sandbox_open(config.pointer(), &problem)
	if handle == 0 {
		return 0, take(problem)
	}
	return int32(handle), ""
}

func submit(handle int32, request text) (int64, string) {
	var problem *C.char
	ticket := C.captask_submit(C.int32_t(handle), request.pointer(), &problem)
	if ticket == 0 {
		return 0, take(problem)
	}
	return int64(ticket), ""
}

// receive waits until an answer is there or the wait is woken; number is 0 for an error of the call itself.
func receive(handle int32) (number int64, answer string, woken bool) {
	var ticket C.int64_t
	pointer := C.captask_receive_ticket(C.int32_t(handle), -1, &ticket)
	if pointer == nil {
		return 0, "", true
	}
	return int64(ticket), take(pointer), false
}

func cancel(handle int32, ticket int64) bool {
	return C.captask_cancel(C.int32_t(handle), C.int64_t(ticket)) == 1
}

func stopClient(handle int32) { C.captask_stop(C.int32_t(handle)) }

func wakeClient(handle int32) { C.captask_wake(C.int32_t(handle)) }

func closeHandle(handle int32) { C.captask_close(C.int32_t(handle)) }

func inspect(handle int32) string { return take(C.captask_inspect(C.int32_t(handle))) }

func createTask(handle int32, request text) string {
	return take(C.captask_create_task(C.int32_t(handle), request.pointer()))
}

func getTaskResult(handle int32, request text) string {
	return take(C.captask_get_task_result(C.int32_t(handle), request.pointer()))
}

func getBalance(handle int32) string { return take(C.captask_get_balance(C.int32_t(handle))) }

func getUserAgent(handle int32) string { return take(C.captask_get_user_agent(C.int32_t(handle))) }

func reportIncorrect(handle int32, request text) string {
	return take(C.captask_report_incorrect(C.int32_t(handle), request.pointer()))
}

func callMethod(handle int32, method, request text) string {
	return take(C.captask_call(C.int32_t(handle), method.pointer(), request.pointer()))
}

func check(request text) string { return take(C.captask_check(request.pointer())) }

func describe(topic text) string { return take(C.captask_describe(topic.pointer())) }

func pick(document, pointer text) (string, bool) {
	value := C.captask_pick(document.pointer(), pointer.pointer())
	if value == nil {
		return "", false
	}
	return take(value), true
}
