package statstest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// askQuestion puts a question to the service and writes its answer as lines.
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
//	look    pupils [2020] [level district] [within P] [unit A]
//
// Each but plan and list takes [as of 2020-12-31], [kinds xa,phuong] and [cohort
// pilot] [basis 2025-07-01] and [for sex=female,male;residence=urban], those with two years [matched] and [negative magnitude], and all but words, churn and
// sources [show column…]. Distribution and trend are told at describe.
func askQuestion(ctx context.Context, in *session, words []string) ([]string, error) {
	a := &arguments{words: words[1:]}
	switch words[0] {
	case "plan":
		return askPlan(ctx, in, words[1:])
	case "targets":
		return targets(ctx, in, words[1:])
	case "score":
		return score(ctx, in, a)
	case "list":
		return listed(in, a)
	case "steps":
		return steps(in, a)
	case "levels":
		return levels(ctx, in, a)
	case "look":
		return look(ctx, in, a)
	case "table":
		return table(ctx, in, a)
	case "profile":
		return profile(ctx, in, a)
	case "held", "changes", "revised", "restatements":
		return revisions(ctx, in, words[0], a)
	case "brief":
		return brief(ctx, in, a)
	case "composition":
		return composition(ctx, in, a)
	}
	columns := a.rest("show")
	ask := about(a)
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
	if in.cursor != "" && a.has("next") {
		ask.After = &in.cursor
	}
	switch words[0] {
	case "series":
		ask.Scope.Changes = len(columns) > 0
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
		return put(ctx, in, "rank", ask, orDefault(columns, true))
	}
	return put(ctx, in, words[0], ask, columns)
}

// about takes the indicator of a question, or several with “and” between them.
func about(a *arguments) query.Ask {
	ask := query.Ask{Indicator: a.next()}
	for also := a.after("and"); also != ""; also = a.after("and") {
		if ask.Indicators == nil {
			ask.Indicators = []string{ask.Indicator}
		}
		ask.Indicator, ask.Indicators = "", append(ask.Indicators, also)
	}
	return ask
}

// put asks the service and writes the columns of its answer.
func put(ctx context.Context, in *session, verb string, ask query.Ask, columns []string) ([]string, error) {
	switch verb {
	case "figure":
		f, err := in.service.Figure(ctx, ask)
		if err != nil {
			return nil, err
		}
		lines := fig(f)
		if slices.Contains(columns, "rollup") {
			lines = append(lines, "no rollup "+reasonOr(f.RollUpReason()))
		}
		if slices.Contains(columns, "release") {
			lines = append(lines, released("release", in.service.ReleaseOf(f)))
		}
		if slices.Contains(columns, "weighed") {
			lines = append(lines, "weighed "+weighed(f.Coverage))
			if f.RollUp != nil {
				lines = append(lines, "rollup weighed "+weighed(f.RollUp.Coverage))
			}
		}
		return lines, nil
	case "sources":
		return sources(ctx, in, ask)
	case "words":
		return words(ctx, in, ask, columns)
	case "distribution", "trend":
		return describe(ctx, in, verb, ask, columns)
	case "series":
		set, err := in.service.Series(ctx, ask)
		if err != nil {
			return nil, err
		}
		return series(set, columns), nil
	case "period":
		p, err := in.service.Period(ctx, ask)
		if err != nil {
			return nil, err
		}
		return periodFigure(p), nil
	case "rank":
		answer, err := in.service.Rank(ctx, ask)
		if err != nil {
			return nil, err
		}
		return append(ranking(answer, orDefault(columns, false)), turn(in, answer)...), nil
	case "compare", "churn":
		return compare(ctx, in, verb, ask, columns)
	}
	return nil, fmt.Errorf("%q is not a statement", verb)
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

// argument is what a script calls an argument of the API.
func argument(where string) string {
	if where == "level" {
		return "by"
	}
	return where
}
