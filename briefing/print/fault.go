package print

import (
	"errors"
	"strconv"

	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// faults collects what is wrong with an address.
type faults []error

func (f *faults) add(where string, message, hint number.Message) {
	*f = append(*f, &number.Error{Code: number.BadArgument, Where: where, Message: message, Hint: hint})
}

func (f *faults) err() error { return errors.Join(*f...) }

// year reads a year; 0 where none is given.
func (f *faults) year(where, text string, needed bool) number.Year {
	switch num, err := strconv.Atoi(text); {
	case text == "" && needed:
		f.add(where, number.Say("no year is given"), number.Say("add year=2020 to the address"))
	case text == "":
	case err != nil:
		f.add(where, number.Say("%q is not a year", text), number.Say("write it in four digits"))
	default:
		return number.Year(num)
	}
	return 0
}

// day reads a day of publication; nil where none is given.
func (f *faults) day(where, text string) *query.AsOf {
	if text == "" {
		return nil
	}
	date, err := number.ParseDate(text)
	if err != nil {
		f.add(where, number.EnglishOnly("%s", err), number.Say("write a day as 2021-03-12"))
	}
	return &query.AsOf{Date: &date}
}
