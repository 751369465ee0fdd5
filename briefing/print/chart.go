package print

import (
	"fmt"
	"math"
	"strings"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/number"
)

// Chart is a small line chart of an indicator over years. Its points lie in a box of 1 by
// 1, x to the right and y downwards, so that page and PDF draw the same.
type Chart struct {
	// Title is the indicator, Unit what is measured.
	Title, Unit string
	// Points are the years, ascending.
	Points []Point
}

// Point is one year of a chart.
type Point struct {
	Year int
	// Known reports whether there is a figure; X and Y are its position.
	Known bool
	X, Y  float64
	// Text is the figure in words, or the reason why there is none.
	Text string
	// Tentative marks a figure that is not final.
	Tentative bool
	// Labelled marks the points that have their figure beside them.
	Labelled bool
}

func newChart(c *briefing.BriefingChart, language number.Language) Chart {
	chart := Chart{Title: c.Indicator.Name(language), Unit: c.Indicator.MeasureUnit(language)}
	least, most := math.Inf(1), math.Inf(-1)
	values := make([]float64, len(c.Figures))
	for i, f := range c.Figures {
		num, known := f.Measure().Decimal()
		values[i] = num.InexactFloat64() // where the ink goes; numerals are printed from the figure
		status := f.Status()
		chart.Points = append(chart.Points, Point{
			Year: int(f.Year), Known: known, Text: f.Short(language), Tentative: status == number.Provisional || status == number.Estimated,
		})
		if known {
			least, most = min(least, values[i]), max(most, values[i])
		}
	}
	first, last := -1, -1
	for i := range chart.Points {
		p := &chart.Points[i]
		p.X = 0.5
		if len(chart.Points) > 1 {
			p.X = float64(i) / float64(len(chart.Points)-1)
		}
		p.Y = 0.5
		if most > least {
			p.Y = 1 - (values[i]-least)/(most-least)
		}
		if p.Known {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if last >= 0 {
		chart.Points[first].Labelled, chart.Points[last].Labelled = true, true
	}
	return chart
}

// Lines are the stretches of years that follow each other with figures.
func (c Chart) Lines() [][]Point {
	var lines [][]Point
	open := false
	for _, p := range c.Points {
		switch {
		case !p.Known:
			open = false
		case open:
			lines[len(lines)-1] = append(lines[len(lines)-1], p)
		default:
			lines, open = append(lines, []Point{p}), true
		}
	}
	return lines
}

// AltText is the chart in words, for those who cannot see it.
func (c Chart) AltText() string {
	var parts []string
	for _, p := range c.Points {
		parts = append(parts, fmt.Sprintf("%d: %s", p.Year, p.Text))
	}
	return c.Title + " – " + strings.Join(parts, "; ")
}
