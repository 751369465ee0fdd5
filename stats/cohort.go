package stats

// Years is a span of years; either end may be open (0).
type Years struct {
	From Year `json:"from,omitempty"`
	To   Year `json:"to,omitempty"`
}

// contains tells whether a year lies in the span.
func (y Years) contains(year Year) bool {
	return y.From <= year && (y.To == 0 || year <= y.To)
}

// Cohort is a named set of units for some years.
type Cohort struct {
	// Code names the cohort.
	Code string `json:"code"`
	// Names is its title.
	Names Text `json:"name"`
	// LevelCode is the code of the units' level.
	LevelCode string `json:"level"`
	// Years are the years for which the set stands.
	Years Years `json:"years"`
	// IndicatorCode is the code of the attainment that the units are planned to
	// reach; "" when nothing was planned.
	IndicatorCode string `json:"indicator,omitempty"`
	// Members are its units.
	Members []Member `json:"members"`
	// Source is where the set was published.
	Source *Citation `json:"source,omitempty"`

	catalogue *Catalogue
	keys      map[uint32]bool
}

// Member is one unit of a cohort.
type Member struct {
	// Unit is the unit's code, as it was at the end of the cohort's first year or of
	// the year before it.
	Unit string `json:"unit"`
	// Planned is the year in which it is planned to meet the cohort's indicator; 0
	// when none was planned.
	Planned Year `json:"planned,omitempty"`
}

// Name is the cohort's title.
func (c *Cohort) Name(language Language) string { return c.Names.In(language) }

// Level is the level of its units.
func (c *Cohort) Level() *Level { return c.catalogue.Level(c.LevelCode) }

// Indicator is what its units are planned to meet; nil when nothing was planned.
func (c *Cohort) Indicator() *Indicator { return c.catalogue.Indicator(c.IndicatorCode) }

// From is the first year for which the set stands.
func (c *Cohort) From() Year { return c.Years.From }

// To is the last year for which the set stands; 0 when it has no end.
func (c *Cohort) To() Year { return c.Years.To }

// UnitsOf lists the units of a cohort as they were when the set was named, in its order.
func (c *Calendar) UnitsOf(cohort *Cohort) []*Unit {
	units := make([]*Unit, 0, len(cohort.Members))
	for _, member := range cohort.Members {
		if unit := c.member(cohort, member.Unit); unit != nil {
			units = append(units, unit)
		}
	}
	return units
}

// member finds a unit of a cohort by the code that it had when the set was named: on
// the last day of the first year, or of the year before when it ended in that year.
func (c *Calendar) member(cohort *Cohort, code string) *Unit {
	for _, year := range []Year{cohort.Years.From, cohort.Years.From - 1} {
		if unit := c.At(year.Reference()).Unit(code); unit != nil {
			return unit
		}
	}
	return nil
}

// indexCohorts copies the cohorts, each with the keys of its units.
func (c *Catalogue) indexCohorts() {
	cohorts := make([]*Cohort, len(c.Cohorts))
	for i, cohort := range c.Cohorts {
		own := *cohort
		own.catalogue, own.keys = c, map[uint32]bool{}
		for _, member := range own.Members {
			if key, found := c.keyOf(member.Unit, own.Years.From); found {
				own.keys[key] = true
			}
		}
		cohorts[i] = &own
	}
	c.Cohorts = cohorts
}

// keyOf finds the unit that a code belonged to at the end of a year or of the
// year before.
func (c *Catalogue) keyOf(code string, year Year) (key uint32, found bool) {
	for _, at := range []Year{year, year - 1} {
		for _, place := range c.units[code] {
			if c.Units[place].Validity.Contains(at.Reference()) {
				return c.Units[place].Key, true
			}
		}
	}
	return 0, false
}

// Cohort gives the cohort of a code, nil when there is none.
func (c *Catalogue) Cohort(code string) *Cohort {
	for _, cohort := range c.Cohorts {
		if cohort.Code == code {
			return cohort
		}
	}
	return nil
}

// Cohorts lists the cohorts of the workspace.
func (s *Service) Cohorts() []*Cohort { return s.Catalogue().Cohorts }

// Cohort gives the cohort of a code; nil when there is none.
func (s *Service) Cohort(code string) *Cohort { return s.Catalogue().Cohort(code) }

// cohort finds the cohort of a code.
func (r *resolver) cohort(where, code string) *Cohort {
	if c := r.State.Cohort(code); c != nil {
		return c
	}
	var names []name
	for _, c := range r.Cohorts {
		names = append(names, named(c.Code, c.Names.VI, c.Names.EN))
	}
	r.fault(&Error{
		Code: UnknownCohort, Where: where, Message: Say("no cohort has the code %q", code),
		Nearest: nearest(code, names), Hint: Say("list them with { cohorts { code name } }"),
	})
	return nil
}

// cohortOf resolves the cohort to which the units of a level are narrowed. A cohort
// names units of one level, and narrows no other.
func (r *resolver) cohortOf(q *Question, ask Ask) {
	if ask.Scope == nil || ask.Scope.Cohort == nil {
		return
	}
	const where = "scope.cohort"
	if ask.Level == "" {
		r.fault(&Error{Code: BadArgument, Where: where, Message: Say("a cohort narrows level, which is not given"), Hint: Say("give level as well, or leave out the cohort")})
		return
	}
	if q.Cohort = r.cohort(where, *ask.Scope.Cohort); q.Cohort != nil && q.Level != nil {
		r.cohortLevel(where, q.Cohort, q.Level)
	}
}

func (r *resolver) cohortLevel(where string, c *Cohort, level *Level) {
	if c.LevelCode == level.Code {
		return
	}
	r.fault(&Error{
		Code: CohortLevel, Where: where, Message: Say("the cohort %q is one of the level %q, not %q", c.Code, c.LevelCode, level.Code),
		Hint: Say("ask for the level %q, or leave out the cohort", c.LevelCode),
	})
}

// has tells whether a unit is of the cohort, whatever its code is by now.
func (c *Cohort) has(unit *Unit) bool { return c.keys[unit.key] }
