//go:build realfiles

package format

import (
	"os"
	"path/filepath"
	"testing"
)

// Whole files of statistical offices, which are not part of the project: the folder that
// has them is NIENGIAM_FILES.
func realFile(t *testing.T, name string) File {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(os.Getenv("NIENGIAM_FILES"), name))
	if err != nil {
		t.Fatal(err)
	}
	return File{Name: name, Content: content}
}

func TestRealPAPI(t *testing.T) {
	t.Log(printed(realFile(t, "papi_2011_2016_by_province.xlsx"), Options{}))
}
