package mapping

import (
	"errors"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// A spreadsheet takes codes for numbers and drops their leading zeros: the district 024
// becomes 24, which may be a province. A code that is found only with other zeros is
// therefore never put right in silence, and in a file that has such codes one that fits
// two units is not believed either.

// twin is a code that differs from the one of a row by its leading zeros alone.
type twin struct{ code, level, name string }

func (t twin) told() string { return t.code + " (" + t.name + ")" }

// zeroTwins lists the codes of units, of whatever day, by what is left of them without
// leading zeros.
func zeroTwins(c *catalogue.Calendar) map[string][]twin {
	twins := map[string][]twin{}
	for i := range c.Units {
		version := &c.Units[i]
		bare := withoutZeros(version.Code)
		known := func(other twin) bool { return other.code == version.Code }
		if !slices.ContainsFunc(twins[bare], known) {
			twins[bare] = append(twins[bare], twin{version.Code, version.Level, version.Names.In(number.Vietnamese)})
		}
	}
	return twins
}

func withoutZeros(code string) string { return strings.TrimLeft(code, "0") }

// twinsOf lists the units of the rule's levels that a code would fit with other leading
// zeros.
func (f *finder) twinsOf(code string, rule *workspace.UnitRule) []twin {
	if withoutZeros(code) == "" {
		return nil
	}
	var others []twin
	for _, t := range f.twins[withoutZeros(code)] {
		if t.code != code && isOf(rule, t.level) {
			others = append(others, t)
		}
	}
	return others
}

// isOf reports whether codes of a rule may be of a level.
func isOf(rule *workspace.UnitRule, level string) bool {
	return len(rule.Levels) == 0 || slices.Contains(rule.Levels, level)
}

// lostZeros tells the finder for each column of unit codes of a table whether its codes
// have lost their leading zeros: one fits only with zeros put back, and none begins
// with a zero. Each such column is a reject at its header. The rows are looked at only where
// a unit has a code that begins with a zero, and no further than to the first such code.
func (f *finder) lostZeros(t *table, rule *workspace.UnitRule, rows func(each func(row *layout.Row) error) error) ([]Reject, error) {
	f.begin()
	var rules []*workspace.UnitRule
	for ; rule != nil; rule = rule.Within {
		if rule.Column != "" && len(rule.Pad) == 0 && f.zeros {
			rules = append(rules, rule)
		}
	}
	if len(rules) == 0 {
		return nil, nil
	}
	codes, kept := make([]map[string]bool, len(rules)), make([]bool, len(rules))
	for i := range codes {
		codes[i] = map[string]bool{}
	}
	err := rows(func(row *layout.Row) error {
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
		return nil, err
	}
	var rejects []Reject
	for i, rule := range rules {
		short := 0
		for code := range codes[i] {
			if !kept[i] && !f.fits(code, rule) && len(f.longer(code, rule)) > 0 {
				short++
			}
		}
		if short == 0 {
			continue
		}
		f.lost[rule.Column] = true
		rejects = append(rejects, t.rejectColumn(rule.Column, LeadingZeros,
			number.Say("the codes of this column have lost their leading zeros: %d of %d fit only when zeros are put back", short, len(codes[i]))))
	}
	return rejects, nil
}

// errEnough ends the reading of rows of which no more are needed.
var errEnough = errors.New("enough")

// longer lists the twins of a code that have more zeros.
func (f *finder) longer(code string, rule *workspace.UnitRule) []twin {
	return slices.DeleteFunc(f.twinsOf(code, rule), func(t twin) bool { return len(t.code) < len(code) })
}

// fits reports whether a code is that of a unit of the rule's levels on any day.
func (f *finder) fits(code string, rule *workspace.UnitRule) bool {
	return slices.ContainsFunc(f.catalogue.LevelsOf(code), func(level string) bool { return isOf(rule, level) })
}

// doubtful reports whether a code of a column that has lost zeros fits another unit, too.
func (f *finder) doubtful(code string, rule *workspace.UnitRule) bool {
	return f.lost[rule.Column] && len(f.longer(code, rule)) > 0
}

func tell(twins []twin) string {
	told := make([]string, min(len(twins), mostNamed))
	for i := range told {
		told[i] = twins[i].told()
	}
	return strings.Join(told, ", ")
}
