package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// dryRun prints what loads of some years of sources would change, and changes nothing.
func (c *loadCommand) dryRun(s *session, pipeline *etl.Pipeline, sources []*workspace.Source, years catalogue.Years) error {
	most := 0
	if c.Format == "table" {
		most = shownChanges
	}
	var previews []*catalogue.LoadPreview
	var failures []error
	for _, source := range sources {
		preview, err := pipeline.Preview(s.ctx, source.Code, years, most)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		previews = append(previews, preview)
	}
	language := number.Language(strings.ToUpper(c.Lang))
	if c.Format == "csv" {
		return errors.Join(append(failures, printPreviewCSV(s, previews, language))...)
	}
	for _, p := range previews {
		printPreview(s, p, language)
	}
	return errors.Join(failures...)
}

// printPreview prints what a load would do, for people.
func printPreview(s *session, p *catalogue.LoadPreview, language number.Language) {
	say := func(vi, en string, values ...any) {
		fmt.Fprintf(s.out, number.Text{VI: vi, EN: en}.In(language)+"\n", values...)
	}
	say("%s (%s): %s", "%s (%s): %s", p.SourceCode, p.Title(language), p.Text(language))
	say("  dòng đọc %d, nhận %d, lỗi %d; số mới %d, số đổi %d, số bỏ %d, không đổi %d",
		"  rows read %d, accepted %d, rejected %d; new %d, changed %d, dropped %d, unchanged %d",
		p.Read, p.Accepted, p.Rejected, p.Added, p.Revised, p.Dropped, p.Unchanged)
	if p.Recorded > 0 {
		say("  ghi vào lịch sử, số hiện hành không đổi: %d", "  recorded behind a later publication, no current figure changes: %d", p.Recorded)
	}
	if p.LeftOut > 0 {
		say("  bỏ qua vì đã bị từ chối: %d", "  left out because they were refused: %d", p.LeftOut)
	}
	if len(p.Cells) > 0 {
		t := newTable(s, previewHeader(language)...)
		for _, cell := range p.Cells {
			t.AppendRow(previewRow(cell, language))
		}
		t.Render()
	}
	if rest := p.CellCount - len(p.Cells); rest > 0 {
		say("  và %d ô nữa; --format=csv in tất cả", "  and %d more cells; --format=csv prints all", rest)
	}
	for _, f := range p.Findings[:min(shownRejects, len(p.Findings))] {
		say("  phát hiện %s: %s %s %d: dùng %s, không dùng %s", "  finding %s: %s %s %d: %s is used, %s is not", f.Code, f.IndicatorCode, f.UnitCode, f.Year, f.Used, f.Other)
	}
	if rest := p.FindingCount - min(shownRejects, len(p.Findings)); rest > 0 {
		say("  và %d phát hiện nữa", "  and %d more findings", rest)
	}
	for _, r := range p.Rejects[:min(shownRejects, len(p.Rejects))] {
		say("  dòng lỗi: %s: %s: %q: %s. %s", "  rejected: %s: %s: %q: %s. %s", place(r.Place), r.Reason, r.Value, r.DetailText(language), r.Remedy(language))
	}
	if rest := p.RejectCount - min(shownRejects, len(p.Rejects)); rest > 0 {
		say("  và %d lỗi nữa; --format=csv in tất cả", "  and %d more rejects; --format=csv prints all", rest)
	}
}

// previewHeader are the headers of the table of a preview.
func previewHeader(language number.Language) []any {
	words := number.Text{
		VI: "|chỉ tiêu|đơn vị|năm|công bố|người đọc thấy|tệp ghi|thay đổi|vị trí",
		EN: "|indicator|unit|year|published|readers see|file says|change|place",
	}
	var header []any
	for word := range strings.SplitSeq(words.In(language), "|") {
		header = append(header, word)
	}
	return header
}

// previewKind writes what a load would do to a cell.
func previewKind(kind catalogue.PreviewKind, language number.Language) string {
	return map[catalogue.PreviewKind]number.Text{
		catalogue.CellAdded:    {VI: "mới", EN: "new"},
		catalogue.CellRevised:  {VI: "đổi", EN: "changed"},
		catalogue.CellDropped:  {VI: "bỏ", EN: "dropped"},
		catalogue.CellRecorded: {VI: "lịch sử", EN: "recorded"},
	}[kind].In(language)
}

func previewRow(cell *catalogue.PreviewCell, language number.Language) table.Row {
	c := cell.Change
	unit := fmt.Sprintf("%s (%s)", c.UnitName(language), c.UnitCode)
	indicator := []string{c.IndicatorName(language)}
	for _, b := range c.Breakdown {
		for _, m := range b.Members {
			indicator = append(indicator, m.Name(language))
		}
	}
	old := c.OldText(language) + status(c.OldStatus)
	if c.OldStatus == "" {
		old = ""
	}
	return table.Row{
		previewKind(cell.Kind, language), strings.Join(indicator, ", "), unit, strconv.Itoa(int(c.Year)), cell.Published.String(),
		old, c.NewText(language) + status(c.NewStatus), c.RelativeText(language), place(c.Place),
	}
}

// printPreviewCSV prints every cell as a row of CSV, codes and decimals as machines read them.
func printPreviewCSV(s *session, previews []*catalogue.LoadPreview, language number.Language) error {
	w := csv.NewWriter(s.out)
	rows := [][]string{{"source", "outcome", "kind", "indicator", "unit", "unit_name", "year", "published", "old", "old_denominator", "old_status",
		"new", "new_denominator", "new_status", "percent", "file", "sheet", "line", "column", "reason", "detail"}}
	for _, p := range previews {
		for _, cell := range p.Cells {
			c := cell.Change
			rows = append(rows, []string{
				p.SourceCode, string(p.Outcome), string(cell.Kind), c.IndicatorCode, c.UnitCode, c.UnitName(language), strconv.Itoa(int(c.Year)), cell.Published.String(),
				plainValue(c.Old), plainValue(c.OldDenominator), string(c.OldStatus), plainValue(c.New), plainValue(c.NewDenominator), string(c.NewStatus),
				percent(c.Relative()), c.Place.File, c.Place.Sheet, strconv.Itoa(c.Place.Line), c.Place.Column, "", "",
			})
		}
		for _, r := range p.Rejects {
			row := make([]string, len(rows[0]))
			row[0], row[1], row[2] = p.SourceCode, string(p.Outcome), "REJECTED"
			copy(row[15:], []string{r.Place.File, r.Place.Sheet, strconv.Itoa(r.Place.Line), r.Place.Column, string(r.Reason), r.DetailText(language)})
			rows = append(rows, row)
		}
	}
	return w.WriteAll(rows)
}

// plainValue writes a number as machines read it; "" where there is none.
func plainValue(v number.Value) string {
	d, known := v.Decimal()
	if !known {
		return ""
	}
	return number.Trim(d).String()
}

// percent writes a percentage with two decimals; "" where there is none.
func percent(v number.Value) string {
	f, known := v.Number()
	if !known {
		return ""
	}
	return f.Round(2).String()
}
