package setup

import (
	"math/big"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// isTotal reports whether a label says that its row is a total.
func isTotal(label string) bool {
	for _, word := range []string{"tong so", "tong cong", "total", "toan tinh", "toan huyen", "ca nuoc", "whole country", "cong"} {
		if rest, is := strings.CutPrefix(number.Fold(label), word); is && (rest == "" || rest[0] < 'a' || rest[0] > 'z') {
			return true
		}
	}
	return false
}

// isNote reports whether a label begins a note below a table.
func isNote(label string) bool {
	for _, word := range []string{"nguon", "ghi chu", "chu thich", "luu y", "source", "note", "(*)"} {
		if strings.HasPrefix(number.Fold(label), word) {
			return true
		}
	}
	return false
}

// isSummary reports whether a label says that its row has the highest, lowest or middle of others.
func isSummary(label string) bool {
	for _, word := range []string{"diem cao nhat", "diem thap nhat", "cao nhat", "thap nhat", "trung binh", "trung vi", "highest", "lowest", "average", "mean", "median", "maximum", "minimum"} {
		if strings.HasPrefix(number.Fold(label), word) {
			return true
		}
	}
	return false
}

// isSum reports whether the row of a label, which is no unit, has in each column of figures
// the sum of the rows below it up to the next one that is none: a total of a group.
func (i *inferrer) isSum(label string) bool {
	known := func(row []string) bool { return !slices.Contains(i.match.Unmatched, row[i.unit]) }
	at := slices.IndexFunc(i.table.rows, func(row []string) bool { return row[i.unit] == label })
	if at < 0 || len(i.places) == 0 {
		return false
	}
	below := i.table.rows[at+1:]
	if end := slices.IndexFunc(below, func(row []string) bool { return !known(row) }); end >= 0 {
		below = below[:end]
	}
	if len(below) == 0 {
		return false
	}
	for _, place := range i.places {
		printed, digits, ok := i.parse(i.table.rows[at][place])
		if !ok {
			return false
		}
		sum := new(big.Rat)
		for _, row := range below {
			part, more, ok := i.parse(row[place])
			if !ok {
				return false
			}
			sum.Add(sum, part)
			digits = max(digits, more)
		}
		bound := new(big.Rat) // each figure may be off by half a unit of its last digit
		if digits > 0 {
			bound.SetFrac(big.NewInt(int64(len(below)+1)), new(big.Int).Mul(big.NewInt(2), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)))
		}
		if difference := sum.Sub(sum, printed); difference.Abs(difference).Cmp(bound) > 0 {
			return false
		}
	}
	return true
}

// parse reads a figure as the signs write it, and how many decimals it has; a blank is none.
func (i *inferrer) parse(cell string) (figure *big.Rat, digits int, ok bool) {
	if i.table.signs.Thousands != "" {
		cell = strings.ReplaceAll(cell, i.table.signs.Thousands, "")
	}
	if cell == "" || cell == "-" {
		return new(big.Rat), 0, true
	}
	cell = strings.Replace(cell, i.table.signs.Decimal, ".", 1)
	_, fraction, _ := strings.Cut(cell, ".")
	figure, ok = new(big.Rat).SetString(cell)
	return figure, len(fraction), ok
}
