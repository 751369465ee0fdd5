package validation

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// outOfRange finds values, of ratios rates, outside two bounds.
func outOfRange(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	var found []Result
	for i := range s.Observations {
		o := &s.Observations[i]
		if o.Indicator != indicator.Code || !o.Value.Valid {
			continue
		}
		value := measure(indicator, o)
		if check.From.Valid && value.Cmp(number.Whole(check.From.Decimal)) < 0 || check.To.Valid && value.Cmp(number.Whole(check.To.Decimal)) > 0 {
			found = append(found, s.result(number.NoteRange, indicator, o))
		}
	}
	return found
}

// overDenominator finds parts that are more than what they are a part of: of percentages,
// and of any ratio that the check names.
func overDenominator(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	if indicator.Kind == catalogue.Mean || check.Indicator == "" && !indicator.IsPercentage() {
		return nil
	}
	var found []Result
	for i := range s.Observations {
		o := &s.Observations[i]
		if o.Indicator == indicator.Code && o.Value.Valid && o.Denominator.Valid && o.Value.Decimal.GreaterThan(o.Denominator.Decimal) {
			found = append(found, s.result(number.NotePart, indicator, o))
		}
	}
	return found
}

// members finds members that do not add up to the figure that they divide, and those that
// do again.
func members(s *state, indicator *catalogue.Indicator) []Result {
	var own, history []ledger.Observation
	for _, o := range s.Observations {
		if o.Indicator == indicator.Code && len(indicator.Breakdowns()) > 0 {
			own = append(own, o)
		}
	}
	if len(own) == 0 {
		return nil
	}
	for _, o := range s.History {
		if o.Indicator == indicator.Code {
			history = append(history, o)
		}
	}
	return results(figure.Discrepancies(s.Catalogue, own, history))
}

// children finds units whose own report is not what the units within them add up to.
func children(s *state, check *Check, indicator *catalogue.Indicator) []Result {
	if check.Tolerance.Valid {
		own := *indicator
		own.Tolerance = check.Tolerance.Decimal
		indicator = &own
	}
	return results(figure.PrintedTotals(s.Catalogue, indicator, s.Observations, s.standing))
}

func results(discrepancies []figure.Discrepancy) []Result {
	var found []Result
	for _, d := range discrepancies {
		found = append(found, Result{Finding: d.Finding, Published: d.Published})
	}
	return found
}
