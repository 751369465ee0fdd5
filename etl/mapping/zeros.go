package mapping

import (
	"errors"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// A spreadsheet takes codes for numbers and drops their leading zeros: the district 024
// becomes 24, which may be a province. A code that is found only with other zeros is
// therefore never put right in silence, and in a file that has such codes one that fits
// two units is not believed either.

// lostZeros finds the columns of unit codes of a table whose codes have lost their leading
// zeros: one fits only with zeros put back, and none begins with a zero. Each such column is a
// reject at its header. The rows are looked at only where a unit has a code that begins with a
// zero, and no further than to the first such code.
func lostZeros(g *gazetteer, t *table, rule *workspace.UnitRule, rows eachRow) (lost map[string]bool, rejects []Reject, err error) {
	var rules []*workspace.UnitRule
	for ; rule != nil; rule = rule.Within {
		if rule.Column != "" && len(rule.Pad) == 0 && g.zeros {
			rules = append(rules, rule)
		}
	}
	if len(rules) == 0 {
		return nil, nil, nil
	}
	codes, kept := make([]map[string]bool, len(rules)), make([]bool, len(rules))
	for i := range codes {
		codes[i] = map[string]bool{}
	}
	err = rows(func(row *layout.Row) error {
		for i, rule := range rules {
			if code := t.cell(row, rule.Column); !codes[i][code] {
				codes[i][strings.Clone(code)] = true
				kept[i] = kept[i] || strings.HasPrefix(code, "0")
			}
		}
		if !slices.Contains(kept, false) {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, nil, err
	}
	lost = map[string]bool{}
	for i, rule := range rules {
		short := 0
		for code := range codes[i] {
			if !kept[i] && !g.fits(code, rule) && len(g.longer(code, rule)) > 0 {
				short++
			}
		}
		if short == 0 {
			continue
		}
		lost[rule.Column] = true
		rejects = append(rejects, t.rejectColumn(rule.Column, LeadingZeros,
			number.Say("the codes of this column have lost their leading zeros: %d of %d fit only when zeros are put back", short, len(codes[i]))))
	}
	return lost, rejects, nil
}

// errEnough ends the reading of rows of which no more are needed.
var errEnough = errors.New("enough")
