package export

import (
	"fmt"
	"io"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// Decimals have one form in all files, so that a program may count on it: as many
// digits as the most common readers take, and after the point as many as the API
// ever gives.
const (
	precision = 38
	scale     = 16
)

// batch is how many rows are held before they are written.
const batch = 8192

// onlyWriter hides that a response can do more than be written to, so that no
// library closes or seeks it.
type onlyWriter struct{ io.Writer }

// scaled gives a number as so many units of its last place. One that would have
// to be rounded or is too long has no such form.
func scaled(text string) (*big.Int, error) {
	number, err := decimal.NewFromString(text)
	if err != nil {
		return nil, err
	}
	units := number.Shift(scale)
	whole := units.BigInt()
	if !units.IsInteger() || len(new(big.Int).Abs(whole).String()) > precision {
		return nil, fmt.Errorf("%s does not fit into %d digits, %d of them after the point", text, precision, scale)
	}
	return whole, nil
}

// checkDecimals finds numbers that do not fit, before anything is sent.
func checkDecimals(d *document) *number.Error {
	t := d.tables[0]
	for row, err := range t.rows() {
		if err != nil {
			return nil // whoever writes the rows meets it again
		}
		for i, cell := range row {
			if !cell.Known || t.columns[i].Kind != sheet.Decimal {
				continue
			}
			if _, err := scaled(cell.Text); err != nil {
				return &number.Error{
					Code: NumberTooLong, Where: t.columns[i].Name, Message: number.EnglishOnly("%s", err), Hint: number.Say("take .csv or .json, which hold any number"),
				}
			}
		}
	}
	return nil
}
