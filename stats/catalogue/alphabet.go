package catalogue

// UnitOrder says how units of a level are listed.
type UnitOrder string

// The orders.
const (
	UnitsByCode UnitOrder = "CODE"
	UnitsByName UnitOrder = "NAME" // by the Vietnamese alphabet
)
