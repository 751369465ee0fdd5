package angiang_test

import (
	"maps"
	"testing"

	"github.com/shopspring/decimal"
)

// The members of the census add up to their totals but for two misprints, which stand
// as they were printed.
func TestCensusMembersAddUpButForMisprints(t *testing.T) {
	totals, sums, members := map[string]decimal.Decimal{}, map[string]decimal.Decimal{}, map[string]int{}
	for _, r := range read(t, "data/census.csv") {
		if r["year"] != "2019" || r["standing"] == "conflicting" {
			continue
		}
		by := "sex"
		switch {
		case r["sex"] == "" && r["residence"] == "":
			totals[r["code"]] = number(t, r["population"])
			continue
		case r["residence"] != "":
			by = "residence"
		}
		key := r["code"] + " " + by
		sums[key] = sums[key].Add(number(t, r["population"]))
		members[key]++
	}
	off := map[string]string{}
	for key, sum := range sums {
		if members[key] < 2 {
			if sum.GreaterThan(totals[key[:len(key)-len(" residence")]]) {
				t.Errorf("%s: one member is more than the total", key)
			}
			continue
		}
		code := key[:3]
		if code == "89 " {
			code = "89"
		}
		if over := sum.Sub(totals[code]); !over.IsZero() {
			off[key] = over.String()
		}
	}
	if want := map[string]string{"89 sex": "-100000", "893 residence": "8000"}; !maps.Equal(off, want) {
		t.Errorf("the members are off by %v, want %v", off, want)
	}
	if len(members) != 10 || members["891 residence"] != 1 {
		t.Errorf("members: %v", members)
	}
}

func TestSchoolsByLevelAddUp(t *testing.T) {
	for _, column := range []string{"schools", "reached"} {
		total, sum := decimal.Zero, decimal.Zero
		for _, r := range read(t, "data/schools.csv") {
			switch {
			case r["year"] != "2020":
			case r["level"] == "tổng số":
				total = number(t, r[column])
			default:
				sum = sum.Add(number(t, r[column]))
			}
		}
		if !sum.Equal(total) || total.IsZero() {
			t.Errorf("%s: the levels sum to %s, the total is %s", column, sum, total)
		}
	}
}

// No member of 2016 is more than the total of its district; ten of eleven are known.
func TestWomenOf2016(t *testing.T) {
	rows := read(t, "data/district_population_2016.csv")
	for _, r := range rows {
		if !number(t, r["women"]).LessThan(number(t, r["population"])) {
			t.Errorf("%s: %s women of %s", r["code"], r["women"], r["population"])
		}
	}
	if len(rows) != 10 {
		t.Errorf("%d districts", len(rows))
	}
}
