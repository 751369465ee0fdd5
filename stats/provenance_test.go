package stats_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/list"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// country is a store with provinces and their communes, and a cohort of every third one.
func country(t *testing.T, provinces, communes int) *query.Service {
	t.Helper()
	unit := func(code, parent, level string) catalogue.UnitVersion {
		return catalogue.UnitVersion{Code: code, Parent: parent, Level: level, Kind: level, Names: number.Same(code), Opening: catalogue.Baseline}
	}
	d := catalogue.Definitions{Topics: []*catalogue.Topic{{Code: "all"}}, Units: []catalogue.UnitVersion{unit("N", "", "country")}}
	for _, level := range []string{"country", "province", "commune"} {
		d.Levels = append(d.Levels, &catalogue.Level{Code: level, Kinds: []*catalogue.Kind{{Code: level}}})
	}
	d.Indicators = []*catalogue.Indicator{{Code: "cases", TopicCode: "all", Kind: catalogue.Count, Direction: catalogue.LowerIsBetter, Absent: catalogue.Unreported, Eligibility: catalogue.Eligibility{Level: "commune"}}}
	third := &catalogue.Cohort{Code: "third", LevelCode: "commune"}
	for p := range provinces {
		d.Units = append(d.Units, unit(fmt.Sprint("P", p), "N", "province"))
	}
	for c := range communes {
		code := fmt.Sprint(10000 + 3*c)
		d.Units = append(d.Units, unit(code, fmt.Sprint("P", c%provinces), "commune"))
		if c%3 == 0 {
			third.Members = append(third.Members, catalogue.Member{Unit: code})
		}
	}
	d.Cohorts = []*catalogue.Cohort{third}
	store := statstest.NewMemory()
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	for _, year := range []number.Year{2019, 2020} {
		o := ledger.Observation{Status: number.Normal, At: ledger.Position{Release: 1}}
		o.CellKey = ledger.CellKey{Indicator: "cases", Year: year, Unit: store.Catalogue().At(year.Reference()).Unit("10000").Key()}
		o.Value = decimal.NewNullDecimal(decimal.NewFromInt(7))
		if err := store.Stage(t.Context(), []ledger.Observation{o}, ledger.Post(nil, o)); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: 1, SourceCode: "test", Added: 2}, nil, nil); err != nil {
		t.Fatal(err)
	}
	return query.New(store)
}

// sides are the figures of a cohort and of the rest.
func sides(t *testing.T, s *query.Service) []*figure.Figure {
	t.Helper()
	cohort := "third"
	answer, err := s.Compare(t.Context(), query.Ask{Indicator: "cases", Level: "commune", Year: 2020, Scope: &query.Scope{Cohort: &cohort}})
	if err != nil {
		t.Fatal(err)
	}
	return []*figure.Figure{answer.Inside.Base, answer.Inside.Current, answer.Outside.Base, answer.Outside.Current}
}

// TestIDsOfSeveralUnits: an id that names thousands of units fits into a URL as it is, is the
// same each time, and an altered one is refused.
func TestIDsOfSeveralUnits(t *testing.T) {
	t.Parallel()
	small, large := country(t, 2, 12), country(t, 60, 10500)
	for _, s := range []*query.Service{small, large} {
		again := sides(t, s)
		for i, f := range sides(t, s) {
			id := f.ID()
			if id != again[i].ID() {
				t.Errorf("%s is %s the next time", id, again[i].ID())
			}
			if len(id) > 1900 || url.PathEscape(strings.ReplaceAll(id, "/", "")) != strings.ReplaceAll(id, "/", "") {
				t.Errorf("%d letters, or some that a URL escapes: %s", len(id), id)
			}
			if _, err := s.Provenance(t.Context(), id, list.Page{First: 1}); err != nil {
				t.Errorf("%s: %v", id, err)
			}
		}
	}
	id := sides(t, small)[0].ID()
	name := id[:strings.IndexByte(id, ':')]
	altered := []string{
		name + id[strings.LastIndexByte(id, '/'):], name + ":/2019@1", name + ":4/2019@1", name + ":4--/2019@1", name + ":0-0-/2019@1",
		strings.Replace(id, "cohort", "rest", 1), strings.Replace(id, "cohort", "nobody", 1), strings.Replace(id, "/2019", "x/2019", 1),
		strings.Replace(id, ":4-", ":5-", 1), "cases/nobody:0/2019@1",
	}
	at := strings.LastIndexByte(id, '-') + 1
	for i := range 6 {
		altered = append(altered, id[:at+i]+strings.Repeat("_", 1+i%3)+id[at+i+1:])
	}
	for _, wrong := range slices.DeleteFunc(altered, func(a string) bool { return a == id }) {
		_, err := small.Provenance(t.Context(), wrong, list.Page{First: 1})
		if refused := number.Errors(err); len(refused) != 1 || refused[0].Code != query.UnknownFigure {
			t.Errorf("%s, altered from %s: %v", wrong, id, err)
		}
	}
	for _, other := range []*query.Service{country(t, 3, 12), country(t, 2, 13)} { // the catalogue has other units there by now
		if _, err := other.Provenance(t.Context(), id, list.Page{First: 1}); len(number.Errors(err)) != 1 {
			t.Errorf("%s is answered by other units: %v", id, err)
		}
	}
}
