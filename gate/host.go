package gate

import (
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// hosts are the names under which the program may be asked. A name that is not among them
// may be one that a foreign page has pointed at this machine (DNS rebinding); an address in
// digits cannot be.
type hosts struct {
	names map[string]bool
	any   bool // any address in digits: all addresses of the machine are listened on
}

func newHosts(address net.Addr, names []string) hosts {
	h := hosts{names: map[string]bool{"localhost": true}}
	for _, name := range names {
		h.names[strings.ToLower(strings.TrimSuffix(name, "."))] = true
	}
	if tcp, ok := address.(*net.TCPAddr); ok {
		at := tcp.AddrPort().Addr().Unmap()
		h.any = at.IsUnspecified()
		h.names[at.String()] = true
	}
	return h
}

// allow reports whether a request may name a host, with or without a port.
func (h hosts) allow(host string) bool {
	name := host
	if without, _, err := net.SplitHostPort(host); err == nil {
		name = without
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	if at, err := netip.ParseAddr(name); err == nil {
		at = at.Unmap()
		return h.any || at.IsLoopback() || h.names[at.String()]
	}
	return h.names[name]
}

// refuse answers as the API does, whatever was asked for, and says so in the log.
func (g *Gate) refuse(w http.ResponseWriter, r *http.Request, status int, fault *number.Error) {
	g.Logger.WarnContext(r.Context(), "a request was refused", "code", fault.Code, "host", r.Host, "origin", r.Header.Get("Origin"), "method", r.Method, "path", r.URL.Path)
	vi := map[string]string{}
	vi["message"], vi["hint"] = fault.In(number.Vietnamese)
	message, hint := fault.In(number.English)
	body, err := json.Marshal(map[string]any{"errors": []any{map[string]any{
		"message": message, "extensions": map[string]any{"code": fault.Code, "hint": hint, "vi": vi},
	}}})
	if err != nil {
		body = []byte(`{"errors":[]}`)
	}
	header := w.Header()
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a caller that has gone is no fault of ours
}
