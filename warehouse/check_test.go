package warehouse_test

import (
	"embed"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/stats/memory"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/warehousetest"
)

//go:embed testdata/check/*.sql
var checks embed.FS

// baseOf is the year that a year is compared with: the statements about changes say nothing of 2015 itself.
func baseOf(year stats.Year) stats.Year {
	if year == 2015 {
		return 2011
	}
	return 2015
}

// TestIndependently reckons measures of 500 units × 10 years a second time:
// by plain statements over what was published, testdata/check, written from
// docs/numbers.md and not from our code. Fractions agree exactly; what a statement
// can only give as a float (it says ~) to twelve digits.
func TestIndependently(t *testing.T) {
	const seed uint64 = 20210312
	t.Logf("seed %d", seed)
	w := warehousetest.Start(t)
	m := &madeUp{Rand: rand.New(rand.NewPCG(seed, 2))}
	if err := w.Define(t.Context(), checkUnits(), "check"); err != nil {
		t.Fatal(err)
	}
	for release := range 2 {
		m.reported(t, w, release)
	}
	for _, view := range []string{"1_cell", "2_figure"} {
		if err := w.Run(t.Context(), checkText(t, view)); err != nil {
			t.Fatalf("%s: %v", view, err)
		}
	}
	remembered, err := memory.New(w, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := &checked{T: t, service: stats.New(remembered), ours: map[string]stats.Value{}, words: map[string]string{}}
	for _, indicator := range w.Catalogue().Indicators {
		for _, year := range indicator.Years() {
			for _, level := range []string{"province", "district", "commune"} {
				c.compare(indicator, year, level)
				c.rank(indicator, year, level)
			}
			c.whole(indicator, year)
			c.spread(indicator, year)
		}
		c.trends(indicator)
	}
	for _, name := range []string{"figure", "change", "churn", "matched", "rank", "distribution", "trend"} {
		c.against(w, name)
	}
}

// checked is what our code says, by measure, indicator, unit and year: numbers, and words for what is none.
type checked struct {
	*testing.T
	service *stats.Service
	ours    map[string]stats.Value
	words   map[string]string
}

func checkKey(measure, indicator, unit string, year stats.Year) string {
	return fmt.Sprintf("%s of %s in %s %d", measure, indicator, unit, year)
}

func checkText(t *testing.T, name string) string {
	t.Helper()
	text, err := checks.ReadFile("testdata/check/" + name + ".sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// against holds all rows of a statement against what our code said.
func (c *checked) against(w *warehouse.Warehouse, name string) {
	rows, err := w.Query(c.Context(), checkText(c.T, name), 0)
	if err != nil {
		c.Fatalf("%s.sql: %v", name, err)
	}
	agreed, numbers := 0, 0
	for {
		row, more := rows.Next()
		if !more {
			break
		}
		var year stats.Year
		if _, err := fmt.Sscan(fmt.Sprint(row[3]), &year); err != nil {
			c.Fatal(err)
		}
		key, want := checkKey(row[0].(string), row[1].(string), row[2].(string), year), row[4].(string)
		value, found := c.ours[key]
		got := value.String()
		if word, is := c.words[key]; is {
			found, got = true, word
		}
		if found && agrees(value, got, want) {
			agreed++
			if value.IsKnown() {
				numbers++
			}
			continue
		}
		c.Errorf("%s.sql: %s: %s, ours is %s (found: %t)", name, key, want, got, found)
	}
	if err := rows.Close(); err != nil {
		c.Fatalf("%s.sql: %v", name, err)
	}
	c.Logf("%s.sql: %d agree, %d of them numbers", name, agreed, numbers)
	if agreed == 0 {
		c.Errorf("%s.sql gives nothing", name)
	}
}

// agrees compares a number as a fraction, a float to twelve digits, and anything else as text.
func agrees(value stats.Value, got, want string) bool {
	ours, known := value.Number()
	if float, is := strings.CutPrefix(want, "~"); is && known {
		theirs, err := decimal.NewFromString(float)
		if err != nil {
			return false
		}
		a, b := ours.Decimal().InexactFloat64(), theirs.InexactFloat64()
		return math.Abs(a-b) <= 1e-12*max(1, math.Abs(a), math.Abs(b))
	}
	theirs, err := stats.ParseFraction(want)
	if known && err == nil {
		return ours.Cmp(theirs) == 0
	}
	return !known && got == want
}

// compare keeps the figures and changes of a level.
func (c *checked) compare(indicator *stats.Indicator, year stats.Year, level string) {
	answer, err := c.service.Compare(c.Context(), stats.Ask{Indicator: indicator.Code, Year: year, BaseYear: baseOf(year), By: level, Within: "C"})
	if err != nil {
		c.Fatal(err)
	}
	for _, row := range append(answer.Rows, answer.Total) {
		f := row.Current
		for measure, value := range map[string]stats.Value{
			"value": f.Value, "denominator": f.Denominator, "rate": f.Rate, "weight": f.Weight,
			"absolute": row.Change.Absolute(), "points": row.Change.Points(), "percent": row.Change.Percent(),
			"index": row.Change.Index(), "cagr": row.Change.CAGR(),
		} {
			c.ours[checkKey(measure, indicator.Code, row.Unit.Code, year)] = value
		}
		c.words[checkKey("coverage", indicator.Code, row.Unit.Code, year)] = fmt.Sprintf("%d of %d", f.Coverage.Reported, f.Coverage.Expected)
	}
	c.parts(answer, indicator)
}

// parts holds that contributions add up to the change, exactly.
func (c *checked) parts(answer *stats.Comparison, indicator *stats.Indicator) {
	change := answer.Total.Change.Absolute()
	if indicator.Kind.IsPercentage() {
		change = answer.Total.Change.Points()
	}
	whole, known := change.Number()
	rest, has := answer.Unexplained.Value.Number()
	if !known || !has {
		return
	}
	for _, row := range answer.Rows {
		if part, has := row.Contribution.Value.Number(); has {
			rest = rest.Add(part)
		}
	}
	if rest.Cmp(whole) != 0 {
		c.Errorf("%s %d: the contributions are %s, the change %s", indicator.Code, answer.Question.Year, rest.Decimal(), whole.Decimal())
	}
}

func (c *checked) rank(indicator *stats.Indicator, year stats.Year, level string) {
	for _, ties := range []stats.Ties{stats.Competition, stats.Dense} {
		answer, err := c.service.Rank(c.Context(), stats.Ask{Indicator: indicator.Code, Year: year, BaseYear: baseOf(year), By: level, Ties: ties})
		if err != nil {
			c.Fatal(err)
		}
		for _, row := range answer.Rows {
			key := func(measure string) string { return checkKey(measure, indicator.Code, row.Unit.Code, year) }
			rank := stats.Exactly(decimal.NewFromInt(int64(*row.Rank)))
			if ties == stats.Dense {
				c.ours[key("dense")] = rank
				continue
			}
			c.ours[key("rank")], c.ours[key("quartile")] = rank, stats.Exactly(decimal.NewFromInt(int64(*row.Quartile)))
			c.ours[key("share")], c.ours[key("gap to best")], c.ours[key("gap to mean")] = row.Share, row.GapToBest(), row.GapToMean()
		}
	}
}

// whole keeps the churn and the matched totals of the country.
func (c *checked) whole(indicator *stats.Indicator, year stats.Year) {
	ask := stats.Ask{Indicator: indicator.Code, Year: year, BaseYear: baseOf(year), By: "district", Within: "C"}
	answer, err := c.service.Compare(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	if churn := answer.Churn(); churn != nil {
		for measure, n := range map[string]int{
			"gained": churn.Gained.Count(), "lost": churn.Lost.Count(), "kept": churn.Kept, "never": churn.Never, "unjudged": churn.Unjudged.Count(),
		} {
			c.ours[checkKey(measure, indicator.Code, "C", year)] = stats.Exactly(decimal.NewFromInt(int64(n)))
		}
	}
	ask.Matched = true
	if answer, err = c.service.Compare(c.Context(), ask); err != nil {
		c.Fatal(err)
	}
	c.ours[checkKey("matched current", indicator.Code, "C", year)] = answer.Total.Current.Measure()
	c.ours[checkKey("matched base", indicator.Code, "C", year)] = answer.Total.Base.Measure()
}

func (c *checked) spread(indicator *stats.Indicator, year stats.Year) {
	for _, level := range []string{"district", "commune"} {
		d, err := c.service.Distribution(c.Context(), stats.Ask{Indicator: indicator.Code, Year: year, By: level})
		if err != nil {
			c.Fatal(err)
		}
		for measure, value := range map[string]stats.Value{
			"count": stats.Exactly(decimal.NewFromInt(int64(d.Count))), "first quartile": d.FirstQuartile, "median": d.Median,
			"third quartile": d.ThirdQuartile, "deviation": d.StandardDeviation.Value, "gini": d.Gini.Value,
		} {
			c.ours[checkKey(measure, indicator.Code, level, year)] = value
		}
	}
}

func (c *checked) trends(indicator *stats.Indicator) {
	for district := range checkDistricts {
		unit := fmt.Sprintf("D%02d", district)
		trend, err := c.service.Trend(c.Context(), stats.Ask{Indicator: indicator.Code, Unit: unit, From: 2011, To: 2020})
		if err != nil {
			c.Fatal(err)
		}
		if s := trend.MannKendall.S; s != nil {
			c.ours[checkKey("S", indicator.Code, unit, 2020)] = stats.Exactly(decimal.NewFromInt(int64(*s)))
		}
		for measure, value := range map[string]stats.Value{
			"slope of Theil and Sen": trend.TheilSen.Slope,
			"slope of the line":      trend.LinearFit.Slope, "R²": trend.LinearFit.RSquared,
		} {
			c.ours[checkKey(measure, indicator.Code, unit, 2020)] = value
		}
	}
}

// The country, 5 provinces, 44 districts and 450 communes are 500 units.
const checkProvinces, checkDistricts, checkCommunes = 5, 44, 450

func checkUnits() stats.Definitions {
	d := stats.Definitions{Topics: []*stats.Topic{{Code: "t"}}}
	for _, code := range []string{"country", "province", "district", "commune"} {
		d.Levels = append(d.Levels, &stats.Level{Code: code, Kinds: []*stats.Kind{{Code: "k"}}})
	}
	add := func(code, level, parent string) {
		d.Units = append(d.Units, stats.UnitVersion{Code: code, Level: level, Kind: "k", Parent: parent, Opening: stats.Baseline})
	}
	add("C", "country", "")
	for i := range checkProvinces {
		add(fmt.Sprintf("P%d", i), "province", "C")
	}
	for i := range checkDistricts {
		add(fmt.Sprintf("D%02d", i), "district", fmt.Sprintf("P%d", i%checkProvinces))
	}
	for i := range checkCommunes {
		add(fmt.Sprintf("U%03d", i), "commune", fmt.Sprintf("D%02d", i%checkDistricts))
	}
	minimum, _ := stats.ParseFraction("2/3")
	for _, kind := range []stats.IndicatorKind{stats.Count, stats.Amount, stats.Ratio, stats.Attainment, stats.Mean} {
		direction := stats.HigherIsBetter
		if kind == stats.Count {
			direction = stats.LowerIsBetter
		}
		d.Indicators = append(d.Indicators, &stats.Indicator{
			Code: strings.ToLower(string(kind)) + "-1", TopicCode: "t", Kind: kind, Direction: direction,
			Eligibility: stats.Eligibility{Level: "commune"}, MinimumCoverage: minimum,
		})
	}
	return d
}

// reported publishes what the communes report: nothing, that it is not known, or a
// value, often that of another; the second time a revision of some.
func (m *madeUp) reported(t *testing.T, w *warehouse.Warehouse, release int) {
	c := w.Catalogue()
	at := stats.Position{Published: stats.NewDate(2021, 1+release, 1), Release: stats.ReleaseID(1 + release)}
	var observations []stats.Observation
	for _, indicator := range c.Indicators {
		for year := stats.Year(2011); year <= 2020; year++ {
			for _, unit := range c.At(year.Reference()).Level("commune") {
				if absent := m.IntN(8) == 0; absent || release == 1 && m.IntN(10) > 0 {
					continue
				}
				key := stats.CellKey{Indicator: indicator.Code, Unit: unit.Key(), Year: year}
				observations = append(observations, m.report(key, at, indicator.Kind))
			}
		}
	}
	post(t, w, at, observations)
}

func (m *madeUp) report(key stats.CellKey, at stats.Position, kind stats.IndicatorKind) stats.Observation {
	o := stats.Observation{CellKey: key, At: at, Status: stats.Normal}
	if m.IntN(12) == 0 {
		o.Status = stats.Missing
		return o
	}
	hundredths := func(n int) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.New(int64(n), -2)) }
	switch kind {
	case stats.Count:
		o.Value = hundredths(100 * m.IntN(12))
	case stats.Amount:
		o.Value = hundredths(m.IntN(2000) - 700)
	case stats.Ratio:
		whole := 100 * (1 + m.IntN(60))
		o.Value, o.Denominator = hundredths(100*m.IntN(whole/100+1)), hundredths(whole)
	case stats.Attainment:
		o.Value, o.Denominator = hundredths(100*m.IntN(2)), hundredths(100)
	default:
		o.Value, o.Denominator = hundredths(m.IntN(3000)), hundredths(100*(1+m.IntN(40)))
	}
	return o
}
