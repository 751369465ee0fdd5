package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
)

// stateMemory remembers what the last catalogue was hashed to.
type stateMemory struct{ last atomic.Pointer[state] }

// state is a catalogue and the hash of all that it tells anybody: definitions and
// releases. Answers to one question differ only where it does. What may be withheld, the
// checksums of files and the values that came with a release, is left out: a hash of it would let one
// try numbers until it agrees.
type state struct {
	catalogue *catalogue.Calendar
	hash      string
}

func (m *stateMemory) of(catalogue *catalogue.Calendar) string {
	if known := m.last.Load(); known != nil && known.catalogue == catalogue {
		return known.hash
	}
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	if encoder.Encode(catalogue.Definitions) != nil || encoder.Encode(told(catalogue.Holdings)) != nil {
		return "" // of what has no JSON there is no ETag that would say anything; there is none today
	}
	m.last.Store(&state{catalogue, hex.EncodeToString(hash.Sum(nil))})
	return m.last.Load().hash
}

// told is what holdings tell to everybody, and what names the data: a release never changes.
func told(h ledger.Holdings) ledger.Holdings {
	h.Releases, h.Findings, h.Mended, h.Breaks = slices.Clone(h.Releases), nil, nil, nil // all of them came with a release
	for i, release := range h.Releases {
		own := *release
		own.Files = nil
		h.Releases[i] = &own
	}
	return h
}

// etag is a strong one of all that a file depends on.
func etag(parts ...string) string {
	hash := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(hash, "%d:%s\n", len(part), part)
	}
	return `"` + hex.EncodeToString(hash.Sum(nil)[:16]) + `"`
}
