package stats

import (
	"cmp"
	"slices"
)

// Definitions are what a workspace declares: levels, topics, indicators, units
// over time, cohorts and targets. They are data; nothing of them is code.
type Definitions struct {
	// Levels are ordered from the top down.
	Levels []*Level `json:"levels"`
	// Topics group the indicators.
	Topics []*Topic `json:"topics"`
	// Dimensions are what indicators are broken down by.
	Dimensions []*Dimension `json:"dimensions,omitempty"`
	// Indicators are what is measured.
	Indicators []*Indicator `json:"indicators"`
	// Units are all stretches of all units' lives, those of one code in order of time.
	Units []UnitVersion `json:"units"`
	// Crosswalk carries units that ended or changed into those that followed.
	Crosswalk []Carry `json:"crosswalk,omitempty"`
	// KnownFrom is the first day whose units the list tells; open when it goes back
	// as far as anybody asks.
	KnownFrom Date `json:"known_from,omitzero"`
	// Cohorts are named sets of units.
	Cohorts []*Cohort `json:"cohorts,omitempty"`
	// Targets are what was set out to be reached.
	Targets []*Target `json:"targets,omitempty"`
	// Scorecards are the sets of criteria that units are scored by.
	Scorecards []*CriteriaSet `json:"scorecards,omitempty"`
	// Briefings are the templates of briefings.
	Briefings []*BriefingTemplate `json:"briefings,omitempty"`
	// Dashboards are the templates of dashboards.
	Dashboards []*DashboardTemplate `json:"dashboards,omitempty"`
	// Maps are the shapes that the workspace has for maps to be drawn.
	Maps []*Map `json:"maps,omitempty"`
}

// Catalogue is all that a question is resolved against: definitions and
// holdings, indexed. It never changes; a new release makes a new one.
type Catalogue struct {
	Definitions
	Holdings

	levels     map[string]*Level
	topics     map[string]*Topic
	indicators map[string]*Indicator
	units      map[string][]int // code → places in Definitions.Units
	lives      map[uint32]Validity
	codes      map[uint32]string
	findings   map[string][]*Finding // indicator → findings
	breaks     map[string][]Posting  // indicator → observations with status B

	turns    []Date                // the days on which some unit began or ended, ascending
	carries  map[uint32][][]*Carry // unit → the rows that carry it on, by day
	arrivals map[uint32][]*Carry   // unit → the rows that carry others into it
	names    []name                // of Indicators, in their order, ready to be searched
}

// NewCatalogue indexes definitions and holdings. The definitions are sound (a
// workspace is checked when it is read) and have keys.
func NewCatalogue(definitions Definitions, holdings Holdings) *Catalogue {
	c := &Catalogue{
		Definitions: definitions,
		Holdings:    holdings,
		levels:      map[string]*Level{},
		topics:      map[string]*Topic{},
		indicators:  map[string]*Indicator{},
		units:       map[string][]int{},
		lives:       map[uint32]Validity{},
		codes:       map[uint32]string{},
		findings:    map[string][]*Finding{},
		breaks:      map[string][]Posting{},
	}
	c.indexDefinitions()
	for i, version := range c.Units {
		c.units[version.Code] = append(c.units[version.Code], i)
		life, known := c.lives[version.Key]
		if !known {
			life.From = version.Validity.From
		}
		life.To = version.Validity.To
		c.lives[version.Key], c.codes[version.Key] = life, version.Code
		c.turns = append(c.turns, version.Validity.From, version.Validity.To)
	}
	for _, row := range c.Crosswalk {
		c.turns = append(c.turns, row.Date)
	}
	slices.Sort(c.turns)
	c.turns = slices.Compact(c.turns)
	c.indexCrosswalk()
	c.indexHoldings()
	c.indexCohorts()
	c.indexTargets()
	for _, i := range c.Indicators {
		c.names = append(c.names, named(i.Code, append([]string{i.Names.VI, i.Names.EN}, i.Also...)...))
	}
	return c
}

// indexDefinitions copies what it completes: definitions are shared by the
// catalogues of successive releases.
func (c *Catalogue) indexDefinitions() {
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
		own.dimensions, own.held = c.dimensionsOf(indicator), map[heldCell][]Holding{}
		c.Indicators[i], c.indicators[own.Code] = &own, &own
	}
	for _, indicator := range c.Indicators {
		indicator.denominator, indicator.weight = c.indicators[indicator.DenominatorCode], c.indicators[indicator.WeightCode]
		indicator.coverageWeight = c.indicators[cmp.Or(indicator.CoverageWeightCode, indicator.WeightCode, indicator.DenominatorCode)]
	}
	c.indexCriteria()
}

func (c *Catalogue) indexHoldings() {
	for _, cell := range c.Cells {
		if indicator := c.indicators[cell.Indicator]; indicator != nil {
			indicator.years = append(indicator.years, cell.Year)
			indicator.holdings = append(indicator.holdings, cell)
			at := heldCell{cell.Year, cell.Breakdown}
			indicator.held[at] = append(indicator.held[at], cell)
		}
	}
	for _, indicator := range c.Indicators {
		slices.Sort(indicator.years)
		indicator.years = slices.Compact(indicator.years)
	}
	for _, finding := range c.Holdings.Findings {
		c.findings[finding.IndicatorCode] = append(c.findings[finding.IndicatorCode], finding)
	}
	for _, posting := range c.Breaks {
		c.breaks[posting.Indicator] = append(c.breaks[posting.Indicator], posting)
	}
}

// Level gives the level of a code, nil when there is none.
func (c *Catalogue) Level(code string) *Level { return c.levels[code] }

// Topic gives the topic of a code, nil when there is none.
func (c *Catalogue) Topic(code string) *Topic { return c.topics[code] }

// Indicator gives the indicator of a code, nil when there is none.
func (c *Catalogue) Indicator(code string) *Indicator { return c.indicators[code] }

// Knows tells whether a code was ever a unit's.
func (c *Catalogue) Knows(code string) bool { return len(c.units[code]) > 0 }

// LastValid gives the last day on which a code was a unit's; the zero Date when
// it still is or never was.
func (c *Catalogue) LastValid(code string) Date {
	places := c.units[code]
	if len(places) == 0 {
		return 0
	}
	return c.Units[places[len(places)-1]].Validity.To
}

// turn gives the last day up to a day on which some unit began or ended; the zero
// Date before the first. Days between two turns share their units.
func (c *Catalogue) turn(day Date) Date {
	at, isTurn := slices.BinarySearch(c.turns, day)
	if !isTurn {
		at--
	}
	if at < 0 {
		return 0
	}
	return c.turns[at]
}

// AssignKeys numbers every unit: known identities keep their keys, new ones get
// the next. It returns the keys that it gave out.
func (d *Definitions) AssignKeys(known map[UnitIdentity]uint32) map[UnitIdentity]uint32 {
	next := uint32(1)
	for _, key := range known {
		next = max(next, key+1)
	}
	given := map[UnitIdentity]uint32{}
	generation := map[string]int{}
	for i := range d.Units {
		version := &d.Units[i]
		if _, seen := generation[version.Code]; !seen {
			generation[version.Code] = 0
		} else if version.Opening == Replaced || version.Opening == Created {
			generation[version.Code]++
		}
		identity := UnitIdentity{Code: version.Code, Generation: generation[version.Code]}
		key, ok := known[identity]
		if !ok {
			if key, ok = given[identity]; !ok {
				key, next = next, next+1
				given[identity] = key
			}
		}
		version.Key = key
	}
	return given
}
