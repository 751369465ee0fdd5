package etl

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
)

// What comes of the rows of every case, several times over, is the same to the last place and
// whatever the number of goroutines that map them: facts and their order, rejects, findings.
func TestAnyNumberOfGoroutines(t *testing.T) {
	cases, err := filepath.Glob("testdata/*/*/in.csv")
	if err != nil || len(cases) < 20 {
		t.Fatalf("only %d cases: %v", len(cases), err)
	}
	facts, rejects := 0, 0
	for _, in := range cases {
		w := assemble(t, filepath.Dir(filepath.Dir(in)), in)
		own := filepath.Join(w.Dir, "in.csv")
		content, err := os.ReadFile(own)
		if err != nil {
			t.Fatal(err)
		}
		header, rows, _ := strings.Cut(string(content), "\n")
		if err := os.WriteFile(own, []byte(header+"\n"+strings.Repeat(rows, 8)), 0o600); err != nil {
			t.Fatal(err)
		}
		want := everything(t, w, bounds{goroutines: 1})
		if got := everything(t, w, bounds{rows: 3, goroutines: 4}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s with four goroutines gives\n%.3000s\nand with one\n%.3000s", in, fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
		}
		facts, rejects = facts+len(want.facts), rejects+len(want.rejects)
	}
	if facts < 1000 || rejects < 1000 {
		t.Errorf("only %d facts and %d rejects were compared", facts, rejects)
	}
}

// outcome is all that comes of files.
type outcome struct {
	read    int
	facts   []fact // in the order of their cells
	rejects []reject
	found   []finding
	faults  [][]string
}

func everything(t *testing.T, w *workspace.Workspace, b bounds) outcome {
	t.Helper()
	result, err := examineSource(t.Context(), w, w.Sources[0], b)
	o := outcome{read: result.Read, rejects: result.rejects, found: result.findings, faults: faultRows(err)}
	if err != nil {
		return o
	}
	err = result.facts.cells(true, func(cell []fact) error {
		o.facts = append(o.facts, cell...)
		return nil
	})
	if err = errors.Join(err, result.facts.close()); err != nil {
		t.Fatal(err)
	}
	return o
}
