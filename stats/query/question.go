package query

import (
	"slices"
	"time"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Ask is a question as its caller puts it: codes and years. Each method of Service that
// answers a question takes one and reads the fields that it needs; an empty field takes
// its default.
type Ask struct {
	// Indicator is the code of the indicator; Indicators are the codes of several, of
	// series.
	Indicator  string
	Indicators []string
	// Unit is the code of one unit; Level the code of a level, each of whose units
	// is asked for; Within the code of a unit to which Level is narrowed.
	Unit, Level, Within string
	// Units are the codes of several units.
	Units []string
	// Dimension is the code of the dimension whose members a composition is made of.
	Dimension string
	// Year is the year asked; BaseYear the one to compare with (2019 when 0, the
	// year before for number.PreviousYear).
	Year, BaseYear number.Year
	// From and To bound the years of a series; 0 is as far as there are data.
	From, To number.Year
	// Quantiles are the shares, 0 to 1, whose quantiles a distribution gives.
	Quantiles []number.Value
	// OrderBy, Ties and Direction say how to rank.
	OrderBy   catalogue.RankingOrder
	Ties      Ties
	Direction catalogue.Direction
	// NegativeBase says what relative changes from a negative base are measured
	// against; "" is NoPercent.
	NegativeBase NegativeBase
	// Matched compares only units that have figures of both years.
	Matched bool
	// RankWithin is the code of a level: the units of each of its units are ranked among
	// themselves; "" ranks all together.
	RankWithin string
	// Top keeps the first so many ranks; nil keeps all.
	Top *int
	// First and After ask for a page of the rows of a ranking; nil for all of them.
	First *int
	After *string
	// Target is the code of a target, Goal one that the question sets itself.
	Target string
	Goal   *catalogue.Goal
	// Scope says from which point of view; nil is the present.
	Scope *Scope
}

// Scope is the point of view from which a question is answered: units, state of the
// releases, and what it is narrowed to.
type Scope struct {
	// Basis says on which units; nil is AsReported.
	Basis *figure.Basis
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
	// Changes asks series for the changes of their figures, which takes the facts of the
	// years that those are measured from.
	Changes bool
	// ByWeight asks figures for their coverage by weight as well. That takes the facts
	// of every unit that reports, and of what it weighs, which other questions need not
	// read.
	ByWeight bool
}

// BreakdownAsk names some members of one dimension by their codes; several are added.
type BreakdownAsk struct {
	Dimension string
	Members   []string
}

// AsOf is a point from which to look back: one of the first three, the last, or both.
type AsOf struct {
	// Date keeps what was published on that day or before.
	Date *number.Date
	// Release keeps what was published up to that release.
	Release *string
	// Loaded keeps what could be seen here at that moment, whenever it was published.
	Loaded *time.Time
	// DataVersion keeps what had been loaded when an answer had that Version.
	DataVersion *string
}

// Question is a question as it was understood: codes resolved, defaults filled in.
type Question struct {
	// Indicator is what is asked about; nil where several are, or the targets of all.
	Indicator *catalogue.Indicator
	// Indicators are those that series are of; empty where not asked.
	Indicators []*catalogue.Indicator
	// Breakdown is the members of it that are asked about; empty for the total.
	Breakdown []*catalogue.Breakdown
	// Unit, Level and Within say for which units; nil where not asked.
	Unit   *catalogue.Unit
	Level  *catalogue.Level
	Within *catalogue.Unit
	// Units are the several units asked for; empty where not asked.
	Units []*catalogue.Unit
	// Year and BaseYear are the years; 0 where not asked.
	Year, BaseYear number.Year
	// From and To bound the years of a series; 0 where not asked.
	From, To number.Year
	// Quantiles are the shares whose quantiles were asked for; empty where not asked.
	Quantiles []number.Value
	// OrderBy, Ties, Direction and Top say how to rank; nil where not asked.
	OrderBy   *catalogue.RankingOrder
	Ties      *Ties
	Direction *catalogue.Direction
	Top       *int
	// RankWithin is the level within whose units units are ranked; nil for all together.
	RankWithin *catalogue.Level
	// NegativeBase says what relative changes from a negative base are measured
	// against, Matched whether only units with figures of both years are
	// compared; nil where no changes were asked.
	NegativeBase *NegativeBase
	Matched      *bool
	// Kinds are the kinds to which Level is narrowed; empty for all.
	Kinds []*catalogue.Kind
	// Cohort is the cohort to which Level is narrowed; nil for none.
	Cohort *catalogue.Cohort
	// Target is what units are compared with; nil where not asked.
	Target *catalogue.Target
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date

	view    figure.Viewpoint
	version Version
}

// Basis is on which units the question is answered.
func (q *Question) Basis() *figure.Basis { return q.view.AsBasis() }

// keeps reports whether a unit is of the kinds and the cohort that the question is
// narrowed to.
func (q *Question) keeps(unit *catalogue.Unit) bool {
	return q.keepsKind(unit) && (q.Cohort == nil || q.Cohort.Has(unit))
}

func (q *Question) keepsKind(unit *catalogue.Unit) bool {
	return len(q.Kinds) == 0 || slices.ContainsFunc(q.Kinds, func(kind *catalogue.Kind) bool { return kind.Code == unit.Kind.Code })
}

// on returns the units that a question is about in a year.
func (q *Question) on(c *figure.State, year number.Year) figure.Frame {
	return c.Frame(q.view.Basis, year.Reference())
}

// years are those whose figures a ranking needs.
func (q *Question) years() []number.Year {
	years := []number.Year{q.BaseYear, q.Year}
	if q.Target != nil && q.Target.On.IsChange() {
		years = append(years, q.Year-1)
	}
	return years
}
