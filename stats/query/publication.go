package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// maxEvidence is how many observations are read to say where figures come from.
const maxEvidence = 20_000

// Publication is one release that figures are taken from.
type Publication struct {
	// Release is the release.
	Release *ledger.Release
	// Citations are where its figures were printed, in alphabetical order.
	Citations []string
}

// Publications lists what the figures of some indicators and years are taken
// from, oldest publication first: the releases of the observations that are
// current, on a day of publication or, without one, now. Those are all that were
// reported of the indicators in these years, of whichever units of those years, and for an
// answer on a basis also what was stated on the units of some day. Where they are
// too many to be read for this it raises TOO_MANY: Provenance tells the origin of
// one figure.
func (s *Service) Publications(ctx context.Context, indicators []string, years []number.Year, asOf *number.Date, basis number.Date) ([]*Publication, error) {
	c := s.State()
	view := ledger.View{Head: c.Head}
	if asOf != nil {
		view.Published, view.Release = *asOf, ^ledger.ReleaseID(0)
	}
	spans := make(map[string][]number.Year, len(indicators))
	count := 0
	for _, code := range indicators {
		i := c.Indicator(code)
		if i == nil {
			continue
		}
		for _, source := range i.Sources() {
			spans[source.Code] = yearsReaching(source, source.YearsOn(basis, view), years)
		}
	}
	for _, cell := range c.Cells {
		if slices.Contains(spans[cell.Indicator], cell.Year) {
			count += cell.Count
		}
	}
	if count > maxEvidence {
		return nil, &number.Error{
			Code: number.TooMany, Message: number.Say("the figures are taken from about %d observations; the origin of at most %d is listed", count, maxEvidence),
			Hint: number.Say("ask for the provenance of single figures"),
		}
	}
	current := map[ledger.CellKey]*ledger.Observation{}
	for code, span := range spans {
		if len(span) == 0 {
			continue
		}
		history, err := s.Source.History(ctx, []string{code}, span)
		if err != nil {
			return nil, err
		}
		history = c.Visible(view, history)
		for i := range history {
			o := &history[i]
			if day, _ := catalogue.BasisOf(o.Breakdown); !day.IsOpen() && basis.IsOpen() {
				continue
			}
			if before := current[o.CellKey]; before == nil || before.At.Before(o.At) {
				current[o.CellKey] = o
			}
		}
	}
	return publicationsOf(c.Calendar.Catalogue, current), nil
}

// yearsReaching lists those of the published years whose observations the figures of some
// years are taken from: those years, and of a register all before them, whose decisions
// still count.
func yearsReaching(i *catalogue.Indicator, published, years []number.Year) []number.Year {
	if len(years) == 0 {
		return nil
	}
	last := slices.Max(years)
	return slices.DeleteFunc(slices.Clone(published), func(year number.Year) bool {
		return year > last || !i.IsRegister() && !slices.Contains(years, year)
	})
}

// publicationsOf groups observations by the release that published them.
func publicationsOf(c *catalogue.Catalogue, current map[ledger.CellKey]*ledger.Observation) []*Publication {
	citations := map[ledger.ReleaseID][]string{}
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
