package catalogue

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// NewCatalogue indexes definitions and holdings. The definitions have passed the checks
// of the workspace and have keys.
func NewCatalogue(definitions Definitions, holdings ledger.Holdings) *Catalogue {
	c := &Catalogue{
		Definitions:     definitions,
		Holdings:        holdings,
		levels:          map[string]*Level{},
		topics:          map[string]*Topic{},
		indicatorByCode: map[string]*Indicator{},
		unitPlaces:      map[string][]int{},
		lives:           map[uint32]number.Validity{},
		codes:           map[uint32]string{},
		findings:        map[string][]*ledger.Finding{},
		findingsAt:      map[ledger.CellKey][]*ledger.Finding{},
		breakPostings:   map[string][]ledger.Posting{},
		mended:          map[string][]ledger.Observation{},
		reversed:        map[string][]ledger.Holding{},
		revised:         map[ledger.SeriesYear][]ledger.Observation{},
	}
	indexDefinitions(c)
	for i, version := range c.Units {
		c.unitPlaces[version.Code] = append(c.unitPlaces[version.Code], i)
		life, known := c.lives[version.Key]
		if !known {
			life.From = version.Validity.From
		}
		life.To = version.Validity.To
		c.lives[version.Key], c.codes[version.Key] = life, version.Code
		c.changeDays = append(c.changeDays, version.Validity.From, version.Validity.To)
	}
	for _, row := range c.Crosswalk {
		c.changeDays = append(c.changeDays, row.Date)
	}
	slices.Sort(c.changeDays)
	c.changeDays = slices.Compact(c.changeDays)
	indexCrosswalk(c)
	indexHoldings(c)
	indexCohorts(c)
	indexTargets(c)
	for _, i := range c.Indicators {
		c.indicatorNames = append(c.indicatorNames, number.NewName(i.Code, append([]string{i.Names.VI, i.Names.EN}, i.Also...)...))
	}
	return c
}

// indexDefinitions copies what it completes: definitions are shared by the
// catalogues of successive releases.
func indexDefinitions(c *Catalogue) {
	c.Levels = slices.Clone(c.Levels)
	for i, level := range c.Levels {
		own := *level
		own.index = i
		c.Levels[i], c.levels[own.Code] = &own, &own
	}
	for _, topic := range c.Topics {
		c.topics[topic.Code] = topic
	}
	c.Indicators = slices.Clone(c.Indicators)
	for i, indicator := range c.Indicators {
		own := *indicator
		own.topic, own.level = c.topics[own.TopicCode], c.levels[own.Eligibility.Level]
		own.Dimensions, own.published = dimensionsOf(c, indicator), map[publishedCell][]ledger.Holding{}
		if own.IsDerived() {
			own.level, own.Derivation = nil, &Derivation{Formula: own.Derivation.Formula, PartCodes: own.Derivation.PartCodes}
		}
		own.stated = map[publishedCell][]ledger.Holding{}
		c.Indicators[i], c.indicatorByCode[own.Code] = &own, &own
	}
	for _, indicator := range c.Indicators {
		indicator.denominator, indicator.weight = c.indicatorByCode[indicator.DenominatorCode], c.indicatorByCode[indicator.WeightCode]
		indicator.coverageWeight = c.indicatorByCode[cmp.Or(indicator.CoverageWeightCode, indicator.WeightCode, indicator.DenominatorCode)]
	}
	for _, indicator := range c.Indicators {
		derive(indicator, c.indicatorByCode)
	}
	indexCriteria(c)
}

func indexHoldings(c *Catalogue) {
	for _, cell := range c.Cells {
		if cell.Reversals > 0 {
			c.reversed[cell.Indicator] = append(c.reversed[cell.Indicator], cell)
		}
		indicator := c.indicatorByCode[cell.Indicator]
		if indicator == nil {
			continue
		}
		day, breakdown := BasisOf(cell.Breakdown)
		at := publishedCell{cell.Year, breakdown}
		if !day.IsOpen() {
			indicator.stated[at] = append(indicator.stated[at], cell)
			continue
		}
		indicator.years = append(indicator.years, cell.Year)
		indicator.holdings = append(indicator.holdings, cell)
		indicator.published[at] = append(indicator.published[at], cell)
	}
	for _, indicator := range c.Indicators {
		slices.Sort(indicator.years)
		indicator.years = slices.Compact(indicator.years)
	}
	for _, indicator := range c.Indicators {
		deriveYears(indicator)
	}
	for _, finding := range c.Holdings.Findings {
		c.findings[finding.IndicatorCode] = append(c.findings[finding.IndicatorCode], finding)
		at := ledger.CellKey{Indicator: finding.IndicatorCode, Unit: finding.UnitKey, Year: finding.Year}
		c.findingsAt[at] = append(c.findingsAt[at], finding)
	}
	for _, posting := range c.Breaks {
		c.breakPostings[posting.Indicator] = append(c.breakPostings[posting.Indicator], posting)
	}
	for _, o := range c.Holdings.Revised {
		at := ledger.SeriesYear{Indicator: o.Indicator, Year: o.Year}
		c.revised[at] = append(c.revised[at], o)
	}
	for _, o := range c.Mended {
		c.mended[o.Indicator] = append(c.mended[o.Indicator], o)
	}
}

// indexCohorts copies the cohorts, each with the keys of its units.
func indexCohorts(c *Catalogue) {
	cohorts := make([]*Cohort, len(c.Cohorts))
	for i, cohort := range c.Cohorts {
		own := *cohort
		own.level, own.indicator, own.keys = c.Level(own.LevelCode), c.Indicator(own.IndicatorCode), map[uint32]bool{}
		for _, member := range own.Members {
			if key, found := keyOf(c, member.Unit, own.Years.From); found {
				own.keys[key] = true
			}
		}
		cohorts[i] = &own
	}
	c.Cohorts = cohorts
}

// keyOf finds the unit that a code belonged to at the end of a year or of the
// year before.
func keyOf(c *Catalogue, code string, year number.Year) (key uint32, found bool) {
	for _, at := range []number.Year{year, year - 1} {
		for _, place := range c.unitPlaces[code] {
			if c.Units[place].Validity.Contains(at.Reference()) {
				return c.Units[place].Key, true
			}
		}
	}
	return 0, false
}

// indexTargets copies the targets, each with its indicator and level.
func indexTargets(c *Catalogue) {
	targets := make([]*Target, len(c.Targets))
	for i, target := range c.Targets {
		own := *target
		own.level, own.indicator = c.Level(own.LevelCode), c.Indicator(own.IndicatorCode)
		targets[i] = &own
	}
	c.Targets = targets
}

// indexCriteria copies the sets of criteria and finds what they name.
func indexCriteria(c *Catalogue) {
	c.Scorecards = slices.Clone(c.Scorecards)
	for i, set := range c.Scorecards {
		own := *set
		own.level, own.Criteria = c.levels[own.Eligibility.Level], criteriaIn(c, own.Criteria)
		own.coverageWeight = c.indicatorByCode[own.CoverageWeightCode]
		c.Scorecards[i] = &own
	}
}

func criteriaIn(c *Catalogue, criteria []*Criterion) []*Criterion {
	copies := make([]*Criterion, len(criteria))
	for i, criterion := range criteria {
		own := *criterion
		own.indicator, own.Parts = c.indicatorByCode[own.IndicatorCode], criteriaIn(c, own.Parts)
		copies[i] = &own
	}
	return copies
}

// dimensionsOf finds the dimensions of an indicator.
func dimensionsOf(c *Catalogue, i *Indicator) []*Dimension {
	found := []*Dimension{}
	for _, code := range i.DimensionCodes {
		if d := c.Dimension(code); d != nil {
			found = append(found, d)
		}
	}
	return found
}

// indexCrosswalk finds the units of the rows. Rows whose units do not exist are
// left out: a workspace that has any was refused.
func indexCrosswalk(c *Catalogue) {
	c.carries, c.arrivals = map[uint32][][]*Carry{}, map[uint32][]*Carry{}
	rows := make([]*Carry, 0, len(c.Crosswalk))
	for i := range c.Crosswalk {
		row := c.Crosswalk[i]
		row.fromKey, row.ToKey = keyBefore(c, row.From, row.Date), keyAt(c, row.To, row.Date)
		if row.fromKey != 0 && row.ToKey != 0 {
			rows = append(rows, &row)
		}
	}
	slices.SortStableFunc(rows, func(a, b *Carry) int {
		if a.fromKey != b.fromKey {
			return int(a.fromKey) - int(b.fromKey)
		}
		return int(a.Date) - int(b.Date)
	})
	for first := 0; first < len(rows); {
		last := first
		for last < len(rows) && rows[last].fromKey == rows[first].fromKey && rows[last].Date == rows[first].Date {
			last++
		}
		group := rows[first:last:last]
		for _, row := range group {
			row.group = group
			c.arrivals[row.ToKey] = append(c.arrivals[row.ToKey], row)
		}
		c.carries[rows[first].fromKey] = append(c.carries[rows[first].fromKey], group)
		first = last
	}
}

// keyAt returns the key of the unit that has a code on a day, 0 when none has.
func keyAt(c *Catalogue, code string, day number.Date) uint32 {
	for _, place := range c.unitPlaces[code] {
		if c.Units[place].Validity.Contains(day) {
			return c.Units[place].Key
		}
	}
	return 0
}

// keyBefore returns the key of the last unit that had a code before a day, 0 when none had.
func keyBefore(c *Catalogue, code string, day number.Date) uint32 {
	key := uint32(0)
	for _, place := range c.unitPlaces[code] {
		if c.Units[place].Validity.From < day {
			key = c.Units[place].Key
		}
	}
	return key
}

// publishedCell is a breakdown that some unit has an observation of in a year.
type publishedCell struct {
	year      number.Year
	breakdown string
}
