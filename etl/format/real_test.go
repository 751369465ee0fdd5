//go:build realfiles

package format

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The real files of the folder NIENGIAM_FILES (see CONTRIBUTING.md): how many rows each has,
// and a few of them.
func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		file    string
		options Options
		rows    int
		has     []string
	}{
		{"formats/galicia.jsonstat2.json", Options{}, 1 + 3960, []string{"2 T|total|T|total|T|total|2001|2001|T|total|pop|population|2695880|\n"}},
		{"formats/gso_population_by_province_2011_2024.jsonstat.json", Options{}, 1 + 70*14*3, []string{"2 0|WHOLE COUNTRY|0|2011|0|Area (Km2(*)|330957.6|\n", "|13|2024|1|Average population (Thous. pers.)|"}},
		{"formats/SOXATI4.px", Options{}, 0, []string{"title: Population by labour force status"}},
		{"formats/SOXATI4.px", Options{Language: "kl"}, 0, []string{"units: Inuit"}},
		{"formats/TUX01.px", Options{Language: "da"}, 0, []string{"title: Antal slædehunde efter distrikt og tid", "encoding: utf-8 ≠ iso-8859-15"}},
		{"formats/estonia_county_population_bom.csv", Options{}, 0, []string{"1 DIM2|County|DIM3|Sex|DIM4|Age group|TIME|Reference period|Value|Flag Codes|Flags\n", "2 00|Whole country|K|Males and females|999|Age groups total|1990|1990|1570599||\n"}},
		{"formats/sdmx_example_01.csv", Options{}, 3, []string{"2 dataflow|ESTAT:NA_MAIN(1.6.0)|I|A|B|2014-01|12.4|Y|Normal, special and other values|N|2021-01-22T13:15:41Z\n"}},
		{"formats/sdmx_example_04_semicolon.csv", Options{}, 3, []string{
			"|STRUCTURE_ID|STRUCTURE_ID label|ACTION|SERIES_KEY|OBS_KEY|DIM_1|DIM_1 label|DIM_2|DIM_2 label|DIM_3|DIM_3 label|OBS_VALUE|ATTR_2|ATTR_2 label|ATTR_3|ATTR_1|ATTR_1 label\n",
			"|ESTAT:NA_MAIN(1.6.0)|Principaux agrégats des comptes nationaux|I|A.B|A.B.2014-02|A|Value A|B|Value B|2014-02|2014-02|10,8|Y|Oui|Normal, special and other values|Y|Oui\n"}},
		{"cases/sep-line.csv", Options{}, 2, []string{"2 code|year|population\n3 001|2019|100\n"}},
		{"cases/latin1.csv", Options{Encoding: "windows-1252"}, 2, []string{"vald Põlva; Võru küla"}},
		{"cases/latin1.csv", Options{}, -1, []string{"CSV_ENCODING cases/latin1.csv:2"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(os.Getenv("NIENGIAM_FILES"), filepath.FromSlash(c.file)))
			if err != nil {
				t.Fatal(err)
			}
			sheets, err := Read(File{Name: c.file, Content: content}, c.options)
			var got strings.Builder
			if err != nil {
				got.WriteString(told(t, err))
			}
			rows := 0
			for _, s := range sheets {
				for _, note := range s.Notes {
					fmt.Fprintf(&got, "%s: %s\n", note.Kind, note.Text)
				}
				laid := laidOut(t, s)
				rows += 1 + strings.Count(laid, "\n")
				got.WriteString(laid + "\n")
			}
			for _, want := range c.has {
				if !strings.Contains(got.String(), want) {
					t.Errorf("there is no %q in\n%.3000s", want, got.String())
				}
			}
			if c.rows > 0 && rows != c.rows {
				t.Errorf("it has %d rows, want %d", rows, c.rows)
			}
			t.Logf("%d rows", rows)
		})
	}
}
