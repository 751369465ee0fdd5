package workspace

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// reader reads one workspace: its files, and what they have declared so far, which
// later parts refer to. Each part is read by the file of its noun, in the order that
// Read says: levels, topics and dimensions, then indicators and units, then the rest.
type reader struct {
	files

	levels, topics, dimensions, indicators, units, cohorts, targets, scorecards, briefings, dashboards, maps, questions, sources *names

	byLevel     map[string]*catalogue.Level
	byCode      map[string]*catalogue.Indicator
	byDimension map[string]*catalogue.Dimension
	checks      map[string][]validation.Check // of indicators
	lives       lives
	derived     []*derived          // indicators that are made of others
	aliases     map[string][]string // other names of units, folded → codes
	knownFrom   number.Date         // the first day whose units are listed
}

func newReader(dir *Directory) *reader {
	return &reader{
		files:       files{dir: dir},
		levels:      newNames("level"),
		topics:      newNames("topic"),
		dimensions:  newNames("dimension"),
		indicators:  newNames("indicator"),
		units:       newNames("unit"),
		cohorts:     newNames("cohort"),
		targets:     newNames("target"),
		scorecards:  newNames("scorecard"),
		briefings:   newNames("briefing"),
		dashboards:  newNames("dashboard"),
		maps:        newNames("map"),
		questions:   newNames("saved question"),
		sources:     newNames("source"),
		byLevel:     map[string]*catalogue.Level{},
		byCode:      map[string]*catalogue.Indicator{},
		byDimension: map[string]*catalogue.Dimension{},
		aliases:     map[string][]string{},
		checks:      map[string][]validation.Check{},
	}
}

// rank is the place of a level from the top, 0 first.
func (r *reader) rank(level string) int { return slices.Index(r.levels.order, level) }

// kindsOf gives the kinds that a level has.
func (r *reader) kindsOf(level string) *names {
	kinds := newNames("kind of the level " + level)
	known := r.byLevel[level]
	kinds.partial = known == nil
	if known != nil {
		for _, kind := range known.Kinds {
			kinds.marks[kind.Code] = mark{}
			kinds.order = append(kinds.order, kind.Code)
		}
	}
	return kinds
}

// isAggregate reports whether units of a kind are part of nothing.
func (r *reader) isAggregate(level, kind string) bool {
	known := r.byLevel[level]
	if known == nil {
		return false
	}
	has := known.Has(kind)
	return has != nil && has.Aggregate
}

// membersOf gives the members that a dimension has.
func (r *reader) membersOf(dimension string) *names {
	members := newNames("member of the dimension " + dimension)
	for _, member := range r.byDimension[dimension].Members {
		members.marks[member.Code] = mark{}
		members.order = append(members.order, member.Code)
	}
	return members
}
