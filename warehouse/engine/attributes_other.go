//go:build !darwin && !linux

package engine

import "syscall"

// attributes are never used here: openTerminal refuses first.
func attributes() *syscall.SysProcAttr { return nil }
