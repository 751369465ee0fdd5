package query

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// measureOf gives the measure of a figure.
func measureOf(m catalogue.TableMeasure, f *figure.Figure) number.Value {
	switch m {
	case catalogue.ShowValue:
		return f.Value
	case catalogue.ShowDenominator:
		return f.Denominator
	case catalogue.ShowRate:
		return f.Rate
	}
	return f.Measure()
}

// measureOfChange gives the measure of a change.
func measureOfChange(m catalogue.TableMeasure, c Change) number.Value {
	switch m {
	case catalogue.ShowAbsolute:
		return c.Absolute()
	case catalogue.ShowPoints:
		return c.Points()
	case catalogue.ShowIndex:
		return c.Index()
	case catalogue.ShowCAGR:
		return c.CAGR()
	}
	return c.Percent()
}
