package catalogue

import (
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Definitions are what a workspace declares: levels, topics, indicators, units over time,
// cohorts, targets and templates. They are data; nothing of them is code.
type Definitions struct {
	// Levels are ordered from the top down.
	Levels []*Level `json:"levels"`
	// Topics group the indicators.
	Topics []*Topic `json:"topics"`
	// Dimensions are what indicators are broken down by.
	Dimensions []*Dimension `json:"dimensions,omitempty"`
	// Indicators are what is measured.
	Indicators []*Indicator `json:"indicators"`
	// Units are the versions of all units, those of one code in order of time.
	Units []UnitVersion `json:"units"`
	// Crosswalk carries units that ended or changed into those that followed.
	Crosswalk []Carry `json:"crosswalk,omitempty"`
	// KnownFrom is the first day whose units are listed; open when the list goes back
	// as far as anybody asks.
	KnownFrom number.Date `json:"known_from,omitzero"`
	// Cohorts are named sets of units.
	Cohorts []*Cohort `json:"cohorts,omitempty"`
	// Targets are the targets that were set.
	Targets []*Target `json:"targets,omitempty"`
	// Scorecards are the sets of criteria that units are scored by.
	Scorecards []*CriteriaSet `json:"scorecards,omitempty"`
	// Briefings are the templates of briefings.
	Briefings []*BriefingTemplate `json:"briefings,omitempty"`
	// Dashboards are the templates of dashboards.
	Dashboards []*DashboardTemplate `json:"dashboards,omitempty"`
	// Maps are the shapes of units from which maps are drawn.
	Maps []*Map `json:"maps,omitempty"`
	// Sources are the sources of figures.
	Sources []*DataSource `json:"sources,omitempty"`
	// Untranslated counts the texts of the workspace that lack a language and stand there in
	// the other; nil where all are there in both.
	Untranslated map[number.Language]int `json:"untranslated,omitempty"`
}

// Catalogue is definitions and holdings, indexed: what questions are resolved against. It
// never changes; a new release makes a new one.
type Catalogue struct {
	Definitions
	ledger.Holdings

	levels          map[string]*Level
	topics          map[string]*Topic
	indicatorByCode map[string]*Indicator
	unitPlaces      map[string][]int // code → places in Definitions.Units
	lives           map[uint32]number.Validity
	codes           map[uint32]string
	findings        map[string][]*ledger.Finding         // indicator → findings
	findingsAt      map[ledger.CellKey][]*ledger.Finding // by indicator, unit and year
	breakPostings   map[string][]ledger.Posting          // indicator → observations with status B
	mended          map[string][]ledger.Observation      // indicator → observations of cells with mended slips

	reversed map[string][]ledger.Holding                // indicator → holdings of which something was replaced or withdrawn
	revised  map[ledger.SeriesYear][]ledger.Observation // of the cells in which one was replaced or withdrawn

	changeDays     []number.Date         // the days on which some unit began, ended or was carried on, ascending
	carries        map[uint32][][]*Carry // unit → the rows that carry it on, by day
	arrivals       map[uint32][]*Carry   // unit → the rows that carry others into it
	indicatorNames []number.Name         // of Indicators, in their order, ready to be searched
}

// Level returns the level of a code, nil when there is none.
func (c *Catalogue) Level(code string) *Level { return c.levels[code] }

// Topic returns the topic of a code, nil when there is none.
func (c *Catalogue) Topic(code string) *Topic { return c.topics[code] }

// Indicator returns the indicator of a code, nil when there is none.
func (c *Catalogue) Indicator(code string) *Indicator { return c.indicatorByCode[code] }

// LevelsOf lists the levels of the units that have, or had, a code, one for each line of its life.
func (c *Catalogue) LevelsOf(code string) []string {
	var levels []string
	for _, place := range c.unitPlaces[code] {
		levels = append(levels, c.Units[place].Level)
	}
	return levels
}

// Knows reports whether any unit ever had the code.
func (c *Catalogue) Knows(code string) bool { return len(c.unitPlaces[code]) > 0 }

// IndicatorNames returns the names of all indicators, in the order of Indicators.
func (c *Catalogue) IndicatorNames() []number.Name { return c.indicatorNames }

// InUse returns from when to when units had a code, over all of them; open ends for a
// code that no unit ever had.
func (c *Catalogue) InUse(code string) number.Validity {
	places := c.unitPlaces[code]
	if len(places) == 0 {
		return number.Validity{}
	}
	return number.Validity{From: c.Units[places[0]].Validity.From, To: c.Units[places[len(places)-1]].Validity.To}
}

// LifeOf returns the life of the unit of a key, over all its names, kinds and parents.
func (c *Catalogue) LifeOf(key uint32) number.Validity { return c.lives[key] }

// CarriesOf returns the rows of the crosswalk that carry a unit on, grouped by day, ascending.
func (c *Catalogue) CarriesOf(key uint32) [][]*Carry { return c.carries[key] }

// FindingsOf returns what loads found about the figures of an indicator.
func (c *Catalogue) FindingsOf(indicator string) []*ledger.Finding { return c.findings[indicator] }

// FindingsAt returns what loads found about the figures of an indicator, a unit and a year.
func (c *Catalogue) FindingsAt(indicator string, unit uint32, year number.Year) []*ledger.Finding {
	return c.findingsAt[ledger.CellKey{Indicator: indicator, Unit: unit, Year: year}]
}

// BreaksOf returns the postings of an indicator with status B.
func (c *Catalogue) BreaksOf(indicator string) []ledger.Posting { return c.breakPostings[indicator] }

// ChangeDays returns the days after the first known one on which some unit began, ended
// or was carried on, ascending: between two of them all units stay as they are.
func (c *Catalogue) ChangeDays() []number.Date {
	first, _ := slices.BinarySearch(c.changeDays, c.KnownFrom+1)
	return slices.Clone(c.changeDays[first:])
}

// lastChange returns the last day of change up to a day; the zero Date before the first.
// All days from it to the next one share their units.
func (c *Catalogue) lastChange(day number.Date) number.Date {
	at, found := slices.BinarySearch(c.changeDays, day)
	if !found {
		at--
	}
	if at < 0 {
		return 0
	}
	return c.changeDays[at]
}

// AssignKeys numbers every unit: known identities keep their keys, new ones get the next.
// It returns the new keys.
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

// Ledger returns what was withdrawn and restored until now.
func (c *Catalogue) Ledger() ledger.Ledger { return c.LedgerIn(ledger.View{Head: c.Head}) }

// LedgerIn returns what was withdrawn and restored in a view.
func (c *Catalogue) LedgerIn(view ledger.View) ledger.Ledger {
	var l ledger.Ledger
	for _, r := range c.Releases { // in order of position
		if of := max(r.Withdraws, r.Restores); of != 0 && view.Reaches(r.ID, r.At()) {
			l = append(l, ledger.Withdrawal{Of: of, Restores: r.Restores != 0, At: r.At()})
		}
	}
	return l
}

// Release returns the visible release of a number, nil when there is none.
func (c *Catalogue) Release(id ledger.ReleaseID) *ledger.Release {
	for _, release := range c.Releases {
		if release.ID == id {
			return release
		}
	}
	return nil
}

// LastRelease returns the last release of a view in the order of publications, nil when it has none.
func (c *Catalogue) LastRelease(view ledger.View) *ledger.Release {
	for _, release := range slices.Backward(c.Releases) {
		if view.Reaches(release.ID, release.At()) {
			return release
		}
	}
	return nil
}

// HeadOf returns the last release that counts in a view. Later ones wrote only what the
// view does not reach; without them it stays the same view, and its figures keep their
// identifiers, whatever is published later.
func (c *Catalogue) HeadOf(view ledger.View) ledger.ReleaseID {
	var head ledger.ReleaseID
	for _, release := range c.Releases {
		if release.ID > head && view.Reaches(release.ID, release.At()) {
			head = release.ID
		}
	}
	return head
}

// FindingIn reports whether the release of a finding counts in a view.
func (c *Catalogue) FindingIn(finding *ledger.Finding, view ledger.View) bool {
	release := c.Release(finding.Release)
	return release != nil && view.Reaches(release.ID, release.At())
}

// Visible keeps the observations that count in a view: those that it reaches and
// that are not withdrawn in it.
func (c *Catalogue) Visible(view ledger.View, history []ledger.Observation) []ledger.Observation {
	withdrawn := c.LedgerIn(view)
	return slices.DeleteFunc(history, func(o ledger.Observation) bool {
		return !view.Reaches(o.At.Release, o.From()) || withdrawn.Withdrawn(o.At.Release)
	})
}

// CurrentIn keeps the observation of each cell that is current in a view, in the order
// of the history.
func (c *Catalogue) CurrentIn(view ledger.View, history []ledger.Observation) []ledger.Observation {
	last := map[ledger.CellKey]ledger.Position{}
	seen := c.Visible(view, slices.Clone(history))
	for _, o := range seen {
		if at, known := last[o.CellKey]; !known || at.Before(o.At) {
			last[o.CellKey] = o.At
		}
	}
	return slices.DeleteFunc(seen, func(o ledger.Observation) bool { return last[o.CellKey] != o.At })
}

// MendedIn lists the figures of an indicator that stand in a view as somebody mended them.
func (c *Catalogue) MendedIn(indicator string, view ledger.View) []*ledger.Replacement {
	var all []*ledger.Replacement
	history := c.mended[indicator]
	for _, o := range c.CurrentIn(view, history) {
		release := c.Release(o.At.Release)
		if release == nil || !release.MendsSlips() {
			continue
		}
		m := &ledger.Replacement{New: o, On: release.Corrected}
		for _, before := range history { // in order of publication
			if before.CellKey == o.CellKey && before.At.Before(o.At) && before.At.Published == o.At.Published {
				m.Old = before
			}
		}
		all = append(all, m)
	}
	return all
}

// Reversals counts how often published observations of an indicator and a year were replaced
// or withdrawn, on the units of the year and on those of other days: 0 where a view reaches
// none of that.
func (c *Catalogue) Reversals(i *Indicator, year number.Year, view ledger.View) int {
	count := 0
	for _, cell := range c.reversed[i.Code] {
		if cell.Year == year && view.Reaches(cell.FirstReversal, cell.ReversedSince) {
			count += cell.Reversals
		}
	}
	return count
}

// ReplacedIn lists the figures of an indicator and year that stand in a view in the place of
// other published numbers; known is false where there are too many to be kept at hand.
func (c *Catalogue) ReplacedIn(indicator string, year number.Year, view ledger.View) (all []*ledger.Replacement, known bool) {
	history, known := c.revised[ledger.SeriesYear{Indicator: indicator, Year: year}]
	seen := slices.DeleteFunc(slices.Clone(history), func(o ledger.Observation) bool { return o.At.Release > view.Head })
	withdrawn := c.LedgerIn(view)
	for len(seen) > 0 {
		end := slices.IndexFunc(seen, func(o ledger.Observation) bool { return o.CellKey != seen[0].CellKey })
		if end < 0 {
			end = len(seen)
		}
		if r := withdrawn.Replacement(seen[:end], ledger.Position{Published: view.Published, Release: view.Release}); r != nil {
			all = append(all, r)
		}
		seen = seen[end:]
	}
	return all, known
}

// UncorrectedHead returns the last release, up to a head, before any that mended slips
// after a point: what could be seen then, whatever was mended since.
func (c *Catalogue) UncorrectedHead(head ledger.ReleaseID, since func(*ledger.Release) bool) ledger.ReleaseID {
	for _, r := range c.Releases {
		if r.MendsSlips() && r.ID <= head && since(r) {
			head = r.ID - 1
		}
	}
	return head
}

// Cohort returns the cohort of a code, nil when there is none.
func (c *Catalogue) Cohort(code string) *Cohort {
	for _, cohort := range c.Cohorts {
		if cohort.Code == code {
			return cohort
		}
	}
	return nil
}

// Target returns the target of a code, nil when there is none.
func (c *Catalogue) Target(code string) *Target {
	for _, target := range c.Targets {
		if target.Code == code {
			return target
		}
	}
	return nil
}

// Dimension returns the dimension of a code, nil when there is none.
func (c *Catalogue) Dimension(code string) *Dimension {
	for _, d := range c.Dimensions {
		if d.Code == code {
			return d
		}
	}
	return nil
}

// Template returns the template of a code, nil when there is none.
func (c *Catalogue) Template(code string) *BriefingTemplate {
	for _, t := range c.Briefings {
		if t.Code == code {
			return t
		}
	}
	return nil
}

// Dashboard returns the dashboard of a code, nil when there is none.
func (c *Catalogue) Dashboard(code string) *DashboardTemplate {
	for _, t := range c.Dashboards {
		if t.Code == code {
			return t.InView(c, ledger.View{Head: c.Head})
		}
	}
	return nil
}

// FirstKnown is the first day whose units are known: the one that the workspace
// names, else the first on which any unit exists; open when some have no beginning.
func (c *Catalogue) FirstKnown() number.Date {
	if !c.KnownFrom.IsOpen() || len(c.Units) == 0 {
		return c.KnownFrom
	}
	first := c.Units[0].Validity.From
	for _, version := range c.Units {
		first = min(first, version.Validity.From)
	}
	return first
}

// LatestDay is the last day of the latest year that has figures.
func (c *Catalogue) LatestDay() number.Date {
	latest := number.DefaultBaseYear
	for _, cell := range c.Cells {
		latest = max(latest, cell.Year)
	}
	return latest.Reference()
}

// UnknownBriefing is the code of a template that no briefing has.
const UnknownBriefing number.Code = "UNKNOWN_BRIEFING"

// MapOn returns the map of a level on a day, nil when there is none. There is at most
// one: a workspace is checked when it is read.
func (c *Catalogue) MapOn(level *Level, day number.Date) *Map {
	i := slices.IndexFunc(c.Maps, func(m *Map) bool { return m.LevelCode == level.Code && m.Validity.Contains(day) })
	if i < 0 {
		return nil
	}
	return c.Maps[i]
}
