package statstest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/validation"
)

// check declares a check of what is submitted from here on: its rule, the indicator that it
// is for, its bounds and its severity.
//
//	check range of pupils from 0 to 5000 stop
//	check change relative 50 robust_z 5 hold
//	check magnitude
func check(in *session, words []string) error {
	a := &arguments{words: slices.Clone(words[1:])}
	c := validation.Check{Severity: ledger.Warn, Indicator: a.after("of")}
	for _, severity := range []ledger.Severity{ledger.Warn, ledger.Hold, ledger.Stop, validation.Off} {
		if a.has(strings.ToLower(string(severity))) {
			c.Severity = severity
		}
	}
	for word, bound := range map[string]*decimal.NullDecimal{
		"from": &c.From, "to": &c.To, "tolerance": &c.Tolerance, "relative": &c.Relative, "robust_z": &c.RobustZ,
	} {
		if text := a.after(word); text != "" {
			n, err := num(text)
			if err != nil {
				return err
			}
			*bound = n
		}
	}
	for word, bound := range map[string]*int{"units": &c.Units, "years": &c.Years} {
		if text := a.after(word); text != "" {
			n, err := strconv.Atoi(text)
			if err != nil {
				return err
			}
			*bound = n
		}
	}
	c.Kind = validation.Kind(a.next())
	if !slices.Contains(validation.Kinds(), c.Kind) {
		return fmt.Errorf("there is no check %q", c.Kind)
	}
	in.plan.Own = append(in.plan.Own, c)
	return a.end()
}

// validate makes the checks of what would be published. Each year is a column of its own,
// as it stands in a script.
func validate(ctx context.Context, in *session, drafts []*ledger.Draft) error {
	p := validation.Publication{Catalogue: in.store.Catalogue(), Source: "script", Plan: in.plan}
	var indicators []string
	var years []number.Year
	for _, d := range drafts {
		for _, o := range d.Observations {
			o.Place.Column = strconv.Itoa(int(o.Year))
			p.Observations = append(p.Observations, o)
			indicators = append(indicators, o.Indicator)
		}
	}
	for year := number.Year(2000); year < 2030; year++ {
		years = append(years, year)
	}
	slices.Sort(indicators)
	var err error
	if p.History, err = in.store.History(ctx, slices.Compact(indicators), years); err == nil {
		in.results = p.Findings()
	}
	return err
}

// found reports whether the checks of what was submitted last found something severe.
func (in *session) found(severity ledger.Severity) bool {
	return slices.ContainsFunc(in.results, func(r validation.Result) bool { return r.Severity == severity })
}

// findings writes what the checks of what was submitted last found:
//
//	HOLD MAGNITUDE_SLIP pupils A 2020 12000 after 12 measured 1000 cells 3
func findings(in *session) []string {
	lines := []string{}
	for i := range in.results {
		f := &in.results[i].Finding
		line := fmt.Sprintf("%s %s %s %s %d %s", f.Severity, f.Code, strings.TrimSuffix(f.IndicatorCode+"["+f.Breakdown+"]", "[]"), f.UnitCode, f.Year, f.Used)
		if f.Other != "" {
			line += " after " + f.Other
		}
		if f.Measured != "" {
			line += " measured " + f.Measured
		}
		if f.Cells > 0 {
			line += fmt.Sprintf(" cells %d", f.Cells)
		}
		lines = append(lines, line)
	}
	return lines
}
