package catalogue

import (
	"fmt"

	"github.com/niengiam/niengiam/stats/number"
)

// Years is a span of years; either end may be open (0).
type Years struct {
	From number.Year `json:"from,omitempty"`
	To   number.Year `json:"to,omitempty"`
}

// Contains reports whether a year lies in the span.
func (y Years) Contains(year number.Year) bool {
	return y.From <= year && (y.To == 0 || year <= y.To)
}

// Period writes the years for which a target is set: từ 2021 đến 2025, since 2021.
func (y Years) Period(language number.Language) string {
	switch {
	case y.From == 0:
		return fmt.Sprintf(number.Text{VI: "đến %d", EN: "until %d"}.In(language), y.To)
	case y.To == 0:
		return fmt.Sprintf(number.Text{VI: "từ %d", EN: "since %d"}.In(language), y.From)
	}
	return fmt.Sprintf("%d–%d", y.From, y.To)
}
