package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"
)

// The rights that a rule may give on a file or a folder.
const (
	readRights = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE | unix.LANDLOCK_ACCESS_FS_READ_DIR
	fileRights = unix.LANDLOCK_ACCESS_FS_EXECUTE | unix.LANDLOCK_ACCESS_FS_READ_FILE |
		unix.LANDLOCK_ACCESS_FS_WRITE_FILE | unix.LANDLOCK_ACCESS_FS_TRUNCATE
	// Everything up to version 3 of the interface; terminals stay as they are.
	allRights = unix.LANDLOCK_ACCESS_FS_TRUNCATE<<1 - 1
)

// confinable reports whether this kernel can confine a process the way we need:
// version 2 of Landlock (Linux 5.19), the first that allows a rename from one
// folder to another.
func confinable() bool { return landlockVersion() >= 2 }

func landlockVersion() int {
	version, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION)
	if errno != 0 {
		return 0
	}
	return int(version)
}

// confine runs this program anew, as the same process and with args, in a state
// in which it can reach no file but the engine's own and those that every
// program reads, and can make no TCP connection. The function file() of
// ClickHouse, which no grant governs, then reads nothing that matters; url()
// and remote() reach nothing. It returns only with an error.
func confine(dir, library string, args []string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// Landlock binds a thread and what comes of it, hence the lock and the exec.
	runtime.LockOSThread()
	ruleset, rights, err := newRuleset(landlockVersion())
	if err != nil {
		return err
	}
	defer unix.Close(ruleset)
	for _, grant := range []struct {
		access uint64
		paths  []string
	}{
		{allRights, writable(dir)},
		{readRights, readable(dir, library, self)},
		{fileRights | readRights, []string{"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/pts", "/dev/shm"}},
	} {
		for _, path := range grant.paths {
			if err := allow(ruleset, path, grant.access&rights); err != nil {
				return fmt.Errorf("confine %s: %w", path, err)
			}
		}
	}
	if err := allowKeeper(ruleset, dir); err != nil {
		return fmt.Errorf("confine: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if _, _, errno := unix.Syscall(unix.SYS_LANDLOCK_RESTRICT_SELF, uintptr(ruleset), 0, 0); errno != 0 {
		return errno
	}
	return unix.Exec(self, append([]string{self}, args...), os.Environ())
}

// allowKeeper lets the engine connect to the port of the keeper that its configuration
// names, if any, and to no other.
func allowKeeper(ruleset int, dir string) error {
	content, err := os.ReadFile(filepath.Join(dir, configFile))
	if err != nil {
		return err
	}
	found := regexp.MustCompile(`<zookeeper>.*<port>(\d+)</port>`).FindSubmatch(content)
	if found == nil {
		return nil
	}
	port, err := strconv.ParseUint(string(found[1]), 10, 16)
	if err != nil {
		return err
	}
	rule := struct{ access, port uint64 }{unix.LANDLOCK_ACCESS_NET_CONNECT_TCP, port}
	const ofPort = 2 // LANDLOCK_RULE_NET_PORT
	if _, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(ruleset), ofPort, uintptr(unsafe.Pointer(&rule)), 0, 0, 0); errno != 0 {
		return errno
	}
	return nil
}

// writable lists what the engine may do everything with.
func writable(dir string) []string {
	var paths []string
	for _, sub := range []string{dataDir, tmpDir, userFilesDir, schemasDir} {
		paths = append(paths, filepath.Join(dir, sub))
	}
	return paths
}

// readable lists what the engine may read. engine.json, with the passwords, is
// not among it, nor is /proc as a whole: it shows the environment of every other
// process of this user. /proc/self is our own pid, which the exec keeps.
func readable(dir, library, self string) []string {
	paths := []string{
		self, library, filepath.Join(dir, configFile), filepath.Join(dir, usersFile),
		"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/nix/store", "/usr/share/zoneinfo",
		"/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
		"/etc/hosts", "/etc/host.conf", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
		"/proc/self", "/proc/sys", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/vmstat", "/proc/loadavg",
		"/proc/uptime", "/proc/diskstats", "/proc/filesystems", "/proc/cgroups", "/proc/pressure", "/sys",
	}
	return append(paths, filepath.SplitList(os.Getenv("LD_LIBRARY_PATH"))...)
}

// newRuleset makes a set of rules that forbids everything so far, and gives the
// rights that it governs.
func newRuleset(version int) (ruleset int, rights uint64, err error) {
	rights = allRights
	if version < 3 {
		rights &^= unix.LANDLOCK_ACCESS_FS_TRUNCATE
	}
	attr := unix.LandlockRulesetAttr{Handled_access_fs: rights}
	if version >= 4 {
		attr.Handled_access_net = unix.LANDLOCK_ACCESS_NET_CONNECT_TCP
	}
	fd, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, uintptr(unsafe.Pointer(&attr)), unsafe.Sizeof(attr), 0)
	if errno != 0 {
		return 0, 0, errno
	}
	return int(fd), rights, nil
}

// allow adds a rule; a path that does not exist on this machine needs none.
func allow(ruleset int, path string, access uint64) error {
	fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	var stat unix.Stat_t
	if err := unix.Fstat(fd, &stat); err != nil {
		return err
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFDIR {
		access &= fileRights
	}
	rule := unix.LandlockPathBeneathAttr{Allowed_access: access, Parent_fd: int32(fd)}
	_, _, errno := unix.Syscall6(unix.SYS_LANDLOCK_ADD_RULE, uintptr(ruleset), unix.LANDLOCK_RULE_PATH_BENEATH, uintptr(unsafe.Pointer(&rule)), 0, 0, 0)
	if errno != 0 {
		return errno
	}
	return nil
}
