package statstest

import (
	"context"
	"fmt"
	"strconv"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// conflict keeps a finding about a cell: another published value, or how its source derived it.
//
//	conflict census A 2019 used 141 from page-1 other 175 from page-2
//	derived census A 2019 used 141 from page-1 how 97+44
func conflict(ctx context.Context, in *session, s statement) error {
	a := &arguments{words: s.words[1:]}
	finding := ledger.Finding{Code: number.NoteConflict, Severity: ledger.Warn, IndicatorCode: a.next(), UnitCode: a.next()}
	year, err := strconv.Atoi(a.next())
	if err != nil {
		return err
	}
	finding.Year = number.Year(year)
	finding.Used, finding.UsedCitation = a.after("used"), a.after("from")
	if s.words[0] == "derived" {
		finding.Code, finding.Derivation = number.NoteDerived, a.after("how")
	} else {
		finding.Other, finding.OtherCitation = a.after("other"), a.after("from")
	}
	if err := a.end(); err != nil {
		return err
	}
	unit := in.store.Catalogue().At(finding.Year.Reference()).Unit(finding.UnitCode)
	if unit == nil {
		return fmt.Errorf("%s does not exist at the end of %d", finding.UnitCode, finding.Year)
	}
	finding.UnitKey = unit.Key()
	if finding.Release, err = in.store.NextRelease(ctx); err != nil {
		return err
	}
	release := ledger.Release{ID: finding.Release, SourceCode: "script", Published: number.NewDate(2021, 1, 1), Actor: "script"}
	return in.store.Publish(ctx, release, []ledger.Finding{finding}, nil)
}
