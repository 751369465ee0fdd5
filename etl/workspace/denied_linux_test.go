package workspace_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// What the user of the service may not read is told as that, with the user's name: the
// directory, and a file in it.
func TestDenied(t *testing.T) {
	for _, closed := range []string{".", "niengiam.yaml", "units.csv"} {
		dir := whole(t)
		path := filepath.Join(dir, closed)
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.Chmod(path, 0o700) }) // or the directory cannot be removed
		err := withoutPrivilege(t, func() error {
			_, err := workspace.Read(dir, nil)
			return err
		})
		if number.CodeOf(err) != workspace.FileDenied || !strings.Contains(err.Error(), "may not be read by this user (") {
			t.Errorf("%s that may not be read: %v", closed, err)
		}
	}
}

// withoutPrivilege calls f on a thread to which the modes of files apply, even where the
// tests run as root. The thread ends with it.
func withoutPrivilege(t *testing.T, f func() error) error {
	t.Helper()
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked
		var sets [2]unix.CapUserData
		header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
		if err := unix.Capget(&header, &sets[0]); err != nil {
			done <- err
			return
		}
		sets[0].Effective &^= 1<<unix.CAP_DAC_OVERRIDE | 1<<unix.CAP_DAC_READ_SEARCH
		if err := unix.Capset(&header, &sets[0]); err != nil {
			done <- err
			return
		}
		done <- f()
	}()
	return <-done
}
