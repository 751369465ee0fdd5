package warehouse_test

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// checkSeries is an indicator, or one of its members, as the statements call it.
type checkSeries struct {
	name      string
	indicator *catalogue.Indicator
	scope     *query.Scope
}

func (s checkSeries) is(codes ...string) bool { return slices.Contains(codes, s.indicator.Code) }

// plain reports whether communes alone report it, as a total.
func (s checkSeries) plain() bool { return strings.HasSuffix(s.name, "-1") }

// series lists all of them.
func (c *checked) series() []checkSeries {
	var all []checkSeries
	for _, indicator := range c.service.Catalogue().Indicators {
		if indicator.IsDerived() {
			continue // see derived
		}
		all = append(all, checkSeries{name: indicator.Code, indicator: indicator})
		for _, dimension := range indicator.DimensionCodes {
			for _, member := range []string{"female", "male"} {
				of := []query.BreakdownAsk{{Dimension: dimension, Members: []string{member}}}
				all = append(all, checkSeries{indicator.Code + "[" + dimension + "=" + member + "]", indicator, &query.Scope{Breakdown: of}})
			}
		}
	}
	return all
}

// baseOf is the year that a year is compared with: the statements about changes say nothing of 2015 itself.
func baseOf(year number.Year) number.Year {
	if year == 2015 {
		return 2011
	}
	return 2015
}

func checkLevels() []string { return []string{"province", "district", "commune"} }

// answers asks everything.
func (c *checked) answers() {
	for _, s := range c.series() {
		for _, year := range s.indicator.Years() {
			for _, level := range checkLevels() {
				if level == "commune" && !s.plain() && year != 2015 && year != 2018 {
					continue // the statements leave them out, too
				}
				c.compare(s, year, level)
				c.rank(s, year, level)
				c.within(s, year, level)
				c.yearly(s, year, level)
			}
			if s.plain() {
				c.whole(s, year)
			}
			if (s.plain() || s.is("attainment-6", "attainment-7", "attainment-8")) && slices.Contains([]number.Year{2012, 2018, 2020}, year) {
				c.bases(s, year)
			}
			if s.plain() && year != 2015 {
				c.sides(s, year)
			}
			if s.plain() || s.is("attainment-9", "count-5") {
				c.spread(s, year)
			}
		}
		c.course(s)
		if s.plain() || s.is("ratio-2", "count-4") {
			c.table(s)
		}
		if s.plain() || s.is("ratio-2", "count-5") {
			c.trends(s)
		}
		if s.is("count-1", "amount-1") {
			c.periods(s)
		}
	}
	for year := number.Year(2011); year <= 2020; year++ {
		c.scorecards(year)
	}
	c.stated()
	c.targets()
	c.plans()
	for code := range checkDerivations() {
		c.derived(code)
	}
}

func (c *checked) ask(s checkSeries, year number.Year) query.Ask {
	return query.Ask{Indicator: s.indicator.Code, Year: year, BaseYear: baseOf(year), Scope: s.scope}
}

// compare keeps the figures, changes and contributions of a level.
func (c *checked) compare(s checkSeries, year number.Year, level string) {
	ask := c.ask(s, year)
	ask.Level, ask.Within = level, "C"
	if s.indicator.CoverageWeight() != nil {
		weighed := query.Scope{ByWeight: true}
		if ask.Scope != nil {
			weighed = *ask.Scope
			weighed.ByWeight = true
		}
		ask.Scope = &weighed
	}
	answer, err := c.service.Compare(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	for _, row := range append(answer.Rows, answer.Total) {
		key := func(measure string) checkKey { return checkKey{measure, s.name, row.Unit.Code, year} }
		c.figure(key, row.Current)
		if year == 2015 {
			continue
		}
		for measure, value := range map[string]number.Value{
			"absolute": row.Change.Absolute(), "points": row.Change.Points(), "percent": row.Change.Percent(),
			"index": row.Change.Index(), "cagr": row.Change.CAGR(),
		} {
			c.say(key(measure), value)
		}
		c.word(key("verdict"), string(row.Change.Verdict()))
		if part := row.Contribution; part != nil {
			c.contribution(key, part)
		}
	}
	if year != 2015 {
		c.say(checkKey{"unexplained", s.name, level, year}, answer.Unexplained.Value)
	}
}

func (c *checked) figure(key func(string) checkKey, f *figure.Figure) {
	for measure, value := range map[string]number.Value{"value": f.Value, "denominator": f.Denominator, "rate": f.Rate, "weight": f.Weight} {
		c.say(key(measure), value)
	}
	c.word(key("coverage"), fmt.Sprintf("%d of %d", f.Coverage.Reported, f.Coverage.Expected))
	if weight := f.Coverage.ByWeight(); weight != nil {
		c.say(key("expected weight"), weight.Expected)
		c.say(key("reported weight"), weight.Reported)
	}
	if !f.Indicator.IsRegister() {
		c.word(key("origin"), string(f.Origin))
	}
	if f.RollUp != nil {
		c.say(key("roll-up"), f.RollUp.Value)
	}
}

func (c *checked) contribution(key func(string) checkKey, part *query.Contribution) {
	for measure, value := range map[string]number.Value{
		"contribution": part.Value, "rate effect": part.RateEffect, "mix effect": part.MixEffect, "share of the change": part.Share,
	} {
		c.say(key(measure), value)
	}
}

// whole keeps the churn and the matched totals of the country.
func (c *checked) whole(s checkSeries, year number.Year) {
	if year == 2015 {
		return
	}
	ask := c.ask(s, year)
	ask.Level, ask.Within = "district", "C"
	answer, err := c.service.Compare(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	key := func(measure string) checkKey { return checkKey{measure, s.name, "C", year} }
	if churn := answer.Churn(); churn != nil {
		for measure, n := range map[string]int{
			"gained": churn.Gained.Count(), "lost": churn.Lost.Count(), "kept": churn.Kept, "never": churn.Never, "unjudged": churn.Unjudged.Count(),
		} {
			c.count(key(measure), n)
		}
	}
	ask.Matched = true
	if answer, err = c.service.Compare(c.Context(), ask); err != nil {
		c.Fatal(err)
	}
	c.say(key("matched current"), answer.Total.Current.Measure())
	c.say(key("matched base"), answer.Total.Base.Measure())
}
