package warehouse_test

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// trends keeps the trends of all districts.
func (c *checked) trends(s checkSeries) {
	years := s.indicator.Years()
	for district := range checkDistricts {
		unit := fmt.Sprintf("D%02d", district)
		t, err := c.service.Trend(c.Context(), query.Ask{Indicator: s.indicator.Code, Unit: unit, From: years[0], To: years[len(years)-1]})
		if err != nil {
			c.Fatal(err)
		}
		key := func(measure string) checkKey { return checkKey{measure, s.name, unit, 2020} }
		if k := t.MannKendall; k.S != nil {
			c.count(key("S"), *k.S)
			c.word(key("test"), string(*k.Method))
			c.word(key("trend"), string(t.Verdict))
		}
		for measure, value := range map[string]number.Value{
			"variance of S": t.MannKendall.Variance, "z": t.MannKendall.Z, "p": t.MannKendall.PValue,
			"median slope": t.TheilSen.Slope, "lower slope": t.TheilSen.Lower, "upper slope": t.TheilSen.Upper,
			"slope of the line": t.LinearFit.Slope, "start of the line": t.LinearFit.Intercept, "R²": t.LinearFit.RSquared, "volatility": t.Volatility.Value,
		} {
			c.say(key(measure), value)
		}
		var points, breaks []number.Year
		for _, point := range t.Points {
			points = append(points, point.Year)
		}
		for _, b := range t.Breaks {
			if b.Kind == query.SuggestedBreak {
				c.say(checkKey{"suggested break", s.name, unit, b.Year}, b.PValue)
			} else {
				breaks = append(breaks, b.Year)
			}
		}
		c.word(key("years of the trend"), numbered(points))
		c.word(key("breaks"), numbered(breaks))
		for _, p := range t.Projection.Years {
			for measure, value := range map[string]number.Value{"projection": p.Value, "lower limit": p.Lower, "upper limit": p.Upper} {
				c.say(checkKey{measure, s.name, unit, p.Year}, value)
			}
		}
	}
}

// numbered writes numbers as a statement does: [1,2].
func numbered[T any](all []T) string { return strings.ReplaceAll(fmt.Sprint(all), " ", ",") }

// targets keeps how the districts stand to all targets.
func (c *checked) targets() {
	for _, aim := range c.service.Catalogue().Targets {
		for year := number.Year(2011); year <= 2020; year++ {
			report, err := c.service.Targets(c.Context(), query.Ask{Target: aim.Code, Level: "district", Year: year})
			if err != nil {
				c.Fatal(err)
			}
			for _, row := range report.Rows {
				key := func(measure string) checkKey { return checkKey{measure, aim.Code, row.Unit.Code, year} }
				for measure, value := range map[string]number.Value{
					"actual": row.Actual, "gap": row.Gap, "expected": row.Expected, "pace needed": row.PaceNeeded, "pace so far": row.PaceSoFar,
				} {
					c.say(key(measure), value)
				}
				c.word(key("result"), string(row.Result))
			}
		}
	}
}

// plans keeps the planned years of the cohorts, and the cohort taken as one.
func (c *checked) plans() {
	for _, cohort := range c.service.Cohorts() {
		plan, err := c.service.Plan(c.Context(), cohort, nil)
		if err != nil {
			c.Fatal(err)
		}
		for _, row := range plan.Rows {
			key := func(measure string) checkKey {
				return checkKey{measure, cohort.IndicatorCode, row.Unit.Code, row.Planned}
			}
			c.count(key("first met"), int(row.Latest))
			c.count(key("recognised"), int(row.Recognised))
			c.word(key("standing"), string(row.Status))
		}
	}
}

func (c *checked) sides(s checkSeries, year number.Year) {
	code := c.service.Cohorts()[0].Code
	ask := c.ask(s, year)
	ask.Level, ask.Within, ask.Scope = "commune", "C", &query.Scope{Cohort: &code}
	answer, err := c.service.Compare(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	for side, row := range map[string]*query.ComparisonRow{"inside": answer.Inside, "outside": answer.Outside} {
		key := func(measure string) checkKey { return checkKey{measure, s.name, side, year} }
		c.say(key("side"), row.Current.Measure())
		c.say(key("side in the base year"), row.Base.Measure())
		c.word(key("coverage of the side"), fmt.Sprintf("%d of %d", row.Current.Coverage.Reported, row.Current.Coverage.Expected))
		change := row.Change.Absolute()
		if s.indicator.IsPercentage() {
			change = row.Change.Points()
		}
		if why := change.Reason(); why == nil || *why == number.CoverageLow {
			c.say(key("change of the side"), change)
		}
	}
}

// periods keeps sums of a flow and last values of a stock.
func (c *checked) periods(s checkSeries) {
	h := c.service.Catalogue().At(number.Year(2017).Reference())
	for _, level := range c.service.Catalogue().Levels {
		for _, unit := range h.Level(level.Code) {
			if strings.HasPrefix(unit.Code, "U") && !strings.HasPrefix(unit.Code, "U0") {
				continue
			}
			answer, err := c.service.Period(c.Context(), query.Ask{Indicator: s.indicator.Code, Unit: unit.Code, From: 2013, To: 2017})
			if err != nil {
				c.Fatal(err)
			}
			c.say(checkKey{"period", s.name, unit.Code, 2017}, answer.Value)
			c.word(checkKey{"missing years", s.name, unit.Code, 2017}, numbered(answer.MissingYears))
		}
	}
}

// scorecards keeps the scores of all units.
func (c *checked) scorecards(year number.Year) {
	for _, level := range checkLevels() {
		answer, err := c.service.Scorecard(c.Context(), "set", query.Ask{Year: year, BaseYear: baseOf(year), Level: level, Within: "C"})
		if err != nil {
			c.Fatal(err)
		}
		for _, row := range append(answer.Rows, answer.Total) {
			key := func(measure string) checkKey { return checkKey{measure, "set", row.Unit.Code, year} }
			if row.Score != nil {
				c.score(key, row)
			} else {
				c.summary(key, row)
			}
		}
	}
}

func (c *checked) score(key func(string) checkKey, row *query.ScorecardRow) {
	s := row.Score
	c.word(key("criteria"), fmt.Sprintf("%d met, %d not, %d unknown", len(s.Met), len(s.NotMet), len(s.Unknown)))
	band := "none"
	if s.Band != nil {
		band = map[int]string{4: "4", 2: "2–3", 0: "0–1"}[s.Band.AtLeast]
	}
	c.word(key("band"), band)
	if key("").year == 2015 {
		return
	}
	codes := func(criteria []*catalogue.Criterion) string {
		var all []string
		for _, criterion := range criteria {
			all = append(all, criterion.Code)
		}
		return numbered(all)
	}
	c.word(key("gained and lost"), codes(row.Gained)+codes(row.Lost))
}

func (c *checked) summary(key func(string) checkKey, row *query.ScorecardRow) {
	s := row.Summary
	for measure, n := range map[string]int{
		"units scored": s.UnitCount, "units known": s.Known, "meeting all": s.MeetingAll, "meeting all at most": s.MeetingAllAtMost, "units of no band": s.Undecided,
	} {
		c.count(key(measure), n)
	}
	c.say(key("mean met"), s.Mean)
	c.say(key("mean met at least"), s.MeanAtLeast)
	c.say(key("mean met at most"), s.MeanAtMost)
	var bands []string
	for _, band := range s.Bands {
		bands = append(bands, fmt.Sprintf("%d: %d–%d", band.Band.AtLeast, band.UnitCount, band.AtMost))
	}
	c.word(key("bands"), strings.Join(bands, ", "))
	if row.BaseSummary != nil && key("").year != 2015 {
		c.say(key("mean met in the base year"), row.BaseSummary.Mean)
	}
}

// bases keeps figures and changes on the units of 1 July 2021.
func (c *checked) bases(s checkSeries, year number.Year) {
	day := checkReform()
	for _, level := range checkLevels() {
		ask := c.ask(s, year)
		ask.Level, ask.Within, ask.Scope = level, "C", &query.Scope{Basis: &figure.Basis{Date: &day}}
		answer, err := c.service.Compare(c.Context(), ask)
		if err != nil {
			c.Fatal(err)
		}
		for _, row := range answer.Rows {
			f := row.Current
			key := func(measure string) checkKey { return checkKey{measure + " on a basis", s.name, row.Unit.Code, year} }
			c.say(key("value"), f.Value)
			c.say(key("rate"), f.Rate)
			c.say(key("change"), row.Change.Absolute())
			c.word(key("verdict"), string(row.Change.Verdict()))
			if why := f.Reason(); why == nil || *why != number.NotComparable {
				c.word(key("coverage"), fmt.Sprintf("%d of %d", f.Coverage.Reported, f.Coverage.Expected))
			}
		}
	}
}
