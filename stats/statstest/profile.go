package statstest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// profile writes all that is known of a unit, an indicator a line: its figure
// with its status, the change that a headline would print, the rank among how
// many ranked of how many siblings, and the rank in the base year with the
// movement. The unit is that of the year, or where it has ended of the base year.
//
//	profile A 2020 [vs 2018] [as of 2020-12-31]
func profile(ctx context.Context, in *session, a *arguments) ([]string, error) {
	var ask query.Ask
	options(a, &ask)
	if base, err := strconv.Atoi(a.after("vs")); err == nil {
		ask.BaseYear = number.Year(base)
	}
	code := a.next()
	year, err := strconv.Atoi(a.next())
	if err != nil {
		return nil, err
	}
	ask.Year = number.Year(year)
	if err := a.end(); err != nil {
		return nil, err
	}
	c := in.store.Catalogue()
	unit := c.At(ask.Year.Reference()).Unit(code)
	if unit == nil {
		unit = c.At(max(ask.BaseYear, number.DefaultBaseYear).Reference()).Unit(code)
	}
	p, err := in.service.Profile(ctx, unit, ask)
	if err != nil {
		return nil, err
	}
	if p == nil {
		return []string{"none"}, nil
	}
	lines := []string{}
	for _, row := range p.Rows {
		line := row.Indicator.Code + " " + row.Current.Measure().String()
		if row.Current.Status() != number.Normal {
			line += string(row.Current.Status())
		}
		line += " " + cells([]string{strings.ToLower(string(row.Change.Primary()))}, row.Base, row.Current, row.Change, nil)
		lines = append(lines, line+fmt.Sprintf(" rank %d of %d/%d moved %s %s", row.Rank, row.RankedCount, row.UniverseCount, rank(row.BaseRank), rank(row.Movement)))
	}
	return append(lines, notes(p.Notes, "")...), nil
}
