package etl

import (
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// droppedNote is the note of a figure whose row is no longer in its file.
const droppedNote = "dòng này không còn trong tệp nguồn / the row is no longer in its file"

// wholeFiles are the files without rejects.
func wholeFiles(l *load, files []ledger.File) map[string]bool {
	whole := map[string]bool{}
	for _, f := range files {
		whole[f.Path] = true
	}
	for _, r := range l.rejects {
		whole[r.Place.File] = false
	}
	return whole
}

// today is the day in the time zone of the workspace.
func today(c Config) number.Date {
	now := c.Now()
	if c.Workspace != nil && c.Workspace.TimeZone != nil {
		now = now.In(c.Workspace.TimeZone)
	}
	year, month, day := now.Date()
	return number.NewDate(year, int(month), day)
}
