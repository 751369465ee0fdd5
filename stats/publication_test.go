package stats_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// cellOf is one observation of a release.
type cellOf struct {
	indicator, unit string
	year            number.Year
	citation        string
}

// yearbook is a store with two indicators, one of them a register of decisions.
func yearbook(t *testing.T, units int) *statstest.Memory {
	t.Helper()
	store := statstest.NewMemory()
	d := catalogue.Definitions{Levels: []*catalogue.Level{{Code: "district", Kinds: []*catalogue.Kind{{Code: "huyen"}}}}}
	for code, absent := range map[string]catalogue.Absent{"people": catalogue.Unreported, "decided": catalogue.NotMet} {
		kind := catalogue.Amount
		if absent == catalogue.NotMet {
			kind = catalogue.Attainment
		}
		d.Indicators = append(d.Indicators, &catalogue.Indicator{Code: code, Kind: kind, Absent: absent, Eligibility: catalogue.Eligibility{Level: "district"}})
	}
	for i := range units {
		d.Units = append(d.Units, catalogue.UnitVersion{Code: fmt.Sprint(i), Level: "district", Kind: "huyen", Opening: catalogue.Baseline})
	}
	if err := store.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	return store
}

// printIn publishes cells as one release.
func printIn(t *testing.T, store *statstest.Memory, id ledger.ReleaseID, day number.Date, cells ...cellOf) {
	t.Helper()
	printOn(t, store, 0, id, day, cells...)
}

// printOn publishes cells that were stated on the units of a day.
func printOn(t *testing.T, store *statstest.Memory, basis number.Date, id ledger.ReleaseID, day number.Date, cells ...cellOf) {
	t.Helper()
	var observations []ledger.Observation
	for _, c := range cells {
		observations = append(observations, ledger.Observation{
			CellKey: ledger.CellKey{Indicator: c.indicator, Unit: store.Catalogue().At(c.year.Reference()).Unit(c.unit).Key(), Year: c.year, Breakdown: catalogue.OnBasis(basis, "")},
			Value:   decimal.NewNullDecimal(decimal.NewFromInt(1)), Status: number.Normal, Citation: c.citation,
			At: ledger.Position{Published: day, Release: id},
		})
	}
	if err := store.Stage(t.Context(), observations, nil); err != nil {
		t.Fatal(err)
	}
	if err := store.Publish(t.Context(), ledger.Release{ID: id, Published: day}, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func TestPublications(t *testing.T) {
	store := yearbook(t, 2)
	printIn(t, store, 1, number.NewDate(2020, 1, 1), cellOf{"people", "0", 2019, "page 2"}, cellOf{"people", "1", 2019, "page 1"}, cellOf{"decided", "0", 2018, "decision"})
	printIn(t, store, 2, number.NewDate(2021, 1, 1), cellOf{"people", "0", 2020, "page 3"}, cellOf{"decided", "1", 2021, "later"})
	printIn(t, store, 3, number.NewDate(2022, 1, 1), cellOf{"people", "0", 2019, "corrected"}, cellOf{"people", "1", 2019, ""})
	reform := number.NewDate(2025, 7, 1)
	printOn(t, store, reform, 4, number.NewDate(2025, 11, 6), cellOf{"people", "0", 2019, "back series"}, cellOf{"people", "0", 2012, "earlier"})
	early := number.NewDate(2021, 6, 30)
	for name, c := range map[string]struct {
		indicators []string
		years      []number.Year
		asOf       *number.Date
		basis      number.Date
		want       string
	}{
		"one year, corrected since":        {[]string{"people"}, []number.Year{2019}, nil, 0, "3 corrected"},
		"as of before the correction":      {[]string{"people"}, []number.Year{2019}, &early, 0, "1 page 1, page 2"},
		"two years, oldest first":          {[]string{"people"}, []number.Year{2020, 2019}, nil, 0, "2 page 3; 3 corrected"},
		"a register: the decisions before": {[]string{"decided"}, []number.Year{2020}, nil, 0, "1 decision"},
		"both":                             {[]string{"people", "decided"}, []number.Year{2021}, nil, 0, "1 decision; 2 later"},
		"a year without figures":           {[]string{"people"}, []number.Year{1999}, nil, 0, ""},
		"no such indicator":                {[]string{"none"}, []number.Year{2019}, nil, 0, ""},
		"no years":                         {[]string{"decided"}, nil, nil, 0, ""},
		"on a basis":                       {[]string{"people"}, []number.Year{2019}, nil, reform, "3 corrected; 4 back series"},
		"on a basis, nothing else":         {[]string{"people"}, []number.Year{2012}, nil, reform, "4 earlier"},
		"as reported, nothing":             {[]string{"people"}, []number.Year{2012}, nil, 0, ""},
		"on a basis, before it was stated": {[]string{"people"}, []number.Year{2019}, &early, reform, "1 page 1, page 2"},
	} {
		t.Run(name, func(t *testing.T) {
			all, err := query.New(store).Publications(t.Context(), c.indicators, c.years, c.asOf, c.basis)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range all {
				got = append(got, strings.TrimSpace(p.Release.ID.String()+" "+strings.Join(p.Citations, ", ")))
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}

// What would take long to read is refused before it is read.
func TestPublicationsOfTooManyObservations(t *testing.T) {
	store := yearbook(t, 20_001)
	var cells []cellOf
	for i := range 20_001 {
		cells = append(cells, cellOf{"people", fmt.Sprint(i), 2020, "page"})
	}
	printIn(t, store, 1, number.NewDate(2021, 1, 1), cells...)
	_, err := query.New(store).Publications(t.Context(), []string{"people"}, []number.Year{2020}, nil, 0)
	if number.CodeOf(err) != number.TooMany {
		t.Errorf("%v", err)
	}
}
