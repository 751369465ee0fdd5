package statstest

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// revisions writes what was held, what a release changed, and what was revised:
//
//	pupils A 2019 97 → 83
func revisions(ctx context.Context, in *session, verb string, a *arguments) ([]string, error) {
	lines := []string{}
	switch verb {
	case "restatements":
		all, err := in.store.Restatements(ctx)
		for _, held := range all {
			lines = append(lines, told(held))
		}
		return lines, err
	case "held":
		id, _ := ledger.ParseReleaseID(a.next())
		cells, err := in.store.HeldCells(ctx, id)
		for i := range cells {
			lines = append(lines, changed(catalogue.NewCellChange(in.store.Catalogue(), cells[i].Old, &cells[i].Observation)))
		}
		return lines, err
	case "changes":
		release := in.service.Release(a.next())
		if release == nil {
			return nil, fmt.Errorf("there is no such release")
		}
		page, err := in.service.Changes(ctx, release, list.Page{First: 1000})
		if err != nil {
			return nil, err
		}
		lines = append(lines, fmt.Sprintf("added %d revised %d removed %d", release.Added, release.Revised, release.Removed))
		for _, c := range page.Nodes {
			lines = append(lines, changed(*c))
		}
		return lines, nil
	}
	ask := query.Ask{}
	since := asOf(a.after("since"))
	scope(a, &ask)
	set, err := in.service.Revisions(ctx, *since, "", ask.Scope, list.Page{First: 1000})
	if err != nil {
		return nil, err
	}
	for _, c := range set.Nodes {
		lines = append(lines, changed(*c)+" by "+c.Release.ID.String())
	}
	return append(lines, set.Text(number.English)), nil
}

// told writes the state of a restatement, with its corrections where it has some.
func told(r *ledger.Restatement) string {
	line := fmt.Sprintf("%d %s added %d revised %d", r.ID, r.State, r.Added, r.Revised)
	if r.Corrections > 0 {
		line += fmt.Sprintf(" corrections %d", r.Corrections)
	}
	if r.Slip {
		line += " slip"
	}
	return line
}

func changed(c catalogue.CellChange) string {
	side := func(value, denominator number.Value, status number.Status) string {
		switch {
		case status == "":
			return "none"
		case !value.IsKnown():
			return "… " + string(status)
		}
		return strings.TrimSuffix(quantity(nil, value, denominator, number.Value{}, number.Value{})+" "+string(status), " A")
	}
	return strings.Join([]string{c.IndicatorCode, c.UnitCode, strconv.Itoa(int(c.Year)),
		side(c.Old, c.OldDenominator, c.OldStatus), "→", side(c.New, c.NewDenominator, c.NewStatus)}, " ")
}
