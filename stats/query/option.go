package query

// NegativeBase says what a relative change from a negative base is measured
// against.
type NegativeBase string

// The values.
const (
	// NoPercent: nothing, so that there is no percentage, because its sign would be
	// wrong.
	NoPercent NegativeBase = "NONE"
	// ByMagnitude: the base without its sign, (current − base) ÷ |base| × 100, so
	// that more is always a positive change. The answer says so in a note.
	ByMagnitude NegativeBase = "MAGNITUDE"
)

// Ties says which ranks follow a tie.
type Ties string

// The values.
const (
	Competition Ties = "COMPETITION" // 1, 2, 2, 4
	Dense       Ties = "DENSE"       // 1, 2, 2, 3
)
