package stats

import (
	"context"
	"slices"
	"strconv"
	"strings"
)

// UnknownFigure is the code of an identifier that is no figure's.
const UnknownFigure Code = "UNKNOWN_FIGURE"

// Evidence is one observation behind a figure, with the place that it was read from.
type Evidence struct {
	// Unit is the unit that was observed, as it was in the year of the figure.
	Unit *Unit
	// Year is the year of the observation; in a register, of the decision.
	Year Year
	// Breakdown is the members that were observed; empty for the total.
	Breakdown []*Breakdown
	// Value and Denominator are as they were reported.
	Value, Denominator Value
	// Status is the observation's own.
	Status Status
	// Note is what its source says of it, Citation where it was printed.
	Note, Citation string
	// Place is where it stands in its file.
	Place Place
	// Release is the release that published it.
	Release *Release
}

// NoteText is the note, in a language where it is told in both.
func (e *Evidence) NoteText(language *Language) string { return noteIn(e.Note, language) }

// ObservationConnection is a page of the observations behind a figure.
type ObservationConnection = Connection[*Evidence]

// Provenance gives the observations that a figure is made of, by unit and code:
// the unit's own where it was reported, else those of the units below that
// stand for it. The figure is named by its identifier and is looked at as of
// the releases that the identifier names.
func (s *Service) Provenance(ctx context.Context, figure string, p Page) (*ObservationConnection, error) {
	offset, limit, err := p.bounds()
	if err != nil {
		return nil, err
	}
	c := s.state()
	cell, err := c.cell(figure)
	if err != nil {
		return nil, err
	}
	years := []Year{cell.year}
	if cell.indicator.IsRegister() {
		years = slices.DeleteFunc(slices.Clone(cell.indicator.Years()), func(y Year) bool { return y > cell.year })
	}
	history, err := s.source.History(ctx, []string{cell.indicator.Code}, years)
	if err != nil {
		return nil, err
	}
	history = c.seen(cell.view, history)
	var behind []Observation
	for _, breakdown := range cell.breakdowns {
		behind = append(behind, c.behind(cell, history, breakdown)...)
	}
	var hidden *withheld
	if key := (withheldKey{cell.indicator.Code, cell.year}); s.guards(cell.indicator) {
		found, err := s.withheldOf(ctx, c, map[withheldKey]bool{key: true})
		if err != nil {
			return nil, err
		}
		hidden = found[key]
	}
	all := make([]*Evidence, len(behind))
	for i := range behind {
		all[i] = c.evidence(&behind[i], cell)
		if hidden != nil {
			hidden.redactEvidence(all[i], &behind[i])
		}
	}
	from := min(offset, len(all))
	return connection(all[from:min(from+limit, len(all))], offset, len(all)), nil
}

// cell is what the identifier of a figure says.
type cell struct {
	indicator *Indicator
	// breakdowns are the cells that the figure is made of, [""] of a total.
	breakdowns []string
	unit       *Unit
	year       Year
	view       View
	basis      Date
}

// cell reads an identifier as Figure.ID writes it.
func (c *State) cell(id string) (cell, error) {
	unknown := func(why Message) error {
		return &Error{
			Code: UnknownFigure, Where: "figure", Message: Say("%q is not the id of a figure: %s", id, why),
			Hint: Say("pass the id of a figure as an answer gave it"),
		}
	}
	var at cell
	figure, as, found := strings.Cut(id, "@")
	parts, points := strings.Split(figure, "/"), strings.Split(as, "/")
	if !found || len(parts) < 3 || len(points) != 1 && len(points) != 3 {
		return at, unknown(Say("it has not the form indicator/unit/year@release"))
	}
	digits, day, _ := strings.Cut(parts[len(parts)-1], "~")
	year, err := strconv.Atoi(digits)
	if err != nil {
		return at, unknown(Say("it names no year"))
	}
	code, of, _ := strings.Cut(parts[0], "[")
	at.indicator, at.year = c.Indicator(code), Year(year)
	if at.basis, err = ParseDate(day); err != nil {
		return at, unknown(Say("it names no basis"))
	}
	if at.indicator == nil {
		return at, unknown(Say("it names no indicator"))
	}
	for written := range strings.SplitSeq(strings.TrimSuffix(of, "]"), "|") {
		for _, breakdown := range at.indicator.cells(written) {
			if !at.indicator.Has(breakdown) || breakdown == "" && written != "" {
				return at, unknown(Say("it names no breakdown of the indicator"))
			}
			at.breakdowns = append(at.breakdowns, breakdown)
		}
	}
	if at.unit = c.frame(at.basis, at.year.Reference()).Unit(strings.Join(parts[1:len(parts)-1], "/")); at.unit == nil {
		if strings.Contains(figure, ":") {
			return at, unknown(Say("that figure was made of several units for one answer; ask of the figures of its rows"))
		}
		return at, unknown(Say("it names no unit of that year"))
	}
	if at.view, err = parseView(points); err != nil || at.view.Head > c.Head {
		return at, unknown(Say("it names no release"))
	}
	return at, nil
}

func parseView(points []string) (View, error) {
	var view View
	head, err := strconv.ParseUint(points[0], 10, 32)
	if err != nil || len(points) == 1 {
		return View{Head: ReleaseID(head)}, err
	}
	view.Head = ReleaseID(head)
	if view.Published, err = ParseDate(points[1]); err != nil {
		return view, err
	}
	release, err := strconv.ParseUint(points[2], 10, 32)
	view.Release = ReleaseID(release)
	return view, err
}

// reaches tells whether what a release wrote at a position counts in the view.
func (v View) reaches(loaded ReleaseID, at Position) bool {
	bound := Position{Published: v.Published, Release: v.Release}
	return loaded <= v.Head && (bound == Position{} || !bound.Before(at))
}

// awaits tells whether a year may still have been unpublished on the day of the view:
// it had begun, and none of the years known then is as late.
func (v View) awaits(year Year, known []Year) bool {
	return v.Published != 0 && year.first() <= v.Published && (len(known) == 0 || year > known[len(known)-1])
}

// seen keeps the observations that count in a view: those that it reaches and
// that are not withdrawn in it.
func (c *Catalogue) seen(view View, history []Observation) []Observation {
	withdrawn := c.ledger(view)
	return slices.DeleteFunc(history, func(o Observation) bool {
		return !view.reaches(o.At.Release, o.At) || withdrawn.Withdrawn(o.At.Release)
	})
}

// behind gives the observations behind the figure of one breakdown: on a basis,
// those behind the units of the year that came to lie in its unit, or of which a
// part did.
func (c *State) behind(at cell, history []Observation, breakdown string) []Observation {
	h := c.frame(at.basis, at.year.Reference())
	if h.recast == nil {
		return at.behind(h.Hierarchy, history, breakdown)
	}
	var behind []Observation
	for _, p := range h.recast.carry(at.unit.Level, at.indicator.Level()).pieces[at.unit.Key()] {
		part := at
		part.unit = p.unit
		behind = append(behind, part.behind(h.recast.from, history, breakdown)...)
	}
	return behind
}

// behind picks from what the figure's view has of an indicator the observations that
// the figure of one breakdown is made of.
func (at cell) behind(h *Hierarchy, history []Observation, breakdown string) []Observation {
	latest := map[uint32]Observation{}
	for i := range history {
		o := &history[i]
		unit := h.ByKey(o.Unit)
		if o.Breakdown != breakdown || unit == nil || !unit.Within(at.unit) || !at.counts(h, unit, o) {
			continue
		}
		if before, known := latest[o.Unit]; !known || before.Year < o.Year || before.Year == o.Year && before.At.Before(o.At) {
			latest[o.Unit] = *o
		}
	}
	if own, reported := latest[at.unit.Key()]; reported && own.Value.Valid {
		return []Observation{own}
	}
	var behind []Observation
	for key, o := range latest {
		if unit := h.ByKey(key); !spokenFor(unit, at.unit, latest) {
			behind = append(behind, o)
		}
	}
	slices.SortFunc(behind, func(a, b Observation) int { return byCode(h.ByKey(a.Unit), h.ByKey(b.Unit)) })
	return behind
}

// counts tells whether an observation is one of the figure's year: in a register
// a decision about a unit to which the indicator applies counts in later years.
func (at cell) counts(h *Hierarchy, unit *Unit, o *Observation) bool {
	return o.Year == at.year ||
		at.indicator.IsRegister() && unit.Level.Index() == h.leaf(at.indicator) && at.indicator.Eligibility.accepts(unit)
}

// spokenFor tells whether a unit strictly between u and top has a value of its own.
func spokenFor(u, top *Unit, latest map[uint32]Observation) bool {
	if u.Key() == top.Key() {
		return false
	}
	for between := u.Parent(); between != nil && between.Key() != top.Key(); between = between.Parent() {
		if o, has := latest[between.Key()]; has && o.Value.Valid {
			return true
		}
	}
	return false
}

func (c *State) evidence(o *Observation, at cell) *Evidence {
	e := &Evidence{
		Unit: c.At(at.year.Reference()).ByKey(o.Unit), Year: o.Year, Breakdown: at.indicator.BreakdownOf(o.Breakdown), Status: o.Status,
		Value: None(MissingValue), Denominator: None(NotApplicable),
		Note: o.Note, Citation: o.Citation, Place: o.Place, Release: c.Release(o.At.Release),
	}
	if o.Value.Valid {
		e.Value = Exactly(o.Value.Decimal)
	}
	if o.Denominator.Valid {
		e.Denominator = Exactly(o.Denominator.Decimal)
	}
	return e
}
