package print

import (
	"errors"
	"strconv"

	"github.com/niengiam/niengiam/stats"
)

// faults collects what is wrong with an address.
type faults []error

func (f *faults) add(where string, message, hint stats.Message) {
	*f = append(*f, &stats.Error{Code: stats.BadArgument, Where: where, Message: message, Hint: hint})
}

func (f *faults) err() error { return errors.Join(*f...) }

// year reads a year; 0 where none is given.
func (f *faults) year(where, text string, needed bool) stats.Year {
	switch number, err := strconv.Atoi(text); {
	case text == "" && needed:
		f.add(where, stats.Say("no year is given"), stats.Say("add year=2020 to the address"))
	case text == "":
	case err != nil:
		f.add(where, stats.Say("%q is not a year", text), stats.Say("write it in four digits"))
	default:
		return stats.Year(number)
	}
	return 0
}

// day reads a day of publication; nil where none is given.
func (f *faults) day(where, text string) *stats.AsOf {
	if text == "" {
		return nil
	}
	date, err := stats.ParseDate(text)
	if err != nil {
		f.add(where, stats.EnglishOnly("%s", err), stats.Say("write a day as 2021-03-12"))
	}
	return &stats.AsOf{Date: &date}
}
