package warehouse_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
)

// The country, 5 provinces, 44 districts and 450 communes are 500 units. On 1 July
// 2021, after all years, the communes of half the districts were merged and split.
const checkProvinces, checkDistricts, checkCommunes = 5, 44, 450

func checkReform() number.Date { return number.NewDate(2021, 7, 1) }

// told says which indicators there are and who reports them.
var told = []struct {
	code    string
	over    catalogue.OverTime
	recast  catalogue.Recast
	silence int // one of so many cells is not there
	levels  bool
	members bool
}{
	{code: "count-0"}, // people, by whom coverage is weighed
	{code: "count-1", over: catalogue.Flow, silence: 8}, {code: "amount-1", over: catalogue.Stock, silence: 8},
	{code: "ratio-1", silence: 8}, {code: "attainment-1", silence: 8, recast: catalogue.RecastAll}, {code: "mean-1", silence: 8},
	{code: "count-2", silence: 4, levels: true}, {code: "ratio-2", silence: 4, levels: true}, {code: "attainment-2", silence: 4, levels: true},
	{code: "mean-2", silence: 4, levels: true}, {code: "reported-2", silence: 2, levels: true},
	{code: "attainment-3"}, // a register of decisions
	{code: "count-4", silence: 20, members: true}, {code: "ratio-4", silence: 20, members: true},
	{code: "count-5", silence: 20}, // with breaks in the series, and 16 years
	{code: "attainment-6", silence: 40, recast: catalogue.RecastAny}, {code: "attainment-7", silence: 40, recast: catalogue.RecastShare},
	{code: "attainment-8", silence: 40}, {code: "attainment-9", silence: 40},
}

func checkDefinitions() catalogue.Definitions {
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "t"}}, Dimensions: []*catalogue.Dimension{{
		Code: "sex", Members: []*catalogue.DimensionMember{{Code: "female"}, {Code: "male"}},
	}}}
	for _, code := range []string{"country", "province", "district", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: code, Kinds: []*catalogue.Kind{{Code: "k"}}})
	}
	minimum, _ := number.ParseFraction("2/3")
	for _, i := range told {
		kind, _, _ := strings.Cut(i.code, "-")
		indicator := &catalogue.Indicator{
			Code: i.code, TopicCode: "t", Kind: catalogue.IndicatorKind(strings.ToUpper(kind)), Direction: catalogue.HigherIsBetter, Over: i.over,
			Recast: i.recast, Eligibility: catalogue.Eligibility{Level: "commune"}, MinimumCoverage: minimum,
		}
		if i.code == "ratio-4" {
			indicator.Scale = 1000
		}
		if kind == "count" {
			indicator.Direction = catalogue.LowerIsBetter
		}
		if strings.HasSuffix(i.code, "-1") || i.levels {
			indicator.CoverageWeightCode = "count-0"
		}
		if i.members {
			indicator.DimensionCodes = []string{"sex"}
		}
		if i.code == "attainment-3" {
			indicator.Absent = catalogue.NotMet
		}
		d.Indicators = append(d.Indicators, indicator)
	}
	for code, of := range checkDerivations() {
		d.Indicators = append(d.Indicators, &catalogue.Indicator{
			Code: code, TopicCode: "t", Kind: catalogue.Derived, Direction: catalogue.HigherIsBetter, Derivation: &of, Scale: checkScale(of.Formula), MinimumCoverage: minimum,
		})
	}
	checkUnits(&d)
	checkAims(&d)
	return d
}

func checkUnits(d *catalogue.Definitions) {
	add := func(code, level, parent string) *catalogue.UnitVersion {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: code, Level: level, Kind: "k", Parent: parent, Opening: catalogue.Baseline})
		return &d.Units[len(d.Units)-1]
	}
	add("C", "country", "")
	for i := range checkProvinces {
		add(fmt.Sprintf("P%d", i), "province", "C")
	}
	for i := range checkDistricts {
		add(fmt.Sprintf("D%02d", i), "district", fmt.Sprintf("P%d", i%checkProvinces))
	}
	for i := range checkCommunes {
		unit := add(fmt.Sprintf("U%03d", i), "commune", fmt.Sprintf("D%02d", i%checkDistricts))
		if i%checkDistricts < 22 && i/checkDistricts < 7 {
			unit.Validity.To = checkReform()
		}
	}
	for district := range 22 {
		for _, letter := range "abc" {
			unit := add(fmt.Sprintf("N%02d%c", district, letter), "commune", fmt.Sprintf("D%02d", district))
			unit.Opening, unit.Validity.From = catalogue.Created, checkReform()
		}
		d.Crosswalk = append(d.Crosswalk, checkCarries(district)...)
	}
}

// checkCarries says what becomes of the first seven communes of a district: a and
// b are made of whole ones, b also of one of the next district; one is parted by
// shares, in every fourth district with a commune of the next; another, in every
// fifth, by shares that nobody knows.
func checkCarries(district int) []catalogue.Carry {
	unit := func(place, of int) string { return fmt.Sprintf("U%03d", place*checkDistricts+of) }
	into := func(letter string, of int) string { return fmt.Sprintf("N%02d%s", of%22, letter) }
	carry := func(from, to, share string) catalogue.Carry {
		c := catalogue.Carry{Date: checkReform(), From: from, To: to, Partial: share != ""}
		if share != "" && share != "?" {
			c.Share, _ = number.ParseFraction(share)
		}
		return c
	}
	next, mine := (district+1)%22, district
	if district%4 == 1 {
		mine = next
	}
	rows := []catalogue.Carry{
		carry(unit(0, district), into("a", district), ""), carry(unit(1, district), into("a", district), ""),
		carry(unit(2, district), into("b", district), ""), carry(unit(3, next), into("b", district), ""),
		carry(unit(4, district), into("a", district), "3/10"), carry(unit(4, district), into("c", mine), "7/10"),
		carry(unit(5, district), into("c", district), ""),
	}
	if district%5 == 0 {
		return append(rows, carry(unit(6, district), into("b", district), "?"), carry(unit(6, district), into("c", district), "?"))
	}
	return append(rows, carry(unit(6, district), into("c", district), ""))
}

// checkAims are targets, a scorecard and cohorts; testdata/check/target.sql,
// scorecard.sql and plan.sql say the same of them in their own words.
func checkAims(d *catalogue.Definitions) {
	numeral := func(text string) decimal.Decimal { n, _ := decimal.NewFromString(text); return n }
	d.Targets = []*catalogue.Target{
		{Code: "aim-1", IndicatorCode: "count-1", LevelCode: "district", On: catalogue.OnValue, Comparator: catalogue.AtMost, Number: numeral("45")},
		{Code: "aim-2", IndicatorCode: "ratio-1", LevelCode: "district", On: catalogue.OnRate, Comparator: catalogue.AtLeast, Number: numeral("50"), Years: catalogue.Years{From: 2013, To: 2018}},
		{Code: "aim-3", IndicatorCode: "count-1", LevelCode: "district", On: catalogue.OnChangePercent, Comparator: catalogue.AtMost, Number: numeral("-5")},
		{Code: "aim-4", IndicatorCode: "amount-1", LevelCode: "district", On: catalogue.OnChangeAbsolute, Comparator: catalogue.AtLeast, Number: numeral("1.5")},
		{Code: "aim-5", IndicatorCode: "attainment-1", LevelCode: "district", On: catalogue.OnRate, Comparator: catalogue.AtLeast, Number: numeral("60"), BaseYear: 2012, Years: catalogue.Years{From: 2013, To: 2018}},
		{Code: "aim-6", IndicatorCode: "mean-1", LevelCode: "district", On: catalogue.OnValue, Comparator: catalogue.AtMost, Number: numeral("14.5"), BaseYear: 2011, Years: catalogue.Years{From: 2012, To: 2020}},
	}
	minimum, _ := number.ParseFraction("2/3")
	d.Scorecards = []*catalogue.CriteriaSet{{
		Code: "set", Eligibility: catalogue.Eligibility{Level: "commune"}, BandFloors: []int{4, 2, 0}, MinimumCoverage: minimum,
		Criteria: []*catalogue.Criterion{
			{Code: "1", IndicatorCode: "attainment-1"}, {Code: "2", IndicatorCode: "attainment-6"},
			{Code: "3", Parts: []*catalogue.Criterion{{Code: "3.1", IndicatorCode: "attainment-7"}, {Code: "3.2", IndicatorCode: "attainment-8"}}},
			{Code: "4", IndicatorCode: "attainment-9"},
		},
	}}
	for _, of := range []string{"attainment-1", "attainment-3"} {
		cohort := &catalogue.Cohort{Code: "pilots-" + of, LevelCode: "commune", IndicatorCode: of, Years: catalogue.Years{From: 2012, To: 2018}}
		for i := 0; i < checkCommunes; i += 3 {
			cohort.Members = append(cohort.Members, catalogue.Member{Unit: fmt.Sprintf("U%03d", i), Planned: number.Year(2012 + i%7)})
		}
		d.Cohorts = append(d.Cohorts, cohort)
	}
}

// reported publishes what units report: nothing, that it is not known, or a value,
// often that of another; the second time a revision of some.
func (m *madeUp) reported(t *testing.T, w *warehouse.Warehouse, release int) {
	c := w.Catalogue()
	at := ledger.Position{Published: number.NewDate(2021, 1+release, 1), Release: ledger.ReleaseID(1 + release)}
	var observations []ledger.Observation
	for _, i := range told {
		indicator := c.Indicator(i.code)
		from, chances := number.Year(2011), map[string]int{"commune": 1}
		if i.levels {
			chances = map[string]int{"commune": 1, "district": 4, "province": 5, "country": 8}
		}
		if i.code == "count-5" {
			from = 2005
		}
		members := []string{""}
		if i.members {
			members = []string{"sex=female", "sex=male"}
		}
		for year := from; year <= 2020; year++ {
			for _, unit := range m.units(c, year, chances) {
				for _, member := range members {
					key := ledger.CellKey{Indicator: i.code, Unit: unit.Key(), Year: year, Breakdown: member}
					if indicator.IsRegister() && m.IntN(12) > 0 || i.silence > 0 && m.IntN(i.silence) == 0 || release == 1 && m.IntN(10) > 0 {
						continue
					}
					observations = append(observations, m.report(key, at, indicator, unit, i.silence))
				}
			}
		}
	}
	post(t, w, at, observations)
}

// corrected publishes corrections of what units reported first, whether it was revised
// since or not: they count from a later day, and do not replace what was published after.
func (m *madeUp) corrected(t *testing.T, w *warehouse.Warehouse) {
	var indicators []string
	var years []number.Year
	for _, i := range told {
		indicators = append(indicators, i.code)
	}
	for year := number.Year(2005); year <= 2020; year++ {
		years = append(years, year)
	}
	history, err := w.History(t.Context(), indicators, years)
	if err != nil {
		t.Fatal(err)
	}
	c := w.Catalogue()
	var observations []ledger.Observation
	for _, o := range history {
		if o.At.Release != 1 || m.IntN(20) > 0 {
			continue
		}
		unit := c.At(o.Year.Reference()).ByKey(o.Unit)
		observations = append(observations, m.report(o.CellKey, ledger.Position{Published: o.At.Published}, c.Indicator(o.Indicator), unit, 0))
	}
	day := number.NewDate(2021, 6, 1)
	correcting := ledger.Correcting{Day: day, Own: func(ledger.ReleaseID) bool { return true }}
	for _, d := range c.Ledger().Draft(observations, history, c.Head+1, correcting) {
		if d.Release.Corrects.IsOpen() || d.Release.Published != day {
			t.Fatalf("release %+v", d.Release)
		}
		if err := w.Stage(t.Context(), d.Observations, d.Postings); err != nil {
			t.Fatal(err)
		}
		if err := w.Publish(t.Context(), d.Release, nil, nil); err != nil {
			t.Fatal(err)
		}
	}
}

// units are those that may report: all of a level, or one of so many.
func (m *madeUp) units(c *catalogue.Calendar, year number.Year, chances map[string]int) []*catalogue.Unit {
	var units []*catalogue.Unit
	for _, level := range c.Levels {
		for _, unit := range c.At(year.Reference()).Level(level.Code) {
			if one := chances[level.Code]; one > 0 && m.IntN(one) == 0 {
				units = append(units, unit)
			}
		}
	}
	return units
}

func (m *madeUp) report(key ledger.CellKey, at ledger.Position, indicator *catalogue.Indicator, unit *catalogue.Unit, silence int) ledger.Observation {
	o := ledger.Observation{CellKey: key, At: at, Status: number.Normal}
	if key.Indicator == "count-0" {
		silence = 500
	}
	if m.IntN(12+silence) == 0 {
		o.Status = number.Missing
		return o
	}
	hundredths := func(n int) decimal.NullDecimal { return decimal.NewNullDecimal(decimal.New(int64(n), -2)) }
	whole := map[string]int{"commune": 1, "district": 10, "province": 80, "country": 400}[unit.Level.Code]
	switch indicator.Kind {
	case catalogue.Count:
		n := m.IntN(12 * whole)
		if m.IntN(50) == 0 {
			n *= 10 // far from the others
		}
		if key.Indicator == "count-5" {
			n = m.stepped(key, n)
			if m.IntN(900) == 0 {
				o.Status = number.Break
			}
		}
		o.Value = hundredths(100 * n)
	case catalogue.Amount, catalogue.Reported:
		o.Value = hundredths(m.IntN(2000) - 700)
	case catalogue.Ratio:
		of := 100 * (1 + m.IntN(60*whole))
		o.Value, o.Denominator = hundredths(100*m.IntN(of/100+1)), hundredths(of)
	case catalogue.Attainment:
		met := m.IntN(1 + whole)
		if key.Indicator == "attainment-9" && m.IntN(8) > 0 {
			met = 0 // hardly anybody
		}
		o.Value, o.Denominator = hundredths(100*met), hundredths(100*whole)
	default:
		o.Value, o.Denominator = hundredths(m.IntN(3000)), hundredths(100*(1+m.IntN(40*whole)))
	}
	return o
}

// stepped makes the counts of some districts go up, and of some others rise at once.
func (m *madeUp) stepped(key ledger.CellKey, n int) int {
	switch {
	case key.Unit%3 == 0 && key.Year >= 2012:
		return 40 + n
	case key.Unit%3 == 1:
		return 3*int(key.Year-2005) + n/4
	}
	return n
}

// random is a generator that gives the same world each time.
func random(seed uint64) *madeUp { return &madeUp{Rand: rand.New(rand.NewPCG(seed, 2))} }
