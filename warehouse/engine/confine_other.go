//go:build !linux

package engine

import "errors"

// confinable is false: only Linux can confine the child.
func confinable() bool { return false }

// confine is never called here.
func confine(string, string, []string) error { return errors.ErrUnsupported }
