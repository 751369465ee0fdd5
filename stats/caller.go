package stats

import "slices"

// Caller is who asks, as far as answers depend on it.
type Caller struct {
	// Confidential tells that the caller may see the numbers that are withheld from
	// others because they are small.
	Confidential bool
}

// MinThreshold is the least threshold of a confidential indicator. Under it a single
// value would be withheld, which is then no secret.
const MinThreshold = 3

// CanBeConfidential tells whether the numbers of a kind may tell of few persons. An
// attainment is of units, each of them named, and nothing is known of what stands
// behind a number that somebody else made.
func (k IndicatorKind) CanBeConfidential() bool { return k != Attainment && k != Reported }

// isConfidential tells whether small numbers of the indicator are withheld.
func (i *Indicator) isConfidential() bool {
	return i.Threshold > 0 && i.Kind.CanBeConfidential()
}

// ConfidentialBelow is the threshold of a confidential indicator; nil for one that is not.
func (i *Indicator) ConfidentialBelow() *int {
	if !i.isConfidential() {
		return nil
	}
	return &i.Threshold
}

// guards tells whether small numbers of an indicator are withheld from the caller.
func (e *Engine) guards(i *Indicator) bool {
	return i != nil && i.isConfidential() && !e.caller.Confidential
}

// guardsAny tells whether small numbers of any indicator are withheld from the caller.
func (e *Engine) guardsAny(c *Catalogue) bool {
	return slices.ContainsFunc(c.Indicators, e.guards)
}
