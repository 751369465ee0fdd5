package stats

import "strconv"

// TableMeasure names what a column of a table shows of its indicator and year.
// The three of Measure, which a headline may print, are among them under the same
// names.
type TableMeasure string

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

// ranks tells whether the measure is a matter of all rows.
func (m TableMeasure) ranks() bool { return m == ShowRank || m == ShowMovement }

// changes tells whether the measure is one of the change from the base year.
func (m TableMeasure) changes() bool {
	switch m {
	case ShowAbsolute, ShowPercent, ShowPoints, ShowIndex, ShowCAGR:
		return true
	}
	return false
}

// needsBase tells whether the measure needs the base year.
func (m TableMeasure) needsBase() bool { return m.changes() || m == ShowMovement }

// of gives the measure of a figure.
func (m TableMeasure) of(f *Figure) Value {
	switch m {
	case ShowValue:
		return f.Value
	case ShowDenominator:
		return f.Denominator
	case ShowRate:
		return f.Rate
	}
	return f.Measure()
}

// ofChange gives the measure of a change.
func (m TableMeasure) ofChange(c Change) Value {
	switch m {
	case ShowAbsolute:
		return c.Absolute()
	case ShowPoints:
		return c.Points()
	case ShowIndex:
		return c.Index()
	case ShowCAGR:
		return c.CAGR()
	}
	return c.Percent()
}

// Text is the number for a narrow cell, without its unit of measure but for a
// percent sign: 97, 81,5%, +14, +16,9%. A change has its sign. A cell without a
// number says why.
func (c *TableCell) Text(language Language) string {
	number, known := c.Value.Number()
	if !known {
		return c.Value.Reason().Text(language)
	}
	places := c.column.places(c.Value)
	text := FormatNumber(number.Round(places), places, language)
	m := c.column.Measure
	if number.Sign() > 0 && (m.changes() && m != ShowIndex || m == ShowMovement) {
		text = "+" + text
	}
	if c.column.isPercent() {
		text += "%"
	}
	return text
}

// isPercent tells whether the column's numbers are written with a percent sign.
func (c *TableColumn) isPercent() bool {
	switch c.Measure {
	case ShowFigure:
		return c.Indicator.Kind.IsPercentage()
	case ShowRate, ShowPercent, ShowCAGR:
		return true
	}
	return false
}

// places is the number of digits after the point.
func (c *TableColumn) places(v Value) int32 {
	i := c.Indicator
	switch c.Measure {
	case ShowRank, ShowMovement:
		return 0
	case ShowValue, ShowDenominator:
		d, _ := v.Decimal()
		return places(d, i)
	case ShowFigure:
		if !i.Kind.IsPercentage() {
			return i.valuePlaces()
		}
	case ShowAbsolute:
		if i.Kind != Ratio {
			return i.valuePlaces()
		}
	}
	return i.ratePlaces()
}

// Name is the column's heading: the indicator, the members, the year and, for anything but the
// figure, the measure.
func (c *TableColumn) Name(language Language) string {
	text := c.Indicator.Name(language) + ", "
	if len(c.Breakdown) > 0 {
		text += label(c.Breakdown, language) + ", "
	}
	text += strconv.Itoa(int(c.Year))
	if title := c.Measure.title().In(language); title != "" {
		text += ", " + title
	}
	if c.BaseYear != nil {
		text += " " + words(language).since + " " + strconv.Itoa(int(*c.BaseYear))
	}
	return text
}

func (m TableMeasure) title() Text {
	switch m {
	case ShowValue:
		return Text{"giá trị", "value"}
	case ShowDenominator:
		return Text{"mẫu số", "denominator"}
	case ShowRate:
		return Text{"tỷ lệ", "rate"}
	case ShowAbsolute:
		return Text{"thay đổi tuyệt đối", "absolute change"}
	case ShowPercent:
		return Text{"thay đổi tương đối", "relative change"}
	case ShowPoints:
		return Text{"thay đổi theo điểm phần trăm", "change in percentage points"}
	case ShowIndex:
		return Text{"chỉ số", "index"}
	case ShowCAGR:
		return Text{"tăng trưởng bình quân năm", "compound annual growth"}
	case ShowRank:
		return Text{"xếp hạng", "rank"}
	case ShowMovement:
		return Text{"thay đổi thứ hạng", "ranks risen"}
	}
	return Text{}
}

// UnitOfMeasure is that of the column's numbers; empty where they have none.
func (c *TableColumn) UnitOfMeasure(language Language) string {
	i := c.Indicator
	points := c.Measure == ShowPoints || c.Measure == ShowAbsolute && i.Kind == Ratio
	switch {
	case c.isPercent():
		return "%"
	case points:
		return words(language).points(true)
	case c.Measure == ShowDenominator && i.Denominator() != nil:
		return i.Denominator().UnitOfMeasure(language)
	case c.Measure == ShowIndex, c.Measure.ranks():
		return ""
	}
	return i.UnitOfMeasure(language)
}
