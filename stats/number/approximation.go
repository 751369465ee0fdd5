package number

// Approximation says how a number that is not exact lies to the one that is meant: over
// 160, nearly 11,500.
type Approximation string

// The approximations.
const (
	MoreThan    Approximation = "MORE_THAN" // more than the number
	AtLeastThat Approximation = "AT_LEAST"  // the number or more
	Almost      Approximation = "ALMOST"    // less than the number, and close to it
	About       Approximation = "ABOUT"     // close to the number, on either side
)

// Text is the approximation as it stands before a number: trên, over.
func (a Approximation) Text(language Language) string {
	switch a {
	case MoreThan:
		return Text{VI: "trên", EN: "over"}.In(language)
	case AtLeastThat:
		return Text{VI: "ít nhất", EN: "at least"}.In(language)
	case Almost:
		return Text{VI: "gần", EN: "nearly"}.In(language)
	}
	return Text{VI: "khoảng", EN: "about"}.In(language)
}

func approximations() []Approximation { return []Approximation{MoreThan, AtLeastThat, Almost, About} }

// ApproximationSet is the approximations of the numbers that another one is made of; empty
// where all are exact.
type ApproximationSet uint8

// Approximations makes a set; "" is exact and adds nothing.
func Approximations(all ...Approximation) ApproximationSet {
	var set ApproximationSet
	for i, known := range approximations() {
		for _, a := range all {
			if a == known {
				set |= 1 << i
			}
		}
	}
	return set
}

// Together is what a sum of such numbers is: at least that where some are lower bounds and
// the others exact, else about that.
func (set ApproximationSet) Together() ApproximationSet {
	switch {
	case set == 0:
		return 0
	case set&^Approximations(MoreThan, AtLeastThat) == 0:
		return Approximations(AtLeastThat)
	}
	return Approximations(About)
}

// One is the approximation of a single number; nil where it is exact.
func (set ApproximationSet) One() *Approximation {
	for i, a := range approximations() {
		if set == 1<<i {
			return &a
		}
	}
	if set == 0 {
		return nil
	}
	about := About
	return &about
}

// Written puts the approximation of a single number before what is written of it.
func (set ApproximationSet) Written(amount string, language Language) string {
	if a := set.One(); a != nil {
		return a.Text(language) + " " + amount
	}
	return amount
}
