package place

import (
	"io/fs"
	"net/netip"
	"syscall"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

func TestAddressesOfPrivateNetworks(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"127.0.0.1": true, "127.8.9.1": true, "::1": true, "0.0.0.0": true, "::": true, "10.1.2.3": true, "172.16.0.1": true, "172.32.0.1": false,
		"192.168.1.1": true, "169.254.169.254": true, "fe80::1": true, "fc00::1": true, "100.64.0.1": true, "100.128.0.1": false, "224.0.0.1": true, "ff02::1": true,
		"255.255.255.255": true, "240.0.0.1": true, "198.18.0.1": true, "::ffff:127.0.0.1": true, "::ffff:10.0.0.1": true, "64:ff9b::7f00:1": true, "2002:7f00:1::": true,
		"fec0::1": true, "192.0.0.1": true, "0.1.2.3": true, "8.8.8.8": false, "113.160.1.1": false, "2405:4800::1": false, "::ffff:8.8.8.8": false,
	} {
		if got := isPrivate(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is private: %v, want %v", address, got, want)
		}
	}
}

func TestFullDiskHasItsCode(t *testing.T) {
	t.Parallel()
	for cause, want := range map[error]number.Code{syscall.ENOSPC: DiskFull, syscall.EIO: NotKept, syscall.EACCES: NotKept} {
		if got := notKept("snapshots", &fs.PathError{Op: "write", Path: "x", Err: cause}); got.Code != want || got.Where != "snapshots" {
			t.Errorf("%v is %v (%s), want %s", cause, got, got.Code, want)
		}
	}
}
