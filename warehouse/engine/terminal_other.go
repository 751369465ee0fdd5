//go:build !darwin && !linux

package engine

import (
	"errors"
	"os"
)

// openTerminal says that there is no embedded engine for this platform.
func openTerminal() (ours, theirs *os.File, err error) {
	return nil, nil, errors.ErrUnsupported
}
