package workspace

import (
	"path"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// readMaps reads the maps that a workspace names, with the shapes of each by its code.
func readMaps(r *reader, n node) ([]*catalogue.Map, map[string][]byte) {
	var maps []*catalogue.Map
	shapes := map[string][]byte{}
	for _, item := range n.list() {
		m := item.mapping("code", "level", "file", "object", "property", "valid_from", "valid_to", "source", "insets")
		code, level, file := m.need("code"), m.need("level"), m.need("file")
		one := &catalogue.Map{
			Code: code.code(), LevelCode: r.levels.read(level), Source: readCitation(m.need("source")),
			Validity: number.Validity{From: m.get("valid_from").date(), To: m.get("valid_to").date()},
		}
		r.maps.declare(&r.faults, one.Code, code.at)
		checkMapDays(m, one, maps)
		maps = append(maps, one)
		insets := readInsets(m.get("insets"))
		if !file.exists() {
			continue
		}
		name := path.Clean(file.scalar())
		content, ok := r.content(file, name, maxFile)
		if !ok {
			continue
		}
		t := &topology{faults: &r.faults, at: mark{file: name}, property: m.get("property").scalar()}
		shapes[one.Code] = t.read(content, m.get("object").scalar(), insets, func(unit string) { checkShape(r, t.at, one, unit) })
	}
	return maps, shapes
}

// readInsets reads the parts of a map that are drawn in frames of their own.
func readInsets(n node) []inset {
	var insets []inset
	for _, item := range n.list() {
		m := item.mapping("name", "box")
		one := inset{Name: m.need("name").text()}
		sides := m.need("box").list()
		for i, side := range sides[:min(len(sides), len(one.Box))] {
			one.Box[i] = readDecimal(side).InexactFloat64()
		}
		if box := one.Box; len(sides) != len(box) || box[0] >= box[2] || box[1] >= box[3] {
			m.get("box").fault(BadValue, "a box is west, south, east and north in degrees, like [111, 15, 113, 17.5]")
		}
		insets = append(insets, one)
	}
	return insets
}

// checkMapDays checks the days of a map: on each day a level has one.
func checkMapDays(m mapping, one *catalogue.Map, others []*catalogue.Map) {
	days := one.Validity
	if !days.To.IsOpen() && days.To <= days.From {
		m.get("valid_to").fault(BadValidity, "the map ends on %s, before it begins on %s", days.To, days.From)
	}
	for _, other := range others {
		if other.LevelCode == one.LevelCode && one.LevelCode != "" && overlap(other.Validity, days) {
			m.fault(BadValidity, "the maps %q and %q show the level %q on the same days", other.Code, one.Code, one.LevelCode).Hint =
				number.EnglishOnly("give each the days whose territories it shows, or make one file of both")
		}
	}
}

func overlap(a, b number.Validity) bool {
	return (a.To.IsOpen() || b.From < a.To) && (b.To.IsOpen() || a.From < b.To)
}

// checkShape checks that the code of a shape is that of a unit of the map's level on
// some of its days; of a map without a level there is nothing to check.
func checkShape(r *reader, at mark, one *catalogue.Map, unit string) {
	if !r.units.refer(&r.faults, unit, at) || r.byLevel[one.LevelCode] == nil {
		return
	}
	for _, version := range r.lives.of(unit) {
		if version.Level == one.LevelCode && overlap(version.Validity, one.Validity) {
			return
		}
	}
	r.add(at, UnknownReference, "the shape %q is of no unit of the level %q on the days of the map", unit, one.LevelCode)
}
