package warehouse_test

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// checkOrders are the orders by which a series is ranked in a year: by other than
// the value only some of them, which the statements choose alike.
func (s checkSeries) orders(year number.Year) []catalogue.RankingOrder {
	orders := []catalogue.RankingOrder{catalogue.ByValue}
	if year%3 != 2 {
		return orders
	}
	if year != 2015 && (s.plain() || s.name[len(s.name)-2:] == "-2" || s.is("count-5")) {
		orders = append(orders, catalogue.ByAbsolute, catalogue.ByPercent)
		if s.indicator.IsPercentage() {
			orders = append(orders, catalogue.ByPoints)
		}
	}
	if s.aim() != "" {
		orders = append(orders, catalogue.ByGap)
	}
	return orders
}

// aim is the target that the gap is taken to; "" for none.
func (s checkSeries) aim() string {
	return map[string]string{"count-1": "aim-1", "ratio-1": "aim-2", "amount-1": "aim-4", "attainment-1": "aim-5", "mean-1": "aim-6"}[s.name]
}

func (c *checked) rank(s checkSeries, year number.Year, level string) {
	for _, order := range s.orders(year) {
		ask := c.ask(s, year)
		ask.BaseYear, ask.Level, ask.OrderBy = 2015, level, order
		if order == catalogue.ByGap {
			ask.Target = s.aim()
		}
		name := s.name + " by " + string(order)
		answer, err := c.service.Rank(c.Context(), ask)
		if err != nil {
			c.Fatal(err)
		}
		c.word(checkKey{"ranked", name, level, year}, fmt.Sprintf("%d of %d", answer.RankedCount, answer.UniverseCount))
		for _, row := range append(answer.Rows, answer.Unranked...) {
			c.standing(func(measure string) checkKey { return checkKey{measure, name, row.Unit.Code, year} }, row)
		}
		ask.Ties = query.Dense
		if answer, err = c.service.Rank(c.Context(), ask); err != nil {
			c.Fatal(err)
		}
		for _, row := range answer.Rows {
			c.count(checkKey{"dense rank", name, row.Unit.Code, year}, *row.Rank)
		}
	}
	if !s.is("reported-2") && year%3 == 2 {
		c.others(s, year, level)
	}
}

// standing keeps what goes with a rank, and the bounds of a unit without one.
func (c *checked) standing(key func(string) checkKey, row *query.RankingRow) {
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
		if strings.HasSuffix(key("").indicator, "VALUE") {
			c.say(key("share"), row.Share())
		}
	}
}

// others keeps what lies beyond the first five ranks, as one.
func (c *checked) others(s checkSeries, year number.Year, level string) {
	top := 5
	ask := c.ask(s, year)
	ask.Level, ask.Top = level, &top
	answer, err := c.service.Rank(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	if row := answer.Others; row != nil {
		key := func(measure string) checkKey { return checkKey{measure, s.name, level, year} }
		c.count(key("others"), answer.OthersCount)
		c.say(key("value of others"), row.Current.Value)
		c.say(key("rate of others"), row.Current.Rate)
		c.say(key("share of others"), row.Share())
	}
}

// table asks for the same once more, as a table: a cell that differs from the answer
// that the statements hold is an error.
func (c *checked) table(s checkSeries) {
	measures := map[catalogue.TableMeasure]string{
		catalogue.ShowFigure: "value", catalogue.ShowValue: "value", catalogue.ShowDenominator: "denominator", catalogue.ShowRate: "rate", catalogue.ShowAbsolute: "absolute",
		catalogue.ShowPercent: "percent", catalogue.ShowPoints: "points", catalogue.ShowIndex: "index", catalogue.ShowCAGR: "cagr", catalogue.ShowRank: "rank", catalogue.ShowMovement: "movement",
	}
	if s.indicator.HasRate() {
		measures[catalogue.ShowFigure] = "rate"
	}
	ask := query.TableAsk{Indicators: []string{s.indicator.Code}, Level: "district", Within: "C", BaseYear: 2015, Scope: s.scope}
	for measure := range measures {
		ask.Measures = append(ask.Measures, measure)
	}
	for _, year := range s.indicator.Years() {
		if year != 2015 {
			ask.Years = append(ask.Years, year)
		}
	}
	answer, err := c.service.Table(c.Context(), ask)
	if err != nil {
		c.Fatal(err)
	}
	for _, row := range append(answer.Rows, answer.Total) {
		for i, column := range answer.Columns {
			cell, name := row.Cells[i], s.name
			if column.Measure == catalogue.ShowRank || column.Measure == catalogue.ShowMovement {
				name += " by VALUE"
				if !cell.Value.IsKnown() {
					continue
				}
			}
			key := checkKey{measures[column.Measure], name, row.Unit.Code, column.Year}
			if _, said := c.ours[key]; !said {
				c.Errorf("%s: only the table says %s", key, cell.Value)
			}
			c.say(key, cell.Value)
		}
	}
}

func (c *checked) spread(s checkSeries, year number.Year) {
	for _, level := range []string{"district", "commune"} {
		d, err := c.service.Distribution(c.Context(), query.Ask{Indicator: s.indicator.Code, Year: year, Level: level})
		if err != nil {
			c.Fatal(err)
		}
		key := func(measure string) checkKey { return checkKey{measure, s.name, level, year} }
		c.count(key("count"), d.Count)
		for measure, value := range map[string]number.Value{
			"lowest": d.Min, "highest": d.Max, "mean": d.Mean, "first quartile": d.FirstQuartile, "median": d.Median, "third quartile": d.ThirdQuartile,
			"deviation": d.StandardDeviation.Value, "variation": d.CoefficientOfVariation.Value, "gini": d.Gini.Value, "median distance": d.MedianAbsoluteDeviation,
		} {
			c.say(key(measure), value)
		}
		c.word(key("rule of outliers"), string(d.OutlierRule))
		for _, outlier := range d.Outliers {
			c.say(checkKey{"outlier", s.name, outlier.Unit.Code, year}, outlier.Score)
		}
		for _, bin := range d.Histogram {
			edge := func(v number.Value) string {
				n, _ := v.Number()
				return strconv.FormatFloat(n.Decimal().InexactFloat64(), 'f', -1, 64)
			}
			place := level + " from " + edge(bin.From) + " to " + edge(bin.To)
			if len(d.Histogram) == 1 && edge(bin.From) == edge(bin.To) {
				place = level + " from "
			}
			c.count(checkKey{"bin", s.name, place, year}, bin.Count)
		}
	}
}
