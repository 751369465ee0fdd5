package validation

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Publication is what a load would publish beside what is published.
type Publication struct {
	// Catalogue has the definitions and the releases.
	Catalogue *catalogue.Calendar
	// Source is the code of the source that is loaded.
	Source string
	// Observations are what would be published: what says nothing new is not looked at.
	// History is what is published of their indicators; both come in order of publication, or
	// the history cell by cell.
	Observations, History []ledger.Observation
	// Plan says which checks are made.
	Plan Plan
}

// Result is what a check found.
type Result struct {
	ledger.Finding
	// Published is the day of the publication that it stands beside.
	Published number.Date
	// OfWhole is true where the denominator or weight looks wrong and not the value.
	OfWhole bool
}

// state is a publication while it is looked at.
type state struct {
	*Publication
	// standing has each cell as it would stand, before as it was published.
	standing, before *figure.Standing
	// current are those of the observations that would stand, by indicator and by place.
	current map[string][]*ledger.Observation
}

// Findings lists what the checks find, the most severe first, then indicator by indicator.
func (p *Publication) Findings() []Result {
	before := figure.NewStanding(p.Catalogue, p.History)
	s := state{Publication: p, current: map[string][]*ledger.Observation{}, before: before, standing: before.With(p.Observations)}
	var indicators []string
	for i := range p.Observations {
		o := &p.Observations[i]
		if s.standing.At(&o.CellKey) == o {
			s.current[o.Indicator] = append(s.current[o.Indicator], o)
		}
		indicators = append(indicators, o.Indicator)
	}
	for _, all := range s.current {
		slices.SortStableFunc(all, func(a, b *ledger.Observation) int {
			return cmp.Or(cmp.Compare(a.Place.File, b.Place.File), cmp.Compare(a.Place.Line, b.Place.Line), cmp.Compare(a.Year, b.Year))
		})
	}
	slices.Sort(indicators)
	var found []Result
	for _, code := range slices.Compact(indicators) {
		indicator := p.Catalogue.Indicator(code)
		if indicator == nil {
			continue
		}
		for _, check := range p.Plan.Of(code) {
			results := s.find(&check, indicator)
			for i := range results {
				results[i].Severity, results[i].Rule = check.Severity, check.String()
				if results[i].Code == number.NoteMembersAgree {
					results[i].Severity = ledger.Warn
				}
			}
			found = append(found, results...)
		}
	}
	Sort(found)
	return found
}

// Sort puts the most severe results first and leaves the order of the others.
func Sort(found []Result) {
	slices.SortStableFunc(found, func(a, b Result) int { return cmp.Compare(rank(a.Severity), rank(b.Severity)) })
}

// rank puts what is worse first.
func rank(severity ledger.Severity) int {
	return slices.Index([]ledger.Severity{ledger.Stop, ledger.Hold, ledger.Warn}, severity)
}

// find makes one check of one indicator. The members of dimensions are found by
// figure.Discrepancies and only given their severity.
func (s *state) find(check *Check, indicator *catalogue.Indicator) []Result {
	if check.Severity == Off {
		return nil
	}
	switch check.Kind {
	case Range:
		return outOfRange(s, check, indicator)
	case Numerator:
		return overDenominator(s, check, indicator)
	case Members:
		return members(s, indicator)
	case Children:
		return children(s, check, indicator)
	case Change:
		return jumps(s, check, indicator)
	case Coverage:
		return shrank(s, check, indicator)
	case Magnitude:
		return slips(s, indicator)
	case Frozen:
		return frozen(s, check, indicator)
	}
	return nil
}

// of lists the observations of an indicator with a value that would stand, by place.
func (s *state) of(indicator *catalogue.Indicator) []*ledger.Observation {
	return slices.DeleteFunc(slices.Clone(s.current[indicator.Code]), func(o *ledger.Observation) bool { return !o.Value.Valid })
}

// result is a finding about a cell.
func (s *state) result(code number.NoteCode, indicator *catalogue.Indicator, o *ledger.Observation) Result {
	f := ledger.Finding{
		Code: code, IndicatorCode: o.Indicator, UnitKey: o.Unit, Year: o.Year, Breakdown: o.Breakdown,
		Used: indicator.Kind.Written(o), UsedCitation: o.Citation, Place: o.Place,
	}
	if unit := s.unit(o); unit != nil {
		f.UnitCode = unit.Code
	}
	return Result{Finding: f, Published: o.At.Published}
}

// unit is the unit of an observation; nil where the catalogue has it no more.
func (s *state) unit(o *ledger.Observation) *catalogue.Unit {
	return s.Catalogue.At(catalogue.DayOf(o.Year, o.Breakdown)).ByKey(o.Unit)
}

// measure is what an observation is compared by: the rate of a ratio, else the value.
func measure(indicator *catalogue.Indicator, o *ledger.Observation) number.Fraction {
	if indicator.Kind == catalogue.Ratio && o.Denominator.Valid {
		if rate, ok := number.Divide(o.Value.Decimal, o.Denominator.Decimal); ok {
			return rate.Times(indicator.Factor())
		}
	}
	return number.Whole(o.Value.Decimal)
}

// in returns what would stand of the cell of an observation in another year, where it is known.
func in(cells *figure.Standing, o *ledger.Observation, year number.Year) *ledger.Observation {
	key := o.CellKey
	key.Year = year
	if other := cells.At(&key); other != nil && other.Value.Valid {
		return other
	}
	return nil
}
