package print

import (
	"maps"
	"net/url"
	"strconv"

	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// view is what a page is made of. The address holds its whole state.
type view struct {
	values   url.Values
	language number.Language

	Lang, Root, Query string
	Size              int
	L                 Labels
	Heading           string
	Sheet             *Sheet
	// Addresses of the same page otherwise.
	InVI, InEN, Smaller, Plain, Larger, PDF, DOCX string
	// Told, Faults and Again are what a message says.
	Paragraphs       []string
	Faults           []shownFault
	Again, AgainWord string
	// Levels, Year and Base are what the chooser offers.
	Levels     []level
	Year, Base int
}

type shownFault struct {
	Where, Message, Hint string
	Nearest              []nearest
}

type nearest struct{ Name, Href string }

type level struct {
	Name  string
	Units []option
}

type option struct {
	Code, Name string
	Chosen     bool
}

func newView(u *url.URL) *view {
	v := &view{values: u.Query(), language: number.Vietnamese, Lang: "vi", Size: 1, Root: root(u)}
	if v.values.Get("lang") == "en" {
		v.language, v.Lang, v.Query = number.English, "en", "?lang=en"
	}
	if v.Root == "" {
		v.Root = "./"
	}
	v.L = labels(v.language)
	if size, err := strconv.Atoi(v.values.Get("size")); err == nil && size >= 0 && size <= 2 {
		v.Size = size
	}
	v.InVI, v.InEN = v.with("lang", ""), v.with("lang", "en")
	v.Smaller, v.Plain, v.Larger = v.with("size", "0"), v.with("size", ""), v.with("size", "2")
	files := url.Values{}
	for name, all := range v.values {
		if name != "size" {
			files[name] = all
		}
	}
	v.PDF, v.DOCX = "briefing.pdf?"+files.Encode(), "briefing.docx?"+files.Encode()
	v.Again, v.AgainWord = v.with("unit", ""), v.L.Start
	return v
}

// with is the address of the page with one thing changed; "" takes it out.
func (v *view) with(name, value string) string {
	next := maps.Clone(v.values)
	switch {
	case name == "":
	case value == "":
		next.Del(name)
	default:
		next.Set(name, value)
	}
	return "briefing?" + next.Encode()
}

// previous is how an address names the year before, as the API does.
const previous = "PREVIOUS"

// ask reads the question out of the address, with all its faults at once.
func (v *view) ask() (briefing.BriefingAsk, error) {
	ask := briefing.BriefingAsk{Unit: v.values.Get("unit"), Template: v.values.Get("template"), Language: v.language}
	var faults faults
	ask.Year = faults.year("year", v.values.Get("year"), true)
	if base := v.values.Get("baseYear"); base == previous {
		ask.BaseYear = number.PreviousYear
	} else {
		ask.BaseYear = faults.year("baseYear", base, false)
	}
	if ask.Since = faults.day("since", v.values.Get("since")); v.values.Get("asOf") != "" {
		ask.Scope = &query.Scope{AsOf: faults.day("asOf", v.values.Get("asOf"))}
	}
	if version := v.values.Get("version"); version != "" {
		if ask.Scope == nil || ask.Scope.AsOf == nil {
			ask.Scope = &query.Scope{AsOf: &query.AsOf{}}
		}
		ask.Scope.AsOf.DataVersion = &version
	}
	return ask, faults.err()
}

// mostOptions is how many units of a level the chooser lists.
const mostOptions = 400

// choose offers the units of the levels that have not too many, as they were in the
// last year with figures; that of the first briefing of the workspace is chosen.
func (v *view) choose(c *catalogue.Calendar) {
	v.Heading, v.Year, v.Base = v.L.Choose, int(lastYear(c)), int(number.DefaultBaseYear)
	h := c.At(number.Year(v.Year).Reference())
	for _, l := range c.Levels {
		units := h.Level(l.Code)
		if len(units) == 0 || len(units) > mostOptions {
			continue
		}
		shown := level{Name: l.Noun.For(true, v.language)}
		for _, unit := range units {
			shown.Units = append(shown.Units, option{Code: unit.Code, Name: unit.FullName(v.language), Chosen: unit.Code == likely(c)})
		}
		v.Levels = append(v.Levels, shown)
	}
}

// lastYear is the latest year with figures of any indicator.
func lastYear(c *catalogue.Calendar) number.Year {
	last := number.DefaultBaseYear + 1
	for _, i := range c.Indicators {
		if years := i.Years(); len(years) > 0 {
			last = max(last, years[len(years)-1])
		}
	}
	return last
}

// likely is the unit that a briefing is most likely asked of: the one that targets
// are set for.
func likely(c *catalogue.Calendar) string {
	for _, t := range c.Targets {
		if t.UnitCode != "" {
			return t.UnitCode
		}
	}
	return ""
}
