package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Measure names a measure of a change.
type Measure string

// The measures.
const (
	MeasureAbsolute Measure = "ABSOLUTE" // current − base
	MeasurePercent  Measure = "PERCENT"  // (current − base) ÷ base × 100
	MeasurePoints   Measure = "POINTS"   // current − base of a percentage
)

// TableMeasure names what a column of a table shows of its indicator and year. The three
// of Measure are among them under the same names.
type TableMeasure string

// Changes reports whether the measure is taken of the change from the base year.
func (m TableMeasure) Changes() bool {
	switch m {
	case ShowAbsolute, ShowPercent, ShowPoints, ShowIndex, ShowCAGR:
		return true
	}
	return false
}

// NeedsBase reports whether the measure needs the base year.
func (m TableMeasure) NeedsBase() bool { return m.Changes() || m == ShowMovement }

// Ranks reports whether the measure is a rank, which depends on all rows.
func (m TableMeasure) Ranks() bool { return m == ShowRank || m == ShowMovement }

// Title is the measure in words, as the head of a column.
func (m TableMeasure) Title() number.Text {
	switch m {
	case ShowValue:
		return number.Text{VI: "giá trị", EN: "value"}
	case ShowDenominator:
		return number.Text{VI: "mẫu số", EN: "denominator"}
	case ShowRate:
		return number.Text{VI: "tỷ lệ", EN: "rate"}
	case ShowAbsolute:
		return number.Text{VI: "thay đổi tuyệt đối", EN: "absolute change"}
	case ShowPercent:
		return number.Text{VI: "thay đổi tương đối", EN: "relative change"}
	case ShowPoints:
		return number.Text{VI: "thay đổi theo điểm phần trăm", EN: "change in percentage points"}
	case ShowIndex:
		return number.Text{VI: "chỉ số", EN: "index"}
	case ShowCAGR:
		return number.Text{VI: "tăng trưởng bình quân năm", EN: "compound annual growth"}
	case ShowRank:
		return number.Text{VI: "xếp hạng", EN: "rank"}
	case ShowMovement:
		return number.Text{VI: "thay đổi thứ hạng", EN: "ranks risen"}
	}
	return number.Text{}
}

// The measures of a column.
const (
	ShowFigure      TableMeasure = "FIGURE"      // the rate of a ratio or attainment, else the value
	ShowValue       TableMeasure = "VALUE"       // Figure.Value
	ShowDenominator TableMeasure = "DENOMINATOR" // Figure.Denominator
	ShowRate        TableMeasure = "RATE"        // Figure.Rate
	ShowAbsolute    TableMeasure = "ABSOLUTE"    // Change.Absolute
	ShowPercent     TableMeasure = "PERCENT"     // Change.Percent
	ShowPoints      TableMeasure = "POINTS"      // Change.Points
	ShowIndex       TableMeasure = "INDEX"       // Change.Index
	ShowCAGR        TableMeasure = "CAGR"        // Change.CAGR
	ShowRank        TableMeasure = "RANK"        // the rank by the figure among all rows
	ShowMovement    TableMeasure = "MOVEMENT"    // ranks risen since the base year
)
