package warehouse_test

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// checkDerivations are made of what communes alone report, of what all levels report, and of both.
func checkDerivations() map[string]catalogue.Derivation {
	return map[string]catalogue.Derivation{
		"derived-ratio":      {Formula: catalogue.FormulaRatio, PartCodes: []string{"count-1", "count-0"}},
		"derived-share":      {Formula: catalogue.FormulaShare, PartCodes: []string{"count-2", "count-0"}},
		"derived-sum":        {Formula: catalogue.FormulaSum, PartCodes: []string{"count-2", "count-1", "count-0"}},
		"derived-difference": {Formula: catalogue.FormulaDifference, PartCodes: []string{"amount-1", "count-0"}},
	}
}

// derived keeps the figures and changes of what is made of other indicators.
func (c *checked) derived(code string) {
	for _, year := range c.service.Catalogue().Indicator(code).Years() {
		for _, level := range checkLevels() {
			answer, err := c.service.Compare(c.Context(), query.Ask{Indicator: code, Year: year, BaseYear: baseOf(year), Level: level, Within: "C"})
			if err != nil {
				c.Fatal(err)
			}
			for _, row := range append(answer.Rows, answer.Total) {
				key := func(measure string) checkKey { return checkKey{measure, code, row.Unit.Code, year} }
				c.say(key("derived value"), row.Current.Value)
				c.say(key("derived rate"), row.Current.Rate)
				if row.Current.Denominator.IsKnown() {
					c.say(key("derived denominator"), row.Current.Denominator)
				}
				if row.Current.Value.IsKnown() {
					c.word(key("derived coverage"), fmt.Sprintf("%d of %d", row.Current.Coverage.Reported, row.Current.Coverage.Expected))
				}
				if change := row.Change.Absolute(); year != 2015 && (change.IsKnown() || *change.Reason() != number.NotApplicable) {
					c.say(key("derived change"), change)
				}
			}
		}
	}
}

// checkScale is what a derived ratio is per; 0 for what else is derived.
func checkScale(formula catalogue.Formula) int {
	if formula == catalogue.FormulaRatio {
		return 1000
	}
	return 0
}
