package statstest

import (
	"context"
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// target declares a target:
//
//	target eighty criterion unit P on rate at-least 80 [from 2021] [to 2025] [base 2020]
//	target fewer  crimes level district on change-percent at-most -5
func target(w *world, s statement) error {
	a := &arguments{words: s.words[1:]}
	t := &catalogue.Target{Code: a.next(), IndicatorCode: a.next(), UnitCode: a.after("unit"), LevelCode: a.after("level")}
	t.Statements = number.Same(t.Code)
	var err error
	if t.Years, err = years(a); err != nil {
		return err
	}
	if t.BaseYear, err = year(a.after("base")); err != nil {
		return err
	}
	goal, err := goal(a)
	if err != nil || goal == nil || goal.On == nil {
		return fmt.Errorf("a target says on what and at least or at most which number: %w", err)
	}
	t.On, t.Comparator = *goal.On, goal.Comparator
	t.Number, _ = goal.Value.Decimal()
	w.definitions.Targets = append(w.definitions.Targets, t)
	w.defined = false
	return a.end()
}

// goal takes a comparator with its number, and on what; nil when there is none.
func goal(a *arguments) (*catalogue.Goal, error) {
	g := &catalogue.Goal{}
	if on := a.after("on"); on != "" {
		what := catalogue.TargetOn(constant(on))
		g.On = &what
	}
	for _, comparator := range []string{"at-least", "at-most"} {
		if text := a.after(comparator); text != "" {
			n, err := num(text)
			g.Comparator, g.Value = catalogue.Comparator(constant(comparator)), number.Exactly(n.Decimal)
			return g, err
		}
	}
	return nil, nil
}

func constant(word string) string { return strings.ToUpper(strings.ReplaceAll(word, "-", "_")) }

// targets asks how units stand to targets, and writes each unit with the number
// that is compared with the target, the result and the gap; where the target is due
// later also where the line to it stands and the paces:
//
//	targets [of criterion] [in 2020] [unit P | by district [within P]] [target eighty | at-least 80 [on rate]]
//	  eighty P 2020 81.51…% MET +1.51…pp
//	  all P 2022 60 OFF_TRACK -40 line 64 needed +20 so far +5
//	  met 1 missed 0 on track 0 off track 1 unknown 0 [not due 1]
func targets(ctx context.Context, in *session, words []string) ([]string, error) {
	a := &arguments{words: words}
	inWords := a.has("words")
	ask := query.Ask{Indicator: a.after("of")}
	var err error
	if ask.Year, err = year(a.after("in")); err != nil {
		return nil, err
	}
	if ask.Goal, err = goal(a); err != nil {
		return nil, err
	}
	options(a, &ask)
	if err := a.end(); err != nil {
		return nil, err
	}
	report, err := in.service.Targets(ctx, ask)
	if err != nil {
		return nil, err
	}
	var lines []string
	for _, row := range report.Rows {
		if inWords {
			lines = append(lines, "vi "+row.Text(number.Vietnamese), "en "+row.Text(number.English))
			continue
		}
		lines = append(lines, targetRow(row))
	}
	if !inWords {
		counts := fmt.Sprintf("met %d missed %d on track %d off track %d unknown %d",
			report.Met, report.Missed, report.OnTrack, report.OffTrack, report.Unknown)
		if report.NotDue > 0 {
			counts += fmt.Sprintf(" not due %d", report.NotDue)
		}
		lines = append(lines, counts)
	}
	return append(lines, notes(report.Notes, "")...), nil
}

func targetRow(row *query.TargetRow) string {
	code, unit := row.Target.Code, ""
	if code == "" {
		code = "goal"
	}
	if row.Target.On == catalogue.OnRate && row.Target.Indicator().IsPercentage() || row.Target.On == catalogue.OnChangePercent {
		unit = "%"
	}
	signed := func(v number.Value) string {
		d, known := v.Decimal()
		text := d.String()
		switch {
		case !known:
			return "none"
		case d.Sign() > 0:
			text = "+" + text
		}
		if row.GapIn == catalogue.MeasurePoints {
			text += "pp"
		}
		return text
	}
	line := fmt.Sprintf("%s %s %d ", code, row.Unit.Code, row.Year)
	if d, known := row.Actual.Decimal(); known {
		line += d.String() + unit
	} else {
		line += "none"
	}
	line += fmt.Sprintf(" %s %s", row.Result, signed(row.Gap))
	if row.PaceSoFar.IsKnown() || row.PaceNeeded.IsKnown() {
		line += fmt.Sprintf(" line %s needed %s so far %s", row.Expected, signed(row.PaceNeeded), signed(row.PaceSoFar))
	}
	if row.Reason != nil {
		line += " " + string(*row.Reason)
	}
	return line
}
