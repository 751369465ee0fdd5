package query

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// levelWithout says that a level has no units on the day of a question, and when it has.
func levelWithout(r *Resolver, q *Question, day number.Date) (message, hint number.Message) {
	message = number.Say("there are no units of the level %q on %s", q.Level.Code, day)
	if basis := q.view.Basis; !basis.IsOpen() {
		message = number.Say("there are no units of the level %q on the basis of %s", q.Level.Code, basis)
	}
	var when number.Message
	for i, span := range catalogue.SpansOf(r.State.Calendar.Catalogue, q.Level.Code) {
		if i == 0 {
			when = span.Message()
			continue
		}
		when = number.Say("%s and %s", when, span.Message())
	}
	if when.IsEmpty() {
		return message, number.Say("the workspace has none at all")
	}
	if last := lastOfLevel(r, q.Level.Code); !last.IsOpen() {
		return message, number.Say("there are some %s; the last of them ended on %s: ask on a basis before it, such as scope: {basis: {date: %q}}", when, last, last.DayBefore())
	}
	return message, number.Say("there are some %s", when)
}

// scopeOf finds the units of a question: one unit, or those of a level (within a
// unit) to which the indicator applies.
func scopeOf(r *Resolver, q *Question, day number.Date) scope {
	h := r.Frame(q.view.Basis, day)
	if q.Unit != nil {
		return scope{units: []*catalogue.Unit{q.Unit}}
	}
	if q.Level == nil || q.Indicator == nil {
		return scope{}
	}
	var units, all []*catalogue.Unit // all: those of the cohort and the others
	for _, unit := range h.LevelWithin(q.Level.Code, q.Within) {
		if !q.keepsKind(unit) || !h.MayApply(q.Indicator, unit, q.view.View) {
			continue
		}
		all = append(all, unit)
		if q.keeps(unit) {
			units = append(units, unit)
		}
	}
	if len(units) == 0 && (len(r.faults) == 0 || len(h.Level(q.Level.Code)) == 0 && !r.hasFault("level")) {
		r.Fault(emptyScope(r, q, day))
	}
	if len(units) > maxUnits {
		r.Fault(&number.Error{
			Code: number.TooMany, Where: "level",
			Message: number.Say("%d units are more than the %d that one answer can have", len(units), maxUnits),
			Hint:    number.Say("narrow the question with within"),
		})
	}
	total := q.Within
	if total == nil {
		total = h.Common(all)
	}
	return scope{units: units, total: total}
}

// scope is the units that an answer is about, and the unit that they add up to.
type scope struct {
	units []*catalogue.Unit
	total *catalogue.Unit
}

// applied leaves the units to which the indicator applies in some of the years, now that
// it is known who reported.
func (s scope) applied(f *figure.Facts, q *Question, years ...number.Year) scope {
	if q.Unit == nil {
		s.units = slices.DeleteFunc(slices.Clone(s.units), func(u *catalogue.Unit) bool { return !appliesIn(f, u, years) })
	}
	return s
}

// appliesIn reports whether the indicator applies to a unit in some of the years.
func appliesIn(f *figure.Facts, u *catalogue.Unit, years []number.Year) bool {
	return slices.ContainsFunc(years, func(year number.Year) bool { return f.Applies(u, year) })
}

// levels lists the levels of a question's units and of their total.
func (s scope) levels() []*catalogue.Level {
	var levels []*catalogue.Level
	if len(s.units) > 0 {
		levels = append(levels, s.units[0].Level)
	}
	if s.total != nil {
		levels = append(levels, s.total.Level)
	}
	return levels
}

// maxUnits is the cap on the units of one answer; a level of the whole country's
// communes fits in.
const maxUnits = 20_000

// emptyScope says why a level has no units that the indicator applies to.
func emptyScope(r *Resolver, q *Question, day number.Date) *number.Error {
	e := &number.Error{Code: number.BadArgument, Where: "level"}
	switch {
	case len(r.Frame(q.view.Basis, day).Level(q.Level.Code)) == 0:
		e.Message, e.Hint = levelWithout(r, q, day)
	case q.Cohort != nil:
		e.Where = "scope.cohort"
		e.Message = number.Say("%s applies to no unit of the cohort %q on %s", q.Indicator.Code, q.Cohort.Code, day)
	case len(q.Kinds) > 0:
		e.Message = number.Say("%s applies to no unit of these kinds on %s", q.Indicator.Code, day)
	case q.Within != nil:
		e.Message = number.Say("%s has no units of the level %q to which %s applies", q.Within.FullName(number.English), q.Level.Code, q.Indicator.Code)
	default:
		e.Message = number.Say("%s applies to no unit of the level %q on %s", q.Indicator.Code, q.Level.Code, day)
	}
	return e
}

// lastOfLevel returns the day on which the last unit of a level ended, open when one lives.
func lastOfLevel(r *Resolver, level string) number.Date {
	var last number.Date
	for _, version := range r.Units {
		if version.Level != level {
			continue
		}
		if version.Validity.To.IsOpen() {
			return 0
		}
		last = max(last, version.Validity.To)
	}
	return last
}

// resolveUnits fills the unit, level, parent and kinds of a question that asks either
// for one unit or by a level.
func resolveUnits(r *Resolver, q *Question, ask Ask, day number.Date) {
	switch {
	case ask.Unit != "" && ask.Level != "":
		r.Fault(&number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("both unit and level are given"), Hint: number.Say("give unit for one unit, or level for each unit of one")})
	case ask.Unit != "":
		q.Unit = r.Unit("unit", ask.Unit, r.On(ask.Scope, day))
	case ask.Level != "":
		q.Level = r.level("level", ask.Level)
	default:
		r.Fault(&number.Error{Code: number.BadArgument, Where: "level", Message: number.Say("neither unit nor level is given"), Hint: number.Say("give unit for one unit, or level for each unit of one")})
	}
	if ask.Within != "" {
		q.Within = r.Unit("within", ask.Within, r.On(ask.Scope, day))
		if ask.Level == "" {
			r.Fault(&number.Error{Code: number.BadArgument, Where: "within", Message: number.Say("within narrows level, which is not given"), Hint: number.Say("give level as well")})
		}
	}
	Narrow(r, q, ask)
	r.publishedFor("level", q.Indicator, q.Level)
}
