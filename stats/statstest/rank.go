package statstest

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/query"
)

// ranking writes the ranked rows, the others as one, and the unranked.
func ranking(answer *query.Ranking, columns []string) []string {
	lines := []string{}
	for _, g := range answer.Groups {
		lines = append(lines, fmt.Sprintf("group %s ranked %d of %d mean %s", g.Unit.Code, g.RankedCount, g.UniverseCount, g.Mean()))
	}
	for _, row := range answer.Rows {
		lines = append(lines, rank(row.Rank)+" "+row.Unit.Code+" "+rankedCells(columns, row))
	}
	if answer.Others != nil {
		lines = append(lines, fmt.Sprintf("%d %s %s", answer.OthersCount, answer.Others.Unit.Code, rankedCells(columns, answer.Others)))
	}
	for _, row := range answer.Unranked {
		lines = append(lines, "- "+row.Unit.Code+" "+rankedCells(columns, row))
	}
	if slices.Contains(columns, "average") {
		lines = append(lines, "average "+answer.Mean().String())
	}
	return append(lines, notes(answer.Notes, fmt.Sprintf("ranked %d of %d", answer.RankedCount, answer.UniverseCount))...)
}

// turn remembers where the next page of a ranking begins, and writes the last of the
// ranked where it does not stand on this one.
func turn(in *session, answer *query.Ranking) []string {
	in.cursor = ""
	if !answer.PageInfo.HasNextPage {
		return nil
	}
	in.cursor = *answer.PageInfo.EndCursor
	return []string{"last " + rank(answer.Last.Rank) + " " + answer.Last.Unit.Code}
}

// rankedCells writes a row. Besides the columns of every row it knows count and
// denominator (the figure's parts), share, moved (base rank and movement),
// possible (best and worst rank), quartile, best and mean (the gaps to them), and
// average, which is the mean itself on a line below the rows.
func rankedCells(columns []string, row *query.RankingRow) string {
	return cells(columns, row.Base, row.Current, row.Change, func(l *line, column string) {
		switch column {
		case "share":
			l.number(row.Share(), "", "%")
		case "moved":
			l.add(rank(row.BaseRank), rank(row.Movement))
		case "possible":
			l.add(rank(row.BestRank) + ".." + rank(row.WorstRank))
		case "gap":
			l.number(row.GapToTarget, "+", "")
		case "quartile":
			l.add("Q" + rank(row.Quartile))
		case "average": // of all rows, on a line of its own
		case "best":
			l.number(row.GapToBest(), "+", "")
		case "mean":
			l.number(row.GapToMean(), "+", "")
		case "denominator":
			l.number(row.Current.Denominator, "", "")
		case "count":
			l.number(row.Current.Value, "", "")
		default:
			l.add("?" + column)
		}
	})
}
