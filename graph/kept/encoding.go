package kept

import (
	"bytes"
	"cmp"
	"mime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	// smallest is the shortest answer that is compressed: one packet holds it anyway.
	smallest = 1400
	// gain is by how much it must get shorter, or it is sent as it is: so all forms of an
	// answer never take more than twice its length.
	gain = 2
)

// packed is a compressed form of an answer, made when it is first asked for.
type packed struct {
	making sync.Mutex
	bytes  atomic.Pointer[[]byte] // of no length where it is no gain
}

// of returns the compressed form of a body; nil where it is no gain, or another caller makes
// it at this moment.
func (p *packed) of(body []byte, compress func([]byte) []byte) []byte {
	if made := p.bytes.Load(); made != nil {
		return *made
	}
	if !p.making.TryLock() {
		return nil
	}
	defer p.making.Unlock()
	if p.bytes.Load() == nil {
		made := compress(body)
		if len(made) > len(body)/gain {
			made = nil
		}
		made = bytes.Clone(made)
		p.bytes.Store(&made)
	}
	return *p.bytes.Load()
}

func gzipped(body []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	_, err := w.Write(body)
	if err != nil || w.Close() != nil {
		return body // no gain: it is sent as it is
	}
	return out.Bytes()
}

func zstandard(body []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20))
	if err != nil {
		return body
	}
	defer w.Close()
	return w.EncodeAll(body, nil)
}

// accepted is the encoding that a caller would like best of those that we have, the shorter
// one where it likes both the same; "" for none.
func accepted(accept []string) string {
	zstd, gzip := Weight(accept, "zstd"), Weight(accept, "gzip")
	switch {
	case zstd > 0 && zstd >= gzip:
		return "zstd"
	case gzip > 0:
		return "gzip"
	}
	return ""
}

// Weight is how much a caller would like what it names in a header such as Accept or
// Accept-Encoding, from 0 to 1. What it takes by a wildcard is not named.
func Weight(accepts []string, name string) float64 {
	for _, accept := range accepts {
		for part := range strings.SplitSeq(accept, ",") {
			named, attributes, err := mime.ParseMediaType(part)
			if err != nil || named != name {
				continue
			}
			weight, err := strconv.ParseFloat(cmp.Or(attributes["q"], "1"), 64)
			if err != nil {
				continue
			}
			return weight
		}
	}
	return 0
}
