package warehouse_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/warehouse"
)

// stated publishes a back series on the units of the reform, of two years of which nothing
// else is known and of one that was reported, too; then a revision of some of it.
func (m *madeUp) stated(t *testing.T, w *warehouse.Warehouse) {
	c := w.Catalogue()
	then, indicator := c.At(checkReform()), c.Indicator("count-2")
	for round := range 2 {
		at := ledger.Position{Published: number.NewDate(2022, 1+round, 1), Release: c.Head + 1 + ledger.ReleaseID(round)}
		var observations []ledger.Observation
		for _, year := range []number.Year{2008, 2009, 2016} {
			units := then.Level("commune")
			if year == 2016 {
				units = append(slices.Clip(units), then.Level("district")...)
			}
			for _, unit := range units {
				if m.IntN(4) == 0 || round == 1 && m.IntN(5) > 0 {
					continue
				}
				key := ledger.CellKey{Indicator: "count-2", Unit: unit.Key(), Year: year, Breakdown: catalogue.OnBasis(checkReform(), "")}
				observations = append(observations, m.report(key, at, indicator, unit, 20))
			}
		}
		post(t, w, at, observations)
	}
}

// stated keeps the figures that were stated on the units of the reform, and their changes.
func (c *checked) stated() {
	day := checkReform()
	for _, year := range []number.Year{2009, 2016} {
		for _, level := range []string{"district", "commune"} {
			answer, err := c.service.Compare(c.Context(), query.Ask{
				Indicator: "count-2", Year: year, BaseYear: 2008, Level: level, Within: "C", Scope: &query.Scope{Basis: &figure.Basis{Date: &day}},
			})
			if err != nil {
				c.Fatal(err)
			}
			for _, row := range answer.Rows {
				key := func(measure string) checkKey { return checkKey{"stated " + measure, "count-2", row.Unit.Code, year} }
				switch f := row.Current; {
				case f.Stated.IsOpen():
				case f.Origin == figure.OriginReported:
					c.say(key("value"), f.Value)
					if !row.Base.Stated.IsOpen() && row.Base.Origin == figure.OriginReported {
						c.say(key("change"), row.Change.Absolute())
					}
				case year == 2009:
					c.say(key("sum"), f.Value)
					c.word(key("coverage"), fmt.Sprintf("%d of %d", f.Coverage.Reported, f.Coverage.Expected))
				}
			}
		}
	}
}
