package engine

import "syscall"

// attributes put the child in a session of its own, so that Ctrl-C does not
// reach it before us. There is no signal for the death of a parent here: the
// child ends because its terminal does.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true}
}
