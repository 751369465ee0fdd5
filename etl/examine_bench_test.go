package etl

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl/workspace"
)

// BenchmarkExamine reads, maps and sorts 180,000 figures of communes by code and by name, with one
// goroutine that maps and with as many as there are processors (0).
func BenchmarkExamine(b *testing.B) {
	const communes, years, first = 1500, 120, 1900
	units := []byte("code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note\n89,province,tinh,,An Giang,An Giang,,,baseline,\n886,district,huyen,89,An Phú,An Phu,,,baseline,\n")
	rows := []byte("code,name,indicator,year,value,denominator,published,status,standing,note,source\n")
	for unit := range communes {
		units = fmt.Appendf(units, "I%04d,commune,xa,886,Invented %[1]d,Invented %[1]d,,,baseline,\n", unit)
		for year := range years {
			rows = fmt.Appendf(rows, "I%04d,Xã Invented %[1]d,population,%d,%d,,2021-03-12,,,,page %d\n", unit, first+year, 1000+unit*year, unit%50)
		}
	}
	dir := assemble(b, "testdata/long", "testdata/long/good/in.csv").Dir
	rules, err := os.ReadFile(filepath.Join(dir, workspace.Filename))
	if err != nil {
		b.Fatal(err)
	}
	for by, rule := range map[string]string{"code": "unit: {column: code}", "name": "unit: {name: name, level: commune}"} {
		for name, content := range map[string]string{
			"in.csv": string(rows), "catalogue/units.csv": string(units), workspace.Filename: strings.Replace(string(rules), "unit: {column: code}", rule, 1),
		} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				b.Fatal(err)
			}
		}
		w, err := workspace.Read(dir, nil)
		if err != nil {
			b.Fatal(err)
		}
		for _, goroutines := range []int{1, 0} {
			b.Run(fmt.Sprintf("%s-%d", by, goroutines), func(b *testing.B) {
				for b.Loop() {
					result, err := examineSource(b.Context(), w, w.Sources[0], bounds{goroutines: goroutines})
					if err != nil || result.Facts != communes*years {
						b.Fatal(result.Facts, len(result.Rejects), err)
					}
					if err := result.facts.close(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
