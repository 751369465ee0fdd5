package stats

import (
	"context"
	"slices"
)

// maxEvidence is how many observations are read to say where figures come from.
const maxEvidence = 20_000

// Publication is one release that figures are taken from.
type Publication struct {
	// Release is the release.
	Release *Release
	// Citations tell where its figures were printed, in alphabetical order.
	Citations []string
}

// Publications lists what the figures of some indicators and years are taken
// from, oldest publication first: the releases of the observations that are
// current, on a day of publication or, without one, now. Those are all that were
// reported of the indicators in these years, of whichever units. Where they are
// too many to be read for this it raises TOO_MANY: Provenance tells the origin of
// one figure.
func (s *Service) Publications(ctx context.Context, indicators []string, years []Year, asOf *Date) ([]*Publication, error) {
	c := s.state()
	view := View{Head: c.Head}
	if asOf != nil {
		view.Published, view.Release = *asOf, ^ReleaseID(0)
	}
	spans := make(map[string][]Year, len(indicators))
	count := 0
	for _, code := range indicators {
		spans[code] = c.reaching(code, years)
	}
	for _, cell := range c.Cells {
		if slices.Contains(spans[cell.Indicator], cell.Year) {
			count += cell.Count
		}
	}
	if count > maxEvidence {
		return nil, &Error{
			Code: TooMany, Message: Say("the figures are taken from about %d observations; the origin of at most %d is listed", count, maxEvidence),
			Hint: Say("ask for the provenance of single figures"),
		}
	}
	current := map[CellKey]*Observation{}
	for code, span := range spans {
		if len(span) == 0 {
			continue
		}
		history, err := s.source.History(ctx, []string{code}, span)
		if err != nil {
			return nil, err
		}
		history = c.seen(view, history)
		for i := range history {
			o := &history[i]
			if before := current[o.CellKey]; before == nil || before.At.Before(o.At) {
				current[o.CellKey] = o
			}
		}
	}
	return c.publications(current), nil
}

// reaching lists the years whose observations the figures of some years are taken
// from: those years, and of a register all before them, whose decisions still count.
func (c *Catalogue) reaching(code string, years []Year) []Year {
	i := c.Indicator(code)
	if i == nil || len(years) == 0 {
		return nil
	}
	last := slices.Max(years)
	return slices.DeleteFunc(slices.Clone(i.Years()), func(year Year) bool {
		return year > last || !i.IsRegister() && !slices.Contains(years, year)
	})
}

// publications groups observations by the release that published them.
func (c *Catalogue) publications(current map[CellKey]*Observation) []*Publication {
	citations := map[ReleaseID][]string{}
	for _, o := range current {
		citations[o.At.Release] = append(citations[o.At.Release], o.Citation)
	}
	var all []*Publication
	for _, release := range c.Releases { // oldest publication first
		if of, used := citations[release.ID]; used {
			slices.Sort(of)
			of = slices.DeleteFunc(slices.Compact(of), func(citation string) bool { return citation == "" })
			all = append(all, &Publication{Release: release, Citations: of})
		}
	}
	return all
}

// Places is how many digits after the point the indicator's numbers are printed
// with: its percentages, rates and relative changes, or its values.
func (i *Indicator) Places(percentage bool) int32 {
	if percentage {
		return i.ratePlaces()
	}
	return i.valuePlaces()
}
