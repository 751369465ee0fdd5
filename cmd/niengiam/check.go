package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// CheckFailed: the workspace or its files have faults, which were printed.
const CheckFailed number.Code = "CHECK_FAILED"

type checkCommand struct{}

// Run reads the workspace and every file of its sources as a load would, and
// prints all that is wrong. It needs no engine and changes nothing.
func (checkCommand) Run(s *session) error {
	questions, faults := questions(s)
	w, err := workspace.Read(s.Workspace, questions)
	if err != nil {
		return errors.Join(err, faults)
	}
	fmt.Fprintf(s.out, "%s: %d levels, %d indicators, %d unit versions, %d sources\n",
		w.Title.In(number.English), len(w.Definitions.Levels), len(w.Definitions.Indicators), len(w.Definitions.Units), len(w.Sources))
	warnUntranslated(s, w.Definitions)
	uncarried(s, w.Definitions)
	var failures []error
	if faults != nil {
		failures = append(failures, faults)
	} else {
		fmt.Fprintf(s.out, "%d saved questions\n", len(questions))
	}
	for _, m := range w.Definitions.Maps {
		fmt.Fprintf(s.out, "map %s: shapes of units of the level %s\n", m.Code, m.LevelCode)
	}
	rejected, stopping := 0, 0
	for _, source := range w.Sources {
		if len(source.Places) > 0 {
			fmt.Fprintf(s.out, "%s: its files are fetched by a load alone; niengiam load %s --dry-run fetches and reads them\n", source.Code, source.Code)
			continue
		}
		result, err := etl.Examine(s.ctx, w, source)
		if err != nil {
			failures = append(failures, err)
			continue
		}
		rejected += len(result.Rejects)
		fmt.Fprintf(s.out, "%s: %d rows, %d figures, %d publications, %d rejected, %d findings\n",
			source.Code, result.Read, result.Facts, result.Releases, result.Rejected, len(result.Findings))
		for _, r := range result.Rejects {
			printReject(s, &r)
		}
		stopping += tellChecks(s, &result)
	}
	if rejected > 0 {
		failures = append(failures, &number.Error{
			Code: CheckFailed, Message: number.EnglishOnly("%d rows would be rejected", rejected), Hint: number.EnglishOnly("they are listed above with file and line"),
		})
	}
	if stopping > 0 {
		failures = append(failures, &number.Error{
			Code: CheckFailed, Message: number.EnglishOnly("%d findings would stop a load", stopping), Hint: number.EnglishOnly("they are listed above with file and line"),
		})
	}
	return errors.Join(failures...)
}

// tellChecks prints what the checks of a source find without what is published, and counts
// what would stop its load.
func tellChecks(s *session, result *etl.Result) int {
	stopping := 0
	for i := range result.Findings {
		f := &result.Findings[i]
		if f.Severity == ledger.Stop {
			stopping++
		}
		if f.Rule != "" {
			printFinding(s, f, result.Tell(f, number.English))
		}
	}
	return stopping
}

// warnUntranslated prints how many texts lack a language. It is no fault: pages and answers
// have them in the other.
func warnUntranslated(s *session, definitions catalogue.Definitions) {
	for _, lacking := range []struct {
		language    number.Language
		name, other string
	}{{number.Vietnamese, "Vietnamese", "English"}, {number.English, "English", "Vietnamese"}} {
		switch texts := definitions.Untranslated[lacking.language]; texts {
		case 0:
		case 1:
			fmt.Fprintf(s.out, "note: 1 text lacks %s: it is shown in %s\n", lacking.name, lacking.other)
		default:
			fmt.Fprintf(s.out, "note: %d texts lack %s: they are shown in %s\n", texts, lacking.name, lacking.other)
		}
	}
}

// uncarried prints the units that end or begin without a row of a crosswalk. It is no
// fault: what became of a territory may be unknown, and answers say so.
func uncarried(s *session, definitions catalogue.Definitions) {
	definitions.Units = slices.Clone(definitions.Units)
	definitions.AssignKeys(nil)
	ended, begun := catalogue.Uncarried(catalogue.NewCalendar(catalogue.NewCatalogue(definitions, ledger.Holdings{})))
	warnUncarried(s, ended, "end", func(v *catalogue.UnitVersion) number.Date { return v.Validity.To })
	warnUncarried(s, begun, "begin", func(v *catalogue.UnitVersion) number.Date { return v.Validity.From })
}

// fewUnits is how many units of one day a note of check names; it counts the others.
const fewUnits = 5

// warnUncarried prints one line for the units of a level and a day.
func warnUncarried(s *session, versions []*catalogue.UnitVersion, verb string, day func(*catalogue.UnitVersion) number.Date) {
	names := map[string][]string{}
	var order []string
	for _, v := range versions {
		about := fmt.Sprintf("%s: units that %s on %s", v.Level, verb, day(v))
		if names[about] == nil {
			order = append(order, about)
		}
		names[about] = append(names[about], fmt.Sprintf("%s (%s)", v.Names.In(number.English), v.Code))
	}
	for _, about := range order {
		all := names[about]
		shown, more := all[:min(len(all), fewUnits)], ""
		if len(all) > len(shown) {
			more = fmt.Sprintf(" and %d more", len(all)-len(shown))
		}
		fmt.Fprintf(s.out, "note: %s without a row of a crosswalk, over which no figure is carried: %s%s\n", about, strings.Join(shown, ", "), more)
	}
}
