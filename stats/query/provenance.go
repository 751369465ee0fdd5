package query

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// UnknownFigure is the code of an identifier that is no figure's.
const UnknownFigure number.Code = "UNKNOWN_FIGURE"

// ObservationConnection is a page of the observations behind a figure.
type ObservationConnection = list.Connection[*figure.Evidence]

// Provenance returns the observations that a figure is made of, by unit and code:
// the unit's own where it was reported, else those of the units below that
// stand for it. The figure is named by its identifier and is looked at as of
// the releases that the identifier names.
func (s *Service) Provenance(ctx context.Context, figureID string, p list.Page) (*ObservationConnection, error) {
	at, err := p.Bounds(list.Named("provenance", figureID))
	if err != nil {
		return nil, err
	}
	c := s.State()
	cell, err := parseFigureID(c, figureID)
	if err != nil {
		return nil, err
	}
	cells := []Cell{cell}
	if cell.Indicator.IsDerived() {
		if cells, err = s.cellsOfParts(ctx, c, cell); err != nil {
			return nil, err
		}
	}
	var all []*figure.Evidence
	for _, of := range cells {
		behind, err := s.evidence(ctx, c, of)
		if err != nil {
			return nil, err
		}
		all = append(all, behind...)
	}
	from := min(at.Offset, len(all))
	return list.Connect(all[from:min(from+at.Limit, len(all))], at, len(all))
}

// cellsOfParts lists the cells of the figures that a derived one is made of in the end: a
// part may be the sum over members, which the whole does not say.
func (s *Service) cellsOfParts(ctx context.Context, c *figure.State, cell Cell) ([]Cell, error) {
	want := figure.Request{
		Indicator: cell.Indicator, Breakdown: cell.Indicator.BreakdownOfAll(cell.breakdowns), Years: []number.Year{cell.Year},
	}
	for _, unit := range cell.units {
		want.Levels = append(want.Levels, unit.Level)
	}
	facts, err := s.FetchAll(ctx, c, figure.Viewpoint{View: cell.View, Basis: cell.Basis}, []figure.Request{want})
	if err != nil {
		return nil, err
	}
	var cells []Cell
	var descend func(f *figure.Figure, unit *catalogue.Unit)
	descend = func(f *figure.Figure, unit *catalogue.Unit) {
		for _, part := range f.Parts {
			of := cell
			of.units = []*catalogue.Unit{unit}
			if of.Indicator, of.breakdowns = part.Indicator, nil; len(part.Parts) > 0 {
				descend(part, unit)
				continue
			}
			for _, written := range part.Cells {
				of.breakdowns = append(of.breakdowns, part.Indicator.Cells(written)...)
			}
			cells = append(cells, of)
		}
	}
	for _, unit := range cell.units {
		descend(facts[0].Figure(unit, cell.Year), unit)
	}
	return cells, nil
}

// evidence reads the observations behind a figure of what is reported.
func (s *Service) evidence(ctx context.Context, c *figure.State, cell Cell) ([]*figure.Evidence, error) {
	years := []number.Year{cell.Year}
	if cell.Indicator.IsRegister() {
		years = slices.DeleteFunc(slices.Clone(cell.Indicator.Years()), func(y number.Year) bool { return y > cell.Year })
	}
	history, err := s.Source.History(ctx, []string{cell.Indicator.Code}, years)
	if err != nil {
		return nil, err
	}
	history = c.Visible(cell.View, history)
	var behind []ledger.Observation
	for _, unit := range cell.units {
		part := cell
		part.Unit = unit
		for _, breakdown := range cell.breakdowns {
			behind = append(behind, ObservationsBehind(c, part, history, breakdown)...)
		}
	}
	var hidden *figure.Withheld
	if key := (ledger.SeriesYear{Indicator: cell.Indicator.Code, Year: cell.Year}); s.Guards(cell.Indicator) {
		found, err := figure.FindWithheld(ctx, s.Engine, c, map[ledger.SeriesYear]bool{key: true})
		if err != nil {
			return nil, err
		}
		hidden = found[key]
	}
	all := make([]*figure.Evidence, len(behind))
	for i := range behind {
		all[i] = evidenceOf(c, &behind[i], cell)
		if hidden != nil {
			hidden.RedactEvidence(all[i], &behind[i])
		}
	}
	return all, nil
}

// Cell is the identifier of a figure, read.
type Cell struct {
	Indicator *catalogue.Indicator
	// breakdowns are the cells that the figure is made of, [""] of a total.
	breakdowns []string
	Unit       *catalogue.Unit
	Year       number.Year
	View       ledger.View
	Basis      number.Date
	units      []*catalogue.Unit // that the figure is made of: Unit, or those that it was made of for one answer
}

// parseFigureID reads an identifier as Figure.ID writes it.
func parseFigureID(c *figure.State, id string) (Cell, error) {
	unknown := func(why number.Message) error {
		return &number.Error{
			Code: UnknownFigure, Where: "figure", Message: number.Say("%q is not the id of a figure: %s", id, why),
			Hint: number.Say("pass the id of a figure as an answer gave it"),
		}
	}
	var at Cell
	figure, as, found := strings.Cut(id, "@")
	parts, points := strings.Split(figure, "/"), strings.Split(as, "/")
	if !found || len(parts) < 3 || len(points) != 1 && len(points) != 3 {
		return at, unknown(number.Say("it has not the form indicator/unit/year@release"))
	}
	digits, day, _ := strings.Cut(parts[len(parts)-1], "~")
	year, err := strconv.Atoi(digits)
	if err != nil {
		return at, unknown(number.Say("it names no year"))
	}
	code, of, _ := strings.Cut(parts[0], "[")
	at.Indicator, at.Year = c.Indicator(code), number.Year(year)
	if at.Basis, err = number.ParseDate(day); err != nil {
		return at, unknown(number.Say("it names no basis"))
	}
	if at.Indicator == nil {
		return at, unknown(number.Say("it names no indicator"))
	}
	for written := range strings.SplitSeq(strings.TrimSuffix(of, "]"), "|") {
		for _, breakdown := range at.Indicator.Cells(written) {
			if !at.Indicator.Has(breakdown) || breakdown == "" && written != "" {
				return at, unknown(number.Say("it names no breakdown of the indicator"))
			}
			at.breakdowns = append(at.breakdowns, breakdown)
		}
	}
	var named bool
	if at.units, named = unitsNamed(c, at, strings.Join(parts[1:len(parts)-1], "/")); !named {
		return at, unknown(number.Say("it names no units of that year"))
	}
	if at.View, err = ledger.ParseView(points); err != nil || at.View.Head > c.Head {
		return at, unknown(number.Say("it names no release"))
	}
	return at, nil
}

// unitsNamed reads which units a figure is of: one, or those that it was made of for one
// answer; false where that is written in no way in which Figure.ID writes it.
func unitsNamed(c *figure.State, at Cell, written string) ([]*catalogue.Unit, bool) {
	h := c.Frame(at.Basis, at.Year.Reference()).Hierarchy
	if unit := h.Unit(written); unit != nil {
		return []*catalogue.Unit{unit}, true
	}
	name, of := written, ""
	if end := strings.LastIndexByte(written, ':'); end >= 0 {
		name, of = written[:end], written[end+1:]
	}
	if !slices.Contains([]string{othersCode, rankedCode, cohortCode, restCode}, name) &&
		!slices.ContainsFunc(c.Units, func(v catalogue.UnitVersion) bool { return v.Code == name }) {
		return nil, false
	}
	return figure.ReadUnitSet(h, name, of)
}

// ObservationsBehind returns the observations from which the figure of one breakdown is
// made: on a basis, what was stated of its unit there, else those of the units of the year
// that came to lie in its unit whole or in part, else what was stated of the units below.
func ObservationsBehind(c *figure.State, at Cell, history []ledger.Observation, breakdown string) []ledger.Observation {
	if at.Basis.IsOpen() {
		return at.behind(c.At(at.Year.Reference()), history, breakdown)
	}
	var below []ledger.Observation
	for _, day := range at.Indicator.StatedOn(at.Year, breakdown, at.View) {
		stated := at
		if stated.Unit = c.StatedUnit(day, at.Basis, at.Unit); stated.Unit == nil {
			continue
		}
		behind := stated.behind(c.At(day), history, catalogue.OnBasis(day, breakdown))
		if len(behind) == 1 && behind[0].Unit == at.Unit.Key() && behind[0].Value.Valid {
			return behind
		}
		if len(below) == 0 {
			below = behind
		}
	}
	carried := at.carriedBehind(c, history, breakdown)
	if slices.ContainsFunc(carried, func(o ledger.Observation) bool { return o.Value.Valid }) || len(below) == 0 {
		return carried
	}
	return below
}

// carriedBehind selects the observations that the crosswalk carries to the unit on the basis.
func (at Cell) carriedBehind(c *figure.State, history []ledger.Observation, breakdown string) []ledger.Observation {
	h := c.Frame(at.Basis, at.Year.Reference())
	if h.Recast == nil {
		return at.behind(h.Hierarchy, history, breakdown)
	}
	var behind []ledger.Observation
	for _, p := range h.Recast.PartsOf(at.Unit.Level, at.Indicator.Level()).Parts[at.Unit.Key()] {
		part := at
		part.Unit = p.Unit
		behind = append(behind, part.carried(h.Recast, history, breakdown)...)
	}
	return behind
}

// carried selects the observations by which a unit of the year is carried to the basis: where
// the crosswalk carries the units within it, and all of them have figures, theirs and not its own.
func (at Cell) carried(r *figure.Recast, history []ledger.Observation, breakdown string) []ledger.Observation {
	behind := at.behind(r.From, history, breakdown)
	if r.Carries(at.Unit) || len(behind) != 1 || behind[0].Unit != at.Unit.Key() {
		return behind
	}
	below := at.behind(r.From, slices.DeleteFunc(slices.Clone(history), func(o ledger.Observation) bool { return o.Unit == at.Unit.Key() }), breakdown)
	known := 0
	for _, o := range below {
		if o.Value.Valid {
			known += r.From.Eligible(at.Indicator, r.From.ByKey(o.Unit))
		}
	}
	if known < r.From.Eligible(at.Indicator, at.Unit) {
		return behind
	}
	return below
}

// behind selects, of an indicator's observations in the view, those that the figure is
// made of.
func (at Cell) behind(h *catalogue.Hierarchy, history []ledger.Observation, breakdown string) []ledger.Observation {
	latest := map[uint32]ledger.Observation{}
	for i := range history {
		o := &history[i]
		unit := h.ByKey(o.Unit)
		if o.Breakdown != breakdown || unit == nil || !unit.Within(at.Unit) || !at.counts(h, unit, o) {
			continue
		}
		if before, known := latest[o.Unit]; !known || before.Year < o.Year || before.Year == o.Year && before.At.Before(o.At) {
			latest[o.Unit] = *o
		}
	}
	if own, reported := latest[at.Unit.Key()]; reported && own.Value.Valid {
		return []ledger.Observation{own}
	}
	var behind []ledger.Observation
	for key, o := range latest {
		if unit := h.ByKey(key); !hasOverride(unit, at.Unit, latest) {
			behind = append(behind, o)
		}
	}
	slices.SortFunc(behind, func(a, b ledger.Observation) int { return catalogue.ByCode(h.ByKey(a.Unit), h.ByKey(b.Unit)) })
	return behind
}

// counts reports whether an observation is one of the figure's year: in a register
// a decision about a unit to which the indicator applies counts in later years.
func (at Cell) counts(h *catalogue.Hierarchy, unit *catalogue.Unit, o *ledger.Observation) bool {
	return o.Year == at.Year ||
		at.Indicator.IsRegister() && unit.Level.Index() == h.ReportingLevel(at.Indicator) && at.Indicator.Eligibility.Accepts(unit)
}

// hasOverride reports whether a unit strictly between u and top has a value of its own.
func hasOverride(u, top *catalogue.Unit, latest map[uint32]ledger.Observation) bool {
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

func evidenceOf(c *figure.State, o *ledger.Observation, at Cell) *figure.Evidence {
	e := &figure.Evidence{
		Indicator: at.Indicator,
		Unit:      c.At(catalogue.DayOf(at.Year, o.Breakdown)).ByKey(o.Unit), Year: o.Year, Breakdown: at.Indicator.BreakdownOf(o.Breakdown), Status: o.Status,
		Value: number.None(number.MissingValue), Denominator: number.None(number.NotApplicable),
		Approximation: number.Approximations(o.Approximation).One(), Note: o.Note, Citation: o.Citation, Place: o.Place, Release: c.Release(o.At.Release),
	}
	e.Basis, _ = catalogue.BasisOf(o.Breakdown)
	if o.Value.Valid {
		e.Value = number.Exactly(o.Value.Decimal)
	}
	if o.Denominator.Valid {
		e.Denominator = number.Exactly(o.Denominator.Decimal)
	}
	return e
}
