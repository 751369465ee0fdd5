package angiang_test

import (
	"slices"
	"testing"
)

// Every commune and province that ended has a row, but the one that README.md names;
// 54 of the 102 communes of 1 July 2025 hold communes of the old province, five of
// them parts of split ones.
func TestTheCrosswalkHasOneHole(t *testing.T) {
	rows := append(read(t, "catalogue/crosswalk_country.csv"), read(t, "catalogue/crosswalk_angiang.csv")...)
	carried, into, parts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, r := range rows {
		carried[r["from"]+" "+r["date"]] = true
		if r["date"] == "2025-07-01" && len(r["to"]) == 5 {
			into[r["to"]] = true
		}
		if r["extent"] == "partial" {
			parts[r["to"]] = true
		}
	}
	var missing []string
	all := units(t)
	for _, u := range all {
		goesOn := slices.ContainsFunc(all, func(v row) bool {
			return v["code"] == u["code"] && v["valid_from"] == u["valid_to"] && v["opening"] == "changed"
		})
		if end := u["valid_to"]; end != "" && !goesOn && (u["level"] == "commune" || u["level"] == "province") && !carried[u["code"]+" "+end] {
			missing = append(missing, u["code"])
		}
	}
	if !slices.Equal(missing, []string{"30622"}) {
		t.Errorf("without a row: %v, want Tân Phú alone", missing)
	}
	if len(into) != 54 || len(parts) != 5 {
		t.Errorf("%d communes hold old ones, %d parts of old ones; want 54 and 5", len(into), len(parts))
	}
}
