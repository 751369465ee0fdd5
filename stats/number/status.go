package number

import "strings"

// Status is the state of an observation or figure, in the letters of the SDMX
// code list CL_OBS_STATUS (and C of CL_CONF_STATUS).
type Status string

// The statuses, from the one shown first to the one shown last.
const (
	Break        Status = "B" // break in the series: not made like the years before
	Confidential Status = "C" // known and withheld
	Missing      Status = "M" // exists but is not known
	Estimated    Status = "E" // estimated by its source, or recast with weights
	Provisional  Status = "P" // published before it was final
	Normal       Status = "A"
)

// Precedence lists the statuses in the order in which one is shown when several
// apply. A break comes before everything, what withholds the number before what
// makes it less certain: SDMX Statistical Working Group, “Possible Ways of
// Implementing the Observation Status Concept”, version 2.0 (May 2019), part 2.
func Precedence() []Status {
	return []Status{Break, Confidential, Missing, Estimated, Provisional, Normal}
}

// ParseStatus reads a status letter; blank is Normal.
func ParseStatus(text string) (Status, bool) {
	if text == "" {
		return Normal, true
	}
	for _, s := range Precedence() {
		if strings.EqualFold(text, string(s)) {
			return s, true
		}
	}
	return "", false
}

// StatusSet is a set of statuses: a computed figure carries those of all its inputs.
type StatusSet uint8

// Statuses makes a set.
func Statuses(all ...Status) StatusSet {
	var set StatusSet
	for _, s := range all {
		set = set.With(s)
	}
	return set
}

// With adds one status.
func (set StatusSet) With(s Status) StatusSet {
	for i, known := range Precedence() {
		if s == known {
			return set | 1<<i
		}
	}
	return set
}

// Has reports whether s is in the set.
func (set StatusSet) Has(s Status) bool { return set&Statuses(s) != 0 }

// First returns the status that is shown: the first in precedence. The empty set
// has no observation behind it and shows Missing.
func (set StatusSet) First() Status {
	for i, s := range Precedence() {
		if set&(1<<i) != 0 {
			return s
		}
	}
	return Missing
}

// All lists the statuses of the set, first in precedence first.
func (set StatusSet) All() []Status {
	all := []Status{}
	for i, s := range Precedence() {
		if set&(1<<i) != 0 {
			all = append(all, s)
		}
	}
	return all
}
