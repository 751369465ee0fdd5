package catalogue

import (
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// LoadPreview is what a load of a source would do, found without loading it.
type LoadPreview struct {
	// SourceCode is the code of the source, Titles its title.
	SourceCode string
	Titles     number.Text
	// Files are those that were read.
	Files []*ledger.File
	// Outcome is how the load would end: published, unchanged, held or refused. Pending is the
	// number of the restatement as which the same awaits approval already, 0 where none is.
	Outcome ledger.Outcome
	Pending ledger.ReleaseID
	// ByCheck is true where a check, and not rejected rows or changed figures, stops or holds
	// the load.
	ByCheck bool
	// Releases counts the releases that it would make.
	Releases int
	// Read and Accepted count data rows of the files, Rejected those that would not be
	// accepted and columns that would not be read.
	Read, Accepted, Rejected int
	// Added, Revised and Dropped count the cells of those kinds, Recorded those that would be
	// recorded behind a later publication. Unchanged counts the figures of the files that say
	// what is published, LeftOut those that were refused before.
	Added, Revised, Dropped, Recorded, Unchanged, LeftOut int
	// Cells are the cells that would change, Rejects the rows that would not be accepted,
	// Findings what readers would be told; each list may be cut, the counts are whole.
	Cells                                []*PreviewCell
	CellCount, RejectCount, FindingCount int
	Rejects                              []*ledger.Reject
	Findings                             []*ledger.Finding
	// Tables are the tables as they were understood.
	Tables []*PreviewTable
	// IndicatorCodes are the indicators that the files or the cells are of.
	IndicatorCodes []string
}

// PreviewTable is a table of a file as it was understood.
type PreviewTable struct {
	// File and Sheet are where it stands, Format is how the file is written, Line the line of
	// its header.
	File, Sheet, Format string
	Line                int
	// Columns are its columns, Rows the first of its rows.
	Columns []*PreviewColumn
	Rows    []*PreviewRow
	// RowCount counts its rows of data, PassedCount those that the source passes over,
	// TotalRowCount those of totals.
	RowCount, PassedCount, TotalRowCount int
	// Remarks are the titles and remarks around it.
	Remarks []string
}

// PreviewColumn is a column of a table.
type PreviewColumn struct {
	// Header is its header; IsRead reports whether the source reads it.
	Header string
	IsRead bool
}

// PreviewRow is a row of a table.
type PreviewRow struct {
	// Line is where it stands, Cells are its cells.
	Line  int
	Cells []string
}

// HeldAs returns the number of the restatement as which the same is pending already, nil
// where none is.
func (p *LoadPreview) HeldAs() *string {
	if p.Pending == 0 {
		return nil
	}
	id := p.Pending.String()
	return &id
}

// PreviewKind is what a load would do to a cell.
type PreviewKind string

// The kinds.
const (
	// CellAdded: the cell would get its first figure.
	CellAdded PreviewKind = "ADDED"
	// CellRevised: the figure would change.
	CellRevised PreviewKind = "REVISED"
	// CellDropped: the figure would go, because its row is no longer in its file.
	CellDropped PreviewKind = "DROPPED"
	// CellRecorded: a later publication stays current, so that no figure would change.
	CellRecorded PreviewKind = "RECORDED"
)

// PreviewCell is one cell that a load would change.
type PreviewCell struct {
	// Kind is what would become of it.
	Kind PreviewKind
	// Published is the day of publication under which it would be changed.
	Published number.Date
	// Change is how.
	Change *CellChange
}

// Title is the title of the source.
func (p *LoadPreview) Title(language number.Language) string { return p.Titles.In(language) }

// Text describes what the load would do.
func (p *LoadPreview) Text(language number.Language) string {
	switch p.Outcome {
	case ledger.Refused:
		if p.ByCheck {
			return number.Text{
				VI: "Lần nạp sẽ dừng, không công bố gì: có phép kiểm tra mức “stop” không đạt.",
				EN: "The load would stop and publish nothing: a check of the severity “stop” found something.",
			}.In(language)
		}
		return number.Text{
			VI: "Lần nạp sẽ dừng, không công bố gì: nguồn đặt “rejects: stop” và có dòng lỗi.",
			EN: "The load would stop and publish nothing: the source says “rejects: stop” and has rejected rows.",
		}.In(language)
	case ledger.Waiting:
		if p.Pending != 0 {
			return number.Text{
				VI: "Lần nạp sẽ không thay đổi gì: nội dung này đang chờ duyệt, số " + p.Pending.String() + ".",
				EN: "The load would change nothing: the same awaits approval already, as number " + p.Pending.String() + ".",
			}.In(language)
		}
		if p.ByCheck {
			return number.Text{
				VI: "Lần nạp sẽ phải chờ duyệt: có phép kiểm tra mức “hold” không đạt.",
				EN: "The load would be held for approval: a check of the severity “hold” found something.",
			}.In(language)
		}
		return number.Text{
			VI: "Lần nạp sẽ phải chờ duyệt: có con số đã công bố sẽ đổi.",
			EN: "The load would be held for approval: published figures would change.",
		}.In(language)
	case ledger.Published:
		return number.Text{VI: "Lần nạp sẽ công bố ngay.", EN: "The load would publish at once."}.In(language)
	}
	return number.Text{VI: "Lần nạp sẽ không thay đổi gì.", EN: "The load would change nothing."}.In(language)
}
