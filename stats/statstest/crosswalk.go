package statstest

import (
	"fmt"
	"strconv"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// crosswalk declares what became of units, a row a line: whole, with a declared
// share, with a share that follows an indicator, or with one that nobody knows.
//
//	crosswalk
//	  2025-07-01 a1 X
//	  2025-07-01 a2 X 1/4
//	  2025-07-01 a2 Y 3/4
//	  2025-07-01 a3 X partial
//	  2025-07-01 a3 Y weighing population 2026
func crosswalk(w *world, s statement) error {
	for _, b := range s.body {
		a := &arguments{words: b.words}
		date, err := number.ParseDate(a.next())
		if err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		row := catalogue.Carry{Date: date, From: a.next(), To: a.next()}
		if indicator := a.after("weighing"); indicator != "" {
			year, err := strconv.Atoi(a.next())
			if err != nil {
				return fmt.Errorf("line %d: %w", b.line, err)
			}
			row.Partial, row.Weights = true, &catalogue.Weights{IndicatorCode: indicator, Year: number.Year(year)}
		}
		if share := a.next(); share != "" {
			row.Partial = true
			if share != "partial" {
				if row.Share, err = number.ParseFraction(share); err != nil {
					return fmt.Errorf("line %d: %w", b.line, err)
				}
			}
		}
		if err := a.end(); err != nil {
			return fmt.Errorf("line %d: %w", b.line, err)
		}
		w.definitions.Crosswalk = append(w.definitions.Crosswalk, row)
	}
	w.defined = false
	return nil
}

// knownFrom declares the first day whose units are known: known from 2004-12-31.
func knownFrom(w *world, s statement) (err error) {
	a := &arguments{words: s.words[1:]}
	w.definitions.KnownFrom, err = number.ParseDate(a.after("from"))
	w.defined = false
	return err
}
