package workspace

import (
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Questions are the saved questions of a workspace, as far as dashboards show them. They
// are read elsewhere: this package does not know what can be asked.
type Questions interface {
	// Codes lists their codes, in their order.
	Codes() []string
	// Tile makes a tile of the question of a code. Variables have values as in an address,
	// nil for null; without a title the tile has that of the question. A fault is at a
	// place in the file of the question, or at the name of a variable.
	Tile(code string, title number.Text, variables map[string][]string) (*catalogue.TileTemplate, error)
}

// know takes note of what the saved questions are called.
func know(r *reader, questions Questions) {
	if questions == nil {
		return
	}
	r.saved = questions
	r.questions.order = questions.Codes()
	for _, code := range r.questions.order {
		r.questions.marks[code] = mark{} // a code twice is a fault of the questions
	}
}

// readSaved makes a tile of the saved question that it names.
func readSaved(r *reader, all mapping) *catalogue.TileTemplate {
	onlyKeys(r, all, "a tile of a saved question", "question", "title", "variables")
	question, title, variables := all.need("question"), all.get("title").text(), all.get("variables").mapping()
	code := question.scalar()
	if !r.questions.refer(&r.faults, code, question.at) {
		return &catalogue.TileTemplate{}
	}
	given := map[string][]string{}
	for name, value := range variables.fields {
		given[name] = value.scalars()
	}
	t, err := r.saved.Tile(code, title, given)
	for _, fault := range number.Errors(err) {
		at, message := question.at, number.EnglishOnly("the saved question %q is no tile: %s: %s", code, fault.Where, fault.Message)
		if variable, is := variables.fields[fault.Where]; is {
			at, message = variable.at, fault.Message
		}
		told := r.add(at, fault.Code, "%s", message)
		told.Nearest, told.Hint = fault.Nearest, fault.Hint
	}
	if err != nil {
		if len(number.Errors(err)) == 0 {
			r.all = append(r.all, err) // no fault is dropped, whatever it is
		}
		return &catalogue.TileTemplate{}
	}
	for _, named := range []struct {
		known *names
		codes []string
	}{
		{r.indicators, append([]string{t.IndicatorCode}, t.IndicatorCodes...)},
		{r.scorecards, []string{t.SetCode}},
		{r.targets, []string{t.TargetCode}},
		{r.levels, []string{t.By}},
		{r.units, append([]string{t.WithinCode}, t.UnitCodes...)},
	} {
		for _, code := range named.codes {
			named.known.refer(&r.faults, code, question.at)
		}
	}
	checkTile(r, all, t)
	return t
}
