package workspace

import (
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

func unitColumns() []string {
	return []string{"code", "level", "kind", "parent", "name", "name_en", "valid_from", "valid_to", "opening", "note", "aliases"}
}

// readUnits reads the files of a list and checks the lives of all units together.
func readUnits(r *reader, n node) []catalogue.UnitVersion {
	files := n.list()
	r.units.partial = len(files) == 0
	for _, file := range files {
		named := path.Clean(file.scalar())
		content, ok := r.content(file, named, maxFile)
		if !ok || !readTable(&r.faults, named, content, unitColumns(), []string{"name", "name_en", "note", "aliases"}, func(cell cells) { readUnit(r, cell) }) {
			r.units.partial = true
		}
	}
	// The warehouse numbers units in this order; it must not depend on that of the files.
	r.lives.sort()
	for _, v := range r.lives {
		if _, known := r.units.marks[v.Code]; !known {
			r.units.declare(&r.faults, v.Code, v.at)
		}
	}
	checkLives(r)
	checkParents(r)
	units := make([]catalogue.UnitVersion, len(r.lives))
	for i, v := range r.lives {
		units[i] = v.UnitVersion
	}
	return units
}

// readUnit reads one row of a unit file.
func readUnit(r *reader, cell cells) {
	var v version
	v.Code, v.at = cell("code")
	if v.Code == "" {
		r.add(v.at, MissingKey, "the code is missing")
		return
	}
	level, levelAt := cell("level")
	kind, kindAt := cell("kind")
	v.Level, v.Kind = level, kind
	v.Parent, _ = cell("parent")
	v.Names.VI, _ = cell("name")
	v.Names.EN, _ = cell("name_en")
	if v.Level == "" {
		r.add(levelAt, MissingKey, "the unit %s has no level", v.Code)
	} else if r.levels.refer(&r.faults, level, levelAt) {
		if kind == "" {
			r.add(kindAt, MissingKey, "the unit %s has no kind", v.Code)
		}
		r.kindsOf(level).refer(&r.faults, kind, kindAt)
	}
	if r.count(v.Names); v.Names == (number.Text{}) {
		_, at := cell("name")
		r.add(at, MissingText, "the unit %s has neither name nor name_en", v.Code)
	}
	v.Validity.From = cell.date(&r.faults, "valid_from")
	v.Validity.To = cell.date(&r.faults, "valid_to")
	if to := v.Validity.To; !to.IsOpen() && to <= v.Validity.From {
		r.add(v.at, BadValidity, "the unit %s ends on %s, before it begins on %s", v.Code, to, v.Validity.From)
	}
	aliases, _ := cell("aliases")
	r.alias(v.Code, aliases)
	opening, at := cell("opening")
	v.Opening = catalogue.Opening(opening)
	if known := []catalogue.Opening{catalogue.Baseline, catalogue.Created, catalogue.Changed, catalogue.Replaced}; !slices.Contains(known, v.Opening) {
		r.add(at, BadValue, "the opening %q is none of baseline, created, changed, replaced", opening)
	}
	r.lives = append(r.lives, v)
}

// alias notes the other names of a unit, which stand in one cell with | between them.
func (r *reader) alias(code, aliases string) {
	for alias := range strings.SplitSeq(aliases, "|") {
		folded := name.Place(alias)
		if folded == "" || slices.Contains(r.aliases[folded], code) {
			continue
		}
		r.aliases[folded] = append(r.aliases[folded], code)
		slices.Sort(r.aliases[folded])
	}
}
