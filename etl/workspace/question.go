package workspace

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Questions are the saved questions of a workspace that the tiles of dashboards can show.
// Another package reads them: this one does not know what can be asked.
type Questions interface {
	// Codes lists the codes of the questions, in the order of the questions.
	Codes() []string
	// Tile makes a tile from the question with a code. Variables have values as in a URL,
	// nil for null; without a title the tile has the title of the question. The place of
	// a fault is one in the file of the question, or the name of a variable.
	Tile(code string, title number.Text, variables map[string][]string) (*catalogue.TileTemplate, error)
}

// know declares the codes of the saved questions.
func know(r *reader, questions Questions) {
	r.questions.order = questions.Codes()
	for _, code := range r.questions.order {
		r.questions.marks[code] = mark{} // a code twice is a fault of the questions
	}
}
