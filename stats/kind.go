package stats

import (
	"slices"
	"strings"
)

// narrow resolves what a question is narrowed to: the units of a level to kinds and
// a cohort, an indicator to members of its breakdowns.
func (r *resolver) narrow(q *Question, ask Ask) {
	r.kinds(q, ask)
	r.cohortOf(q, ask)
	q.Breakdown = r.breakdowns(ask.Scope, q.Indicator)
}

// kinds resolves the kinds to which the units of a level are narrowed. The kinds
// are those of the level: a xã is no kind of district.
func (r *resolver) kinds(q *Question, ask Ask) {
	if ask.Scope == nil || len(ask.Scope.Kinds) == 0 {
		return
	}
	const where = "scope.kinds"
	if q.Level == nil {
		if ask.Level == "" {
			r.fault(&Error{Code: BadArgument, Where: where, Message: Say("kinds narrow level, which is not given"), Hint: Say("give level as well, or leave out the kinds")})
		}
		return
	}
	for _, code := range ask.Scope.Kinds {
		if len(r.faults) >= maxFaults {
			return
		}
		if kind := q.Level.has(code); kind == nil {
			r.fault(r.unknownKind(where, code, q.Level))
		} else if !slices.Contains(q.Kinds, kind) {
			q.Kinds = append(q.Kinds, kind)
		}
	}
}

// has gives the kind of a code, nil when the level has none.
func (l *Level) has(code string) *Kind {
	for _, kind := range l.Kinds {
		if kind.Code == code {
			return kind
		}
	}
	return nil
}

func (r *resolver) unknownKind(where, code string, level *Level) *Error {
	var names []name
	var all []string
	for _, kind := range level.Kinds {
		names = append(names, named(kind.Code, kind.Names.VI, kind.Names.EN))
		all = append(all, kind.Code)
	}
	return &Error{
		Code: UnknownKind, Where: where, Message: Say("the level %q has no kind with the code %q", level.Code, code),
		Nearest: nearest(code, names), Hint: Say("its kinds are %s", strings.Join(all, ", ")),
	}
}

// keeps tells whether a unit is of the kinds and the cohort that the question is
// narrowed to.
func (q *Question) keeps(unit *Unit) bool {
	return q.keepsKind(unit) && (q.Cohort == nil || q.Cohort.has(unit))
}

func (q *Question) keepsKind(unit *Unit) bool {
	return len(q.Kinds) == 0 || slices.ContainsFunc(q.Kinds, func(kind *Kind) bool { return kind.Code == unit.Kind.Code })
}
