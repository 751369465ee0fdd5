package stats

import (
	"errors"
	"slices"
	"time"
)

// Ask is a question as its caller puts it: codes and years. Every verb of the
// Service takes one and reads the fields that it needs; an empty field takes
// its default.
type Ask struct {
	// Indicator is the code of the indicator.
	Indicator string
	// Unit is the code of one unit; Level the code of a level, each of whose units
	// is asked for; Within the code of a unit to which Level is narrowed.
	Unit, Level, Within string
	// Units are the codes of several units.
	Units []string
	// Dimension is the code of the dimension whose members a composition is made of.
	Dimension string
	// Year is the year asked; BaseYear the one to compare with (2019 when 0).
	Year, BaseYear Year
	// From and To bound the years of a series; 0 is as far as there are data.
	From, To Year
	// Quantiles are the shares, 0 to 1, whose quantiles a distribution gives.
	Quantiles []Value
	// OrderBy, Ties and Direction say how to rank.
	OrderBy   RankingOrder
	Ties      Ties
	Direction Direction
	// NegativeBase says what relative changes from a negative base are measured
	// against; "" is NoPercent.
	NegativeBase NegativeBase
	// Matched compares only units that have figures of both years.
	Matched bool
	// Top keeps the first so many ranks; nil keeps all.
	Top *int
	// First and After ask for a page of the rows of a ranking; nil for all of them.
	First *int
	After *string
	// Target is the code of a target, Goal one that the question sets itself.
	Target string
	Goal   *Goal
	// Scope says from which point of view; nil is the present.
	Scope *Scope
}

// Scope is the point of view from which a question is answered.
type Scope struct {
	// Basis says on which units; nil is AsReported.
	Basis *Basis
	// AsOf asks for the figures as they were published then; nil is now.
	AsOf *AsOf
	// Breakdown asks for members of dimensions; empty is the total.
	Breakdown []BreakdownAsk
	// Kinds are the codes of the kinds to which the units of Level are narrowed;
	// empty for all kinds.
	Kinds []string
	// Cohort is the code of a cohort to which the units of Level are narrowed; nil for
	// all units.
	Cohort *string
	// ByWeight asks figures for their coverage by weight as well. That takes the facts
	// of every unit that reports, and of what it weighs, which other questions need not
	// read.
	ByWeight bool
}

// BreakdownAsk asks for some members of one dimension, by their codes: for those
// alone, added where there are several.
type BreakdownAsk struct {
	Dimension string
	Members   []string
}

// AsOf is a point from which to look back: one of the three.
type AsOf struct {
	// Date keeps what was published on that day or before.
	Date *Date
	// Release keeps what was published up to that release.
	Release *string
	// Loaded keeps what could be seen here at that moment, whenever it was published.
	Loaded *time.Time
}

// Question is a question as it was understood: names found, defaults filled in.
type Question struct {
	// Indicator is what is asked about; nil where all targets were asked for.
	Indicator *Indicator
	// Breakdown is the members of it that are asked about; empty for the total.
	Breakdown []*Breakdown
	// Unit, Level and Within say for which units; nil where not asked.
	Unit   *Unit
	Level  *Level
	Within *Unit
	// Units are the several units asked for; empty where not asked.
	Units []*Unit
	// Year and BaseYear are the years; 0 where not asked.
	Year, BaseYear Year
	// From and To bound the years of a series; 0 where not asked.
	From, To Year
	// Quantiles are the shares whose quantiles were asked for; empty where not asked.
	Quantiles []Value
	// OrderBy, Ties, Direction and Top say how to rank; nil where not asked.
	OrderBy   *RankingOrder
	Ties      *Ties
	Direction *Direction
	Top       *int
	// NegativeBase says what relative changes from a negative base are measured
	// against, Matched whether only units with figures of both years are
	// compared; nil where no changes were asked.
	NegativeBase *NegativeBase
	Matched      *bool
	// Kinds are the kinds to which Level is narrowed; empty for all.
	Kinds []*Kind
	// Cohort is the cohort to which Level is narrowed; nil for none.
	Cohort *Cohort
	// Target is what units are held against; nil where not asked.
	Target *Target
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *Date

	view    viewpoint
	release *Release
}

// maxUnits is the cap on the units of one answer; a level of the whole country's
// communes fits in.
const maxUnits = 20_000

// maxYears is the cap on the years of one series.
const maxYears = 100

// maxFaults is how many faults of one question are told. What a name was meant
// to be takes a look at all names, and a list of wrong ones must not take long.
const maxFaults = 10

// resolver collects the faults of a question, so that all are told at once.
type resolver struct {
	*State
	faults []error
}

func (r *resolver) fault(e *Error) { r.faults = append(r.faults, e) }

// found tells whether an argument has a fault already.
func (r *resolver) found(where string) bool {
	return slices.ContainsFunc(Errors(r.err()), func(e *Error) bool { return e.Where == where })
}

func (r *resolver) err() error { return errors.Join(r.faults...) }

func (r *resolver) indicator(code string) *Indicator { return r.indicatorAt("indicator", code) }

func (r *resolver) indicatorAt(where, code string) *Indicator {
	if i := r.State.Indicator(code); i != nil {
		return i
	}
	r.fault(&Error{
		Code: UnknownIndicator, Where: where, Message: Say("no indicator has the code %q", code),
		Nearest: nearest(code, r.names), Hint: Say("list them with { indicators { nodes { code name } } }"),
	})
	return nil
}

func (r *resolver) level(where, code string) *Level {
	if l := r.State.Level(code); l != nil {
		return l
	}
	var names []name
	for _, l := range r.Levels {
		names = append(names, named(l.Code, l.Noun.VI, l.Noun.EN))
	}
	r.fault(&Error{
		Code: UnknownLevel, Where: where, Message: Say("no level has the code %q", code),
		Nearest: nearest(code, names), Hint: Say("list them with { levels { code name } }"),
	})
	return nil
}

// unit finds the unit that has a code on the day.
func (r *resolver) unit(where, code string, day Date) *Unit {
	h := r.At(day)
	if u := h.Unit(code); u != nil {
		return u
	}
	if len(r.faults) >= maxFaults {
		return nil
	}
	if r.Knows(code) {
		r.fault(&Error{
			Code: UnknownUnit, Where: where,
			Message: Say("the code %q belongs to no unit on %s", code, day),
			Hint:    Say("it did %s", r.lifeOf(code)),
		})
		return nil
	}
	r.fault(&Error{
		Code: UnknownUnit, Where: where, Message: Say("no unit has the code %q", code),
		Nearest: nearest(code, r.unitNames(h)), Hint: Say("find it with { units(search: \"…\") { nodes { code name } } }"),
	})
	return nil
}

// lifeOf tells when a code belonged to a unit: "from 2005-04-27 to 2025-01-01".
func (r *resolver) lifeOf(code string) Message {
	places := r.units[code]
	switch first, last := r.Units[places[0]].Validity.From, r.Units[places[len(places)-1]].Validity.To; {
	case first.IsOpen() && last.IsOpen():
		return Message{}
	case first.IsOpen():
		return Say("until %s", last)
	case last.IsOpen():
		return Say("from %s", first)
	default:
		return Say("from %s until %s", first, last)
	}
}

// publishedFor tells whether the indicator has figures for a level: its own,
// or those of a level below.
func (r *resolver) publishedFor(where string, i *Indicator, level *Level) {
	if i == nil || level == nil {
		return
	}
	lowest := r.State.Level(i.Eligibility.Level)
	if level.Index() <= lowest.Index() {
		return
	}
	r.fault(&Error{
		Code: BadArgument, Where: where,
		Message: Say("%s is not published below the level %q", i.Code, lowest.Code),
		Hint:    Say("ask for the level %q or one above it", lowest.Code),
	})
}

// published gives the view of a scope; what is wrong with it is told where the
// question is resolved as a whole.
func (r *resolver) published(scope *Scope) View {
	quiet := &resolver{State: r.State}
	view, _, _ := quiet.asOf(scope)
	return view.View
}

// asOf turns the point of a scope into a view of what is published, on the units
// of its basis.
func (r *resolver) asOf(scope *Scope) (viewpoint, *Release, *Date) {
	basis := r.basis(scope, true)
	if scope == nil || scope.AsOf == nil {
		view := View{Head: r.Head}
		return viewpoint{view, basis, scope != nil && scope.ByWeight}, r.last(view), nil
	}
	view, release, day := r.point("scope.asOf", *scope.AsOf)
	return viewpoint{view, basis, scope.ByWeight}, release, day
}

// point turns a day, release or moment into a view.
func (r *resolver) point(where string, asOf AsOf) (View, *Release, *Date) {
	view := View{Head: r.Head}
	given := 0
	for _, is := range []bool{asOf.Date != nil, asOf.Release != nil, asOf.Loaded != nil} {
		if is {
			given++
		}
	}
	switch {
	case given == 0:
		r.fault(&Error{Code: BadArgument, Where: where, Message: Say("neither a date nor a release nor a moment is given"), Hint: Say("give one of them")})
	case given > 1:
		r.fault(&Error{Code: BadArgument, Where: where, Message: Say("more than one of date, release and loaded is given"), Hint: Say("give one of them")})
	case asOf.Date != nil:
		view.Published, view.Release = *asOf.Date, ^ReleaseID(0)
		view.Head = r.headOf(view)
		return view, r.last(view), asOf.Date
	case asOf.Release != nil:
		id, _ := ParseReleaseID(*asOf.Release)
		release := r.Release(id)
		if release == nil {
			r.fault(r.unknownRelease(where+".release", *asOf.Release))
			return view, nil, nil
		}
		view.Published, view.Release = release.Published, release.ID
		view.Head = r.headOf(view)
		return view, release, &release.Published
	default:
		view.Head = 0
		for _, release := range r.Releases {
			if !release.Loaded.After(*asOf.Loaded) {
				view.Head = max(view.Head, release.ID)
			}
		}
		return view, r.last(view), nil
	}
	return view, nil, nil
}

// last gives the last release of a view in the order of publications, nil when it has none.
func (c *Catalogue) last(view View) *Release {
	for _, release := range slices.Backward(c.Releases) {
		if view.reaches(release.ID, release.At()) {
			return release
		}
	}
	return nil
}

// headOf gives the last release that has a part in a view. Later ones wrote only
// what the view does not reach, so that without them it stays the same view, and
// its figures keep their identifiers, whatever is published after it.
func (c *Catalogue) headOf(view View) ReleaseID {
	var head ReleaseID
	for _, release := range c.Releases {
		if release.ID > head && view.reaches(release.ID, release.At()) {
			head = release.ID
		}
	}
	return head
}

// made tells whether a finding's release has a part in a view.
func (c *Catalogue) made(finding *Finding, view View) bool {
	release := c.Release(finding.Release)
	return release != nil && view.reaches(release.ID, release.At())
}

// Release gives the visible release of a number, nil when there is none.
func (c *Catalogue) Release(id ReleaseID) *Release {
	for _, release := range c.Releases {
		if release.ID == id {
			return release
		}
	}
	return nil
}

func (c *Catalogue) unknownRelease(where, asked string) *Error {
	return &Error{
		Code: UnknownRelease, Where: where, Message: Say("no release has the number %q", asked),
		Hint: Say("list them with { releases { nodes { id published sourceCode } } }"),
	}
}
