package catalogue

import (
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Uncarried lists the versions that end a unit without a row of the crosswalk that says
// where its territory went, while its level goes on, and those that begin one without a
// row that says where it came from; both in the order of the units. Figures on a basis
// beyond such a change leave the units out, with NoteNotCarried.
func Uncarried(c *Calendar) (ended, begun []*UnitVersion) {
	for i := range c.Units {
		version := &c.Units[i]
		from, to := version.Validity.From, version.Validity.To
		departs := func(group []*Carry) bool { return group[0].Date == to }
		arrives := func(row *Carry) bool { return row.Date == from }
		switch {
		case to.IsOpen() || continues(c.Catalogue, version) || len(c.At(to).Level(version.Level)) == 0:
		case !slices.ContainsFunc(c.carries[version.Key], departs):
			ended = append(ended, version)
		}
		if version.Opening != Baseline && version.Opening != Changed && !slices.ContainsFunc(c.arrivals[version.Key], arrives) {
			begun = append(begun, version)
		}
	}
	return ended, begun
}

// continues reports whether another version of the same unit follows.
func continues(c *Catalogue, version *UnitVersion) bool {
	return slices.ContainsFunc(c.unitPlaces[version.Code], func(place int) bool {
		next := &c.Units[place]
		return next.Key == version.Key && next.Validity.From == version.Validity.To
	})
}

// before returns the version of the same unit that a version follows, nil when none.
func before(c *Catalogue, version *UnitVersion) *UnitVersion {
	for _, place := range c.unitPlaces[version.Code] {
		if other := &c.Units[place]; other.Key == version.Key && other.Validity.To == version.Validity.From && !other.Validity.To.IsOpen() {
			return other
		}
	}
	return nil
}

// moved reports whether a stretch began with another parent.
func moved(c *Catalogue, version *UnitVersion) bool {
	before := before(c, version)
	return before != nil && before.Parent != version.Parent
}

// TerritoryChangeDays lists the days on which territories may have changed: those of the
// crosswalk, and those on which a unit came to lie within another.
func TerritoryChangeDays(c *Catalogue) []number.Date {
	var days []number.Date
	for _, groups := range c.carries {
		for _, group := range groups {
			days = append(days, group[0].Date)
		}
	}
	for i := range c.Units {
		if version := &c.Units[i]; version.Opening == Changed && moved(c, version) {
			days = append(days, version.Validity.From)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// versionsOf lists the versions of a unit.
func versionsOf(c *Catalogue, key uint32) []*UnitVersion {
	var all []*UnitVersion
	for _, place := range c.unitPlaces[c.codes[key]] {
		if version := &c.Units[place]; version.Key == key {
			all = append(all, version)
		}
	}
	return all
}

// unitBefore returns a unit as it was on the day before a day, or on its last day.
func unitBefore(c *Calendar, key uint32, before number.Date) *Unit {
	day := before
	if end := c.lives[key].To; !end.IsOpen() && end < before {
		day = end
	}
	return c.At(day.DayBefore()).ByKey(key)
}

// SpansOf lists the periods in which a level has units, in order.
func SpansOf(c *Catalogue, level string) []LevelSpan {
	var all []LevelSpan
	for _, version := range c.Units {
		if version.Level == level {
			to := version.Validity.To
			if to.IsOpen() {
				to = number.NewDate(9999, 12, 31)
			}
			all = append(all, LevelSpan{version.Validity.From, to})
		}
	}
	slices.SortFunc(all, func(a, b LevelSpan) int { return int(a.from) - int(b.from) })
	var joined []LevelSpan
	for _, s := range all {
		if n := len(joined); n > 0 && s.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// LevelSpan is a period in which a level has units.
type LevelSpan struct{ from, to number.Date }

// Message is the period in words.
func (s LevelSpan) Message() number.Message {
	switch {
	case s.from.IsOpen() && s.to == number.NewDate(9999, 12, 31):
		return number.Say("always")
	case s.from.IsOpen():
		return number.Say("until %s", s.to)
	case s.to == number.NewDate(9999, 12, 31):
		return number.Say("from %s", s.from)
	}
	return number.Say("from %s until %s", s.from, s.to)
}
