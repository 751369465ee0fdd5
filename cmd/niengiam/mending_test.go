package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// figureHeader is the header of the file of the small workspace.
const figureHeader = "code,indicator,year,value,denominator,published,status,standing,note,source\n"

// mending is a small workspace of one source, with a server on it.
type mending struct {
	*served
	dir string
}

func smallWorkspace(t *testing.T, args ...string) *mending {
	t.Helper()
	m := &mending{served: &served{t: t}, dir: t.TempDir()}
	if err := os.CopyFS(filepath.Join(m.dir, "catalogue"), os.DirFS("../../etl/testdata/catalogue")); err != nil {
		t.Fatal(err)
	}
	settings, err := os.ReadFile("../../etl/testdata/long/niengiam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	m.write("niengiam.yaml", strings.Replace(string(settings), "[in.csv]", `["in*.csv"]`, 1))
	m.write("in.csv", figureHeader)
	m.served = serve(t, append([]string{"--workspace", m.dir}, args...)...)
	return m
}

func (m *mending) write(file, text string) {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.dir, file), []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
}

// run runs a command that must succeed on the workspace and returns what it prints.
func (m *mending) run(args ...string) string {
	m.t.Helper()
	out, errs, code := niengiam(m.t, append(args, "--workspace", m.dir, "--data", m.data)...)
	if code != 0 {
		m.t.Fatalf("%v: exit %d\n%s%s", args, code, out, errs)
	}
	return out
}

// has fails where a text lacks one of some parts.
func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("without %q:\n%s", part, text)
		}
	}
}

// kept is all that the warehouse keeps of loads and definitions.
func (m *mending) kept() string {
	m.t.Helper()
	return m.run("sql", "--format", "csv", "SELECT (SELECT count() FROM release), (SELECT count() FROM run), (SELECT max(number) FROM catalogue), (SELECT count() FROM unit_key), (SELECT count() FROM claim), (SELECT count() FROM observation), (SELECT count() FROM reject)")
}

// A dry run shows what a load would change, twice the same, and changes nothing; after the
// load there is nothing to change. A workspace that has changed is not defined by it.
func TestDryRun(t *testing.T) {
	t.Parallel()
	m := smallWorkspace(t, "--release-management", "view")
	m.write("in.csv", figureHeader+"89,criterion-19-2,2020,97,119,2021-03-12,,,,B\n89,criterion-19-2,2019,8x,119,2021-03-12,,,,B\n")
	units, err := os.ReadFile(filepath.Join(m.dir, "catalogue/units.csv"))
	if err != nil {
		t.Fatal(err)
	}
	m.write("catalogue/units.csv", string(units)+"99,province,tinh,,Tỉnh mới,New Province,,,baseline,\n")
	before := m.kept()
	first, second := m.run("load", "--dry-run"), m.run("load", "--dry-run", "--lang", "vi")
	has(t, first, "would publish at once", "new 1, changed 0, dropped 0, unchanged 0", "97/119", "NOT_A_NUMBER", "in.csv:3 (value)")
	has(t, second, "Lần nạp sẽ công bố ngay", "số mới 1, số đổi 0", "97/119", "dòng lỗi: in.csv:3")
	if after := m.kept(); after != before {
		t.Errorf("the dry runs changed %s to %s", before, after)
	}
	m.run("load")
	before = m.kept()
	has(t, m.run("load", "--dry-run"), "The load would change nothing", "rejected 1; new 0, changed 0, dropped 0, unchanged 1")
	m.write("in.csv", figureHeader+"89,criterion-19-2,2020,83,119,2022-03-12,,,,B\n")
	has(t, m.run("load", "--dry-run", "--format", "csv", "long"), "long,held,REVISED,criterion-19-2,89,An Giang,2020,2022-03-12,97,119,A,83,119,A,-14.43,in.csv,,2,value,,")
	if after := m.kept(); after != before {
		t.Errorf("the dry runs changed %s to %s", before, after)
	}
}
