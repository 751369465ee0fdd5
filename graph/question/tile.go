package question

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// Set is the saved questions of a workspace.
type Set []*Question

// Codes lists the codes of the questions, in their order.
func (s Set) Codes() []string {
	codes := make([]string, len(s))
	for i, q := range s {
		codes[i] = q.Code
	}
	return codes
}

// Tile makes a tile of the question of a code: it answers as the question does, but for
// the variables year, baseYear, unit and within, which are the dashboard's. Values that
// are given for variables stay; they are texts as in an address, nil for null. Without a
// title of its own the tile has the question's. A fault is at a place in the file of the
// question, or at the name of a variable that is given.
func (s Set) Tile(code string, title number.Text, given map[string][]string) (*catalogue.TileTemplate, error) {
	at := slices.IndexFunc(s, func(q *Question) bool { return q.Code == code })
	if at < 0 {
		return nil, &number.Error{Code: NotATile, Message: number.EnglishOnly("there is no saved question %q", code), Nearest: number.Nearest(code, s.Codes())}
	}
	t := &tiler{question: s[at], variables: map[string]any{}, tile: &catalogue.TileTemplate{Titles: title}}
	if t.asksOneThing() {
		t.define(given)
		t.read()
		t.entitle()
	}
	return t.tile, errors.Join(t.faults...)
}

// tiler makes a tile of the one field that a question asks.
type tiler struct {
	question  *Question
	field     *ast.Field
	takes     []string
	variables map[string]any
	tile      *catalogue.TileTemplate
	// fills are the variables that the tile leaves to the dashboard.
	fills []filled
	// units and within report whether the question names units, or what they lie within.
	units, within bool
	faults        []error
}

// filled stands for the value of a variable that the dashboard fills.
type filled string

// The variables that a dashboard fills.
const (
	theYear     filled = "year"
	theBaseYear filled = "baseYear"
	theUnit     filled = "unit"
	theWithin   filled = "within"
)

// fault says what keeps the question from being a tile, and where.
func (t *tiler) fault(at *ast.Position, hint, format string, args ...any) {
	where := t.question.File
	if at != nil {
		where = fmt.Sprintf("%s:%d:%d", where, at.Line, at.Column)
	}
	t.faults = append(t.faults, &number.Error{Code: NotATile, Where: where, Message: number.EnglishOnly(format, args...), Hint: number.EnglishOnly("%s", hint)})
}

// misgiven says what is wrong with the value that a dashboard gives to a variable.
func (t *tiler) misgiven(name, hint, format string, args ...any) {
	t.faults = append(t.faults, &number.Error{Code: BadVariable, Where: name, Message: number.EnglishOnly(format, args...), Hint: number.EnglishOnly("%s", hint)})
}

// shown returns the kind of the tile that shows a field, and the arguments of the field
// that such a tile can have.
func shown(field string) (kind catalogue.TileKind, takes []string) {
	switch field {
	case "comparison":
		return catalogue.HeadlineTile, []string{"indicator", "unit", "year", "baseYear"}
	case "series":
		return catalogue.TrendTile, []string{"indicator", "units", "level", "within", "from", "to"}
	case "ranking":
		return catalogue.RankingTile, []string{"indicator", "level", "within", "year", "baseYear", "orderBy", "top", "target"}
	case "targets":
		return catalogue.TargetsTile, []string{"indicator", "target", "unit", "year"}
	case "scorecard":
		return catalogue.ScorecardTile, []string{"set", "unit", "level", "within", "year", "baseYear"}
	case "table":
		return catalogue.TableTile, []string{"indicators", "units", "level", "within", "years", "baseYear", "measures"}
	}
	return "", nil
}

// asksOneThing finds the field and the kind of tile that shows it.
func (t *tiler) asksOneThing() bool {
	operation := t.question.operation
	if operation == nil {
		t.fault(nil, "niengiam check tells them", "the question has faults of its own")
		return false
	}
	if asked := len(operation.SelectionSet); asked > 1 {
		t.fault(operation.SelectionSet[1].GetPosition(), "put each into a file of its own", "the question asks %d things, a tile shows one", asked)
		return false
	}
	field, plain := operation.SelectionSet[0].(*ast.Field)
	if !plain {
		t.fault(operation.SelectionSet[0].GetPosition(), "write the field into the query itself", "what is asked stands in a fragment")
		return false
	}
	if len(field.Directives) > 0 {
		t.fault(field.Directives[0].Position, "leave it out", "what is asked depends on @%s", field.Directives[0].Name)
		return false
	}
	t.field = field
	t.tile.Kind, t.takes = shown(field.Name)
	if t.tile.Kind == "" {
		t.fault(field.Position, "tiles show comparison, series, ranking, targets, scorecard and table", "no tile shows %s", field.Name)
		return false
	}
	if t.tile.Kind == catalogue.HeadlineTile && selects(field.SelectionSet, "churn") {
		t.tile.Kind = catalogue.ChurnTile
	}
	return true
}

// selects reports whether a field is among those that are selected, in fragments too.
func selects(selections ast.SelectionSet, name string) bool {
	return slices.ContainsFunc(selections, func(selection ast.Selection) bool {
		switch s := selection.(type) {
		case *ast.Field:
			return s.Name == name
		case *ast.InlineFragment:
			return selects(s.SelectionSet, name)
		case *ast.FragmentSpread:
			return selects(s.Definition.SelectionSet, name)
		}
		return false
	})
}

// define returns the variables their values: the one that is given, else the dashboard's,
// else the default.
func (t *tiler) define(given map[string][]string) {
	definitions := t.question.operation.VariableDefinitions
	for _, name := range slices.Sorted(maps.Keys(given)) {
		definition := definitions.ForName(name)
		switch {
		case definition == nil:
			t.unknown(name)
		case !slices.ContainsFunc(t.field.Arguments, func(a *ast.Argument) bool { return mentions(a.Value, name) }):
			t.misgiven(name, "leave it out", "$%s is no part of what the tile asks", name)
		case given[name] == nil && definition.Type.NonNull:
			t.misgiven(name, "leave it out to have the default", "$%s cannot be null, it is %s", name, definition.Type)
		}
	}
	for _, definition := range definitions {
		name := definition.Variable
		texts, is := given[name]
		switch {
		case is && texts == nil:
			t.variables[name] = nil
		case is:
			value, err := Value(t.question.schema, definition.Type, texts)
			if err != nil {
				t.misgiven(name, fmt.Sprintf("the question has $%s: %s", name, definition.Type), "$%s: %v", name, err)
			}
			t.variables[name] = value
		case fills(definition):
			t.variables[name] = filled(name)
		case definition.DefaultValue != nil:
			t.variables[name], _ = definition.DefaultValue.Value(nil) // it could be read when the question was
		}
	}
}

// fills reports whether the dashboard fills a variable.
func fills(definition *ast.VariableDefinition) bool {
	switch filled(definition.Variable) {
	case theYear, theBaseYear:
		return definition.Type.NamedType == "Int" || definition.Type.NamedType == "BaseYear"
	case theUnit, theWithin:
		return definition.Type.NamedType == "ID"
	}
	return false
}

// mentions reports whether a variable is a part of a value.
func mentions(value *ast.Value, variable string) bool {
	return value.Kind == ast.Variable && value.Raw == variable ||
		slices.ContainsFunc(value.Children, func(child *ast.ChildValue) bool { return mentions(child.Value, variable) })
}

func (t *tiler) unknown(name string) {
	var names []string
	for _, v := range t.question.Variables {
		names = append(names, v.Name)
	}
	hint := "the question has none"
	if len(names) > 0 {
		hint = "the question has " + strings.Join(names, ", ")
	}
	t.faults = append(t.faults, &number.Error{
		Code: BadVariable, Where: name, Message: number.EnglishOnly("the question has no variable %q", name), Nearest: number.Nearest(name, names), Hint: number.EnglishOnly("%s", hint),
	})
}

// read makes the tile of the arguments. What a tile cannot say must be left out of the
// question, or be what it is when it is left out.
func (t *tiler) read() {
	if len(t.faults) > 0 {
		return
	}
	for _, name := range t.takes {
		take(t, name)
	}
	for _, argument := range t.field.Arguments {
		if slices.Contains(t.takes, argument.Name) {
			continue
		}
		usual, _ := t.field.Definition.Arguments.ForName(argument.Name).DefaultValue.Value(nil)
		if value := argumentTiler(t, argument.Name); value != nil && !reflect.DeepEqual(value, usual) {
			t.fault(argument.Position, "it has "+strings.Join(t.takes, ", "), "a tile of %s has no %s", t.field.Name, argument.Name)
		}
	}
	if len(t.faults) == 0 {
		t.aboutUnits()
	}
}

// aboutUnits checks that the question says of which units it asks, in one way.
func (t *tiler) aboutUnits() {
	by := t.tile.By != ""
	t.tile.Everywhere = by && !t.within
	switch {
	case by && t.units:
		t.fault(t.field.Position, "name units, or a level each of whose units is asked for", "the question names units and a level")
	case !by && t.within:
		t.fault(t.field.Position, "leave it out", "within narrows level, which is not given")
	case !by && !t.units && slices.Contains(t.takes, "units"):
		t.fault(t.field.Position, "write units: [$unit], or a level", "the question does not say of which units")
	case !by && !t.units:
		t.fault(t.field.Position, "write unit: $unit for that of the dashboard", "the question does not say of which unit")
	}
}

// entitle returns a tile without a title that of the question. It must not tell a year
// which the dashboard changes.
func (t *tiler) entitle() {
	if t.tile.Titles != (number.Text{}) {
		return
	}
	title := t.question.Title
	t.tile.Titles = title
	for _, variable := range t.fills {
		year := t.question.operation.VariableDefinitions.ForName(string(variable)).DefaultValue
		if year == nil || variable == theUnit || variable == theWithin {
			continue
		}
		if strings.Contains(title.VI, year.Raw) || strings.Contains(title.EN, year.Raw) {
			t.fault(&ast.Position{Line: 1, Column: 1}, "give the tile a title of its own, or "+string(variable)+" under variables",
				"the title tells the year %s, but the dashboard may show another", year.Raw)
		}
	}
}
