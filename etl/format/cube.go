package format

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/niengiam/niengiam/stats/number"
)

// cube is values over every combination of the categories of some dimensions, the last
// dimension running fastest.
type cube struct {
	dimensions []dimension
	// value and status give those at a place, counted from 0: the text of a number, a sign
	// for none, or "".
	value, status func(place int) string
	// places are those that the file has, in order; nil for all.
	places []int
}

// dimension is what values differ by.
type dimension struct {
	name       string
	categories []category
}

// category has a code and, in the language that was asked for, a label; where the file has
// no codes the label is the code.
type category struct{ code, label string }

// size counts the values, and returns the fault of a cube that goes over a limit.
func (c *cube) size(where string, limits Limits) (int, *number.Error) {
	size := 1
	for _, d := range c.dimensions {
		if len(d.categories) > 0 && size > limits.Rows/len(d.categories) {
			return 0, limits.over(where, number.Say("values"), int64(limits.Rows))
		}
		size *= len(d.categories)
	}
	return size, nil
}

// sheet lays a cube out: one row for each value, the first row naming the columns. Of each
// dimension there are two columns, its name with the code and its name and “label”.
func (c *cube) sheet(notes []Note, size int) Sheet {
	return Sheet{Notes: notes, Rows: func(yield func(Row, error) bool) {
		header := make([]string, 0, 2*len(c.dimensions)+2)
		for _, d := range c.dimensions {
			header = append(header, d.name, d.name+" label")
		}
		if !yield(Row{Line: 1, Cells: append(header, "value", "status")}, nil) {
			return
		}
		for line := range size {
			place := line
			if c.places != nil {
				if line == len(c.places) {
					return
				}
				place = c.places[line]
			}
			cells := make([]string, len(header)+2)
			rest := place
			for i, d := range slices.Backward(c.dimensions) {
				all := d.categories
				cells[2*i], cells[2*i+1] = all[rest%len(all)].code, all[rest%len(all)].label
				rest /= len(all)
			}
			cells[len(header)], cells[len(header)+1] = c.value(place), c.status(place)
			if !yield(Row{Line: line + 2, Cells: trimmed(cells)}, nil) {
				return
			}
		}
	}}
}

// malformed is the fault of a file that is not what its format says.
func malformed(where string, kind Kind, message number.Message, cause error) *number.Error {
	return &number.Error{
		Code: Malformed, Message: number.Say("this is no %s: %s", kind, message), Where: where, Err: cause,
		Hint: number.Say("ask for the file anew; where it is so at its source, tell its publisher"),
	}
}

func at(name string, line int) string { return fmt.Sprintf("%s:%d", name, line) }

// quoted is a text of a file in a message, not too long.
func quoted(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
