package angiang_test

import (
	"os"
	"strings"
	"testing"
)

// The licence and the notice go with the shapes, and each map names who made them. Which
// shape is of which unit is checked where the workspace is read.
func TestMapsComeWithTheirLicence(t *testing.T) {
	const attribution = "censusVN2009 © 2017 Marc Choisy (MIT)"
	for file, says := range map[string]string{"maps/LICENSE": "Copyright (c) 2017 Marc Choisy", "maps/NOTICE.md": attribution} {
		text, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(text), says) {
			t.Errorf("%s does not say %q: %v", file, says, err)
		}
	}
	text, err := os.ReadFile("niengiam.yaml")
	if err != nil {
		t.Fatal(err)
	}
	maps := strings.Count(string(text), "file: maps/")
	if named := strings.Count(string(text), `source: {title: "`+attribution+`", url: "https://github.com/choisy/censusVN2009"`); maps == 0 || named != maps {
		t.Errorf("%d of %d maps name who made them", named, maps)
	}
}
