package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
)

// writeWorkspace writes the workspace of a synthetic set, which has no source: its facts are
// written into the tables.
func writeWorkspace(dir string, s shape) error {
	files := map[string]func(*bytes.Buffer, shape){
		"niengiam.yaml":     writeRoot,
		"levels.yaml":       writeLevels,
		"topics.yaml":       writeTopics,
		"indicators.yaml":   writeIndicators,
		"units.csv":         writeUnits,
		"dashboards/a.yaml": writeDashboard,
	}
	for name, write := range files {
		var text bytes.Buffer
		write(&text, s)
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func writeRoot(text *bytes.Buffer, _ shape) {
	fmt.Fprintf(text, "workspace: synthetic\ntitle: {vi: %q, en: %q}\ntime_zone: Asia/Ho_Chi_Minh\n", "Số liệu tổng hợp, không có thật", "Synthetic figures, none of them real")
	text.WriteString("catalogue: {levels: levels.yaml, topics: topics.yaml, indicators: [indicators.yaml], units: [units.csv]}\n")
	text.WriteString("dashboards: [dashboards/a.yaml]\n")
}

func writeLevels(text *bytes.Buffer, _ shape) {
	text.WriteString("levels:\n")
	for _, level := range [][4]string{
		{"country", "cả nước", "country", "countries"}, {"province", "tỉnh", "province", "provinces"},
		{"district", "huyện", "district", "districts"}, {"commune", "xã", "commune", "communes"},
	} {
		fmt.Fprintf(text, "  - {code: %s, name: {vi: %q, en: %s, en_plural: %s}, kinds: [{code: %s, name: {vi: %q, en: Synthetic}, bare: true}]}\n",
			level[0], level[1], level[2], level[3], level[0], "Tổng hợp")
	}
}

func writeTopics(text *bytes.Buffer, _ shape) {
	fmt.Fprintf(text, "topics: [{code: synthetic, name: {vi: %q, en: Synthetic}}]\n", "Tổng hợp")
}

func writeIndicators(text *bytes.Buffer, s shape) {
	text.WriteString("indicators:\n")
	for i := range s.indicators {
		fmt.Fprintf(text, "  - {code: %s, topic: synthetic, kind: amount, name: {en: Synthetic indicator %03d}, description: {en: No figure of it is real.}, ", indicator(i), i+1)
		text.WriteString("unit: {en: unit, en_plural: units}, decimals: 1, direction: higher, eligible: {level: commune}}\n")
	}
}

// provinces is how many provinces the districts lie in.
func provinces(s shape) int { return max(s.districts/11, 1) }

func writeUnits(text *bytes.Buffer, s shape) {
	text.WriteString("code,level,kind,parent,name,name_en,valid_from,valid_to,opening,note\n")
	unit := func(code, level, parent, name string) {
		fmt.Fprintf(text, "%s,%s,%s,%s,%s,%s,,,baseline,\n", code, level, level, parent, name, name)
	}
	unit("S", "country", "", "Synthetic country")
	for i := range provinces(s) {
		unit(fmt.Sprintf("P%02d", i), "province", "S", fmt.Sprintf("Synthetic province %02d", i))
	}
	for i := range s.districts {
		unit(fmt.Sprintf("D%03d", i), "district", fmt.Sprintf("P%02d", i%provinces(s)), fmt.Sprintf("Synthetic district %03d", i))
	}
	for i := range s.communes {
		unit(fmt.Sprintf("C%06d", i), "commune", fmt.Sprintf("D%03d", i%s.districts), fmt.Sprintf("Synthetic commune %05d", i))
	}
}

// writeDashboard writes twelve tiles: four headlines, four trends and four rankings of the
// first five.
func writeDashboard(text *bytes.Buffer, _ shape) {
	fmt.Fprintf(text, "code: a\ntitle: {en: Twelve tiles of synthetic figures}\nunit: S\nyear: %d\nbase_year: %d\ntiles:\n", lastYear, lastYear-1)
	for n, more := range []string{"kind: headline", "kind: trend", "kind: ranking, by: district, top: 5, order_by: percent"} {
		for i := range 4 {
			fmt.Fprintf(text, "  - {%s, title: {en: Tile %d}, indicator: %s}\n", more, n*4+i+1, indicator(i))
		}
	}
}
