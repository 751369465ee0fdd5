package stats

import (
	"context"
	"slices"
)

// Profile is all that is known of a unit in a year: every indicator that has a
// figure for it, by topic.
type Profile struct {
	// Unit is the unit, as it was in the year.
	Unit *Unit
	// Year is the year asked, BaseYear the one that changes are measured from.
	Year, BaseYear Year
	// Breakdown is the members that the figures are of; empty for totals.
	Breakdown []*Breakdown
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *Date
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Rows are the indicators, in the order of the topics and of the catalogue.
	Rows []*ProfileRow
	// Notes are warnings about the unit's own figures.
	Notes []*Note

	view viewpoint
}

// ProfileRow is one indicator of a profile.
type ProfileRow struct {
	// Indicator is what was measured.
	Indicator *Indicator
	// Current and Base are the unit's figures of the year and of the base year.
	Current, Base *Figure
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
func (r *ProfileRow) Text(language Language) string {
	text := r.Current.Text(language)
	if r.Change.Absolute().IsKnown() {
		text += ", " + r.Change.Text(language)
	}
	return text
}

// Profile answers what is known of a unit in a year; nil when the unit did not
// exist at the end of it.
func (s *Service) Profile(ctx context.Context, unit *Unit, ask Ask) (*Profile, error) {
	r := &resolver{State: s.state()}
	p := &Profile{Year: ask.Year, BaseYear: ask.BaseYear, Rows: []*ProfileRow{}}
	if p.BaseYear == 0 {
		p.BaseYear = DefaultBaseYear
	}
	r.calendarYear("year", p.Year)
	r.calendarYear("baseYear", p.BaseYear)
	if p.BaseYear == p.Year {
		r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: Say("the base year is the year asked"), Hint: Say("give another baseYear")})
	}
	r.narrow(&Question{}, ask)
	p.Breakdown = r.breakdowns(ask.Scope, &Indicator{Code: "the profile", Kind: Count, dimensions: r.Dimensions})
	var view viewpoint
	view, p.Release, p.AsOf = r.asOf(ask.Scope)
	if err := r.err(); err != nil {
		return nil, err
	}
	if p.Unit = r.frame(view.basis, p.Year.Reference()).ByKey(unit.Key()); p.Unit == nil {
		return nil, nil
	}
	p.view = view
	wants, err := r.profile(p)
	if err != nil {
		return nil, err
	}
	all, err := s.fetchAll(ctx, r.State, view, wants)
	if err != nil {
		return nil, err
	}
	notes := &noter{catalogue: r.State}
	for _, f := range all {
		if row := f.profileRow(p); row != nil {
			p.Rows = append(p.Rows, row)
			notes.change(row.Change)
		} else {
			notes.suppressed = notes.suppressed || f.figure(p.Unit, p.Year).isSuppressed()
		}
	}
	p.Notes = notes.all()
	return p, nil
}

// profile lists the indicators that may have figures for the unit and the breakdown,
// by topic.
func (r *resolver) profile(p *Profile) ([]want, error) {
	h := r.frame(p.view.basis, p.Year.Reference())
	var wants []want
	for _, topic := range r.Topics {
		for _, i := range r.Indicators {
			if i.Topic() == topic && i.hasYear(p.Year, p.view.View) && h.Eligible(i, p.Unit) > 0 && i.allows(p.Breakdown) {
				wants = append(wants, want{i, p.Breakdown, []Year{p.BaseYear, p.Year}, []*Level{p.Unit.Level}})
			}
		}
	}
	if sums := 2 * len(wants) * len(h.Level(p.Unit.Level.Code)); sums > maxSums {
		return nil, &Error{
			Code: TooMany, Where: "profile", Message: Say("the profile takes %d sums; one answer can take %d", sums, maxSums),
			Hint: Say("ask for the indicators that matter with table"),
		}
	}
	return wants, nil
}

// profileRow makes the row of an indicator; nil when the unit has no figure.
func (f *facts) profileRow(p *Profile) *ProfileRow {
	current := f.figure(p.Unit, p.Year)
	if !current.Measure().IsKnown() {
		return nil
	}
	base := f.figure(p.Unit, p.BaseYear)
	row := &ProfileRow{Indicator: f.indicator, Current: current, Base: base, Change: compare(base, current)}
	siblings := f.siblings(p.Unit, p.Year)
	at := slices.IndexFunc(siblings, func(u *Unit) bool { return u.Key() == p.Unit.Key() })
	ranks, ranked := f.standings(siblings, p.Year)
	row.Rank, row.RankedCount, row.UniverseCount = ranks[at], ranked, len(siblings)
	before, _ := f.standings(siblings, p.BaseYear)
	if !sameRanked(ranks, before) || !sameKeys(siblings, f.siblings(p.Unit, p.BaseYear)) {
		return row
	}
	rose := before[at] - ranks[at]
	row.BaseRank, row.Movement = &before[at], &rose
	return row
}

// siblings are the units of a unit's level within its parent in a year, to which
// the indicator applies, by code: all of the level for a unit without a parent.
// They are none when the unit did not exist.
func (f *facts) siblings(unit *Unit, year Year) []*Unit {
	h := f.at(year)
	then := h.ByKey(unit.Key())
	if then == nil {
		return nil
	}
	var found []*Unit
	for _, u := range h.LevelWithin(then.Level.Code, then.Parent()) {
		if h.Eligible(f.indicator, u) > 0 {
			found = append(found, u)
		}
	}
	return found
}
