//go:build !captask_static

package captask

// #cgo pkg-config: captask
import "C"
