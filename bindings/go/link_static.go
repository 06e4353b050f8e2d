//go:build captask_static

package captask

// #cgo pkg-config: captask-static
import "C"
