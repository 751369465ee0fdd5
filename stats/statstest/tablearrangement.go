package statstest

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// condition is pupils/2020/figure>=5; what is left out of the column is the first, or
// the latest year.
var condition = regexp.MustCompile(`^([^<>=!]+)(>=|<=|>|<|=|!=)(.+)$`)

// arrangement reads how the rows of a table are ordered and which are kept.
//
//	table pupils in 2019 2020 by district descending pupils/2020/figure
//	table pupils in 2019 2020 by district keep pupils/2020>=5 keep pupils/2019<9
func arrangement(a *arguments, ask *query.TableAsk) error {
	for _, direction := range []query.SortDirection{query.Ascending, query.Descending} {
		if column := a.after(strings.ToLower(string(direction))); column != "" {
			o := &query.TableOrderAsk{Direction: direction}
			o.Indicator, o.Year, o.Measure = column3(column)
			ask.OrderBy = o
		}
	}
	comparators := map[string]query.TableComparator{
		">=": query.CellAtLeast, "<=": query.CellAtMost, ">": query.CellMoreThan, "<": query.CellLessThan, "=": query.CellEqual, "!=": query.CellNotEqual,
	}
	for word := a.after("keep"); word != ""; word = a.after("keep") {
		parts := condition.FindStringSubmatch(word)
		if parts == nil {
			return fmt.Errorf("%q is no condition", word)
		}
		value, err := num(parts[3])
		if err != nil || !value.Valid {
			return fmt.Errorf("%q is no number", parts[3])
		}
		f := query.TableFilterAsk{Comparator: comparators[parts[2]], Value: number.Exactly(value.Decimal)}
		f.Indicator, f.Year, f.Measure = column3(parts[1])
		ask.Where = append(ask.Where, f)
	}
	return nil
}

// column3 reads the name of a column.
func column3(text string) (indicator *string, of *number.Year, measure *catalogue.TableMeasure) {
	parts := strings.Split(text, "/")
	indicator = &parts[0]
	if len(parts) > 1 {
		n, _ := strconv.Atoi(parts[1])
		year := number.Year(n)
		of = &year
	}
	if len(parts) > 2 {
		m := catalogue.TableMeasure(strings.ToUpper(parts[2]))
		measure = &m
	}
	return indicator, of, measure
}
