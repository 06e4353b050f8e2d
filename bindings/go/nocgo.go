//go:build !cgo

package captask

// The compiler shows this name where cgo is off: the C library cannot be called without it.
var _ = captask_needs_cgo_set_CGO_ENABLED_1
