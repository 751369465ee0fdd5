package stats

import "github.com/shopspring/decimal"

// Target is a number that was set out to be reached.
type Target struct {
	// Code names the target.
	Code string `json:"code"`
	// Indicator is the code of the indicator that it is set for.
	Indicator string `json:"indicator"`
	// Unit is the code of the unit it is set for; "" when Level is given.
	Unit string `json:"unit,omitempty"`
	// Level is the code of the level whose every unit it is set for.
	Level string `json:"level,omitempty"`
	// Years are the years for which it stands.
	Years Years `json:"years"`
	// On says what is held against it: value, rate, change-percent or change-absolute.
	On string `json:"on"`
	// Comparator is at-least or at-most.
	Comparator string `json:"comparator"`
	// Value is the number to reach.
	Value decimal.Decimal `json:"value"`
	// Statement is the target in words.
	Statement Text `json:"statement"`
	// Source is where it was published.
	Source *Citation `json:"source,omitempty"`
}
