package briefing

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/query"
)

// readRevisions finds the unit's figures that were revised since the last briefing.
func readRevisions(ctx context.Context, d *drafting, s *query.Service) error {
	page := list.Page{First: 1000}
	for d.ask.Since != nil {
		set, err := s.Revisions(ctx, *d.ask.Since, "", d.ask.Scope, page)
		if err != nil {
			return err
		}
		for _, cell := range set.Nodes {
			told := slices.ContainsFunc(d.told, func(i *catalogue.Indicator) bool {
				return i.Code == cell.IndicatorCode || i.Derivation.MadeOf(cell.IndicatorCode)
			})
			if !told || cell.UnitCode != d.Question.Unit.Code || len(cell.Breakdown) > 0 || cell.Year > d.Question.Year {
				continue
			}
			part := &SentencePart{Text: cell.Text(d.words.Language), Cell: cell}
			d.Revised = append(d.Revised, &BriefingRevision{Cell: cell, Sentence: &Sentence{Parts: []*SentencePart{part}}})
		}
		if !set.PageInfo.HasNextPage {
			return nil
		}
		page.After = set.PageInfo.EndCursor
	}
	return nil
}
