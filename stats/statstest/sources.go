package statstest

import (
	"context"
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/query"
)

// sources writes the observations behind a figure, by unit. Of a comparison or a
// ranking it writes those behind each figure that is made of several units for the answer,
// or of none, after the figure itself.
func sources(ctx context.Context, in *session, ask query.Ask) ([]string, error) {
	switch {
	case ask.BaseYear != 0:
		return sourcesOfComparison(ctx, in, ask)
	case ask.Level != "":
		answer, err := in.service.Rank(ctx, ask)
		if err != nil {
			return nil, err
		}
		figures := []*figure.Figure{answer.ShareOf()}
		if answer.Others != nil {
			figures = append(figures, answer.Others.Base, answer.Others.Current)
		}
		return sourcesOfEach(ctx, in, figures)
	}
	f, err := in.service.Figure(ctx, ask)
	if err != nil {
		return nil, err
	}
	return behind(ctx, in, f)
}

func sourcesOfComparison(ctx context.Context, in *session, ask query.Ask) ([]string, error) {
	answer, err := in.service.Compare(ctx, ask)
	if err != nil {
		return nil, err
	}
	var figures []*figure.Figure
	for _, row := range append([]*query.ComparisonRow{answer.Inside, answer.Outside, answer.Total}, answer.Rows...) {
		if row != nil {
			figures = append(figures, row.Base, row.Current)
		}
	}
	return sourcesOfEach(ctx, in, figures)
}

// sourcesOfEach writes those of the figures that were made of several units for an answer.
func sourcesOfEach(ctx context.Context, in *session, figures []*figure.Figure) ([]string, error) {
	lines := []string{}
	for _, f := range figures {
		if f == nil || !strings.Contains(f.ID(), ":") {
			continue
		}
		observations, err := behind(ctx, in, f)
		if err != nil {
			return nil, err
		}
		value := "none " + reasonOr(f.Reason())
		if f.Reason() == nil {
			value = quantity(f.Indicator, f.Value, f.Denominator, f.Rate, f.Weight)
		}
		lines = append(append(lines, fmt.Sprintf("%s %d is %s", f.Unit.Code, f.Year, value)), observations...)
	}
	return lines, nil
}

// behind writes the observations behind a figure.
func behind(ctx context.Context, in *session, f *figure.Figure) ([]string, error) {
	found, err := in.service.Provenance(ctx, f.ID(), list.Page{First: 100})
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, e := range found.Nodes {
		value := e.Value.String()
		if e.Denominator.IsKnown() {
			value += "/" + e.Denominator.String()
		}
		if e.Approximation != nil {
			value = string(*e.Approximation) + " " + value
		}
		of := []string{e.Unit.Code}
		if e.Indicator != f.Indicator { // of a derived figure
			of = []string{e.Indicator.Code, e.Unit.Code}
		}
		for _, b := range e.Breakdown {
			of = append(of, b.Dimension.Code+"="+b.Members[0].Code)
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %s published %s", strings.Join(of, " "), e.Year, value, e.Status, e.Release.Published))
	}
	return lines, nil
}
