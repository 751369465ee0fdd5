package mapping

import (
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// reading is a row while it is read.
type reading struct {
	table     *table
	row       *layout.Row
	published number.Date
	rejects   []Reject
}

func (r *reading) place(column string) ledger.Place {
	return r.table.place(r.row, column)
}

func (r *reading) cell(column string) string { return r.table.cell(r.row, column) }

// reject enters a reject; the same fault of the same cell only once, though it
// be met for every year of a wide table.
func (r *reading) reject(column, value string, reason number.Code, detail number.Message) {
	rejected := NewReject(r.place(column), value, reason, detail)
	rejected.Published = r.published
	for _, other := range r.rejects {
		if other.Place == rejected.Place && other.Reason == reason {
			return
		}
	}
	r.rejects = append(r.rejects, rejected)
}

// faulty reports whether something that all figures of the row share is wrong.
func (r *reading) faulty() bool {
	for _, rejected := range r.rejects {
		switch rejected.Reason {
		case BadDate, BadStatus, BadStanding:
			return true
		}
	}
	return false
}

// figure gives the text in a column and what the file says of it.
func (r *reading) figure(column string) (string, cellForm) {
	if column == "" {
		return "", cellForm{}
	}
	return r.cell(column), formOf(r.table, r.row, r.table.columns[column])
}
