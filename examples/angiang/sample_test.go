package angiang_test

import (
	"encoding/csv"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// row is one line of a CSV file, by column.
type row map[string]string

func read(t *testing.T, path string) []row {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	rows := make([]row, 0, len(lines)-1)
	for _, line := range lines[1:] {
		r := row{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	return rows
}

func number(t *testing.T, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatalf("%q is not a number", s)
	}
	return d
}

func units(t *testing.T) []row {
	t.Helper()
	return append(read(t, "catalogue/units_country.csv"), append(read(t, "catalogue/units_angiang.csv"), read(t, "catalogue/units_2025.csv")...)...)
}

// valid are the units of a year: those valid on 31 December of it.
func valid(units []row, year int) []row {
	day := strconv.Itoa(year) + "-12-31"
	return slices.DeleteFunc(slices.Clone(units), func(u row) bool {
		return u["valid_from"] > day || (u["valid_to"] != "" && u["valid_to"] <= day)
	})
}

func count(units []row, level, kind string) int {
	n := 0
	for _, u := range units {
		if u["level"] == level && (kind == "" || u["kind"] == kind) {
			n++
		}
	}
	return n
}

// folded is a name without case, double spaces and the placement of the tone mark.
func folded(name string) string {
	return strings.NewReplacer("oà", "òa", "oá", "óa", "uý", "úy", "uỷ", "ủy").
		Replace(strings.ToLower(strings.Join(strings.Fields(name), " ")))
}

// named is the one unit of that name within the parent.
func named(t *testing.T, units []row, level, parent, name string) row {
	t.Helper()
	var found []row
	for _, u := range units {
		if u["level"] == level && u["parent"] == parent && folded(u["name"]) == folded(name) {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d units are called %q within %s", len(found), name, parent)
	}
	return found[0]
}

func TestAUnitHasOneVersionAtATime(t *testing.T) {
	byCode := map[string][]row{}
	for _, u := range units(t) {
		byCode[u["code"]] = append(byCode[u["code"]], u)
	}
	for code, versions := range byCode {
		for i, u := range versions {
			first := i == 0
			if later := u["opening"] == "changed" || u["opening"] == "replaced"; later == first {
				t.Errorf("%s: version %d opens with %s", code, i+1, u["opening"])
			}
			if !first && u["valid_from"] != versions[i-1]["valid_to"] {
				t.Errorf("%s: a gap before %s", code, u["valid_from"])
			}
			if u["parent"] != "" && byCode[u["parent"]] == nil {
				t.Errorf("%s: no parent %s", code, u["parent"])
			}
		}
	}
}

func TestUnitsOfAYear(t *testing.T) {
	all := units(t)
	for year, want := range map[int]struct{ xa, communes, districts, provinces int }{
		2019: {119, 156, 11, 63},
		2020: {119, 156, 11, 63},
		2021: {116, 156, 11, 63},
		2023: {110, 156, 11, 63},
		2024: {110, 156, 11, 63},
		2025: {85, 102, 0, 34}, // the reform of 1 July 2025: with the communes that were Kiên Giang's
	} {
		v := valid(all, year)
		if got := count(v, "commune", "xa"); got != want.xa {
			t.Errorf("%d: %d xã, want %d", year, got, want.xa)
		}
		if got := count(v, "commune", ""); got != want.communes {
			t.Errorf("%d: %d communes, want %d", year, got, want.communes)
		}
		if got := count(v, "district", ""); got != want.districts {
			t.Errorf("%d: %d districts, want %d", year, got, want.districts)
		}
		if got := count(v, "province", ""); got != want.provinces {
			t.Errorf("%d: %d provinces, want %d", year, got, want.provinces)
		}
	}
	for _, u := range all {
		if u["code"] == "30285" && u["valid_to"] != "2025-01-01" {
			t.Errorf("Đông Xuyên ends on %s", u["valid_to"])
		}
	}
}

// The parts of the national table sum to its totals to the third decimal,
// but for three totals in which the table itself disagrees with its parts.
func TestProvincesSumToRegionsAndCountry(t *testing.T) {
	parent := map[string]string{}
	for _, u := range read(t, "catalogue/units_country.csv") {
		if u["opening"] == "baseline" {
			parent[u["code"]] = u["parent"]
		}
	}
	sums := map[string]decimal.Decimal{}
	totals := map[string]decimal.Decimal{}
	for _, r := range read(t, "data/population.csv") {
		value := number(t, r["population"])
		totals[r["code"]+" "+r["year"]] = value
		if p := parent[r["code"]]; p != "" {
			sums[p+" "+r["year"]] = sums[p+" "+r["year"]].Add(value)
		}
		if want := map[bool]string{true: "P", false: "A"}[r["year"] == "2024"]; r["status"] != want {
			t.Errorf("%s %s: status %s, want %s", r["code"], r["year"], r["status"], want)
		}
	}
	if len(totals) != 70*14 || len(sums) != 7*14 {
		t.Fatalf("%d figures and %d totals", len(totals), len(sums))
	}
	known := map[string]string{"R1 2020": "-0.032", "R1 2022": "-0.069", "VN 2022": "-0.084"}
	for key, sum := range sums {
		want := decimal.Zero
		if s, ok := known[key]; ok {
			want = number(t, s)
		}
		if got := sum.Sub(totals[key]).Round(3); !got.Equal(want) {
			t.Errorf("%s: the parts differ from the total by %s, want %s", key, got, want)
		}
	}
	growth := func(code string) string {
		base, current := totals[code+" 2019"], totals[code+" 2024"]
		return current.Sub(base).Mul(decimal.NewFromInt(100)).DivRound(base, 20).StringFixed(4)
	}
	for code, want := range map[string]string{"74": "16.8674", "27": "12.1857", "48": "11.8222", "89": "0.2716", "93": "-0.2986"} {
		if got := growth(code); got != want {
			t.Errorf("growth of %s is %s %%, want %s %%", code, got, want)
		}
	}
}

func TestCensusDistrictsSumToTheProvince(t *testing.T) {
	sum, districts, conflicting := decimal.Zero, 0, ""
	total := decimal.Zero
	for _, r := range read(t, "data/census.csv") {
		switch {
		case r["year"] != "2019", r["sex"] != "", r["residence"] != "":
		case r["standing"] == "conflicting":
			conflicting += r["code"] + " " + r["population"]
		case r["code"] == "89":
			total = number(t, r["population"])
		default:
			districts++
			sum = sum.Add(number(t, r["population"]))
		}
	}
	if districts != 11 || !sum.Equal(total) || !total.Equal(decimal.NewFromInt(1908352)) {
		t.Errorf("%d districts sum to %s, the province reports %s", districts, sum, total)
	}
	if conflicting != "887 175211" {
		t.Errorf("conflicting: %s", conflicting)
	}
}

func TestPovertyOf2016(t *testing.T) {
	columns := []string{"households", "poor_households", "near_poor_households"}
	sums, province := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}
	for _, r := range read(t, "data/poverty_2016.csv") {
		if r["standing"] == "conflicting" {
			continue
		}
		for _, c := range columns {
			if value := number(t, r[c]); r["code"] == "89" {
				province[c] = value
			} else {
				sums[c] = sums[c].Add(value)
			}
		}
	}
	for _, c := range columns {
		if !sums[c].Equal(province[c]) {
			t.Errorf("%s: districts sum to %s, the province reports %s", c, sums[c], province[c])
		}
	}
	for c, want := range map[string]string{"poor_households": "6.75", "near_poor_households": "6.04"} {
		rate := province[c].Mul(decimal.NewFromInt(100)).DivRound(province["households"], 20)
		if got := rate.StringFixed(2); got != want { // rounds half away from zero
			t.Errorf("%s: %s %%, printed is %s %%", c, got, want)
		}
	}
}

func TestCriterion192ComesInThreeReleases(t *testing.T) {
	got := map[string]string{}
	for _, r := range read(t, "data/criterion_19_2.csv") {
		got[r["published"]+" "+r["year"]] = r["met"] + "/" + r["communes"]
	}
	want := map[string]string{
		"2019-02-21 2018": "78/119",
		"2020-02-18 2019": "97/119",
		"2021-03-12 2020": "97/119",
		"2021-03-12 2019": "83/119",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// Every name of the register is one unit of its year, and by 2020 the register
// names 47 communes: 14 of Thoại Sơn, 2 of Long Xuyên, 2 of Châu Đốc.
func TestRegisterOfRecognitions(t *testing.T) {
	all := units(t)
	recognised := map[string]map[string]string{} // indicator → commune → district
	for _, r := range read(t, "data/ntm_register.csv") {
		year, err := strconv.Atoi(r["year"])
		if err != nil {
			t.Fatal(err)
		}
		v := valid(all, year)
		district := named(t, v, "district", "89", r["district"])
		commune := named(t, v, "commune", district["code"], r["commune"])
		if commune["kind"] != "xa" {
			t.Errorf("%s, %s is %s in %d", r["commune"], r["district"], commune["kind"], year)
		}
		if r["value"] == "1" && year <= 2020 {
			if recognised[r["indicator"]] == nil {
				recognised[r["indicator"]] = map[string]string{}
			}
			recognised[r["indicator"]][commune["code"]] = district["code"]
		}
	}
	within := func(indicator, district string) int {
		n := 0
		for _, d := range recognised[indicator] {
			if d == district {
				n++
			}
		}
		return n
	}
	if n := len(recognised["ntm"]); n != 47 {
		t.Errorf("%d communes recognised by 2020, want 47", n)
	}
	if n := len(recognised["ntm-advanced"]); n != 16 {
		t.Errorf("%d advanced communes by 2020, want 16", n)
	}
	for district, want := range map[string]int{"894": 14, "883": 2, "884": 2} {
		if n := within("ntm", district); n != want {
			t.Errorf("%d communes of %s recognised by 2020, want %d", n, district, want)
		}
		if n := count(within2020(all, district), "commune", "xa"); n != want {
			t.Errorf("%s has %d xã in 2020, want %d", district, n, want)
		}
	}
}

func within2020(all []row, parent string) []row {
	return slices.DeleteFunc(valid(all, 2020), func(u row) bool { return u["parent"] != parent })
}
