package workspace

import (
	"path"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// version is a stretch of a unit's life and the place that declares it.
type version struct {
	catalogue.UnitVersion
	at mark
}

func unitColumns() []string {
	return []string{"code", "level", "kind", "parent", "name", "name_en", "valid_from", "valid_to", "opening", "note"}
}

// readUnits reads the files of a list and checks the lives of all units together.
func readUnits(r *reader, n node) []catalogue.UnitVersion {
	files := n.list()
	r.units.partial = len(files) == 0
	for _, file := range files {
		named := path.Clean(file.scalar())
		content, ok := r.content(file, named)
		if !ok || !readTable(r, named, content, unitColumns(), []string{"note"}, r.readUnit) {
			r.units.partial = true
		}
	}
	// The warehouse numbers units in this order; it must not depend on that of the files.
	slices.SortStableFunc(r.versions, func(a, b version) int {
		if a.Code != b.Code {
			return strings.Compare(a.Code, b.Code)
		}
		return int(a.Validity.From) - int(b.Validity.From)
	})
	for _, v := range r.versions {
		if _, known := r.units.marks[v.Code]; !known {
			r.units.declare(&r.faults, v.Code, v.at)
		}
	}
	checkLives(r)
	checkParents(r)
	units := make([]catalogue.UnitVersion, len(r.versions))
	for i, v := range r.versions {
		units[i] = v.UnitVersion
	}
	return units
}

// readUnit reads one row of a unit file.
func (r *reader) readUnit(cell func(column string) (string, mark)) {
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
		kindsOf(r, level).refer(&r.faults, kind, kindAt)
	}
	for _, name := range []struct{ column, text string }{{"name", v.Names.VI}, {"name_en", v.Names.EN}} {
		if name.text == "" {
			_, at := cell(name.column)
			r.add(at, MissingText, "the unit %s has no %s", v.Code, name.column)
		}
	}
	v.Validity.From = dateIn(r, cell, "valid_from")
	v.Validity.To = dateIn(r, cell, "valid_to")
	if to := v.Validity.To; !to.IsOpen() && to <= v.Validity.From {
		r.add(v.at, BadValidity, "the unit %s ends on %s, before it begins on %s", v.Code, to, v.Validity.From)
	}
	opening, at := cell("opening")
	v.Opening = catalogue.Opening(opening)
	if known := []catalogue.Opening{catalogue.Baseline, catalogue.Created, catalogue.Changed, catalogue.Replaced}; !slices.Contains(known, v.Opening) {
		r.add(at, BadValue, "the opening %q is none of baseline, created, changed, replaced", opening)
	}
	r.versions = append(r.versions, v)
}

func dateIn(r *reader, cell func(column string) (string, mark), column string) number.Date {
	text, at := cell(column)
	date, err := number.ParseDate(text)
	if err != nil {
		r.add(at, BadValue, "%s", err)
	}
	return date
}

// versionsOf gives the stretches of all units that had a code, in order of time.
func versionsOf(r *reader, code string) []version {
	first, _ := slices.BinarySearchFunc(r.versions, code, func(v version, code string) int {
		return strings.Compare(v.Code, code)
	})
	last := first
	for last < len(r.versions) && r.versions[last].Code == code {
		last++
	}
	return r.versions[first:last]
}

// unitOn gives the version of a code that is valid on a day, nil when none is.
func unitOn(r *reader, code string, day number.Date) *version {
	versions := versionsOf(r, code)
	for i := range versions {
		if versions[i].Validity.Contains(day) {
			return &versions[i]
		}
	}
	return nil
}

// unitBefore gives the last version of a code that began before a day, nil when none did.
func unitBefore(r *reader, code string, day number.Date) *version {
	versions := versionsOf(r, code)
	for i := range slices.Backward(versions) {
		if versions[i].Validity.From < day {
			return &versions[i]
		}
	}
	return nil
}
