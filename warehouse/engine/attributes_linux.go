package engine

import "syscall"

// attributes put the child in a session of its own, so that Ctrl-C does not
// reach it before us, and have the kernel kill it when the thread that started
// it ends: however we die, it dies too.
func attributes() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGKILL}
}
