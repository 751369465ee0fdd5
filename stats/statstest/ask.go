package statstest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// askRunner puts a question to the service and writes its answer as lines.
//
//	figure  pupils 2020 unit A
//	compare pupils 2020 vs 2019 unit A | by district [within P]
//	compare pupils 2020 vs 2019 rank by percent
//	churn   pupils 2020 vs 2019 unit A | by district [within P]
//	rank    pupils 2020 by district [order points|gap target eighty] [base 2018] [lower|higher|dense] [top 3] [first 2 [next]]
//	series  pupils units A B | by district [from 2018] [to 2020]
//	period  pupils unit A from 2018 to 2020
//	words   pupils 2020 vs 2019 unit A
//	sources pupils 2020 unit P
//	plan    pilot [in words]
//	targets [of criterion] [in 2020] [unit P | by district] [target eighty | at-least 80] [words]
//	score   standard 2020 by commune within A
//	table   pupils poverty in 2019 2020 by district show figure percent rank
//	list    district|units [within P] [cohort pilot] [search chau_doc] [by name]
//	profile A 2020 [vs 2018]
//	restatements | held 2 | changes 3 | revised since 2|2020-12-31 [as of 2021-12-31]
//	brief   P 2020 [vs 2018] [template page] [english]
//	composition pupils 2020 over sex unit A | by district
//	steps   X basis 2025-07-01
//	levels  pupils [2020] [within P] [first 2]
//
// Each but plan and list takes [as of 2020-12-31], [kinds xa,phuong] and [cohort
// pilot] [basis 2025-07-01] and [for sex=female,male;residence=urban], those with two years [matched] and [negative magnitude], and all but words, churn and
// sources [show column…]. Distribution and trend are told at describe.
func askRunner(ctx context.Context, r *runner, words []string) ([]string, error) {
	a := &arguments{words: words[1:]}
	switch words[0] {
	case "plan":
		return planRunner(ctx, r, words[1:])
	case "targets":
		return targets(ctx, r, words[1:])
	case "score":
		return score(ctx, r, a)
	case "list":
		return list(r, a)
	case "steps":
		return steps(r, a)
	case "levels":
		return levels(ctx, r, a)
	case "table":
		return table(ctx, r, a)
	case "profile":
		return profile(ctx, r, a)
	case "held", "changes", "revised", "restatements":
		return revisions(ctx, r, words[0], a)
	case "brief":
		return brief(ctx, r, a)
	case "composition":
		return composition(ctx, r, a)
	}
	columns := a.rest("show")
	ask := query.Ask{Indicator: a.next()}
	if err := period(a, &ask, words[0]); err != nil {
		return nil, err
	}
	ranked := options(a, &ask)
	if slices.Contains(columns, "weighed") {
		ask.Scope = withWeights(ask.Scope)
	}
	if first, err := strconv.Atoi(a.after("first")); err == nil {
		ask.First = &first
	}
	if r.cursor != "" && a.has("next") {
		ask.After = &r.cursor
	}
	switch words[0] {
	case "series":
		ask.Units = a.rest("units")
	case "distribution":
		var err error
		if ask.Quantiles, err = shares(a.rest("quantiles")); err != nil {
			return nil, err
		}
	}
	if err := a.end(); err != nil {
		return nil, err
	}
	if ranked {
		return put(ctx, r, "rank", ask, orDefault(columns, true))
	}
	return put(ctx, r, words[0], ask, columns)
}

// put asks the service and writes the columns of its answer.
func put(ctx context.Context, r *runner, verb string, ask query.Ask, columns []string) ([]string, error) {
	switch verb {
	case "figure":
		f, err := r.service.Figure(ctx, ask)
		if err != nil {
			return nil, err
		}
		lines := fig(f)
		if slices.Contains(columns, "rollup") {
			lines = append(lines, "no rollup "+reasonOr(f.RollUpReason()))
		}
		if slices.Contains(columns, "weighed") {
			lines = append(lines, "weighed "+weighed(f.Coverage))
			if f.RollUp != nil {
				lines = append(lines, "rollup weighed "+weighed(f.RollUp.Coverage))
			}
		}
		return lines, nil
	case "sources":
		return sources(ctx, r, ask)
	case "words":
		return words(ctx, r, ask, slices.Contains(columns, "short"))
	case "distribution", "trend":
		return describe(ctx, r, verb, ask, columns)
	case "series":
		set, err := r.service.Series(ctx, ask)
		if err != nil {
			return nil, err
		}
		return series(set), nil
	case "period":
		p, err := r.service.Period(ctx, ask)
		if err != nil {
			return nil, err
		}
		return periodFigure(p), nil
	case "rank":
		answer, err := r.service.Rank(ctx, ask)
		if err != nil {
			return nil, err
		}
		return append(ranking(answer, orDefault(columns, false)), turn(r, answer)...), nil
	case "compare", "churn":
		return compare(ctx, r, verb, ask, columns)
	}
	return nil, fmt.Errorf("%q is not a statement", verb)
}

func orDefault(columns []string, changes bool) []string {
	switch {
	case len(columns) > 0:
		return columns
	case changes:
		return []string{"absolute", "percent"}
	}
	return []string{"value"}
}

// period takes the years of a question.
func period(a *arguments, ask *query.Ask, verb string) error {
	var err error
	if verb == "series" || verb == "trend" || verb == "period" {
		if ask.From, err = year(a.after("from")); err != nil {
			return err
		}
		ask.To, err = year(a.after("to"))
		return err
	}
	if ask.Year, err = year(a.next()); err != nil {
		return err
	}
	base := a.after("vs")
	if base == "" {
		base = a.after("base")
	}
	ask.BaseYear, err = year(base)
	return err
}

// options takes what narrows and orders a question. It reports whether the
// short form “rank by percent” was used, which ranks the districts.
func options(a *arguments, ask *query.Ask) (ranked bool) {
	if a.has("rank") {
		ranked = true
		ask.OrderBy = catalogue.RankingOrder(strings.ToUpper(a.after("by")))
		ask.Level = "district"
	}
	if order := a.after("order"); order != "" {
		ask.OrderBy = catalogue.RankingOrder(strings.ToUpper(order))
	}
	if target := a.after("target"); target != "" {
		ask.Target = target
	}
	if by := a.after("by"); by != "" {
		ask.Level = by
	}
	ask.Unit, ask.Within = a.after("unit"), a.after("within")
	if a.has("lower") {
		ask.Direction = catalogue.LowerIsBetter
	}
	if a.has("higher") {
		ask.Direction = catalogue.HigherIsBetter
	}
	if a.has("dense") {
		ask.Ties = query.Dense
	}
	if top, err := strconv.Atoi(a.after("top")); err == nil {
		ask.Top = &top
	}
	ask.Matched = a.has("matched")
	ask.NegativeBase = query.NegativeBase(strings.ToUpper(a.after("negative")))
	scope(a, ask)
	return ranked
}

// scope takes the point of view of a question.
func scope(a *arguments, ask *query.Ask) {
	point := query.Scope{}
	if a.has("as") {
		point.AsOf = asOf(a.after("of"))
	}
	if basis, err := number.ParseDate(a.after("basis")); err == nil && !basis.IsOpen() {
		point.Basis = &figure.Basis{Date: &basis}
	}
	if kinds := a.after("kinds"); kinds != "" {
		point.Kinds = strings.Split(kinds, ",")
	}
	if cohort := a.after("cohort"); cohort != "" {
		point.Cohort = &cohort
	}
	for _, part := range strings.FieldsFunc(a.after("for"), func(r rune) bool { return r == ';' }) {
		dimension, members, _ := strings.Cut(part, "=")
		point.Breakdown = append(point.Breakdown, query.BreakdownAsk{
			Dimension: dimension, Members: strings.FieldsFunc(members, func(r rune) bool { return r == ',' }),
		})
	}
	ask.Scope = &point
}

// sources writes the observations behind a figure, by unit.
func sources(ctx context.Context, r *runner, ask query.Ask) ([]string, error) {
	f, err := r.service.Figure(ctx, ask)
	if err != nil {
		return nil, err
	}
	behind, err := r.service.Provenance(ctx, f.ID(), query.Page{First: 100})
	if err != nil {
		return nil, err
	}
	lines := []string{}
	for _, e := range behind.Nodes {
		value := e.Value.String()
		if e.Denominator.IsKnown() {
			value += "/" + e.Denominator.String()
		}
		of := []string{e.Unit.Code}
		for _, b := range e.Breakdown {
			of = append(of, b.Dimension.Code+"="+b.Members[0].Code)
		}
		lines = append(lines, fmt.Sprintf("%s %d %s %s published %s", strings.Join(of, " "), e.Year, value, e.Status, e.Release.Published))
	}
	return lines, nil
}

// words writes the texts of a comparison of one unit in both languages, or those of
// each measure of its change alone.
func words(ctx context.Context, r *runner, ask query.Ask, short bool) ([]string, error) {
	if ask.BaseYear == 0 {
		f, err := r.service.Figure(ctx, ask)
		if err != nil {
			return nil, err
		}
		return []string{"vi " + f.Text(number.Vietnamese), "en " + f.Text(number.English)}, nil
	}
	answer, err := r.service.Compare(ctx, ask)
	if err != nil {
		return nil, err
	}
	row := answer.Rows[0]
	if short {
		lines := []string{}
		for _, measure := range []catalogue.Measure{catalogue.MeasureAbsolute, catalogue.MeasurePercent, catalogue.MeasurePoints} {
			lines = append(lines, fmt.Sprintf("%s %s | %s", measure, row.Change.Short(measure, number.Vietnamese), row.Change.Short(measure, number.English)))
		}
		return lines, nil
	}
	return []string{"vi " + row.Text(number.Vietnamese), "en " + row.Text(number.English)}, nil
}

// faults writes a refusal: code, place and nearest names of each fault.
func faults(err error) ([]string, error) {
	coded := number.Errors(err)
	if len(coded) == 0 {
		return nil, err
	}
	var lines []string
	for _, e := range coded {
		line := string(e.Code) + " " + argument(e.Where)
		if len(e.Nearest) > 0 {
			line += " nearest " + strings.Join(e.Nearest, " ")
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// asOf reads a day or the number of a release.
func asOf(text string) *query.AsOf {
	if date, err := number.ParseDate(text); err == nil {
		return &query.AsOf{Date: &date}
	}
	return &query.AsOf{Release: &text}
}

// withWeights returns a scope that asks for coverage by weight as well.
func withWeights(scope *query.Scope) *query.Scope {
	own := query.Scope{ByWeight: true}
	if scope != nil {
		own = *scope
		own.ByWeight = true
	}
	return &own
}

// argument is what a script calls an argument of the API.
func argument(where string) string {
	if where == "level" {
		return "by"
	}
	return where
}
