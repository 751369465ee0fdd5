package statstest

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/estimate"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// describe answers the questions whose answers are numbers about many figures,
// one line for each that is to be shown:
//
//	distribution pupils 2020 by district [within P] [quantiles 0.1 0.9] [show line…]
//	trend        pupils unit A [from 2011] [to 2020] [show line…]
//
// Lines of a distribution are count, range, quartiles, quantiles, mean, sd, cv,
// gini, mad, histogram and outliers; of a trend points, verdict, theil-sen,
// mann-kendall, line, volatility, breaks, projection and words. Without show
// they are count, quartiles and mean, or points and verdict. Units and years
// that are not in the numbers follow, and the notes.
func describe(ctx context.Context, in *session, verb string, ask query.Ask, lines []string) ([]string, error) {
	if verb == "trend" {
		answer, err := in.service.Trend(ctx, ask)
		if err != nil {
			return nil, err
		}
		if len(lines) == 0 {
			lines = []string{"points", "verdict"}
		}
		return trend(answer, lines), nil
	}
	answer, err := in.service.Distribution(ctx, ask)
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 {
		lines = []string{"count", "quartiles", "mean"}
	}
	return distribution(answer, lines), nil
}

// shares reads the quantiles of a question.
func shares(words []string) ([]number.Value, error) {
	var all []number.Value
	for _, word := range words {
		d, err := decimal.NewFromString(word)
		if err != nil {
			return nil, err
		}
		all = append(all, number.Exactly(d))
	}
	return all, nil
}

func distribution(d *query.Distribution, wanted []string) []string {
	lines := []string{}
	add := func(format string, arguments ...any) { lines = append(lines, fmt.Sprintf(format, arguments...)) }
	for _, line := range wanted {
		switch line {
		case "count":
			add("count %d of %d", d.Count, d.UniverseCount)
		case "range":
			add("range %s to %s", d.Min, d.Max)
		case "quartiles":
			add("quartiles %s %s %s", d.FirstQuartile, d.Median, d.ThirdQuartile)
		case "quantiles":
			for _, q := range d.Quantiles {
				add("quantile %s %s", q.Share, q.Value)
			}
		case "mean":
			add("mean %s", d.Mean)
		case "sd":
			add("sd %s", d.StandardDeviation.Value)
		case "cv":
			add("cv %s", d.CoefficientOfVariation.Value)
		case "gini":
			add("gini %s", d.Gini.Value)
		case "mad":
			add("mad %s", d.MedianAbsoluteDeviation)
		case "histogram":
			for _, bin := range d.Histogram {
				add("bin %s to %s: %d", bin.From, bin.To, bin.Count)
			}
		case "outliers":
			add("outliers %s", d.OutlierRule)
			for _, o := range d.Outliers {
				add("%s scores %s", o.Unit.Code, o.Score)
			}
		default:
			add("?%s", line)
		}
	}
	for _, missing := range d.Missing {
		add("missing %s %s", missing.Unit.Code, missing.Reason())
	}
	return append(lines, notes(d.Notes, "")...)
}

func trend(t *query.Trend, wanted []string) []string {
	lines := []string{}
	add := func(format string, arguments ...any) { lines = append(lines, fmt.Sprintf(format, arguments...)) }
	for _, line := range wanted {
		switch line {
		case "points":
			var years []string
			for _, point := range t.Points {
				years = append(years, fmt.Sprintf("%d", point.Year))
			}
			add("points %d: %s", len(years), strings.Join(years, " "))
		case "verdict":
			add("verdict %s", t.Verdict)
		case "theil-sen":
			add("theil-sen %s from %s to %s", t.TheilSen.Slope, t.TheilSen.Lower, t.TheilSen.Upper)
		case "mann-kendall":
			lines = append(lines, kendall(t.MannKendall)...)
		case "line":
			add("line %s from %s in %d R² %s", t.LinearFit.Slope, t.LinearFit.Intercept, t.LinearFit.OriginYear, t.LinearFit.RSquared)
		case "volatility":
			add("volatility %s", t.Volatility.Value)
		case "breaks":
			for _, b := range t.Breaks {
				add("break %d %s %s", b.Year, b.Kind, b.PValue)
			}
		case "projection":
			lines = append(lines, projection(t.Projection)...)
		case "words":
			add("vi %s", t.Text(number.Vietnamese))
			add("en %s", t.Text(number.English))
			for _, y := range t.Projection.Years {
				add("vi %s", y.Text(number.Vietnamese))
				add("en %s", y.Text(number.English))
			}
		default:
			add("?%s", line)
		}
	}
	for _, left := range t.LeftOut {
		add("left out %d %s", left.Year, left.Reason)
	}
	return append(lines, notes(t.Notes, "")...)
}

func kendall(k estimate.MannKendall) []string {
	if reason := k.Reason(); reason != nil {
		return []string{"mann-kendall none " + string(*reason)}
	}
	return []string{fmt.Sprintf("mann-kendall S %d variance %s z %s p %s %s", *k.S, k.Variance, k.Z, k.PValue, *k.Method)}
}

func projection(p query.Projection) []string {
	if reason := p.Reason(); reason != nil {
		return []string{"projection none " + string(*reason)}
	}
	var lines []string
	for _, y := range p.Years {
		lines = append(lines, fmt.Sprintf("projection %d: %s from %s to %s", y.Year, y.Value, y.Lower, y.Upper))
	}
	return lines
}
