package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Where nothing came of a load because every row was rejected, that is told, and not that there was
// nothing new; what an earlier load rejected is told as still standing.
func TestSummaryOfRejectsAlone(t *testing.T) {
	var out bytes.Buffer
	s := &session{out: &out}
	sources := []*workspace.Source{{Code: "census"}}
	all := []recorded{{source: "census"}}
	all[0].reject(make([]ledger.Reject, 2*shownRejects+1))
	summary(s, sources, []ledger.Run{{Source: "census", Outcome: ledger.Unchanged, Read: 41, Rejected: 41}}, all)
	if text := out.String(); strings.Contains(text, "nothing new") || !strings.Contains(text, "41") || strings.Count(text, "\nrejected: ") != shownRejects+1 || !strings.Contains(text, "21 more of census") {
		t.Error(text)
	}
	out.Reset()
	summary(s, sources, []ledger.Run{{Source: "census", Outcome: ledger.Unchanged, Repeats: "7", Rejected: 41}}, []recorded{{}})
	if text := out.String(); !strings.Contains(text, "nothing new") || !strings.Contains(text, "still rejected: 41") {
		t.Error(text)
	}
}
