package mapping

import (
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// entry is one figure of one row: whose it is has been found out, what it says
// is still text.
type entry struct {
	indicator   *catalogue.Indicator
	unit        *catalogue.Unit
	year        number.Year
	breakdown   string
	published   number.Date
	basis       number.Date // on whose units it is stated; open: those of its year
	status      number.Status
	conflicting bool
	derived     bool
	// approximation is what the source's column for it says.
	approximation string
	note          string
	citation      string
	measure       *workspace.Measure
	value         string
	denominator   string
	place         ledger.Place // of the value
	whole         string       // the column of the denominator
	form          cellForm     // of the value
	wholeForm     cellForm
}

// addStatus adds the status that a year's flag gives to that of the row. One that
// could not be read stays as it is: its row is rejected.
func (e *entry) addStatus(flag number.Status) {
	if e.status != "" {
		e.status = number.Statuses(e.status, flag).First()
	}
}

// day is the day whose units it is of.
func (e *entry) day() number.Date {
	if e.basis.IsOpen() {
		return e.year.Reference()
	}
	return e.basis
}
