package stats

import (
	"context"
	"fmt"

	"github.com/shopspring/decimal"
)

// RevisionSet is a page of the figures that were revised since a point.
type RevisionSet struct {
	// Since is the last release of the point that was asked from, Release the last
	// one that is looked at; nil where there was none.
	Since, Release *Release
	// Connection is the page; its TotalCount counts all.
	*CellChangeConnection
}

// Text tells how many there are.
func (s *RevisionSet) Text(language Language) string {
	n := s.TotalCount
	switch {
	case language == English && n == 0:
		return "No figure was revised since your last report."
	case language == English && n == 1:
		return "1 figure was revised since your last report."
	case language == English:
		return fmt.Sprintf("%s figures were revised since your last report.", FormatNumber(decimal.NewFromInt(int64(n)), 0, language))
	case n == 0:
		return "Không có số liệu nào được điều chỉnh kể từ báo cáo trước."
	}
	return fmt.Sprintf("%s số liệu đã được điều chỉnh kể từ báo cáo trước.", FormatNumber(decimal.NewFromInt(int64(n)), 0, language))
}

// Revisions lists the reported figures that were there at a point and are other
// ones since, or none, by indicator, year and unit. What was added since is no
// revision. The indicator is a code, "" for all; the scope may say as of when to
// look, and nothing else.
func (s *Service) Revisions(ctx context.Context, since AsOf, indicator string, scope *Scope, p Page) (*RevisionSet, error) {
	offset, limit, err := p.bounds()
	if err != nil {
		return nil, err
	}
	r := &resolver{State: s.state()}
	set := &RevisionSet{}
	var then View
	var now viewpoint
	then, set.Since, _ = r.point("since", since)
	now, set.Release, _ = r.asOf(scope)
	if indicator != "" {
		r.indicator(indicator)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	cells, total, err := s.source.Revisions(ctx, then, now.View, indicator, offset, limit)
	if err != nil {
		return nil, err
	}
	if err := s.redactChanges(ctx, cells); err != nil {
		return nil, err
	}
	set.CellChangeConnection = connection(pointers(cells), offset, total)
	return set, nil
}

// Text tells the change of the cell: what it is of, what it was and what it is.
func (c *CellChange) Text(language Language) string {
	none := map[Language]string{Vietnamese: "không có số liệu", English: "no figure"}[language]
	side := func(value, denominator Value, status Status) string {
		if reason := value.Reason(); reason != nil && *reason == Suppressed {
			return reason.Text(language)
		}
		v, known := value.Number()
		if !known || status == "" {
			return none
		}
		text := exactly(v.Decimal(), language)
		if d, whole := denominator.Number(); whole {
			text += "/" + exactly(d.Decimal(), language)
		}
		return text
	}
	name := c.IndicatorCode
	if c.indicator != nil {
		name = c.indicator.Name(language)
	}
	return fmt.Sprintf("%s, %s, %d: %s → %s", name, c.UnitName(language), c.Year,
		side(c.Old, c.OldDenominator, c.OldStatus), side(c.New, c.NewDenominator, c.NewStatus))
}

// exactly writes a number with all its digits: a revision may be in the last.
func exactly(d decimal.Decimal, language Language) string {
	places := max(0, -d.Exponent())
	for places > 0 && d.Equal(d.Truncate(places-1)) { // a column of decimals adds zeros
		places--
	}
	return FormatNumber(d, places, language)
}
