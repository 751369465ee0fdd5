package setup_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/setup"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// worldBank is a file in the layout of those that the World Bank publishes.
	worldBank = "../../cmd/niengiam/testdata/worldbank/API_SP.POP.TOTL_DS2_en_csv_v2_5358404.csv"
	// districts has a row for each district of An Giang, without year and names.
	districts = "../../examples/angiang/data/district_population_2016.csv"
)

// nested has two levels: two districts of An Giang in 2016, figures of the file above.
const nested = `Mã tỉnh;Tên tỉnh;Mã huyện;Tên huyện;Năm;Dân số (người)
89;An Giang;883;Long Xuyên;2016;286024
89;An Giang;884;Châu Đốc;2016;..
`

// wide has what the World Bank's file does not say.
func wide() setup.Options {
	return setup.Options{File: worldBank, Publisher: "The World Bank", Measure: "persons", Kind: "reported", Aggregates: []string{"ARB"}}
}

// made writes a workspace, reads it, and examines its source as a load would.
func made(t *testing.T, o setup.Options) (*workspace.Workspace, etl.Result, string) {
	t.Helper()
	o.Dir = t.TempDir()
	plan, err := setup.Understand(o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := plan.Write(); err != nil {
		t.Fatal(err)
	}
	w, err := workspace.Read(o.Dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	result, err := etl.Examine(t.Context(), w, w.Sources[0])
	if err != nil {
		t.Fatal(err)
	}
	return w, result, strings.Join(plan.Told(), "\n")
}

func TestYearsAsHeaders(t *testing.T) {
	w, result, told := made(t, wide())
	if result.Read != 9 || result.Facts != 9*62 || result.Rejected != 0 {
		t.Errorf("%d rows, %d figures, %d rejected", result.Read, result.Facts, result.Rejected)
	}
	d := w.Definitions
	if len(d.Units) != 9 || d.Units[4].Code != "ARB" || d.Units[4].Kind != "aggregate" || !d.Levels[0].Has("aggregate").Aggregate {
		t.Errorf("units %+v", d.Units)
	}
	if i := d.Indicators[0]; i.Code != "sp-pop-totl" || i.Name(number.Vietnamese) != "Population, total" || i.Noun.ENPlural != "" {
		t.Errorf("indicator %+v", i)
	}
	if d.Untranslated[number.Vietnamese] == 0 || d.Untranslated[number.English] != 0 {
		t.Errorf("untranslated %v", d.Untranslated)
	}
	for _, says := range []string{"header: line 5", "9 units", "1 are totals", "1960 to 2021", "published on 2023-03-01", "not told: whether figures of parts add up"} {
		if !strings.Contains(told, says) {
			t.Errorf("it does not say %q:\n%s", says, told)
		}
	}
}

// The World Bank's file about countries tells which units are totals: they have no region.
func TestMetadata(t *testing.T) {
	o := wide()
	o.Aggregates, o.Metadata = nil, written(t, `"Country Code","Region","IncomeGroup","SpecialNotes","TableName",
"ARB","","","Arab World aggregate. Arab World is composed of members of the League of Arab States.","Arab World",
"ARE","Middle East & North Africa","High income","","United Arab Emirates",
`)
	w, _, told := made(t, o)
	for _, u := range w.Definitions.Units {
		if (u.Kind == "aggregate") != (u.Code == "ARB") {
			t.Errorf("%s is of the kind %s", u.Code, u.Kind)
		}
	}
	if strings.Contains(told, "which units are totals of others (World") {
		t.Errorf("it says that totals are not told:\n%s", told)
	}
}

func TestValuesAsColumns(t *testing.T) {
	w, result, told := made(t, setup.Options{
		File: districts, Name: "code", Level: "district", Year: "2016", Measure: "persons", Kind: "count", Publisher: "An Giang", Published: "2016-12-31",
	})
	if len(w.Definitions.Indicators) != 2 || result.Rejected != 0 || result.Facts != 2*result.Read || result.Read < 10 {
		t.Errorf("%d indicators, %d rows, %d figures, %d rejected", len(w.Definitions.Indicators), result.Read, result.Facts, result.Rejected)
	}
	if !strings.Contains(told, "not read: published, note, source") {
		t.Errorf("it does not say what is not read:\n%s", told)
	}
}

func TestSeveralLevels(t *testing.T) {
	file := written(t, nested)
	w, result, _ := made(t, setup.Options{File: file, Kind: "count", Title: "Dân số", Publisher: "An Giang", Published: "2016-12-31"})
	d := w.Definitions
	if len(d.Levels) != 2 || d.Levels[0].Code != "tinh" || d.Levels[1].Code != "huyen" || len(d.Units) != 3 || d.Units[0].Parent != "89" {
		t.Errorf("levels %+v, units %+v", d.Levels, d.Units)
	}
	if d.Units[2].Names != (number.Text{VI: "An Giang"}) || d.Levels[1].Noun.VI != "huyện" || d.Indicators[0].Noun.VI != "người" || d.Untranslated[number.English] == 0 {
		t.Errorf("the names are Vietnamese alone: %+v, %+v", d.Units, d.Levels[1].Noun)
	}
	if result.Read != 2 || result.Facts != 2 || result.Rejected != 0 {
		t.Errorf("%d rows, %d figures, %d rejected", result.Read, result.Facts, result.Rejected)
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func written(t *testing.T, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "in.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Each wrong use has one fault, which says what to do.
func TestFaults(t *testing.T) {
	bank, err := os.ReadFile(worldBank)
	if err != nil {
		t.Fatal(err)
	}
	edited := func(old, replacement string) string {
		if !strings.Contains(string(bank), old) {
			t.Fatalf("the file has no %q", old)
		}
		return written(t, strings.Replace(string(bank), old, replacement, 1))
	}
	for name, c := range map[string]struct {
		change func(*setup.Options)
		code   number.Code
		says   string
	}{
		"no file":              {func(o *setup.Options) { o.File = "no.csv" }, setup.BadFile, "cannot be read"},
		"a directory":          {func(o *setup.Options) { o.File = t.TempDir() }, setup.BadFile, "no regular file"},
		"no text":              {func(o *setup.Options) { o.File = written(t, "a,b\xff\n1,2\n") }, setup.Unclear, "give --encoding"},
		"no table":             {func(o *setup.Options) { o.File = written(t, "words\nand words\n") }, setup.BadFile, "no table"},
		"no rows":              {func(o *setup.Options) { o.File = written(t, "code,name,2019\n") }, setup.BadFile, "no rows"},
		"a header twice":       {func(o *setup.Options) { o.File = written(t, "code,name,name\n1,a,b\n") }, setup.BadFile, `"name"`},
		"unknown column":       {func(o *setup.Options) { o.Code = "Country Cod" }, setup.NoColumn, "nearest: Country Code"},
		"unknown year":         {func(o *setup.Options) { o.Year = "Years" }, setup.NoColumn, "--year"},
		"no measure":           {func(o *setup.Options) { o.Measure = "" }, setup.Unclear, "give --measure"},
		"no publisher":         {func(o *setup.Options) { o.Publisher = "" }, setup.Unclear, "give --publisher"},
		"two code columns":     {func(o *setup.Options) { o.File = edited(`"Indicator Code"`, `"ISO Code"`) }, setup.Unclear, "give --code COLUMN; it may be Country Code, ISO Code"},
		"no day":               {func(o *setup.Options) { o.File = edited("2023-03-01", "March") }, setup.BadOption, "give --published"},
		"no day at all":        {func(o *setup.Options) { o.File = edited("Last Updated Date", "On") }, setup.Unclear, "give --published"},
		"two indicators":       {func(o *setup.Options) { o.File = edited("Population, total", "Population, female") }, setup.Unclear, "has 2 indicators"},
		"one code, two units":  {func(o *setup.Options) { o.File = edited(`"AFG"`, `"ABW"`) }, setup.BadUnits, `"ABW" stands for two units: Aruba (country) and Afghanistan`},
		"unknown aggregate":    {func(o *setup.Options) { o.Aggregates = []string{"WLD"} }, setup.BadOption, `"WLD"`},
		"no metadata":          {func(o *setup.Options) { o.Metadata = worldBank }, setup.NoColumn, `"Region"`},
		"a title without code": {func(o *setup.Options) { o.Title = "…" }, setup.BadOption, "--title"},
	} {
		t.Run(name, func(t *testing.T) {
			o := wide()
			c.change(&o)
			_, err := setup.Understand(o)
			if faults := number.Errors(err); len(faults) != 1 || faults[0].Code != c.code || !strings.Contains(faults[0].Error(), c.says) {
				t.Errorf("want %s that says %q, got %v", c.code, c.says, err)
			}
		})
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	for _, there := range []string{"niengiam.yaml", "catalogue/units.csv", "data/world-development-indicators.csv"} {
		o := wide()
		o.Dir = t.TempDir()
		path := filepath.Join(o.Dir, there)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		plan, err := setup.Understand(o)
		if err != nil {
			t.Fatal(err)
		}
		files, err := plan.Write()
		kept, readErr := os.ReadFile(path)
		if number.CodeOf(err) != setup.Exists || len(files) != 0 || readErr != nil || string(kept) != "mine" {
			t.Errorf("%s: %v, %v, %q", there, files, err, kept)
		}
		if _, err := os.Stat(filepath.Join(o.Dir, "catalogue/levels.yaml")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: other files were written", there)
		}
	}
}

// What is not clear is asked, with the columns that it may be.
func TestQuestions(t *testing.T) {
	var asked []string
	answers := map[string]string{"codes": "code", "names": "code", "level": "district", "year": "2016", "population": "persons", "women": "persons", "published the": "An Giang", "day": "2016-12-31"}
	o := setup.Options{File: districts, Kind: "count", Ask: func(question string, choices []string) (string, error) {
		asked = append(asked, question)
		for about, answer := range answers {
			if strings.Contains(question, about) {
				return answer, nil
			}
		}
		t.Errorf("asked %q of %v", question, choices)
		return "", errors.New("no answer")
	}}
	w, result, _ := made(t, o)
	if result.Rejected != 0 || len(w.Definitions.Indicators) != 2 {
		t.Errorf("%d rejected", result.Rejected)
	}
	if !slices.ContainsFunc(asked, func(question string) bool { return strings.Contains(question, "year") }) || len(asked) != 7 {
		t.Errorf("asked %q", asked)
	}
}
