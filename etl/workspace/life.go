package workspace

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// checkLives checks, code by code, that one stretch follows the other as their
// openings say.
func checkLives(r *reader) {
	for i := range r.lives {
		v := &r.lives[i]
		if i == 0 || r.lives[i-1].Code != v.Code {
			if v.Opening == catalogue.Changed || v.Opening == catalogue.Replaced {
				r.add(v.at, BadValidity, "the first stretch of the unit %s is opened by %q: it has none before it", v.Code, v.Opening)
			}
			continue
		}
		checkSuccession(r, &r.lives[i-1], v)
	}
}

func checkSuccession(r *reader, before, v *version) {
	end := before.Validity.To
	switch {
	case before.Validity.From == v.Validity.From:
		r.add(v.at, DuplicateCode, "the unit %s is declared twice from the same day, first at %s", v.Code, before.at)
	case end.IsOpen() || end > v.Validity.From:
		r.add(v.at, BadValidity, "the unit %s overlaps its stretch at %s, which ends on %s", v.Code, before.at, orNever(end))
	case v.Opening == catalogue.Baseline:
		r.add(v.at, BadValidity, "the unit %s has a stretch before this one, at %s: baseline is only the first", v.Code, before.at)
	case v.Opening == catalogue.Changed && end != v.Validity.From:
		r.add(v.at, BadValidity, "the unit %s changed on %s, but its stretch at %s ends on %s", v.Code, v.Validity.From, before.at, end)
	case v.Opening == catalogue.Changed && before.Level != v.Level:
		r.add(v.at, BadValidity, "the unit %s changed from the level %s to %s: that is another unit, `replaced`", v.Code, before.Level, v.Level)
	}
}

func orNever(date number.Date) string {
	if date.IsOpen() {
		return "no day"
	}
	return date.String()
}

// checkParents checks that every unit lies in one of a level above it, which
// exists on each 31 December on which the unit does, and that none lies within
// itself.
func checkParents(r *reader) {
	years := referenceYears(r)
	cycles := map[string]bool{}
	for i := range r.lives {
		v := &r.lives[i]
		level := r.byLevel[v.Level]
		if level == nil {
			continue // a fault already
		}
		switch _, known := r.units.marks[v.Parent]; {
		case r.isAggregate(v.Level, v.Kind):
			if v.Parent != "" {
				r.add(v.at, BadParent, "the unit %s is an aggregate (%s), which is part of nothing: it has no parent", v.Code, v.Kind)
			}
		case v.Parent == "":
			if r.rank(v.Level) > 0 {
				r.add(v.at, MissingKey, "the unit %s has no parent: only units of the highest level have none", v.Code)
			}
		case !known:
			if !r.units.partial {
				r.add(v.at, UnknownReference, "the unit %s lies in %q, which is no unit", v.Code, v.Parent).Nearest =
					name.Nearest(v.Parent, r.units.order)
			}
		default:
			checkParent(r, v, years, cycles)
		}
	}
}

// checkParent checks one stretch, at the first 31 December that shows a fault.
func checkParent(r *reader, v *version, years []number.Year, cycles map[string]bool) {
	for _, year := range years {
		if !v.Validity.Contains(year.Reference()) {
			continue
		}
		if cycle := cycle(r, v, year.Reference()); cycle != nil {
			members := slices.Sorted(slices.Values(cycle))
			if key := strings.Join(members, " "); !cycles[key] {
				cycles[key] = true
				r.add(v.at, ParentCycle, "on 31 December %d these units lie within each other: %s", year, strings.Join(cycle, " → "))
			}
			return
		}
		parent := r.lives.on(v.Parent, year.Reference())
		if parent == nil {
			if !r.units.partial {
				r.add(v.at, BadParent, "the unit %s lies in %s, which does not exist on 31 December %d", v.Code, v.Parent, year)
			}
			return
		}
		if r.isAggregate(parent.Level, parent.Kind) {
			r.add(v.at, BadParent, "the unit %s lies in %s, which is an aggregate (%s): nothing lies in one", v.Code, parent.Code, parent.Kind)
			return
		}
		if r.byLevel[parent.Level] != nil && r.rank(parent.Level) >= r.rank(v.Level) {
			r.add(v.at, BadParent, "the unit %s of the level %s lies in %s of the level %s, which is not above it",
				v.Code, v.Level, parent.Code, parent.Level)
			return
		}
	}
}

// cycle gives the codes from a unit up to itself again, nil when it is not
// within itself.
func cycle(r *reader, v *version, day number.Date) []string {
	path := []string{v.Code}
	for parent := r.lives.on(v.Parent, day); parent != nil; parent = r.lives.on(parent.Parent, day) {
		if parent.Code == v.Code {
			return append(path, v.Code)
		}
		if slices.Contains(path, parent.Code) {
			return nil // a cycle further up: its own members report it
		}
		path = append(path, parent.Code)
	}
	return nil
}

// referenceYears lists the years whose 31 December may show other units than the
// year before: those of every date, and one before the first.
func referenceYears(r *reader) []number.Year {
	seen := map[number.Year]bool{}
	for _, v := range r.lives {
		for _, date := range []number.Date{v.Validity.From, v.Validity.To} {
			if !date.IsOpen() {
				year := number.Year(date.Time().Year())
				seen[year], seen[year-1] = true, true
			}
		}
	}
	if len(seen) == 0 {
		seen[number.DefaultBaseYear] = true
	}
	years := make([]number.Year, 0, len(seen))
	for year := range seen {
		years = append(years, year)
	}
	slices.Sort(years)
	return years
}
