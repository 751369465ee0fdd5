package catalogue

// RankingOrder says what units are ranked by.
type RankingOrder string

// The orders.
const (
	ByValue    RankingOrder = "VALUE"    // the figure: the rate of a percentage, else the value
	ByAbsolute RankingOrder = "ABSOLUTE" // the absolute change from the base year
	ByPercent  RankingOrder = "PERCENT"  // the relative change from the base year
	ByPoints   RankingOrder = "POINTS"   // the change of a percentage, in points
	ByGap      RankingOrder = "GAP"      // the gap to a target
)
