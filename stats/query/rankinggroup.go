package query

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// RankingGroup is the units of one parent, which are ranked among themselves.
type RankingGroup struct {
	// Unit is the parent, as it was in the year asked.
	Unit *catalogue.Unit
	// RankedCount is the number of units within it that have a rank, UniverseCount that
	// of all units within it to which the indicator applies.
	RankedCount, UniverseCount int

	field *field
	rows  []*RankingRow
}

// Mean is the plain mean of the measure over the ranked units of the group; none when no
// unit is ranked.
func (g *RankingGroup) Mean() number.Value { return g.field.mean() }

// parentAt returns the unit of a level that a unit lies in; nil when there is none.
func parentAt(unit *catalogue.Unit, level *catalogue.Level) *catalogue.Unit {
	for at := unit.Parent(); at != nil; at = at.Parent() {
		if at.Level.Code == level.Code {
			return at
		}
	}
	return nil
}

// rankInGroups ranks the units of each parent among themselves: groups by the code of the
// parent, in each the best first. What lies in no unit of that level has no rank.
func rankInGroups(answer *Ranking, f *figure.Facts, o order, rows []*RankingRow, notes *NoteCollector) {
	q := answer.Question
	byParent := map[uint32]*RankingGroup{}
	var outside []*RankingRow
	for _, row := range rows {
		parent := parentAt(row.Unit, q.RankWithin)
		if parent == nil {
			why := number.NotApplicable
			row.Reason = &why
			outside = append(outside, row)
			continue
		}
		group := byParent[parent.Key()]
		if group == nil {
			group = &RankingGroup{Unit: parent}
			byParent[parent.Key()] = group
			answer.Groups = append(answer.Groups, group)
		}
		row.Parent = parent
		group.rows = append(group.rows, row)
	}
	slices.SortFunc(answer.Groups, func(a, b *RankingGroup) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
	var all []*RankingRow
	for _, group := range answer.Groups {
		ranked, unranked, field := o.place(group.rows)
		group.RankedCount, group.UniverseCount, group.field = len(ranked), len(group.rows), field
		answer.Rows, answer.Unranked = append(answer.Rows, ranked...), append(answer.Unranked, unranked...)
		all = append(all, group.rows...)
		if *q.OrderBy == catalogue.ByValue {
			o.move(group.rows, sameUnits(f, group.question(q), group.scope()), notes)
		}
	}
	sorted, _ := o.sort(all, o.of)
	answer.field = newField(sorted)
	if len(sorted) > 0 {
		answer.Last = sorted[len(sorted)-1].row
	}
	answer.Unranked = append(answer.Unranked, outside...)
	slices.SortStableFunc(answer.Unranked, func(a, b *RankingRow) int { return cmp.Compare(a.Unit.Code, b.Unit.Code) })
}

// question is the question narrowed to the parent.
func (g *RankingGroup) question(q *Question) *Question {
	own := *q
	own.Within = g.Unit
	return &own
}

func (g *RankingGroup) scope() scope {
	units := make([]*catalogue.Unit, len(g.rows))
	for at, row := range g.rows {
		units[at] = row.Unit
	}
	return scope{units: units, total: g.Unit}
}

// resolveRankWithin resolves the level whose units are the parents.
func resolveRankWithin(r *Resolver, q *Question, code string) {
	if code == "" {
		return
	}
	q.RankWithin = r.level("rankWithin", code)
	if q.RankWithin != nil && q.Level != nil && q.RankWithin.Index() >= q.Level.Index() {
		r.Fault(&number.Error{
			Code: number.BadArgument, Where: "rankWithin", Message: number.Say("units of the level %q lie within none of the level %q", q.Level.Code, code),
			Hint: number.Say("name a level above it"),
		})
	}
}
