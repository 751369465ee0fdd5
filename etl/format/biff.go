package format

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// The records of a workbook stream of BIFF8 that are read ([MS-XLS], 2.3).
const (
	biffFormula    = 0x0006
	biffEOF        = 0x000A
	biffDateMode   = 0x0022
	biffFilePass   = 0x002F
	biffFont       = 0x0031
	biffContinue   = 0x003C
	biffColInfo    = 0x007D
	biffBoundSheet = 0x0085
	biffMulRK      = 0x00BD
	biffRString    = 0x00D6
	biffXF         = 0x00E0
	biffMerged     = 0x00E5
	biffSST        = 0x00FC
	biffLabelSST   = 0x00FD
	biffNumber     = 0x0203
	biffLabel      = 0x0204
	biffBoolErr    = 0x0205
	biffString     = 0x0207
	biffRow        = 0x0208
	biffRK         = 0x027E
	biffFormat     = 0x041E
	biffBOF        = 0x0809
)

// biffRecord is a record: what it is and what it holds.
type biffRecord struct {
	kind uint16
	body []byte
	// next is where the record after it begins.
	next int
}

// biffStream is the stream of a workbook.
type biffStream []byte

// at gives the record that begins at a place; ok is false where none does.
func (s biffStream) at(place int) (r biffRecord, ok bool) {
	const head = 4
	if place < 0 || place > len(s)-head {
		return r, false
	}
	length := int(binary.LittleEndian.Uint16(s[place+2:]))
	r.kind, r.next = binary.LittleEndian.Uint16(s[place:]), place+head+length
	if r.next > len(s) {
		return r, false
	}
	r.body = s[place+head : r.next]
	return r, true
}

// pieces gives what a record holds and what the records hold that continue it.
func (s biffStream) pieces(r biffRecord) *biffPieces {
	p := &biffPieces{rest: r.body}
	for {
		next, ok := s.at(r.next)
		if !ok || next.kind != biffContinue {
			return p
		}
		p.more, r = append(p.more, next.body), next
	}
}

// biffPieces reads over the bounds of records.
type biffPieces struct {
	rest []byte
	more [][]byte
}

// skip goes to the next piece where this one is over.
func (p *biffPieces) skip() (moved bool) {
	for len(p.rest) == 0 && len(p.more) > 0 {
		p.rest, p.more, moved = p.more[0], p.more[1:], true
	}
	return moved
}

// bytes gives the next n; ok is false where there are not as many.
func (p *biffPieces) bytes(n int) (b []byte, ok bool) {
	p.skip()
	if n <= len(p.rest) {
		b, p.rest = p.rest[:n], p.rest[n:]
		return b, true
	}
	for n > 0 {
		if p.skip(); len(p.rest) == 0 {
			return b, false
		}
		take := min(n, len(p.rest))
		b, p.rest, n = append(b, p.rest[:take]...), p.rest[take:], n-take
	}
	return b, true
}

func (p *biffPieces) uint16() (n int, ok bool) {
	b, ok := p.bytes(2)
	if !ok {
		return 0, false
	}
	return int(binary.LittleEndian.Uint16(b)), true
}

// biffText is a text with the runs of its fonts: at which character each begins, and which
// font it is.
type biffText struct {
	units []uint16
	runs  [][2]int
}

// text reads a text whose count of characters stands before it, in two bytes or one.
func (p *biffPieces) text(short bool) (t biffText, ok bool) {
	var count int
	if short {
		b, found := p.bytes(1)
		if !found {
			return t, false
		}
		count = int(b[0])
	} else if count, ok = p.uint16(); !ok {
		return t, false
	}
	flags, ok := p.bytes(1)
	if !ok {
		return t, false
	}
	const isWide, isExtended, isRich = 1, 4, 8
	flag, runs, extended := flags[0], 0, 0
	if flag&isRich != 0 {
		if runs, ok = p.uint16(); !ok {
			return t, false
		}
	}
	if flag&isExtended != 0 {
		b, found := p.bytes(4)
		if !found {
			return t, false
		}
		extended = int(binary.LittleEndian.Uint32(b))
	}
	if t.units, ok = p.units(count, flag&isWide != 0); !ok {
		return t, false
	}
	for range runs {
		first, _ := p.uint16()
		font, found := p.uint16()
		if !found {
			return t, false
		}
		t.runs = append(t.runs, [2]int{first, font})
	}
	return t, p.pass(extended)
}

// pass leaves bytes out.
func (p *biffPieces) pass(n int) bool {
	for n > 0 {
		if p.skip(); len(p.rest) == 0 {
			return false
		}
		take := min(n, len(p.rest))
		p.rest, n = p.rest[take:], n-take
	}
	return true
}

// units reads characters. Where they go on in another record, its first byte says anew
// whether they have two bytes or one.
func (p *biffPieces) units(count int, isWide bool) ([]uint16, bool) {
	units := make([]uint16, 0, count)
	for len(units) < count {
		if p.skip() && len(p.rest) > 0 {
			isWide, p.rest = p.rest[0]&1 != 0, p.rest[1:]
		}
		size := 1
		if isWide {
			size = 2
		}
		take := min(count-len(units), len(p.rest)/size)
		if take == 0 && (len(p.rest) > 0 || len(p.more) == 0) {
			return nil, false
		}
		for i := range take {
			if isWide {
				units = append(units, binary.LittleEndian.Uint16(p.rest[2*i:]))
			} else {
				units = append(units, uint16(p.rest[i]))
			}
		}
		p.rest = p.rest[take*size:]
	}
	return units, true
}

// parts makes runs of a text by the names of fonts.
func (t biffText) parts(font func(int) string) []textRun {
	var parts []textRun
	first, name := 0, ""
	add := func(last int) {
		if last = min(last, len(t.units)); last > first {
			parts = append(parts, textRun{string(utf16.Decode(t.units[first:last])), name})
			first = last
		}
	}
	for _, run := range t.runs {
		add(run[0])
		name = font(run[1])
	}
	add(len(t.units))
	return parts
}

// plain is a text without its fonts.
func (t biffText) plain() string { return string(utf16.Decode(t.units)) }

// float reads a number of eight bytes.
func float(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }

// rk reads a number that was packed into four bytes.
func rk(b []byte) float64 {
	const isHundredth, isWhole = 1, 2
	packed := binary.LittleEndian.Uint32(b)
	number := math.Float64frombits(uint64(packed&^3) << 32)
	if packed&isWhole != 0 {
		number = float64(int32(packed) >> 2)
	}
	if packed&isHundredth != 0 {
		number /= 100
	}
	return number
}

// biffError names an error by its code.
func biffError(code byte) string {
	switch code {
	case 0x00:
		return "#NULL!"
	case 0x07:
		return "#DIV/0!"
	case 0x0F:
		return "#VALUE!"
	case 0x17:
		return "#REF!"
	case 0x1D:
		return "#NAME?"
	case 0x24:
		return "#NUM!"
	}
	return "#N/A"
}
