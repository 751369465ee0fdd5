package format

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/stats/number"
)

// partBytes is about how many bytes of a text are in memory at once, unless a row has more.
const partBytes = 64 << 10

// parts gives a text in parts, one after the other, each decoded. A part ends where a line does,
// but one of a line that is longer than it. Close it.
type parts struct {
	name     string
	encoding string
	from     io.ReadCloser
	kept     []byte // what was read and not given
	given    given
	begun    bool
	ended    bool
}

// given is what of a text was given: whole lines, and bytes behind them.
type given struct{ lines, bytes int }

// parts begins to give the file.
func (f File) parts(encoding string) (*parts, error) {
	from, err := f.open()
	if err != nil {
		return nil, err
	}
	return &parts{name: f.Name, encoding: encoding, from: from}, nil
}

func (p *parts) close() { _ = p.from.Close() } // it was only read

// next gives the next part, of at least one byte and about so many; "" behind the last.
func (p *parts) next(size int) (string, error) {
	for !p.ended {
		raw := make([]byte, len(p.kept)+size)
		n, err := io.ReadFull(p.from, raw[copy(raw, p.kept):])
		raw = raw[:len(p.kept)+n]
		end := len(raw)
		switch {
		case err == nil:
			end = p.cut(raw)
		case number.CodeOf(err) == "" && (errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)):
			p.ended = true
		default:
			return "", unread(p.name, err)
		}
		if p.kept = raw[end:]; end == 0 {
			size = len(raw) + partBytes
			continue
		}
		text, err := decodeBehind(p.name, raw[:end], p.encoding, p.given, !p.begun)
		if err != nil {
			return "", err
		}
		p.begun = true
		if lines := bytes.Count(raw[:end], []byte("\n")); lines > 0 {
			p.given = given{p.given.lines + lines, end - 1 - bytes.LastIndexByte(raw[:end], '\n')}
		} else {
			p.given.bytes += end
		}
		if text != "" { // or it was nothing but a byte order mark
			return text, nil
		}
	}
	return "", nil
}

// cut is where a part of bytes ends: behind the last line, or where no sign is parted from what
// belongs to it. UTF-16, whose signs have two bytes, is read to its end.
func (p *parts) cut(raw []byte) int {
	if strings.HasPrefix(p.encoding, "utf-16") {
		return 0
	}
	if end := bytes.LastIndexByte(raw, '\n') + 1; end > 0 {
		return end
	}
	end := len(raw) - 1
	for end > 0 && raw[end] >= utf8.RuneSelf { // nothing of ASCII belongs to what stands before it
		end--
	}
	if end == 0 {
		for end = len(raw) - 1; end > 0 && !utf8.RuneStart(raw[end]); {
			end--
		}
	}
	return end
}
