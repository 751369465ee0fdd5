package stats

import (
	"slices"
)

// BasisKind says on which units figures are given.
type BasisKind string

// The bases.
const (
	// AsReported: each year on its own units, those of 31 December.
	AsReported BasisKind = "AS_REPORTED"
	// UnitsOfDate: all years on the units of one day.
	UnitsOfDate BasisKind = "UNITS_OF_DATE"
)

// Basis says on which units a question is answered.
type Basis struct {
	// Kind says whether on those of each year or those of one day; nil is
	// UnitsOfDate with a date, AsReported without.
	Kind *BasisKind
	// Date is the day whose units they are; nil for AsReported.
	Date *Date
}

// viewpoint is from where figures are looked at: what is published, on the units of
// which day (open for those of each year), and whether they tell their coverage by
// weight.
type viewpoint struct {
	View
	basis    Date
	byWeight bool
}

// The notes that stand beside answers on a basis.
const (
	// NoteBasis: figures are given on the units of another day than their own.
	NoteBasis NoteCode = "UNITS_OF_ANOTHER_DATE"
	// NoteRecastEstimated: figures hold parts of units that were shared out by weights.
	NoteRecastEstimated NoteCode = "RECAST_ESTIMATED"
	// NoteNotCarried: units of a year have no row in the crosswalk and are in no figure of the level.
	NoteNotCarried NoteCode = "UNITS_NOT_CARRIED"
	// NoteNotRecast: units have no figure on the basis, because nothing says how to carry it.
	NoteNotRecast NoteCode = "NOT_RECAST"
	// NoteRedrawn: the territory of a unit changed between the years.
	NoteRedrawn NoteCode = "TERRITORY_CHANGED"
)

// Basis is on which units the question is answered.
func (q *Question) Basis() *Basis { return q.view.asBasis() }

// Basis is on which units the question is answered.
func (q *TableQuestion) Basis() *Basis { return q.view.asBasis() }

// Basis is on which units the question is answered.
func (q *BriefingQuestion) Basis() *Basis { return q.view.asBasis() }

// Basis is on which units the question is answered.
func (q *DashboardQuestion) Basis() *Basis { return q.view.asBasis() }

// Basis is on which units the question is answered.
func (p *Profile) Basis() *Basis { return p.view.asBasis() }

func (v viewpoint) asBasis() *Basis {
	kind := AsReported
	if !v.basis.IsOpen() {
		kind = UnitsOfDate
	}
	return &Basis{Kind: &kind, Date: v.basis.orNil()}
}

// on gives the day whose units a question is about: that of the basis, or the
// reference day of the year asked.
func (r *resolver) on(scope *Scope, day Date) Date {
	if basis := r.basis(scope, false); !basis.IsOpen() {
		return basis
	}
	return day
}

// basis resolves on which units to answer; open is AsReported. Faults are told
// where the question is resolved as a whole.
func (r *resolver) basis(scope *Scope, tell bool) Date {
	if scope == nil || scope.Basis == nil {
		return 0
	}
	day, err := r.basisDate("scope.basis", *scope.Basis)
	if err != nil && tell {
		r.fault(err)
	}
	return day
}

// basisDate gives the day of a basis, open for AsReported and with an error.
func (c *Catalogue) basisDate(where string, b Basis) (Date, *Error) {
	dated := b.Date != nil && !b.Date.IsOpen()
	known := c.knownFrom()
	switch {
	case b.Kind != nil && *b.Kind == AsReported && dated:
		return 0, &Error{Code: BadArgument, Where: where, Message: Say("AS_REPORTED has no date: each year is on its own units"), Hint: Say("leave out the kind or the date")}
	case b.Kind != nil && *b.Kind == AsReported:
		return 0, nil
	case !dated:
		return 0, &Error{Code: BadArgument, Where: where + ".date", Message: Say("the basis has no date"), Hint: Say("give the day whose units are meant, or the kind AS_REPORTED")}
	case *b.Date < known:
		return 0, &Error{
			Code: BasisUnknown, Where: where + ".date",
			Message: Say("the units of %s are not known", *b.Date), Hint: Say("the units are known from %s on", known.String()),
		}
	}
	return *b.Date, nil
}

// BasisUnknown is the code of a basis before the first day whose units are known.
const BasisUnknown Code = "BASIS_UNKNOWN"

// knownFrom is the first day whose units are known: the one that the workspace
// names, else the first on which any unit exists; open when some have no beginning.
func (c *Catalogue) knownFrom() Date {
	if !c.KnownFrom.IsOpen() || len(c.Units) == 0 {
		return c.KnownFrom
	}
	first := c.Units[0].Validity.From
	for _, version := range c.Units {
		first = min(first, version.Validity.From)
	}
	return first
}

// levelSpan is a stretch of time in which a level has units.
type levelSpan struct{ from, to Date }

// spansOf lists the times in which a level has units, one after the other.
func (c *Catalogue) spansOf(level string) []levelSpan {
	var all []levelSpan
	for _, version := range c.Units {
		if version.Level == level {
			to := version.Validity.To
			if to.IsOpen() {
				to = NewDate(9999, 12, 31)
			}
			all = append(all, levelSpan{version.Validity.From, to})
		}
	}
	slices.SortFunc(all, func(a, b levelSpan) int { return int(a.from) - int(b.from) })
	var joined []levelSpan
	for _, s := range all {
		if n := len(joined); n > 0 && s.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// without says that a level has no units on the day of a question, and when it has.
func (r *resolver) without(q *Question, day Date) (message, hint Message) {
	message = Say("there are no units of the level %q on %s", q.Level.Code, day)
	if basis := q.view.basis; !basis.IsOpen() {
		message = Say("there are no units of the level %q on the basis of %s", q.Level.Code, basis)
	}
	var when Message
	for i, span := range r.spansOf(q.Level.Code) {
		if i == 0 {
			when = span.told()
			continue
		}
		when = Say("%s and %s", when, span.told())
	}
	if when.IsEmpty() {
		return message, Say("the workspace has none at all")
	}
	if last := r.lastOf(q.Level.Code); !last.IsOpen() {
		return message, Say("there are some %s; the last of them ended on %s: ask on a basis before it, such as scope: {basis: {date: %q}}", when, last, last.dayBefore())
	}
	return message, Say("there are some %s", when)
}

func (s levelSpan) told() Message {
	switch {
	case s.from.IsOpen() && s.to == NewDate(9999, 12, 31):
		return Say("always")
	case s.from.IsOpen():
		return Say("until %s", s.to)
	case s.to == NewDate(9999, 12, 31):
		return Say("from %s", s.from)
	}
	return Say("from %s until %s", s.from, s.to)
}

// redrawn marks the figure of a year in which the territory of its unit changed:
// it breaks the series of the unit, because the code goes on and the land does not.
func (c *State) redrawn(f *Figure) {
	if !f.view.basis.IsOpen() {
		return // every year is on the same land
	}
	years := c.redrawnYears(f.Unit.Key())
	if len(years) == 0 {
		return
	}
	f.redrawn = years
	f.breaks = append(slices.Clip(f.breaks), years...)
	slices.Sort(f.breaks)
	f.breaks = slices.Compact(f.breaks)
	if slices.Contains(years, f.Year) && f.Measure().IsKnown() {
		f.StatusSet = f.StatusSet.With(Break)
	}
}

// redrawnYears lists the years in whose course the territory of a unit changed.
func (c *State) redrawnYears(key uint32) []Year {
	return c.redraws()[key]
}

func (c *State) findRedraws() map[uint32][]Year {
	found := map[uint32][]Year{}
	for _, day := range c.redrawDays() {
		r := c.recastOf(day.dayBefore(), day)
		if r == nil {
			continue
		}
		for _, unit := range r.to.units {
			if r.from.ByKey(unit.Key()) != nil && !r.same(unit) {
				found[unit.Key()] = append(found[unit.Key()], Year(day/10000))
			}
		}
	}
	return found
}

// redrawDays lists the days on which territories may have changed: those of the
// crosswalk, and those on which a unit came to lie within another.
func (c *Catalogue) redrawDays() []Date {
	var days []Date
	for _, groups := range c.carries {
		for _, group := range groups {
			days = append(days, group[0].Date)
		}
	}
	for i := range c.Units {
		if version := &c.Units[i]; version.Opening == Changed && c.moved(version) {
			days = append(days, version.Validity.From)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}

// moved tells whether a stretch began with another parent.
func (c *Catalogue) moved(version *UnitVersion) bool {
	before := c.before(version)
	return before != nil && before.Parent != version.Parent
}

// before gives the stretch of the same unit that a stretch follows, nil when none.
func (c *Catalogue) before(version *UnitVersion) *UnitVersion {
	for _, place := range c.units[version.Code] {
		if other := &c.Units[place]; other.Key == version.Key && other.Validity.To == version.Validity.From && !other.Validity.To.IsOpen() {
			return other
		}
	}
	return nil
}
