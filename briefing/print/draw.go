package print

import (
	"fmt"
	"html"
	"html/template"
	"strings"
)

// The box of a chart on the page, in units of its drawing.
const (
	boxWide, boxTall = 200.0, 72.0
	boxSide          = 6.0
	boxTop, boxFoot  = 20.0, 18.0
)

// draw is a chart as SVG. What it shows is told in words too.
func draw(c Chart) template.HTML {
	var b strings.Builder
	at := func(p Point) (x, y float64) {
		return boxSide + p.X*(boxWide-2*boxSide), boxTop + p.Y*(boxTall-boxTop-boxFoot)
	}
	fmt.Fprintf(&b, `<svg viewBox="0 0 %g %g" role="img" aria-label="%s">`, boxWide, boxTall, html.EscapeString(c.AltText()))
	fmt.Fprintf(&b, `<line class="chart-axis" x1="0" x2="%g" y1="%g" y2="%g"/>`, boxWide, boxTall-boxFoot+5, boxTall-boxFoot+5)
	for _, stretch := range c.Lines() {
		var points []string
		for _, p := range stretch {
			x, y := at(p)
			points = append(points, fmt.Sprintf("%.1f,%.1f", x, y))
		}
		fmt.Fprintf(&b, `<polyline class="chart-line" points="%s"/>`, strings.Join(points, " "))
	}
	for i, p := range c.Points {
		x, y := at(p)
		anchor := "middle"
		switch {
		case i == 0 && len(c.Points) > 1:
			anchor = "start"
		case i == len(c.Points)-1 && len(c.Points) > 1:
			anchor = "end"
		}
		edge := map[string]float64{"start": 0, "middle": x, "end": boxWide}[anchor]
		if p.Known {
			class := "chart-point"
			if p.Tentative {
				class += " tentative"
			}
			fmt.Fprintf(&b, `<circle class="%s" cx="%.1f" cy="%.1f" r="2.6"/>`, class, x, y)
		}
		if p.Labelled {
			fmt.Fprintf(&b, `<text class="chart-text" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`, edge, y-7, anchor, html.EscapeString(p.Text))
		}
		if i == 0 || i == len(c.Points)-1 {
			fmt.Fprintf(&b, `<text class="chart-year" x="%.1f" y="%g" text-anchor="%s">%d</text>`, edge, boxTall-1, anchor, p.Year)
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text in it is escaped above
}

// mark is the shape of a mark as SVG; the word beside it says the same.
func mark(name string) template.HTML {
	shape := map[string]string{
		"":        `<circle cx="6" cy="6" r="2.2"/>`,
		"up":      `<path d="M6 1 11 11H1z"/>`,
		"down":    `<path d="M6 11 1 1h10z"/>`,
		"same":    `<path d="M1 4.5h10v3H1z"/>`,
		"met":     `<circle cx="6" cy="6" r="5"/>`,
		"missed":  `<path d="m1.5 1.5 9 9m0-9-9 9" stroke="currentColor" stroke-width="2.4"/>`,
		"ahead":   `<path d="M2 1.5 10.5 6 2 10.5z" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
		"unknown": `<circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6"/>`,
	}[name]
	return template.HTML(`<svg class="mark" viewBox="0 0 12 12" fill="currentColor" aria-hidden="true">` + shape + `</svg>`) //nolint:gosec // constants
}
