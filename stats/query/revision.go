package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
)

// RevisionSet is a page of the figures that were revised since a point.
type RevisionSet struct {
	// Since is the last release of the point that was asked from, Release the last
	// one that is looked at; nil where there was none.
	Since, Release *ledger.Release
	// Connection is the page; its TotalCount counts all.
	*CellChangeConnection
}

// Text says how many there are.
func (s *RevisionSet) Text(language number.Language) string {
	n := s.TotalCount
	switch {
	case language == number.English && n == 0:
		return "No figure was revised since your last report."
	case language == number.English && n == 1:
		return "1 figure was revised since your last report."
	case language == number.English:
		return fmt.Sprintf("%s figures were revised since your last report.", number.FormatNumber(decimal.NewFromInt(int64(n)), 0, language))
	case n == 0:
		return "Không có số liệu nào được điều chỉnh kể từ báo cáo trước."
	}
	return fmt.Sprintf("%s số liệu đã được điều chỉnh kể từ báo cáo trước.", number.FormatNumber(decimal.NewFromInt(int64(n)), 0, language))
}

// Revisions lists the reported figures of a point in time that were changed or removed
// since, by indicator, year and unit. What was added since is no revision. The indicator
// is a code, "" for all; the scope may say as of when to look, and nothing else.
func (s *Service) Revisions(ctx context.Context, since AsOf, indicator string, scope *Scope, p list.Page) (*RevisionSet, error) {
	r := &Resolver{State: s.State()}
	at := pageOf(r, list.Named("revisions", since, indicator, scope), &p.First, p.After)
	set := &RevisionSet{}
	var then ledger.View
	var now figure.Viewpoint
	then = r.told("since", since)
	set.Since = r.LastRelease(then)
	now, _, _ = r.AsOf(scope)
	set.Release = r.LastRelease(now.View)
	if indicator != "" {
		if i := r.indicator(indicator); i != nil && i.IsDerived() {
			r.Fault(&number.Error{
				Code: number.BadArgument, Where: "indicator", Message: number.Say("%s is derived: nothing is published of it", i.Code),
				Hint: number.Say("ask for its parts: %s", strings.Join(i.Derivation.PartCodes, ", ")),
			})
		}
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	cells, total, err := s.Source.Revisions(ctx, then, now.View, indicator, at.Offset, at.Limit)
	if err != nil {
		return nil, err
	}
	if err := s.RedactChanges(ctx, cells); err != nil {
		return nil, err
	}
	set.CellChangeConnection, err = list.Connect(list.Pointers(cells), at.Of(now.Head), total)
	return set, err
}

// told is what a point in time had been told: without the slips that were mended after it.
func (r *Resolver) told(where string, since AsOf) ledger.View {
	then, day := r.point(where, since)
	if since.Date == nil || day == nil {
		return then
	}
	then.Head = r.UncorrectedHead(then.Head, func(mending *ledger.Release) bool { return mending.Corrected > *day })
	then.Head = r.HeadOf(then)
	return then
}
