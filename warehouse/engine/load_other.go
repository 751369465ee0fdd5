//go:build !darwin && !linux

package engine

import (
	"errors"
	"runtime"
)

// loadLibrary says that there is no embedded engine for this platform.
func loadLibrary(string) (func(argv []string) string, error) {
	return nil, errors.New("there is no embedded engine for " + runtime.GOOS)
}
