package stats

import (
	"context"
)

// Service answers questions, each in one method. It is safe for concurrent use.
type Service struct {
	*Engine
}

// New makes a Service that reads through a source.
func New(source Source) *Service { return &Service{NewEngine(source)} }

// As gives the Service for a caller. New makes one for a caller without any right.
func (s *Service) As(caller Caller) *Service { return &Service{s.Engine.As(caller)} }

// Gather gives a Service for one operation that asks so many questions at once, and the
// Gathering in which each of them must be entered; see Engine.Gather.
func (s *Service) Gather(questions int) (*Service, *Gathering) {
	engine, gathering := s.Engine.Gather(questions)
	return &Service{engine}, gathering
}

// fetch gets the slices of a question's indicator and breakdown for some years and
// levels, all at once.
func (s *Service) fetch(ctx context.Context, c *State, q *Question, years []Year, levels []*Level) (*facts, error) {
	all, err := s.fetchAll(ctx, c, q.view, []want{{q.Indicator, q.Breakdown, years, levels}})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Figure answers what one indicator was for one unit and year.
func (s *Service) Figure(ctx context.Context, ask Ask) (*Figure, error) {
	r := &resolver{State: s.state()}
	q := &Question{Indicator: r.indicator(ask.Indicator)}
	r.year("year", ask.Year, q.Indicator, r.published(ask.Scope), UnknownYear)
	unit := r.unit("unit", ask.Unit, r.on(ask.Scope, ask.Year.Reference()))
	r.narrow(q, ask)
	q.view, _, _ = r.asOf(ask.Scope)
	if err := r.err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []Year{ask.Year}, []*Level{unit.Level})
	if err != nil {
		return nil, err
	}
	return f.figure(unit, ask.Year), nil
}

// scope is the units that an answer is about, and the unit that they add up to.
type scope struct {
	units []*Unit
	total *Unit
}

// scope finds the units of a question: one unit, or those of a level (within a
// unit) to which the indicator applies.
func (r *resolver) scope(q *Question, day Date) scope {
	h := r.frame(q.view.basis, day)
	if q.Unit != nil {
		return scope{units: []*Unit{q.Unit}}
	}
	if q.Level == nil || q.Indicator == nil {
		return scope{}
	}
	var units, all []*Unit // all: those of the cohort and the others
	for _, unit := range h.LevelWithin(q.Level.Code, q.Within) {
		if !q.keepsKind(unit) || h.Eligible(q.Indicator, unit) == 0 {
			continue
		}
		all = append(all, unit)
		if q.keeps(unit) {
			units = append(units, unit)
		}
	}
	if len(units) == 0 && (len(r.faults) == 0 || len(h.Level(q.Level.Code)) == 0 && !r.found("level")) {
		r.fault(r.empty(q, day))
	}
	if len(units) > maxUnits {
		r.fault(&Error{
			Code: TooMany, Where: "level",
			Message: Say("%d units are more than the %d that one answer can have", len(units), maxUnits),
			Hint:    Say("narrow the question with within"),
		})
	}
	total := q.Within
	if total == nil {
		total = h.Common(all)
	}
	return scope{units: units, total: total}
}

// empty says why a level has no units that the indicator applies to.
func (r *resolver) empty(q *Question, day Date) *Error {
	e := &Error{Code: BadArgument, Where: "level"}
	switch {
	case len(r.frame(q.view.basis, day).Level(q.Level.Code)) == 0:
		e.Message, e.Hint = r.without(q, day)
	case q.Cohort != nil:
		e.Where = "scope.cohort"
		e.Message = Say("%s applies to no unit of the cohort %q on %s", q.Indicator.Code, q.Cohort.Code, day)
	case len(q.Kinds) > 0:
		e.Message = Say("%s applies to no unit of these kinds on %s", q.Indicator.Code, day)
	case q.Within != nil:
		e.Message = Say("%s has no units of the level %q to which %s applies", q.Within.FullName(English), q.Level.Code, q.Indicator.Code)
	default:
		e.Message = Say("%s applies to no unit of the level %q on %s", q.Indicator.Code, q.Level.Code, day)
	}
	return e
}

// lastOf gives the day on which the last unit of a level ended, open when one lives.
func (r *resolver) lastOf(level string) Date {
	var last Date
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

// target fills the unit, level, parent and kinds of a question that asks either
// for one unit or by a level.
func (r *resolver) target(q *Question, ask Ask, day Date) {
	switch {
	case ask.Unit != "" && ask.Level != "":
		r.fault(&Error{Code: BadArgument, Where: "level", Message: Say("both unit and level are given"), Hint: Say("give unit for one unit, or level for each unit of one")})
	case ask.Unit != "":
		q.Unit = r.unit("unit", ask.Unit, r.on(ask.Scope, day))
	case ask.Level != "":
		q.Level = r.level("level", ask.Level)
	default:
		r.fault(&Error{Code: BadArgument, Where: "level", Message: Say("neither unit nor level is given"), Hint: Say("give unit for one unit, or level for each unit of one")})
	}
	if ask.Within != "" {
		q.Within = r.unit("within", ask.Within, r.on(ask.Scope, day))
		if ask.Level == "" {
			r.fault(&Error{Code: BadArgument, Where: "within", Message: Say("within narrows level, which is not given"), Hint: Say("give level as well")})
		}
	}
	r.narrow(q, ask)
	r.publishedFor("level", q.Indicator, q.Level)
}

// levelsOf lists the levels of a question's units and of their total.
func (s scope) levels() []*Level {
	var levels []*Level
	if len(s.units) > 0 {
		levels = append(levels, s.units[0].Level)
	}
	if s.total != nil {
		levels = append(levels, s.total.Level)
	}
	return levels
}
