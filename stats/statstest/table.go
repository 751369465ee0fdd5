package statstest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// table writes a table: a line for the columns, a line for each row. A number has
// its status behind it where that is not A; a missing one is its reason.
//
//	table pupils poverty in 2019 2020 by district [within P] show figure percent rank
//	table pupils poverty in 2020 units A B [vs 2018] [first 2] [as of 2020-12-31] [with texts]
//	table pupils from 2018 to 2020 by district descending pupils/2020 keep pupils/2019>=5
func table(ctx context.Context, in *session, a *arguments) ([]string, error) {
	var ask query.TableAsk
	texts := a.has("texts") && a.has("with")
	for _, measure := range a.rest("show") {
		ask.Measures = append(ask.Measures, catalogue.TableMeasure(strings.ToUpper(measure)))
	}
	var one query.Ask
	options(a, &one)
	ask.Level, ask.Within, ask.Scope = one.Level, one.Within, one.Scope
	var err error
	if ask.BaseYear, err = baseYear(a.after("vs")); err != nil {
		return nil, err
	}
	if first, err := strconv.Atoi(a.after("first")); err == nil {
		ask.First = &first
	}
	if in.cursor != "" && a.has("next") {
		ask.After = &in.cursor
	}
	if err := arrangement(a, &ask); err != nil {
		return nil, err
	}
	if ask.From, err = year(a.after("from")); err != nil {
		return nil, err
	}
	if ask.To, err = year(a.after("to")); err != nil {
		return nil, err
	}
	ask.Units = a.rest("units")
	for _, word := range a.rest("in") {
		year, err := strconv.Atoi(word)
		if err != nil {
			return nil, fmt.Errorf("%q is not a year", word)
		}
		ask.Years = append(ask.Years, number.Year(year))
	}
	ask.Indicators = a.words
	answer, err := in.service.Table(ctx, ask)
	if err != nil {
		return nil, err
	}
	in.cursor = ""
	if answer.PageInfo.HasNextPage {
		in.cursor = *answer.PageInfo.EndCursor
	}
	return printTable(answer, texts), nil
}

func printTable(answer *query.Table, texts bool) []string {
	var heading strings.Builder
	heading.WriteString("columns")
	lines := []string{}
	for _, c := range answer.Columns {
		fmt.Fprintf(&heading, " %s/%d/%s", c.Indicator.Code, c.Year, strings.ToLower(string(c.Measure)))
		if texts {
			lines = append(lines, "column "+c.Name(number.Vietnamese)+" ["+c.UnitOfMeasure(number.Vietnamese)+"] "+c.Name(number.English)+" ["+c.UnitOfMeasure(number.English)+"]")
		}
	}
	if !texts {
		lines = append(lines, heading.String())
	}
	row := func(label string, r *query.TableRow) {
		var line strings.Builder
		line.WriteString(label + r.Unit.Code)
		for _, c := range r.Cells {
			switch {
			case texts:
				line.WriteString(" | " + c.Text(number.Vietnamese) + " | " + c.Text(number.English))
			default:
				line.WriteString(" " + c.Value.String())
				if c.Reason() == nil && c.Status() != number.Normal {
					line.WriteString(string(c.Status()))
				}
			}
		}
		lines = append(lines, line.String())
	}
	for _, r := range answer.Rows {
		row("", r)
	}
	if answer.Total != nil {
		row("total ", answer.Total)
	}
	if answer.TotalCount < answer.UniverseCount {
		lines = append(lines, fmt.Sprintf("kept %d of %d rows, unknown %d", answer.TotalCount, answer.UniverseCount, answer.UnknownCount))
	}
	if len(answer.Rows) < answer.TotalCount {
		lines = append(lines, fmt.Sprintf("page of %d rows", answer.TotalCount))
	}
	return append(lines, notes(answer.Notes, "")...)
}
