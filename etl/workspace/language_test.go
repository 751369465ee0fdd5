package workspace_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// A workspace may have all of its texts in one language: no part of it asks for the other,
// and how many texts lack it is counted.
func TestOneLanguageIsEnough(t *testing.T) {
	both, err := workspace.Read(whole(t), nil)
	if err != nil || both.Definitions.Untranslated != nil {
		t.Fatal(both.Definitions.Untranslated, err)
	}
	for _, lacking := range []struct {
		language number.Language
		pairs    *regexp.Regexp // what is taken out of every text
		column   int            // of the unit file, which is emptied
	}{
		{number.Vietnamese, regexp.MustCompile(`\bvi: ("[^"]*"|[^,}"]+), (en:)`), 4},
		{number.English, regexp.MustCompile(`(vi: (?:"[^"]*"|[^,}"]+)), en: (?:"[^"]*"|[^,}"]+)`), 5},
	} {
		dir := whole(t)
		took := 0
		if err := filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".yaml" {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			keep := "$2"
			if lacking.language == number.English {
				keep = "$1"
			}
			took += len(lacking.pairs.FindAllIndex(content, -1))
			return os.WriteFile(path, lacking.pairs.ReplaceAll(content, []byte(keep)), 0o600)
		}); err != nil {
			t.Fatal(err)
		}
		units := filepath.Join(dir, "units.csv")
		content, err := os.ReadFile(units)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(content)), "\n")
		for i := range lines[1:] {
			cells := strings.Split(lines[i+1], ",")
			cells[lacking.column] = ""
			lines[i+1] = strings.Join(cells, ",")
			took++
		}
		if err := os.WriteFile(units, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		w, err := workspace.Read(dir, nil)
		if err != nil {
			t.Fatalf("without %s: %v", lacking.language, err)
		}
		if got := w.Definitions.Untranslated; len(got) != 1 || got[lacking.language] != took || took < 20 {
			t.Errorf("without %s: %d texts taken out, counted %v", lacking.language, took, got)
		}
		first := w.Definitions.Indicators[0]
		if first.Name(lacking.language) == "" || first.Name(lacking.language) != first.Name(lacking.language.Other()) {
			t.Errorf("without %s: %q", lacking.language, first.Name(lacking.language))
		}
	}
}
