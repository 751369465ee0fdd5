package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// Profile is every indicator that has a figure for a unit in a year, by topic.
type Profile struct {
	// Unit is the unit, as it was in the year.
	Unit *catalogue.Unit
	// Year is the year asked, BaseYear the one that changes are measured from.
	Year, BaseYear number.Year
	// Breakdown is the members that the figures are of; empty for totals.
	Breakdown []*catalogue.Breakdown
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date
	// Version says of which publications the answer is.
	Version
	// Rows are the indicators, in the order of the topics and of the catalogue.
	Rows []*ProfileRow
	// Notes are warnings about the unit's own figures.
	Notes []*Note

	view figure.Viewpoint
}

// ProfileRow is one indicator of a profile.
type ProfileRow struct {
	// Indicator is what was measured.
	Indicator *catalogue.Indicator
	// Current and Base are the unit's figures of the year and of the base year.
	Current, Base *figure.Figure
	// Change is the change between them.
	Change Change
	// Rank is the unit's rank by value among its siblings: the units of its level
	// within its parent. RankedCount is the number of them that have a rank,
	// UniverseCount that of all to which the indicator applies.
	Rank                       int
	RankedCount, UniverseCount int
	// BaseRank is the rank in the base year, and Movement how many ranks the unit
	// rose since then; nil unless the same siblings have figures in both years.
	BaseRank, Movement *int
}

// Text is the row in words, the change included where there is one.
func (r *ProfileRow) Text(language number.Language) string {
	text := r.Current.Text(language)
	if r.Change.Absolute().IsKnown() {
		text += ", " + r.Change.Text(language)
	}
	return text
}

// Profile answers what is known of a unit in a year; nil when the unit did not
// exist at the end of it.
func (s *Service) Profile(ctx context.Context, unit *catalogue.Unit, ask Ask) (*Profile, error) {
	r := &Resolver{State: s.State()}
	p := &Profile{Year: ask.Year, BaseYear: ask.BaseYear.BaseFor(ask.Year), Rows: []*ProfileRow{}}
	r.CalendarYear("year", p.Year)
	r.CalendarYear("baseYear", p.BaseYear)
	if p.BaseYear == p.Year {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "baseYear", Message: number.Say("the base year is the year asked"), Hint: number.Say("give another baseYear")})
	}
	Narrow(r, &Question{}, ask)
	p.Breakdown = resolveBreakdowns(r, ask.Scope, &catalogue.Indicator{Code: "the profile", Kind: catalogue.Count, Dimensions: r.Dimensions})
	var view figure.Viewpoint
	view, p.Version, p.AsOf = r.AsOf(ask.Scope)
	if err := r.Err(); err != nil {
		return nil, err
	}
	if p.Unit = r.Frame(view.Basis, p.Year.Reference()).ByKey(unit.Key()); p.Unit == nil {
		return nil, nil
	}
	p.view = view
	wants, err := resolveProfile(r, p)
	if err != nil {
		return nil, err
	}
	all, err := s.FetchAll(ctx, r.State, view, wants)
	if err != nil {
		return nil, err
	}
	notes := &NoteCollector{Catalogue: r.State}
	for _, f := range all {
		if row := profileRow(f, p); row != nil {
			p.Rows = append(p.Rows, row)
			notes.Change(row.Change)
		} else {
			notes.suppressed = notes.suppressed || f.Figure(p.Unit, p.Year).IsSuppressed()
		}
	}
	p.Notes, p.Release = notes.All(), notes.Release()
	return p, nil
}

// resolveProfile lists the indicators that may have figures for the unit and the breakdown,
// by topic.
func resolveProfile(r *Resolver, p *Profile) ([]figure.Request, error) {
	h := r.Frame(p.view.Basis, p.Year.Reference())
	var wants []figure.Request
	for _, topic := range r.Topics {
		for _, i := range r.Indicators {
			if i.Topic() == topic && i.HasYear(p.Year, p.view.View) && h.MayApply(i, p.Unit, p.view.View) && i.Allows(p.Breakdown) {
				wants = append(wants, figure.Request{Indicator: i, Breakdown: p.Breakdown, Years: []number.Year{p.BaseYear, p.Year}, Levels: []*catalogue.Level{p.Unit.Level}})
			}
		}
	}
	if sums := 2 * len(wants) * len(h.Level(p.Unit.Level.Code)); sums > maxSums {
		return nil, &number.Error{
			Code: number.TooMany, Where: "profile", Message: number.Say("the profile takes %d sums; one answer can take %d", sums, maxSums),
			Hint: number.Say("ask for the indicators that matter with table"),
		}
	}
	return wants, nil
}

// profileRow makes the row of an indicator; nil when the unit has no figure.
func profileRow(f *figure.Facts, p *Profile) *ProfileRow {
	current := f.Figure(p.Unit, p.Year)
	if !current.Measure().IsKnown() {
		return nil
	}
	base := f.Figure(p.Unit, p.BaseYear)
	row := &ProfileRow{Indicator: f.Indicator, Current: current, Base: base, Change: Compare(base, current)}
	peers := siblings(f, p.Unit, p.Year)
	at := slices.IndexFunc(peers, func(u *catalogue.Unit) bool { return u.Key() == p.Unit.Key() })
	ranks, ranked := ranksOfUnits(f, peers, p.Year)
	row.Rank, row.RankedCount, row.UniverseCount = ranks[at], ranked, len(peers)
	before, _ := ranksOfUnits(f, peers, p.BaseYear)
	if !sameRanked(ranks, before) || !sameKeys(peers, siblings(f, p.Unit, p.BaseYear)) {
		return row
	}
	rose := before[at] - ranks[at]
	row.BaseRank, row.Movement = &before[at], &rose
	return row
}

// siblings are the units of a unit's level within its parent in a year, to which
// the indicator applies, by code: all of the level for a unit without a parent.
// They are none when the unit did not exist.
func siblings(f *figure.Facts, unit *catalogue.Unit, year number.Year) []*catalogue.Unit {
	h := f.At(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return nil
	}
	var found []*catalogue.Unit
	for _, u := range h.LevelWithin(then.Level.Code, then.Parent()) {
		if f.Applies(u, year) {
			found = append(found, u)
		}
	}
	return found
}

// Basis is on which units the question is answered.
func (p *Profile) Basis() *figure.Basis { return p.view.AsBasis() }
