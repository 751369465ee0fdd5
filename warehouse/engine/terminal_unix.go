//go:build darwin || linux

package engine

import (
	"os"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// openTerminal opens a pseudo-terminal: ours is the end that we keep, theirs is
// the child's standard input. With a pipe there, a wrong password or a few bytes
// of garbage on the port would abort the engine (ClickHouse issue 115666).
func openTerminal() (ours, theirs *os.File, err error) {
	master, theirs, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer master.Close()
	// pty leaves its end in blocking mode, in which Close would wait for the
	// Read that drains it: take a duplicate that the poller looks after.
	fd, err := unix.FcntlInt(master.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		theirs.Close()
		return nil, nil, err
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		unix.Close(fd)
		theirs.Close()
		return nil, nil, err
	}
	return os.NewFile(uintptr(fd), "terminal"), theirs, nil
}
