package warehouse_test

import (
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// parents are the levels within whose units those of a level are ranked among themselves,
// which the statement chooses alike.
func (s checkSeries) parents(level string) []string {
	switch {
	case level == "district":
		return []string{"province"}
	case level == "commune" && s.name == "ratio-1":
		return []string{"district", "province"}
	case level == "commune" && s.plain():
		return []string{"district"}
	}
	return nil
}

// within keeps the ranks of the units of each parent.
func (c *checked) within(s checkSeries, year number.Year, level string) {
	for _, parents := range s.parents(level) {
		for _, order := range s.orders(year) {
			if year%3 != 2 || order != catalogue.ByValue && order != catalogue.ByPercent {
				continue
			}
			ask := c.ask(s, year)
			ask.BaseYear, ask.Level, ask.OrderBy, ask.RankWithin = 2015, level, order, parents
			name := fmt.Sprintf("%s by %s within %s", s.name, order, parents)
			answer, err := c.service.Rank(c.Context(), ask)
			if err != nil {
				c.Fatal(err)
			}
			for _, group := range answer.Groups {
				key := func(measure string) checkKey { return checkKey{measure, name, group.Unit.Code + " of " + level, year} }
				c.word(key("ranked within"), fmt.Sprintf("%d of %d", group.RankedCount, group.UniverseCount))
				c.say(key("mean within"), group.Mean())
			}
			for _, row := range append(answer.Rows, answer.Unranked...) {
				c.place(func(measure string) checkKey { return checkKey{measure + " within", name, row.Unit.Code, year} }, row)
			}
		}
	}
}

// place keeps the place of a unit among those of its parent.
func (c *checked) place(key func(string) checkKey, row *query.RankingRow) {
	for measure, n := range map[string]*int{
		"rank": row.Rank, "quartile": row.Quartile, "best rank": row.BestRank, "worst rank": row.WorstRank, "base rank": row.BaseRank, "movement": row.Movement,
	} {
		if n != nil && !(row.Current.Year == 2015 && (measure == "base rank" || measure == "movement")) {
			c.count(key(measure), *n)
		}
	}
	if row.Rank != nil {
		c.say(key("gap to best"), row.GapToBest())
		c.say(key("gap to mean"), row.GapToMean())
	}
}

// yearly keeps the changes of a year from the year before.
func (c *checked) yearly(s checkSeries, year number.Year, level string) {
	if year == s.indicator.Years()[0] || level == "commune" && (!s.plain() || year%3 != 2) {
		return // the statement leaves them out, too
	}
	ask := c.ask(s, year)
	ask.Level, ask.Within, ask.BaseYear = level, "C", number.PreviousYear
	answer, err := c.service.Compare(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	for _, row := range answer.Rows {
		c.fromPrevious(checkKey{"", s.name, row.Unit.Code, year}, row.Change)
	}
}

// course asks for the same once more, as the points of series over a few years: a change
// that differs from the one of a comparison is an error.
func (c *checked) course(s checkSeries) {
	years := s.indicator.Years()
	scope := query.Scope{}
	if s.scope != nil {
		scope = *s.scope
	}
	scope.Changes = true
	for _, level := range []string{"province", "district"} {
		answer, err := c.service.Series(c.Context(), query.Ask{
			Indicator: s.indicator.Code, Level: level, Within: "C", BaseYear: 2015, From: years[1], To: slices.Max(years), Scope: &scope,
		})
		if err != nil {
			c.Fatal(err)
		}
		for _, series := range answer.Series {
			for _, point := range series.Points {
				c.fromPrevious(checkKey{"", s.name, series.Unit.Code, point.Figure.Year}, point.ChangeFromPrevious)
			}
		}
	}
}

func (c *checked) fromPrevious(key checkKey, change query.Change) {
	of := func(measure string) checkKey {
		return checkKey{"yearly " + measure, key.indicator, key.unit, key.year}
	}
	for measure, value := range map[string]number.Value{
		"absolute": change.Absolute(), "points": change.Points(), "percent": change.Percent(), "index": change.Index(), "growth": change.CAGR(),
	} {
		c.say(of(measure), value)
	}
	c.word(of("verdict"), string(change.Verdict()))
}
