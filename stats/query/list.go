package query

import (
	"context"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

type (
	// IndicatorConnection is a page of indicators.
	IndicatorConnection = list.Connection[*catalogue.Indicator]
	// UnitConnection is a page of units.
	UnitConnection = list.Connection[*catalogue.Unit]
	// ReleaseConnection is a page of releases.
	ReleaseConnection = list.Connection[*ledger.Release]
	// CellChangeConnection is a page of the cells that a release changed.
	CellChangeConnection = list.Connection[*catalogue.CellChange]
	// RunConnection is a page of the runs of a source.
	RunConnection = list.Connection[*ledger.Run]
	// RejectConnection is a page of rejected rows.
	RejectConnection = list.Connection[*ledger.Reject]
)

// Indicators lists the indicators of a topic ("" for all) whose code and names
// contain each word of the search.
func (s *Service) Indicators(search, topic string, p list.Page) (*IndicatorConnection, error) {
	c := s.State()
	if topic != "" && c.Topic(topic) == nil {
		var names []number.Name
		for _, t := range c.Topics {
			names = append(names, number.NewName(t.Code, t.Names.VI, t.Names.EN))
		}
		return nil, &number.Error{
			Code: number.UnknownTopic, Where: "topic", Message: number.Say("no topic has the code %q", topic),
			Nearest: number.NearestName(topic, names),
		}
	}
	found, wanted := []*catalogue.Indicator{}, strings.Fields(number.Fold(search))
	for place, i := range c.Indicators {
		if (topic == "" || i.TopicCode == topic) && c.IndicatorNames()[place].ContainsEach(wanted) {
			found = append(found, i)
		}
	}
	return list.Cut(list.Named("indicators", search, topic), found, p, func(i *catalogue.Indicator) string { return i.Code })
}

// Levels lists the levels from the top down: all of them, or those that have units
// on a basis.
func (s *Service) Levels(basis *figure.Basis) ([]*catalogue.Level, error) {
	r := &Resolver{State: s.State()}
	day := listDay(r, basis)
	if err := r.Err(); err != nil || basis == nil {
		return r.Levels, err
	}
	levels := []*catalogue.Level{}
	for _, level := range r.Levels {
		if len(r.At(day).Level(level.Code)) > 0 {
			levels = append(levels, level)
		}
	}
	return levels, nil
}

// UnitsAsk says which units to list.
type UnitsAsk struct {
	// Level is the code of their level; "" for all levels.
	Level string
	// Within is the code of a unit that they lie within; "" for anywhere.
	Within string
	// Search keeps those whose code or name contains it.
	Search string
	// Cohort is the code of a cohort that they belong to; "" for any.
	Cohort string
	// OrderBy is the order within a level; by code when empty.
	OrderBy catalogue.UnitOrder
	// Basis says on which day they exist; nil or AsReported for the last day of the
	// latest year that has figures.
	Basis *figure.Basis
	// Page is the part of the list.
	Page list.Page
}

// Units lists units, from the top level down.
func (s *Service) Units(ask UnitsAsk) (*UnitConnection, error) {
	r := &Resolver{State: s.State()}
	day := listDay(r, ask.Basis)
	levels := r.Levels
	if ask.Level != "" {
		levels = []*catalogue.Level{r.level("level", ask.Level)}
	}
	var within *catalogue.Unit
	if ask.Within != "" {
		within = r.Unit("within", ask.Within, day)
	}
	cohort := listedCohort(r, ask, levels)
	if err := r.Err(); err != nil {
		return nil, err
	}
	h, found, wanted := r.At(day), []*catalogue.Unit{}, number.Fold(ask.Search)
	for _, level := range levels {
		first := len(found)
		units := h.LevelWithin(level.Code, within)
		if within == nil {
			units = slices.Concat(units, h.Aggregates(level.Code))
		}
		for _, u := range units {
			if cohort != nil && !cohort.Has(u) {
				continue
			}
			if wanted == "" || r.UnitNames(h)[u.Place].Contains(wanted) {
				found = append(found, u)
			}
		}
		if ask.OrderBy == catalogue.UnitsByName {
			slices.SortFunc(found[first:], r.ByName(h))
		}
	}
	p := ask.Page
	ask.Page = list.Page{}
	return list.Cut(list.Named("units", ask, day), found, p, func(u *catalogue.Unit) string { return u.Level.Code + "/" + u.Code })
}

// listedCohort finds the cohort that a list is narrowed to; nil where it is to none.
func listedCohort(r *Resolver, ask UnitsAsk, levels []*catalogue.Level) *catalogue.Cohort {
	if ask.Cohort == "" {
		return nil
	}
	cohort := r.cohort("cohort", ask.Cohort)
	if cohort != nil && ask.Level != "" && levels[0] != nil {
		checkCohortLevel(r, "cohort", cohort, levels[0])
	}
	return cohort
}

// Unit returns the unit that has a code on a basis (nil: as UnitsAsk.Basis); nil when
// none has.
func (s *Service) Unit(code string, basis *figure.Basis) (*catalogue.Unit, error) {
	r := &Resolver{State: s.State()}
	day := listDay(r, basis)
	if err := r.Err(); err != nil {
		return nil, err
	}
	return r.At(day).Unit(code), nil
}

// listDay returns the day of the units to list.
func listDay(r *Resolver, basis *figure.Basis) number.Date {
	if basis == nil {
		return r.LatestDay()
	}
	day, err := figure.BasisDate(r.State.Calendar.Catalogue, "basis", *basis)
	if err != nil {
		r.Fault(err)
	}
	if day.IsOpen() {
		return r.LatestDay()
	}
	return day
}

// ReleasesAsk narrows the list of releases: to those of a source, and to days of
// publication; "" and nil for all.
type ReleasesAsk struct {
	Source   string
	From, To *number.Date
}

// Releases lists the releases, the latest publication first.
func (s *Service) Releases(ask ReleasesAsk, p list.Page) (*ReleaseConnection, error) {
	c := s.Catalogue()
	if err := ask.check(c.Catalogue); err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(slices.Clone(c.Releases), func(r *ledger.Release) bool {
		return ask.Source != "" && r.SourceCode != ask.Source || ask.From != nil && r.Published < *ask.From || ask.To != nil && r.Published > *ask.To
	})
	slices.Reverse(all)
	return list.Cut(list.Named("releases", ask), all, p, func(r *ledger.Release) string { return r.ID.String() })
}

// check reports a source that is neither in the workspace nor has ever published, and days
// in the wrong order.
func (a ReleasesAsk) check(c *catalogue.Catalogue) error {
	var codes []string
	var names []number.Name
	for _, source := range c.Sources {
		codes, names = append(codes, source.Code), append(names, number.NewName(source.Code, source.Titles.VI, source.Titles.EN))
	}
	for _, release := range c.Releases {
		codes = append(codes, release.SourceCode)
	}
	switch {
	case a.Source != "" && !slices.Contains(codes, a.Source):
		return &number.Error{
			Code: number.UnknownSource, Where: "source", Message: number.Say("there is no source %q", a.Source), Nearest: number.NearestName(a.Source, names),
		}
	case a.From != nil && a.To != nil && *a.From > *a.To:
		return &number.Error{Code: number.BadArgument, Where: "to", Message: number.Say("%s is before %s", a.To, a.From), Hint: number.Say("give the earlier day as from")}
	}
	return nil
}

// Changes lists what a release added and revised, cell by cell.
func (s *Service) Changes(ctx context.Context, release *ledger.Release, p list.Page) (*CellChangeConnection, error) {
	pages, err := s.ChangesOf(ctx, []*ledger.Release{release}, p)
	if err != nil {
		return nil, err
	}
	return pages[0], nil
}

// ChangesOf lists what each of some releases added and revised: one page for each, all
// read together.
func (s *Service) ChangesOf(ctx context.Context, releases []*ledger.Release, p list.Page) ([]*CellChangeConnection, error) {
	at, err := p.Bounds(list.Named("changes"))
	if err != nil {
		return nil, err
	}
	at.Next = false // one cursor may be for several releases: what each changed stays as it is
	ids := make([]ledger.ReleaseID, len(releases))
	for i, release := range releases {
		ids[i] = release.ID
	}
	cells, err := s.Source.Changes(ctx, ids, at.Offset, at.Limit)
	if err != nil {
		return nil, err
	}
	if err := s.RedactChanges(ctx, cells); err != nil {
		return nil, err
	}
	of := map[ledger.ReleaseID][]*catalogue.CellChange{}
	for i := range cells {
		id := cells[i].Release.ID
		of[id] = append(of[id], &cells[i])
	}
	pages := make([]*CellChangeConnection, len(releases))
	for i, release := range releases {
		if pages[i], err = list.Connect(of[release.ID], at, release.Added+release.Revised+release.Removed); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// RejectsOf lists the rows that the load of each of some releases did not publish: one page
// for each, all read together.
func (s *Service) RejectsOf(ctx context.Context, releases []*ledger.Release, p list.Page) ([]*RejectConnection, []error) {
	lists := make([]string, len(releases))
	for i, release := range releases {
		lists[i] = list.Named("rejects", release.ID)
	}
	return list.Paged(lists, p, func(which []int, offset, limit int) ([]ledger.Excerpt[*ledger.Reject], error) {
		ids := make([]ledger.ReleaseID, len(which))
		for i, at := range which {
			ids[i] = releases[at].ID
		}
		parts, err := s.Source.Rejects(ctx, ids, offset, limit)
		pages := make([]ledger.Excerpt[*ledger.Reject], len(parts))
		for i, part := range parts {
			s.WithholdValues(part.Entries)
			pages[i] = ledger.Excerpt[*ledger.Reject]{Entries: list.Pointers(part.Entries), Total: part.Total}
		}
		return pages, err
	})
}
