package graph

import (
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// What callers are told of loads and decisions who may not look at what is pending:
// numbers, times and outcomes. Who loaded is often the name of a user of the system, and a
// rejected row is a row of a file that nobody published.

// mayLook reports whether callers may see names, rejected rows and pending cells.
func (a approvals) mayLook() bool {
	_, err := a.allowed(ledger.ManagementView)
	return err == nil
}

// who tells who did a thing; it is empty for callers who may not know.
func (a approvals) who(name string) string {
	if ledger.IsProgram(name) || a.mayLook() {
		return name
	}
	return ""
}

// fetched tells where a run fetched its files; nothing to callers who may not know.
func (a approvals) fetched(run *ledger.Run) []*ledger.Fetched {
	if !a.mayLook() {
		return []*ledger.Fetched{}
	}
	return list.Pointers(run.Fetched)
}

// why tells why a run was refused or failed.
func (a approvals) why(run *ledger.Run, language number.Language) string {
	text := run.ErrorText(language)
	switch {
	case text == "" || text == string(number.Suppressed) || a.mayLook():
		return text
	case run.Outcome == ledger.Refused:
		return number.Say("%d rows were not accepted", run.Rejected).In(language)
	}
	return number.Say("the load failed; those who administer the server can see why").In(language)
}

// rows leaves of a page of rejected rows what callers may see: their number, and the rows
// where they may look.
func (a approvals) rows(page *query.RejectConnection, err error) (*query.RejectConnection, error) {
	if err != nil || a.mayLook() {
		return page, err
	}
	return &query.RejectConnection{Nodes: []*ledger.Reject{}, TotalCount: page.TotalCount, PageInfo: &list.PageInfo{}}, nil
}
