package statstest

import (
	"context"
	"fmt"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// cohort declares a cohort, one unit a line, with its planned year where it has one:
//
//	cohort pilot commune from 2021 to 2025 for ntm
//	  a1 planned 2021
//	  a2
func cohort(w *world, s statement) error {
	a := &arguments{words: s.words[1:]}
	c := &catalogue.Cohort{Code: a.next(), LevelCode: a.next(), IndicatorCode: a.after("for")}
	c.Names = number.Same(c.Code)
	var err error
	if c.Years, err = years(a); err != nil {
		return err
	}
	for _, b := range s.body {
		line := &arguments{words: b.words}
		member := catalogue.Member{Unit: line.next()}
		if member.Planned, err = year(line.after("planned")); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		if err := line.end(); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		c.Members = append(c.Members, member)
	}
	w.definitions.Cohorts = append(w.definitions.Cohorts, c)
	w.defined = false
	return a.end()
}

// askPlan asks how the recognitions of a cohort stand to its plan, and writes each
// unit and the counts:
//
//	a1 planned 2021 recognised 2022 LATE 1
//	early 0 onTime 0 late 1 unknown 0
func askPlan(ctx context.Context, in *session, words []string) ([]string, error) {
	a := &arguments{words: words}
	cohort := in.service.Cohort(a.next())
	var asOf *query.AsOf
	if a.has("as") {
		date, err := number.ParseDate(a.after("of"))
		if err != nil {
			return nil, err
		}
		asOf = &query.AsOf{Date: &date}
	}
	inWords := a.has("in") && a.has("words")
	if err := a.end(); err != nil || cohort == nil {
		return nil, fmt.Errorf("no such cohort, or %w", err)
	}
	plan, err := in.service.Plan(ctx, cohort, &query.Scope{AsOf: asOf})
	if err != nil {
		return nil, err
	}
	if plan == nil {
		return []string{"none"}, nil
	}
	var lines []string
	for _, row := range plan.Rows {
		if inWords {
			lines = append(lines, row.Unit.Code+" vi "+row.Text(number.Vietnamese), row.Unit.Code+" en "+row.Text(number.English))
			continue
		}
		line := fmt.Sprintf("%s planned %d", row.Unit.Code, row.Planned)
		switch {
		case row.Recognised != 0:
			line += fmt.Sprintf(" recognised %d %s %d", row.Recognised, row.Status, *row.Delay())
		case row.Latest != 0:
			line += fmt.Sprintf(" latest %d %s", row.Latest, row.Status)
		default:
			line += " " + string(row.Status)
		}
		lines = append(lines, line)
	}
	if inWords {
		return lines, nil
	}
	return append(lines, fmt.Sprintf("early %d onTime %d late %d unknown %d", plan.Early, plan.OnTime, plan.Late, plan.Unknown)), nil
}
