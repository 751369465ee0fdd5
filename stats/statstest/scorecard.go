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

// scorecard declares a set of criteria: the units that are scored, the least
// numbers of its bands and perhaps its years, then a line for each criterion with
// the indicator that says who meets it. A criterion without one is unknown, or is
// met by meeting the parts that are told to be in it.
//
//	scorecard standard eligible commune/xa bands 3 1 0 years 2016 2020 minimum 1 weighed people
//	  1            planning
//	  2
//	  19
//	  19.1  in 19  defence
//	  19.2  in 19  security
func scorecard(w *world, s statement) error {
	a := &arguments{words: s.words[1:]}
	set := &catalogue.CriteriaSet{Code: a.next(), Eligibility: eligibility(a.after("eligible"))}
	set.Names = number.Same(set.Code)
	minimum := a.after("minimum")
	if minimum == "" {
		minimum = "2/3"
	}
	var err error
	if set.MinimumCoverage, err = number.ParseFraction(minimum); err != nil {
		return err
	}
	set.CoverageWeightCode = a.after("weighed")
	for i, text := range a.rest("years") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		if i == 0 {
			set.Years.From = number.Year(n)
		} else {
			set.Years.To = number.Year(n)
		}
	}
	for _, text := range a.rest("bands") {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		set.BandFloors = append(set.BandFloors, n)
	}
	known := map[string]*catalogue.Criterion{}
	for _, b := range s.body {
		line := &arguments{words: b.words}
		whole := known[line.after("in")]
		criterion := &catalogue.Criterion{Code: line.next(), IndicatorCode: line.next()}
		criterion.Names = number.Same(criterion.Code)
		known[criterion.Code] = criterion
		if whole != nil {
			whole.Parts = append(whole.Parts, criterion)
		} else {
			set.Criteria = append(set.Criteria, criterion)
		}
		if err := line.end(); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
	}
	w.definitions.Scorecards = append(w.definitions.Scorecards, set)
	w.defined = false
	return a.end()
}

// score asks for a scorecard; `show criteria` adds a line for each criterion, `show
// weighed` one for each summary's coverage by weight.
//
//	score standard 2020 [vs 2018] unit a1 | by district [within P] [kinds xa] [in words] [show criteria]
func score(ctx context.Context, in *session, a *arguments) ([]string, error) {
	columns := a.rest("show")
	inWords := len(a.rest("in")) > 0
	set := a.next()
	ask := query.Ask{}
	if err := period(a, &ask, "score"); err != nil {
		return nil, err
	}
	options(a, &ask)
	if err := a.end(); err != nil {
		return nil, err
	}
	weighs := slices.Contains(columns, "weighed")
	if weighs {
		ask.Scope = withWeights(ask.Scope)
	}
	answer, err := in.service.Scorecard(ctx, set, ask)
	if err != nil {
		return nil, err
	}
	var lines []string
	rows := answer.Rows
	if answer.Total != nil {
		rows = append(slices.Clip(rows), answer.Total)
	}
	for i, row := range rows {
		name := row.Unit.Code
		if i == len(answer.Rows) {
			name = "total " + name
		}
		if inWords {
			lines = append(lines, name+" vi "+row.Text(number.Vietnamese), name+" en "+row.Text(number.English))
			continue
		}
		lines = append(lines, scoreRow(name, row)...)
		if weighs && row.Summary != nil {
			lines = append(lines, name+" weighed "+weighed(row.Summary.Coverage()))
		}
		if slices.Contains(columns, "criteria") {
			for _, result := range row.Criteria {
				lines = append(lines, name+" "+criterionResult(result))
			}
		}
	}
	return append(lines, notes(answer.Notes, "")...), nil
}

// scoreRow writes the score of a scored unit in one line, and of one above them
// in two.
//
//	a1 2–3 met 1,2 not - unknown 19 all unknown band 1–3 gained 2 lost -
//	A  units 4 known 3 all 1–2 mean 2.3333333333333333 within 1.75 to 2.5
//	A  bands 3: 1–2 1–2: 2–3 undecided 1
func scoreRow(name string, row *query.ScorecardRow) []string {
	if s := row.Score; s != nil {
		all, band := "unknown", "-"
		if met := s.AllMet(); met != nil {
			all = map[bool]string{true: "yes", false: "no"}[*met]
		}
		if s.Band != nil {
			band = s.Band.Name(number.English)
		}
		line := fmt.Sprintf("%s %s met %s not %s unknown %s all %s band %s gained %s lost %s", name, between(s.AtLeast(), s.AtMost()),
			codes(s.Met), codes(s.NotMet), codes(s.Unknown), all, strings.ReplaceAll(band, " ", "-"), codes(row.Gained), codes(row.Lost))
		if base := row.BaseScore; base != nil {
			line += " base " + between(base.AtLeast(), base.AtMost())
		}
		return []string{line}
	}
	s := row.Summary
	line := fmt.Sprintf("%s units %d known %d all %s mean %s within %s to %s", name, s.UnitCount, s.Coverage().Reported,
		between(s.MeetingAll, s.MeetingAllAtMost), s.Mean, s.MeanAtLeast, s.MeanAtMost)
	if base := row.BaseSummary; base != nil {
		line += fmt.Sprintf(" base all %s of %d", between(base.MeetingAll, base.MeetingAllAtMost), base.UnitCount)
	}
	bands := []string{name, "bands"}
	for _, count := range s.Bands {
		bands = append(bands, strings.ReplaceAll(count.Band.Name(number.English), " ", "-")+":", between(count.UnitCount, count.AtMost))
	}
	return []string{line, fmt.Sprintf("%s undecided %d", strings.Join(bands, " "), s.Undecided)}
}

// criterionResult writes a criterion of a row: its state and that of the base
// year, the numbers of units, and its figure.
//
//	19.2 MET from UNKNOWN 1/0/0 REPORTED 1
func criterionResult(result *query.CriterionResult) string {
	parts := []string{result.Criterion.Code}
	if result.State != nil {
		parts = append(parts, string(*result.State))
	}
	if result.BaseState != nil {
		parts = append(parts, "from", string(*result.BaseState))
	}
	parts = append(parts, fmt.Sprintf("%d/%d/%d", result.Met, result.NotMet, result.Unknown))
	for _, f := range []*figure.Figure{result.Current, result.Base} {
		if f == nil {
			continue
		}
		if reason := f.Reason(); reason != nil {
			parts = append(parts, string(*reason))
		} else {
			parts = append(parts, f.Value.String()+"/"+f.Denominator.String())
		}
	}
	return strings.Join(parts, " ")
}

// between writes a number that is known, or the least and greatest it can be.
func between(least, most int) string {
	if least == most {
		return strconv.Itoa(least)
	}
	return fmt.Sprintf("%d–%d", least, most)
}

func codes(criteria []*catalogue.Criterion) string {
	all := make([]string, len(criteria))
	for i, criterion := range criteria {
		all[i] = criterion.Code
	}
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, ",")
}
