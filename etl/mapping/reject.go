package mapping

import (
	"unique"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Reject is a row or a figure that cannot be published, and why.
type Reject struct {
	ledger.Reject
	// Published is what its row says of its publication, 0 when that cannot be read.
	Published number.Date
	// OfNoRow is true where no row of data is rejected: it stands in the header, and the column is
	// not read, or in a row of totals.
	OfNoRow bool
}

// mostShown is how much of a cell a reject repeats.
const mostShown = 200

// NewReject makes a reject of what stands at a place.
func NewReject(place ledger.Place, value string, reason number.Code, detail number.Message) Reject {
	if short := Shortened(value); short != value {
		detail = detail.Replacing(value, short) // the sentence may repeat the cell
		value = short
	}
	// Of a million rejects most say the same of the same cells, and none keeps the part of the file
	// that its cell stands in.
	text := detail.Text()
	return Reject{Reject: ledger.Reject{
		Place: place, Value: shared(value), Reason: reason, Detail: number.Text{VI: shared(text.VI), EN: shared(text.EN)},
	}}
}

// shared is a text that takes memory of its own once, however often it is.
func shared(text string) string { return unique.Make(text).Value() }

// Shortened is as much of a cell as a reject repeats.
func Shortened(cell string) string {
	if text := []rune(cell); len(text) > mostShown {
		return string(text[:mostShown]) + "…"
	}
	return cell
}
