package figure

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
)

// unitSet is the units that a figure was made of for one answer: those beyond the top of a
// ranking, a side of a cohort, the matched ones. The ID of the figure holds it, so that
// the observations behind it can be found without the question.
type unitSet struct {
	frame *catalogue.Hierarchy
	units []*catalogue.Unit // by place, each once
}

// newUnitSet takes the units of figures that exist in the frame; others have no figure.
func newUnitSet(h *catalogue.Hierarchy, parts []*Figure) *unitSet {
	s := &unitSet{frame: h}
	for _, part := range parts {
		if unit := h.ByKey(part.Unit.Key()); unit != nil {
			s.units = append(s.units, unit)
		}
	}
	slices.SortFunc(s.units, func(a, b *catalogue.Unit) int { return a.Place - b.Place })
	s.units = slices.Compact(s.units)
	return s
}

// write gives the set as the ID of a figure under a name has it: 3-9f2c…-Ajg5AgU is how
// many units, a hash of the name and their codes, and which. Which is the code of the
// lowest unit that they lie within, their levels, and a bit for each unit of these levels
// in it: a sixth of a letter for each, so that its length is bounded by the catalogue.
// The hash tells when the catalogue has other units there by now.
func (s *unitSet) write(name string) string {
	if len(s.units) == 0 {
		return "0"
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(name)) // a hash takes everything
	within, levels, in := s.frame.Common(s.units), uint64(0), map[*catalogue.Unit]bool{}
	for _, unit := range s.units {
		_, _ = hash.Write([]byte("\n" + unit.Code))
		levels |= 1 << unit.Level.Index()
		in[unit] = true
	}
	code := ""
	if within != nil {
		code = within.Code
	}
	var bits []byte
	for i, unit := range unitsOf(s.frame, within, levels) {
		if in[unit] {
			bits = append(bits, make([]byte, max(i/8+1-len(bits), 0))...)
			bits[i/8] |= 1 << (i % 8)
		}
	}
	packed := append(binary.AppendUvarint(nil, uint64(len(code))), code...)
	packed = append(binary.AppendUvarint(packed, levels), bits...)
	return fmt.Sprintf("%d-%x-%s", len(s.units), hash.Sum64(), base64.RawURLEncoding.EncodeToString(packed))
}

// ReadUnitSet returns the units of the frame that the ID of a figure under a name lists;
// false where it is not as Figure.ID writes it, or the frame has other units by now.
func ReadUnitSet(h *catalogue.Hierarchy, name, text string) ([]*catalogue.Unit, bool) {
	s := &unitSet{frame: h}
	_, written, _ := strings.Cut(text, "-")
	_, written, _ = strings.Cut(written, "-")
	packed, err := base64.RawURLEncoding.DecodeString(written)
	if err != nil {
		return nil, false
	}
	var within *catalogue.Unit
	if length, n := binary.Uvarint(packed); n > 0 && length <= uint64(len(packed)-n) {
		within = h.Unit(string(packed[n : n+int(length)]))
		packed = packed[n+int(length):]
	}
	if levels, n := binary.Uvarint(packed); n > 0 {
		bits := packed[n:]
		for i, unit := range unitsOf(h, within, levels) {
			if i/8 < len(bits) && bits[i/8]>>(i%8)&1 == 1 {
				s.units = append(s.units, unit)
			}
		}
	}
	slices.SortFunc(s.units, func(a, b *catalogue.Unit) int { return a.Place - b.Place })
	return s.units, s.write(name) == text
}

// unitsOf lists the units of some levels within a unit, or of all, from the top down.
func unitsOf(h *catalogue.Hierarchy, within *catalogue.Unit, levels uint64) []*catalogue.Unit {
	var found []*catalogue.Unit
	var visit func(units []*catalogue.Unit)
	visit = func(units []*catalogue.Unit) {
		for _, unit := range units {
			if levels>>unit.Level.Index()&1 == 1 {
				found = append(found, unit)
			}
			visit(unit.Children())
		}
	}
	if within != nil {
		visit(within.Children())
		return found
	}
	visit(slices.DeleteFunc(slices.Clone(h.Units), func(u *catalogue.Unit) bool { return u.Parent() != nil || u.Kind.Aggregate }))
	return found
}
