package mapping

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl/name"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// UnitMatch is how a column of texts names units of a workspace.
type UnitMatch struct {
	// Rule finds them, its Column or Name is left open.
	Rule workspace.UnitRule
	// ByName is true where the texts are names, and not codes.
	ByName bool
	// Matched counts the texts that are exactly one unit, Unmatched lists the others.
	Matched   int
	Unmatched []string
}

// MatchUnits finds out how texts name units on a day: by code, by name as it is written, or by
// name without marks, whichever matches most; of equal ones the strictest.
func MatchUnits(w *workspace.Workspace, texts []string, day number.Date) UnitMatch {
	calendar := w.Calendar()
	g := newGazetteer(calendar, w.Aliases)
	var every []string
	for _, level := range calendar.Levels {
		every = append(every, level.Code)
	}
	best := UnitMatch{}
	for _, try := range []UnitMatch{{}, {ByName: true}, {ByName: true, Rule: workspace.UnitRule{WithoutMarks: true}}} {
		try.match(texts, every, func(text string) []*catalogue.Unit {
			if unit := calendar.At(day).Unit(text); unit != nil && !try.ByName {
				return []*catalogue.Unit{unit}
			} else if !try.ByName {
				return nil
			}
			return g.search(name.Place(text), &workspace.UnitRule{Levels: every, WithoutMarks: try.Rule.WithoutMarks}, calendar.At(day), nil)
		})
		if try.Matched > best.Matched {
			best = try
		}
	}
	return best
}

// match counts what texts match. The levels are those of the texts that are one unit; a text
// that several units have is matched where one of them alone is of these levels.
func (m *UnitMatch) match(texts, every []string, find func(string) []*catalogue.Unit) {
	levels := map[string]bool{}
	found := map[string][]*catalogue.Unit{}
	for _, text := range texts {
		found[text] = find(text)
		if len(found[text]) == 1 {
			levels[found[text][0].Level.Code] = true
		}
	}
	for _, level := range every {
		if levels[level] {
			m.Rule.Levels = append(m.Rule.Levels, level)
		}
	}
	for _, text := range texts {
		of := 0
		for _, unit := range found[text] {
			if levels[unit.Level.Code] {
				of++
			}
		}
		if of == 1 {
			m.Matched++
		} else {
			m.Unmatched = append(m.Unmatched, text)
		}
	}
}

// IsFigure reports whether a cell is a number as signs write it, or one of the words for none.
func IsFigure(cell string, signs workspace.CSV, words ...string) bool {
	if cell == "" || slices.Contains(words, cell) {
		return true
	}
	_, reason, _ := parseNumber(strings.TrimSuffix(cell, "%"), signs)
	return reason == ""
}
