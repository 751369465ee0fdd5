package kept

import (
	"bytes"
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
func accepted(header string) string {
	best, weight := "", 0.0
	for part := range strings.SplitSeq(header, ",") {
		name, parameters, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), ";")
		if name = strings.TrimSpace(name); name != "gzip" && name != "zstd" {
			continue
		}
		likes := 1.0
		if q, given := strings.CutPrefix(strings.TrimSpace(parameters), "q="); given {
			var err error
			if likes, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if likes > weight || likes == weight && likes > 0 && name == "zstd" {
			best, weight = name, likes
		}
	}
	return best
}
