package etl

import (
	"bytes"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// update writes what the cases give instead of comparing it.
func update() bool { return flag.Lookup("update").Value.String() == "true" }

func TestMain(m *testing.M) {
	flag.Bool("update", false, "write the golden files")
	flag.Parse()
	os.Exit(m.Run())
}

// TestGolden reads testdata/<source>/<case>/in.csv by the mapping of the source
// and compares its facts, rejects and findings, or the faults of the file, with
// the files beside it. Rejects and faults are told in both languages.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*/*/in.csv")
	if err != nil || len(cases) < 20 {
		t.Fatalf("only %d cases: %v", len(cases), err)
	}
	for _, in := range cases {
		dir := filepath.Dir(in)
		t.Run(filepath.ToSlash(dir[len("testdata/"):]), func(t *testing.T) {
			w := assemble(t, filepath.Dir(dir), in)
			for _, b := range []bounds{{}, {facts: 1, rows: 1, goroutines: 4}, {facts: 400, rows: 7, goroutines: 1}} { // however little is in memory, or mapped, at once
				examined(t, dir, w, b)
			}
		})
	}
}

// examined examines the file of a case and compares what comes of it.
func examined(t *testing.T, dir string, w *workspace.Workspace, b bounds) {
	t.Helper()
	result, err := examineSource(t.Context(), w, w.Sources[0], b)
	golden(t, filepath.Join(dir, "faults.csv"), faultRows(err))
	if err != nil {
		return
	}
	facts, err := result.facts.all()
	if err = errors.Join(err, result.facts.close()); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join(dir, "facts.csv"), factRows(facts))
	golden(t, filepath.Join(dir, "rejects.csv"), rejectRows(result.Rejects))
	golden(t, filepath.Join(dir, "findings.csv"), findingRows(result.Findings))
	if result.Read != result.Accepted+result.Rejected-result.Columns || result.Facts != len(facts) {
		t.Errorf("%d rows read, %d accepted, %d rejected, %d facts of %d", result.Read, result.Accepted, result.Rejected, result.Facts, len(facts))
	}
}

// assemble makes a workspace of the common catalogue, a source's mapping and a file.
func assemble(t testing.TB, source, in string) *workspace.Workspace {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "catalogue"), os.DirFS("testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{filepath.Join(source, workspace.Filename): workspace.Filename, in: "in.csv"} {
		content, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, to), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if mended, err := os.ReadFile(filepath.Join(filepath.Dir(in), "in.mended.csv")); err == nil {
		if err := os.WriteFile(filepath.Join(dir, "in.mended.csv"), mended, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	w, err := workspace.Read(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// Every reason for a reject and every fault of a file is among the cases, so that
// somebody has read what it says; and none is left in English for who reads Vietnamese.
func TestGoldenTextsInVietnamese(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*/[rf][ea][ju]*.csv") // rejects and faults
	if err != nil || len(files) < 20 {
		t.Fatalf("only %d files: %v", len(files), err)
	}
	unread := map[string]bool{}
	for file, from := range map[string]string{"code.go": "// The reasons why", "mapping/code.go": "package mapping"} {
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, reasons, _ := strings.Cut(string(code), from)
		for _, match := range regexp.MustCompile(`number\.Code = "(.+)"`).FindAllStringSubmatch(reasons, -1) {
			unread[match[1]] = true
		}
	}
	if len(unread) < 25 {
		t.Fatalf("only %d codes were found", len(unread))
	}
	english := regexp.MustCompile(`\b(the|is|are|not|of|that|which|has|have|stands|there|tiếng Anh)\b`)
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] {
			delete(unread, row[0])
			delete(unread, row[2])
			if said := row[len(row)-1]; said == "" || english.MatchString(said) {
				t.Errorf("%s says %q in Vietnamese", file, said)
			}
		}
	}
	for code := range unread {
		t.Errorf("no case has %s", code)
	}
}

// A column that is not read is told by its run, though no row of it is rejected.
func TestUnreadColumnIsCounted(t *testing.T) {
	w := assemble(t, "testdata/wide", "testdata/wide/flags/in.csv")
	result, err := Examine(t.Context(), w, w.Sources[0])
	if err != nil || result.Read != 1 || result.Accepted != 1 || result.Rejected != 4 {
		t.Errorf("%d read, %d accepted, %d rejected, %v", result.Read, result.Accepted, result.Rejected, err)
	}
}

// golden compares rows with a file; no rows but the header want no file.
func golden(t *testing.T, path string, rows [][]string) {
	t.Helper()
	var b bytes.Buffer
	if len(rows) > 1 {
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
	}
	if update() {
		_ = os.Remove(path)
		if b.Len() > 0 {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	if !bytes.Equal(b.Bytes(), want) {
		t.Errorf("%s is\n%s\nwant\n%s", path, b.Bytes(), want)
	}
}

func faultRows(err error) [][]string {
	rows := [][]string{{"code", "where", "fault", "lỗi"}}
	for _, fault := range number.Errors(err) {
		rows = append(rows, []string{string(fault.Code), fault.Where, fault.Error(), fault.Line(number.Vietnamese)})
	}
	return rows
}

func factRows(facts []fact) [][]string {
	rows := [][]string{{"published", "indicator", "unit", "year", "value", "denominator", "status", "note", "citation", "place"}}
	for _, f := range facts {
		rows = append(rows, []string{
			f.At.Published.String(), named(f.Indicator, f.Breakdown), f.unitCode, strconv.Itoa(int(f.Year)),
			strings.TrimSpace(string(f.Approximation) + " " + optional(f.Value)), optional(f.Denominator), string(f.Status), f.Note, f.Citation, placeOf(f.Place),
		})
	}
	return rows
}

func optional(number decimal.NullDecimal) string {
	if !number.Valid {
		return ""
	}
	return number.Decimal.String()
}

func placeOf(place ledger.Place) string {
	return fmt.Sprintf("%s:%d %s", place.File, place.Line, place.Column)
}

func rejectRows(rejects []ledger.Reject) [][]string {
	rows := [][]string{{"place", "value", "reason", "detail", "chi tiết"}}
	for _, r := range rejects {
		rows = append(rows, []string{placeOf(r.Place), r.Value, string(r.Reason), r.DetailText(number.English), r.DetailText(number.Vietnamese)})
	}
	return rows
}

func findingRows(findings []ledger.Finding) [][]string {
	rows := [][]string{{"code", "indicator", "unit", "year", "used", "other", "used citation", "other citation", "place", "cell", "severity", "rule"}}
	for _, f := range findings {
		rows = append(rows, []string{
			string(f.Code), named(f.IndicatorCode, f.Breakdown), f.UnitCode, strconv.Itoa(int(f.Year)), f.Used, f.Other,
			f.UsedCitation, f.OtherCitation, placeOf(f.Place), f.Value, string(f.Severity), f.Rule,
		})
	}
	return rows
}
