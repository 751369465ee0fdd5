package statstest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// listed writes the units of a level or of all levels, the indicators, or the bases, one a line.
func listed(in *session, a *arguments) ([]string, error) {
	switch {
	case a.has("bases"):
		return lines(in.service.Bases(), number.Date.String), a.end()
	case a.has("indicators"):
		page, err := in.service.Indicators(strings.ReplaceAll(a.after("search"), "_", " "), "", list.Page{First: 1000})
		if err != nil {
			return nil, err
		}
		return lines(page.Nodes, func(i *catalogue.Indicator) string { return i.Code }), a.end()
	}
	ask := query.UnitsAsk{
		Within: a.after("within"), Cohort: a.after("cohort"), Search: strings.ReplaceAll(a.after("search"), "_", " "),
		OrderBy: catalogue.UnitOrder(strings.ToUpper(a.after("by"))), Page: list.Page{First: 1000},
	}
	if basis, err := number.ParseDate(a.after("basis")); err == nil && !basis.IsOpen() {
		ask.Basis = &figure.Basis{Date: &basis}
	}
	kinds := a.has("kinds")
	if level := a.next(); level != "units" {
		ask.Level = level
	}
	if err := a.end(); err != nil {
		return nil, err
	}
	page, err := in.service.Units(ask)
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, unit := range page.Nodes {
		line := unit.Code + " " + unit.Name(number.Vietnamese)
		if kinds {
			line += " " + unit.Kind.Code
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// lines writes each of a list as a line.
func lines[T any](list []T, line func(T) string) []string {
	written := []string{}
	for _, one := range list {
		written = append(written, line(one))
	}
	return written
}

// steps writes the predecessors of a unit, then its successors: the day, the other
// unit, what happened, and the share.
//
//	steps X basis 2025-07-01
func steps(in *session, a *arguments) ([]string, error) {
	date, err := number.ParseDate(a.after("basis"))
	if err != nil {
		return nil, err
	}
	unit, err := in.service.Unit(a.next(), &figure.Basis{Date: &date})
	if err != nil || unit == nil {
		return nil, err
	}
	lines := []string{}
	for _, side := range []struct {
		sign  string
		steps []*catalogue.Succession
	}{{"from", unit.Predecessors()}, {"to", unit.Successors()}} {
		for _, step := range side.steps {
			line := side.sign + " " + step.Date.String()
			if step.Unit != nil {
				line += " " + step.Unit.Code
			}
			lines = append(lines, line+" "+strings.Trim(fmt.Sprint(step.Changes), "[]")+" "+step.Share.String())
		}
	}
	return lines, nil
}

// levels writes at which levels an indicator has figures.
func levels(ctx context.Context, in *session, a *arguments) ([]string, error) {
	ask, leading := query.Ask{Within: a.after("within")}, 5
	if first, err := strconv.Atoi(a.after("first")); err == nil {
		leading = first
	}
	scope(a, &ask)
	ask.Indicator = a.next()
	if len(a.words) > 0 {
		var err error
		if ask.Year, err = year(a.next()); err != nil {
			return nil, err
		}
	}
	answer, err := in.service.Availability(ctx, ask)
	if err != nil {
		return nil, err
	}
	lines := []string{fmt.Sprintf("in %d", answer.Question.Year)}
	for _, level := range answer.Levels {
		words := []string{level.Level.Code, strconv.Itoa(level.Count), "of", strconv.Itoa(level.UniverseCount)}
		units, err := level.Leading(leading)
		if err != nil {
			return nil, err
		}
		for _, unit := range units {
			words = append(words, unit.Code)
		}
		if level.Total != nil {
			words = append(words, "total", level.Total.Unit.Code, level.Total.Value.String())
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return lines, nil
}

// look writes what to show of an indicator first: the view with the number of its figures, the
// unit in focus, its years, and the level with the units of a chart.
//
//	look cases [2020] [level district] [within P] [unit A]
func look(ctx context.Context, in *session, a *arguments) ([]string, error) {
	ask := query.Ask{Within: a.after("within"), Level: a.after("level"), Unit: a.after("unit")}
	scope(a, &ask)
	ask.Indicator = a.next()
	if len(a.words) > 0 {
		var err error
		if ask.Year, err = year(a.next()); err != nil {
			return nil, err
		}
	}
	answer, err := in.service.FirstLook(ctx, ask)
	if err != nil {
		return nil, err
	}
	q := answer.Question
	words := []string{strings.ToLower(string(answer.View)), strconv.Itoa(answer.Count)}
	if q.Unit == nil {
		return []string{strings.Join(append(words, "of nothing"), " ")}, nil
	}
	words = append(words, q.Unit.Code, fmt.Sprint(q.Year))
	if q.BaseYear != 0 {
		words = append(words, "against", fmt.Sprint(q.BaseYear))
	}
	words = append(words, q.Level.Code)
	for _, unit := range q.Units {
		words = append(words, unit.Code)
	}
	return []string{strings.Join(words, " ")}, nil
}
