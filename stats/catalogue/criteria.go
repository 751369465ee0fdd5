package catalogue

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/niengiam/niengiam/stats/number"
)

// CriteriaSet is a set of criteria that units are scored by.
type CriteriaSet struct {
	// Code names the set.
	Code string `json:"code"`
	// Names is its title.
	Names number.Text `json:"name"`
	// Eligibility says which units are scored.
	Eligibility Eligibility `json:"eligibility"`
	// Years are the years for which the set is valid.
	Years Years `json:"years"`
	// Criteria are its criteria, in their order.
	Criteria []*Criterion `json:"criteria"`
	// BandFloors are the least numbers of met criteria of its bands, from the highest
	// down to 0; empty where it has no bands.
	BandFloors []int `json:"bands,omitempty"`
	// MinimumCoverage is the share of the units, 0 to 1, of which all criteria
	// must be known for a mean number of met criteria.
	MinimumCoverage number.Fraction `json:"minimum_coverage"`
	// CoverageWeightCode is the code of the indicator by which coverage weighs the
	// units; "" when none does.
	CoverageWeightCode string `json:"coverage_weight,omitempty"`
	// Source is where the set was published.
	Source *Citation `json:"source,omitempty"`

	level          *Level
	coverageWeight *Indicator
}

// Criterion is one condition of a set: a unit meets it as an indicator says, or by
// meeting all of its parts.
type Criterion struct {
	// Code is its number: "19" or "19.2".
	Code string `json:"code"`
	// Names is its title.
	Names number.Text `json:"name"`
	// IndicatorCode is the code of the attainment that says who meets it; ""
	// where it has parts, and where no figures of it exist: then it is unknown.
	IndicatorCode string `json:"indicator,omitempty"`
	// Parts are the criteria of which all must be met; empty where it has none.
	Parts []*Criterion `json:"parts,omitempty"`

	indicator *Indicator
}

// Name is the set's title.
func (s *CriteriaSet) Name(language number.Language) string { return s.Names.In(language) }

// Level is the level whose units are scored.
func (s *CriteriaSet) Level() *Level { return s.level }

// CoverageWeight is the indicator by which its coverage weighs the units; nil when
// none does.
func (s *CriteriaSet) CoverageWeight() *Indicator { return s.coverageWeight }

// Kinds are the kinds of unit that are scored; empty for all kinds of the level.
func (s *CriteriaSet) Kinds() []*Kind {
	kinds := []*Kind{}
	for _, code := range s.Eligibility.Kinds {
		kinds = append(kinds, s.level.kind(code))
	}
	return kinds
}

// From is the first year for which the set is valid; nil where it has none.
func (s *CriteriaSet) From() *number.Year { return s.Years.From.OrNil() }

// To is the last year for which the set is valid; nil where it has none.
func (s *CriteriaSet) To() *number.Year { return s.Years.To.OrNil() }

// Bands are the ranges of numbers of met criteria, from the highest down.
func (s *CriteriaSet) Bands() []*Band {
	bands := []*Band{}
	most := len(s.Criteria)
	for _, least := range s.BandFloors {
		bands = append(bands, &Band{AtLeast: least, AtMost: most})
		most = least - 1
	}
	return bands
}

// All lists the criteria, each before its parts.
func (s *CriteriaSet) All() []*Criterion {
	var all []*Criterion
	for _, criterion := range s.Criteria {
		all = append(append(all, criterion), criterion.Parts...)
	}
	return all
}

// Indicators lists the indicators of the criteria, each once.
func (s *CriteriaSet) Indicators() []*Indicator {
	var all []*Indicator
	for _, criterion := range s.All() {
		if i := criterion.indicator; i != nil && !slices.Contains(all, i) {
			all = append(all, i)
		}
	}
	return all
}

// Name is the criterion's title.
func (c *Criterion) Name(language number.Language) string { return c.Names.In(language) }

// Indicator says who meets the criterion; nil where it has parts or no figures.
func (c *Criterion) Indicator() *Indicator { return c.indicator }

// Band is a range of numbers of met criteria.
type Band struct {
	// AtLeast and AtMost are its least and greatest number.
	AtLeast, AtMost int
}

// Name is the range in words: 19, 15–18, dưới 5.
func (b *Band) Name(language number.Language) string {
	switch b.AtLeast {
	case b.AtMost:
		return strconv.Itoa(b.AtLeast)
	case 0:
		return number.Text{VI: fmt.Sprintf("dưới %d", b.AtMost+1), EN: fmt.Sprintf("under %d", b.AtMost+1)}.In(language)
	}
	return fmt.Sprintf("%d–%d", b.AtLeast, b.AtMost)
}

// StandsIn reports whether the set is valid for a year.
func (s *CriteriaSet) StandsIn(year number.Year) bool {
	return (s.Years.From == 0 || s.Years.From <= year) && (s.Years.To == 0 || year <= s.Years.To)
}
