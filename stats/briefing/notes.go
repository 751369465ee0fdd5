package briefing

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// collected returns the notes on all figures, each with its indicator; those that
// several answers have once.
func collected(d *drafting) []*query.Note {
	var all []*query.Note
	about := func(i *catalogue.Indicator, notes []*query.Note) {
		for _, note := range notes {
			own := *note
			own.Indicator = i
			all = append(all, &own)
		}
	}
	for _, i := range d.told {
		about(i, d.notes[i.Code].All())
	}
	for _, r := range d.Rankings {
		if r.Ranking != nil {
			about(r.Indicator, r.Ranking.Notes)
		}
	}
	all = append(all, d.targetNotes...)
	outside := slices.ContainsFunc(d.Targets, func(t *BriefingTarget) bool { return !t.Ahead && !t.Row.Target.Years.Contains(t.Row.Year) })
	seen := map[string]bool{}
	notes := []*query.Note{}
	for _, note := range all {
		// That a target lies ahead, or the base year has no figures, is told in sentences.
		told := note.Code == number.NoteBaseYear || note.Code == number.NoteOutside && !outside
		plain := string(note.Code) + note.Words.EN
		own := plain
		if note.Indicator != nil {
			own += "\n" + note.Indicator.Code
		}
		if !seen[own] && !told {
			seen[plain], seen[own] = true, true
			notes = append(notes, note)
		}
	}
	if d.Untranslated[d.Question.Language] > 0 {
		notes = append(notes, &query.Note{Code: number.NoteOtherLanguage, Words: number.Text{
			VI: "một số tên gọi và mô tả chỉ có bằng tiếng Anh", EN: "some names and descriptions are in Vietnamese alone",
		}})
	}
	return notes
}
