package stats

import (
	"cmp"
	"slices"
	"sync"
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

	turns       []Date // the days on which some unit began or ended, ascending
	mu          sync.RWMutex
	hierarchies map[Date]*Hierarchy // by the turn that the day follows

	withheld      map[withheldKey]*withheld
	withheldCount int
	carries       map[uint32][][]*Carry // unit → the rows that carry it on, by day
	arrivals      map[uint32][]*Carry   // unit → the rows that carry others into it
	recastMu      sync.Mutex
	recasts       map[[2]*Hierarchy]*recast
	redrawing     sync.Once
	redraws       map[uint32][]Year // see redrawnYears

	folding sync.Once
	folded  []name // see indicatorNames
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
		hierarchies: map[Date]*Hierarchy{},
		withheld:    map[withheldKey]*withheld{},
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
		c.findings[finding.Indicator] = append(c.findings[finding.Indicator], finding)
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

// At gives the hierarchy of a day.
func (c *Catalogue) At(day Date) *Hierarchy {
	// Days between two turns share a hierarchy, so that there are no more of them
	// than turns, whatever days are asked for.
	turn, isTurn := slices.BinarySearch(c.turns, day)
	if !isTurn {
		turn--
	}
	at := Date(0)
	if turn >= 0 {
		at = c.turns[turn]
	}
	c.mu.RLock()
	h := c.hierarchies[at]
	c.mu.RUnlock()
	if h != nil {
		return h
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.hierarchies[at] == nil {
		c.hierarchies[at] = newHierarchy(c, at)
	}
	return c.hierarchies[at]
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

// Hierarchy is the units of one day and who lies within whom.
type Hierarchy struct {
	levels  map[string]*Level
	byCode  map[string]*Unit
	byKey   map[uint32]*Unit
	byLevel map[string][]*Unit // by code
	units   []*Unit            // of all levels from the top down
	mu      sync.RWMutex
	counts  map[string]map[uint32]int      // indicator → unit → eligible units within
	lists   map[string]map[uint32]Coverage // level → unit → see listed

	folding, sorting sync.Once
	folded           []name // see unitNames
	alphabet         []int  // see byName
}

func newHierarchy(c *Catalogue, day Date) *Hierarchy {
	h := &Hierarchy{
		levels:  c.levels,
		byCode:  map[string]*Unit{},
		byKey:   map[uint32]*Unit{},
		byLevel: map[string][]*Unit{},
		counts:  map[string]map[uint32]int{},
		lists:   map[string]map[uint32]Coverage{},
	}
	parents := map[*Unit]string{}
	for i := range c.Units {
		version := &c.Units[i]
		if !version.Validity.Contains(day) {
			continue
		}
		level := c.levels[version.Level]
		unit := &Unit{
			Code: version.Code, Validity: c.lives[version.Key], Level: level,
			Kind: level.kind(version.Kind), key: version.Key, name: version.Names,
			catalogue: c, version: version, day: day,
		}
		h.byCode[unit.Code], h.byKey[unit.key] = unit, unit
		h.byLevel[level.Code] = append(h.byLevel[level.Code], unit)
		parents[unit] = version.Parent
	}
	for _, level := range c.Levels {
		slices.SortFunc(h.byLevel[level.Code], byCode)
		for _, unit := range h.byLevel[level.Code] {
			unit.place = len(h.units)
			h.units = append(h.units, unit)
			if parent := h.byCode[parents[unit]]; parent != nil {
				unit.parent = parent
				parent.children = append(parent.children, unit)
			}
		}
	}
	return h
}

// Unit gives the unit that has a code on that day, nil when none has.
func (h *Hierarchy) Unit(code string) *Unit { return h.byCode[code] }

// ByKey gives the unit of a key, nil when it does not exist on that day.
func (h *Hierarchy) ByKey(key uint32) *Unit { return h.byKey[key] }

// Level lists the units of a level, by code.
func (h *Hierarchy) Level(code string) []*Unit { return h.byLevel[code] }

// LevelWithin lists the units of a level that lie within a unit, by code; all
// of the level when within is nil.
func (h *Hierarchy) LevelWithin(code string, within *Unit) []*Unit {
	if within == nil {
		return h.byLevel[code]
	}
	var units []*Unit
	for _, unit := range h.byLevel[code] {
		if unit.Within(within) {
			units = append(units, unit)
		}
	}
	return units
}

// Common gives the lowest unit that all the units lie within, nil when there is none.
func (h *Hierarchy) Common(units []*Unit) *Unit {
	if len(units) == 0 {
		return nil
	}
	common := units[0].parent
	for _, unit := range units[1:] {
		for common != nil && !unit.Within(common) {
			common = common.parent
		}
	}
	return common
}

// Eligible counts the units within u (itself included) that are expected to
// have a value of the indicator.
func (h *Hierarchy) Eligible(indicator *Indicator, u *Unit) int {
	h.mu.RLock()
	counts := h.counts[indicator.Code]
	h.mu.RUnlock()
	if counts == nil {
		counts = h.countEligible(indicator)
	}
	return counts[u.key]
}

func (h *Hierarchy) countEligible(indicator *Indicator) map[uint32]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if counts := h.counts[indicator.Code]; counts != nil {
		return counts
	}
	counts := map[uint32]int{}
	for _, unit := range h.byLevel[indicator.Eligibility.Level] {
		if !indicator.Eligibility.accepts(unit) {
			continue
		}
		for at := unit; at != nil; at = at.parent {
			counts[at.key]++
		}
	}
	h.counts[indicator.Code] = counts
	return counts
}

func (l *Level) kind(code string) *Kind {
	if kind := l.has(code); kind != nil {
		return kind
	}
	return &Kind{Code: code, Names: Same(code)}
}

func byCode(a, b *Unit) int {
	if a.Code < b.Code {
		return -1
	}
	if a.Code > b.Code {
		return 1
	}
	return int(a.key) - int(b.key)
}
