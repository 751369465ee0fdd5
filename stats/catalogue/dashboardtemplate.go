package catalogue

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// UnknownDashboard is the code of a dashboard that the workspace does not have.
const UnknownDashboard number.Code = "UNKNOWN_DASHBOARD"

// DashboardTemplate defines what a dashboard shows, and in which order.
type DashboardTemplate struct {
	// Code names the dashboard.
	Code string `json:"code"`
	// Titles is what it is about, Descriptions what a reader should know of it.
	Titles       number.Text `json:"title"`
	Descriptions number.Text `json:"description,omitzero"`
	// UnitCode is the code of the unit that it is about unless another is asked for.
	UnitCode string `json:"unit"`
	// Year and BaseYear are its years unless others are asked for; BaseYear may be
	// number.PreviousYear.
	Year     number.Year `json:"year"`
	BaseYear number.Year `json:"base_year"`
	// Tiles are its tiles, in their order.
	Tiles []*TileTemplate `json:"tiles"`

	indicators map[string]*Indicator
	view       ledger.View
}

// TileKind says what a tile asks and how it is drawn.
type TileKind string

// The kinds of tiles.
const (
	HeadlineTile  TileKind = "HEADLINE"
	TrendTile     TileKind = "TREND"
	RankingTile   TileKind = "RANKING"
	TargetsTile   TileKind = "TARGETS"
	ScorecardTile TileKind = "SCORECARD"
	ChurnTile     TileKind = "CHURN"
	TableTile     TileKind = "TABLE"
)

// TileTemplate defines the question of one tile. What it leaves out is the dashboard's.
type TileTemplate struct {
	// Kind says what is asked.
	Kind TileKind `json:"kind"`
	// Titles is what it shows.
	Titles number.Text `json:"title"`
	// IndicatorCode is the indicator; of a table there are IndicatorCodes.
	IndicatorCode  string   `json:"indicator,omitempty"`
	IndicatorCodes []string `json:"indicators,omitempty"`
	// SetCode is the set of criteria of a scorecard, TargetCode the target of a report or
	// the one to which a ranking measures gaps.
	SetCode    string `json:"set,omitempty"`
	TargetCode string `json:"target,omitempty"`
	// UnitCodes are the units, instead of the dashboard's: one, or several of a trend.
	UnitCodes []string `json:"units,omitempty"`
	// By is the level whose units are asked for, WithinCode the unit that they lie
	// within, instead of the dashboard's; Everywhere asks for all units of the level.
	By         string `json:"by,omitempty"`
	WithinCode string `json:"within,omitempty"`
	Everywhere bool   `json:"everywhere,omitzero"`
	// Year and BaseYear are fixed years, for figures that exist for few years; 0 takes
	// the dashboard's.
	Year     number.Year `json:"year,omitzero"`
	BaseYear number.Year `json:"base_year,omitzero"`
	// From is the first year of a trend; 0 is the first that has figures.
	From number.Year `json:"from,omitzero"`
	// OrderBy and Top say how to rank.
	OrderBy RankingOrder `json:"order_by,omitempty"`
	Top     int          `json:"top,omitzero"`
	// Measures are the columns of a table.
	Measures []TableMeasure `json:"measures,omitempty"`
}

// Title is what the dashboard is about.
func (t *DashboardTemplate) Title(language number.Language) string { return t.Titles.In(language) }

// Description is what a reader should know of it; empty where nothing is written.
func (t *DashboardTemplate) Description(language number.Language) string {
	return t.Descriptions.In(language)
}

// Title is what the tile shows.
func (t *TileTemplate) Title(language number.Language) string { return t.Titles.In(language) }

// Within is the code of the unit that the units of By lie within, on a dashboard about
// a unit; "" is none.
func (t *TileTemplate) Within(unit string) string {
	if t.Everywhere {
		return ""
	}
	return cmp.Or(t.WithinCode, unit)
}

// Years are those of which some indicator of the dashboard has figures, ascending: now,
// or as of the day that the dashboard is asked for.
func (t *DashboardTemplate) Years() []number.Year {
	var years []number.Year
	for _, tile := range t.Tiles {
		for _, code := range append(slices.Clone(tile.IndicatorCodes), tile.IndicatorCode) {
			if i := t.indicators[code]; i != nil {
				years = append(years, i.YearsIn(t.view)...)
			}
		}
	}
	slices.Sort(years)
	return slices.Compact(years)
}

// InView returns the template with the years that are published in a view.
func (t *DashboardTemplate) InView(c *Catalogue, view ledger.View) *DashboardTemplate {
	own := *t
	own.indicators, own.view = c.indicatorByCode, view
	return &own
}
