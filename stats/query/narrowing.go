package query

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Narrow resolves the filters of a question: kinds and cohort for the units of a level,
// members for the breakdowns of an indicator.
func Narrow(r *Resolver, q *Question, ask Ask) {
	narrowKinds(r, q, ask)
	narrowCohort(r, q, ask)
	q.Breakdown = resolveBreakdowns(r, ask.Scope, q.Indicator)
}

// narrowKinds resolves the kinds to which the units of a level are narrowed. The kinds
// are those of the level: a xã is no kind of district.
func narrowKinds(r *Resolver, q *Question, ask Ask) {
	if ask.Scope == nil || len(ask.Scope.Kinds) == 0 {
		return
	}
	const where = "scope.kinds"
	if q.Level == nil {
		if ask.Level == "" {
			r.Fault(&number.Error{Code: number.BadArgument, Where: where, Message: number.Say("kinds narrow level, which is not given"), Hint: number.Say("give level as well, or leave out the kinds")})
		}
		return
	}
	for _, code := range ask.Scope.Kinds {
		if len(r.faults) >= maxFaults {
			return
		}
		if kind := q.Level.Has(code); kind == nil {
			r.Fault(unknownKind(where, code, q.Level))
		} else if !slices.Contains(q.Kinds, kind) {
			q.Kinds = append(q.Kinds, kind)
		}
	}
}

func unknownKind(where, code string, level *catalogue.Level) *number.Error {
	var names []number.Name
	var all []string
	for _, kind := range level.Kinds {
		names = append(names, number.NewName(kind.Code, kind.Names.VI, kind.Names.EN))
		all = append(all, kind.Code)
	}
	return &number.Error{
		Code: number.UnknownKind, Where: where, Message: number.Say("the level %q has no kind with the code %q", level.Code, code),
		Nearest: number.NearestName(code, names), Hint: number.Say("its kinds are %s", strings.Join(all, ", ")),
	}
}

// narrowCohort resolves the cohort to which the units of a level are narrowed. A cohort
// names units of one level, and narrows no other.
func narrowCohort(r *Resolver, q *Question, ask Ask) {
	if ask.Scope == nil || ask.Scope.Cohort == nil {
		return
	}
	const where = "scope.cohort"
	if ask.Level == "" {
		r.Fault(&number.Error{Code: number.BadArgument, Where: where, Message: number.Say("a cohort narrows level, which is not given"), Hint: number.Say("give level as well, or leave out the cohort")})
		return
	}
	if q.Cohort = r.cohort(where, *ask.Scope.Cohort); q.Cohort != nil && q.Level != nil {
		checkCohortLevel(r, where, q.Cohort, q.Level)
	}
}

func checkCohortLevel(r *Resolver, where string, c *catalogue.Cohort, level *catalogue.Level) {
	if c.LevelCode == level.Code {
		return
	}
	r.Fault(&number.Error{
		Code: number.CohortLevel, Where: where, Message: number.Say("the cohort %q is one of the level %q, not %q", c.Code, c.LevelCode, level.Code),
		Hint: number.Say("ask for the level %q, or leave out the cohort", c.LevelCode),
	})
}
