package ledger

import "github.com/niengiam/niengiam/stats/number"

// Reject is a row, or one value of a row, that was not published.
type Reject struct {
	// Place is the place in its file.
	Place Place
	// Value is the text at that place.
	Value string
	// Reason is the code of the fault.
	Reason number.Code
	// Detail says what is wrong and, where there is one, what may have been meant; in
	// English alone where the reject was stored before there were both languages.
	Detail number.Text
}

// DetailText is what is wrong in this case, with what may have been meant.
func (r *Reject) DetailText(language number.Language) string {
	return number.OnlyEnglish(r.Detail, language)
}

// ReasonText is the reason in words, the code itself where it has none.
func (r *Reject) ReasonText(language number.Language) string {
	return number.Meaning(r.Reason, language)
}

// Remedy is what to do about the reason; empty where nothing is known.
func (r *Reject) Remedy(language number.Language) string {
	fault, _ := r.Reason.Fault()
	return fault.Remedy.In(language)
}
