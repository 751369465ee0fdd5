package briefing

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// BriefingAsk is a request for a briefing, as the caller gives it.
type BriefingAsk struct {
	// Unit is the code of the unit.
	Unit string
	// Year is the year of the briefing; BaseYear the one it is compared with (2019
	// when 0, the year before for number.PreviousYear).
	Year, BaseYear number.Year
	// Template is the code of the template; "" is the first for the unit's level.
	Template string
	// Language is the language of the sentences; "" is Vietnamese.
	Language number.Language
	// Since is the point of the last briefing: revisions since then are listed; nil for none.
	Since *query.AsOf
	// Scope narrows what counts, such as the day up to which figures were published; nil is
	// the present.
	Scope *query.Scope
}

// BriefingQuestion is a request for a briefing after its names were resolved.
type BriefingQuestion struct {
	// Unit is the unit, as it was in the year.
	Unit *catalogue.Unit
	// Year and BaseYear are the years.
	Year, BaseYear number.Year
	// Template lists what the briefing contains.
	Template *catalogue.BriefingTemplate
	// Language is the language of the sentences.
	Language number.Language
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date

	view    figure.Viewpoint
	version query.Version
}

// Basis returns the basis: the set of units on which the question is answered.
func (q *BriefingQuestion) Basis() *figure.Basis { return q.view.AsBasis() }
