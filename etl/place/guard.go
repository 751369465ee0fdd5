package place

import (
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// inner lists networks that are reached from inside alone and that package netip does not
// name, or that carry an address within an address.
func inner() []netip.Prefix {
	return []netip.Prefix{
		netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
		netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("64:ff9b::/96"),
		netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
	}
}

// isPrivate reports whether an address is not one of the public network.
func isPrivate(address netip.Addr) bool {
	address = address.Unmap()
	if !address.IsGlobalUnicast() || address.IsPrivate() {
		return true
	}
	for _, network := range inner() {
		if network.Contains(address) {
			return true
		}
	}
	return false
}

// dialer makes connections. It looks at the address that is dialled, after names were
// resolved, so that no name can stand for an address that must not be asked.
func (v *visit) dialer() *net.Dialer {
	d := &net.Dialer{Timeout: 30 * time.Second}
	if v.limits.Private {
		return d
	}
	d.Control = func(_, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || v.IsPrivate(at.Addr()) {
			return &number.Error{
				Code: Forbidden, Message: number.Say("%s is an address of a private network or of this machine", address),
				Hint: number.Say("where that is meant, give the place `allow: private-addresses`"),
			}
		}
		return nil
	}
	return d
}

// transport sends requests over such connections, and over no proxy: behind one nobody knows
// which address is asked.
func (v *visit) transport() *http.Transport {
	return &http.Transport{
		DialContext: v.dialer().DialContext, TLSHandshakeTimeout: 30 * time.Second, ForceAttemptHTTP2: true,
		DisableCompression: true, // so that lengths are those of the file
		DisableKeepAlives:  true, // one file is fetched, and then nothing for a day
	}
}
