package workspace

import (
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

func readYears(n node) catalogue.Years {
	m := n.mapping("from", "to")
	years := catalogue.Years{From: year(m.get("from")), To: year(m.get("to"))}
	if years.From != 0 && years.To != 0 && years.From > years.To {
		m.fault(BadValue, "the years run backwards: from %d to %d", years.From, years.To)
	}
	return years
}

func year(n node) number.Year {
	return number.Year(n.integer(int(number.FirstYear), int(number.LastYear)))
}

// baseYear reads a year to compare with, or the word previous for the year before.
func baseYear(n node) number.Year {
	if n.exists() && n.scalar() == "previous" {
		return number.PreviousYear
	}
	return year(n)
}

func readDecimal(n node) decimal.Decimal {
	if !n.exists() {
		return decimal.Decimal{}
	}
	number, err := decimal.NewFromString(n.scalar())
	if err != nil {
		n.fault(BadValue, "%q is not a number like 12.5", n.scalar())
	}
	return number
}

// readCoverage reads a share from 0 to 1; absent it is the World Bank's two thirds.
func readCoverage(n node) number.Fraction {
	text := "2/3"
	if n.exists() {
		text = n.scalar()
	}
	fraction, err := number.ParseFraction(text)
	one := number.Whole(decimal.New(1, 0))
	switch {
	case err != nil:
		n.fault(BadValue, "%s", err)
	case fraction.Sign() < 0 || fraction.Cmp(one) > 0:
		n.fault(BadValue, "a share lies between 0 and 1: %s does not", text)
	}
	return fraction
}

func readCitation(n node) *catalogue.Citation {
	if !n.exists() {
		return nil
	}
	m := n.mapping("title", "url", "date")
	return &catalogue.Citation{Title: m.need("title").scalar(), URL: m.get("url").scalar(), Date: m.get("date").date()}
}

// constant turns a word of the files into the constant of package stats: not-met
// is NOT_MET.
func constant(word string) string {
	return strings.ToUpper(strings.ReplaceAll(word, "-", "_"))
}

// mostEntries is how many entries a list of a briefing, or of a tile of a dashboard, can have: it is one page.
const mostEntries = 30

// bounded gives the items of a list of a briefing.
func bounded(n node) []node {
	items := n.list()
	if len(items) > mostEntries {
		n.fault(BadValue, "%d entries; a list of a briefing can have %d", len(items), mostEntries)
		return items[:mostEntries]
	}
	return items
}
