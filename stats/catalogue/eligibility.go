package catalogue

import "slices"

// Eligibility is the rule by which units are expected to have a value.
type Eligibility struct {
	// Level is the code of the level that reports.
	Level string `json:"level"`
	// Kinds are the codes of the kinds that report; empty for all kinds of the level.
	Kinds []string `json:"kinds,omitempty"`
}

// Accepts reports whether a unit is expected to have a value of the indicator.
func (e Eligibility) Accepts(u *Unit) bool {
	if u.Level.Code != e.Level || u.Kind.Aggregate {
		return false
	}
	if slices.Contains(e.Kinds, u.Kind.Code) {
		return true
	}
	return len(e.Kinds) == 0
}
