package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Cohort is a named set of units for some years.
type Cohort struct {
	// Code names the cohort.
	Code string `json:"code"`
	// Names is its title.
	Names number.Text `json:"name"`
	// LevelCode is the code of the units' level.
	LevelCode string `json:"level"`
	// Years are the years for which the set is valid.
	Years Years `json:"years"`
	// IndicatorCode is the code of the attainment that the units are planned to
	// reach; "" when nothing was planned.
	IndicatorCode string `json:"indicator,omitempty"`
	// Members are its units.
	Members []Member `json:"members"`
	// Source is where the set was published.
	Source *Citation `json:"source,omitempty"`

	level     *Level
	indicator *Indicator
	keys      map[uint32]bool
}

// Member is one unit of a cohort.
type Member struct {
	// Unit is the unit's code, as it was at the end of the cohort's first year or of
	// the year before it.
	Unit string `json:"unit"`
	// Planned is the year in which it is planned to meet the cohort's indicator; 0
	// when none was planned.
	Planned number.Year `json:"planned,omitempty"`
}

// Name is the cohort's title.
func (c *Cohort) Name(language number.Language) string { return c.Names.In(language) }

// Level is the level of its units.
func (c *Cohort) Level() *Level { return c.level }

// Indicator returns the attainment that its units are planned to meet; nil when nothing
// was planned.
func (c *Cohort) Indicator() *Indicator { return c.indicator }

// From is the first year for which the set is valid.
func (c *Cohort) From() number.Year { return c.Years.From }

// To is the last year for which the set is valid; 0 when it has no end.
func (c *Cohort) To() number.Year { return c.Years.To }

// Has reports whether a unit belongs to the cohort, whatever its code is by now.
func (c *Cohort) Has(unit *Unit) bool { return c.keys[unit.key] }
