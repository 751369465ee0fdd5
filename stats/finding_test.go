package stats_test

import (
	"encoding/json"
	"testing"

	"github.com/niengiam/niengiam/stats"
	"github.com/niengiam/niengiam/stats/statstest"
)

// A finding is told with the names of what it is about; where these are defined no
// more, or its values are withheld, it still says what was found.
func TestFindingsInBothLanguages(t *testing.T) {
	m := statstest.NewMemory()
	kind := &stats.Kind{Code: "tinh", Names: stats.Text{VI: "Tỉnh", EN: "Province"}}
	d := stats.Definitions{
		Levels: []*stats.Level{{Code: "province", Kinds: []*stats.Kind{kind}}},
		Indicators: []*stats.Indicator{{
			Code: "poverty", Names: stats.Text{VI: "Tỷ lệ hộ nghèo", EN: "Poverty rate"}, Kind: stats.Ratio, Eligibility: stats.Eligibility{Level: "province"},
		}, {
			Code: "pupils", Names: stats.Text{VI: "Học sinh", EN: "Pupils"}, Kind: stats.Count,
			DimensionCodes: []string{"sex"}, Eligibility: stats.Eligibility{Level: "province"},
		}},
		Dimensions: []*stats.Dimension{{Code: "sex", Names: stats.Text{VI: "giới tính", EN: "sex"}, Members: []*stats.DimensionMember{
			{Code: "female", Names: stats.Text{VI: "nữ", EN: "female"}}, {Code: "male", Names: stats.Text{VI: "nam", EN: "male"}},
		}}},
		Units: []stats.UnitVersion{{Code: "89", Level: "province", Kind: "tinh", Names: stats.Same("An Giang")}},
	}
	if err := m.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	s := stats.New(m)
	key := m.Catalogue().At(stats.Year(2020).Reference()).Unit("89").Key()
	for _, c := range []struct {
		code                              stats.NoteCode
		indicator, breakdown, used, other string
		vi, en                            string
	}{
		{
			stats.NoteConflict, "pupils", "", "1234", "1250",
			"Học sinh: Tỉnh An Giang, năm 2020: dùng số 1.234; nơi khác công bố 1.250",
			"Pupils: An Giang Province, 2020: 1,234 is used; 1,250 was published elsewhere",
		},
		{ // one source prints the rate alone
			stats.NoteConflict, "poverty", "", "36726/543764", "6.45",
			"Tỷ lệ hộ nghèo: Tỉnh An Giang, năm 2020: dùng số 36.726/543.764; nơi khác công bố 6,45%",
			"Poverty rate: An Giang Province, 2020: 36,726/543,764 is used; 6.45% was published elsewhere",
		},
		{
			stats.NoteMembers, "pupils", "sex=*", "100", "40+58",
			"Học sinh: Tỉnh An Giang, năm 2020: số chung là 100, nhưng các thành phần theo giới tính không khớp: nữ 40, nam 58",
			"Pupils: An Giang Province, 2020: the total is 100, but the members by sex do not agree with it: female 40, male 58",
		},
		{
			stats.NoteMembers, "gone", "residence=urban;sex=*", "12", "4+5",
			"gone: Tỉnh An Giang, năm 2020: số chung là 12, nhưng các thành phần theo residence=urban;sex=* không khớp: 4, 5",
			"gone: An Giang Province, 2020: the total is 12, but the members by residence=urban;sex=* do not agree with it: 4, 5",
		},
		{
			stats.NoteMembersAgree, "pupils", "sex=*", "", "",
			"Học sinh: Tỉnh An Giang, năm 2020: các thành phần nay đã khớp",
			"Pupils: An Giang Province, 2020: the members agree by now",
		},
		{
			stats.NoteMembers, "pupils", "sex=*", "SUPPRESSED", "SUPPRESSED",
			"Học sinh: Tỉnh An Giang, năm 2020: các giá trị không khớp, không cho xem",
			"Pupils: An Giang Province, 2020: values that disagree are withheld",
		},
	} {
		f := &stats.Finding{Code: c.code, IndicatorCode: c.indicator, UnitCode: "89", UnitKey: key, Year: 2020, Breakdown: c.breakdown, Used: c.used, Other: c.other}
		if vi, en := s.FindingText(f, stats.Vietnamese), s.FindingText(f, stats.English); vi != c.vi || en != c.en {
			t.Errorf("told as\n%s\n%s\nwant\n%s\n%s", vi, en, c.vi, c.en)
		}
	}
}

// Restatements that an earlier version held are read by this one.
func TestHeldFindingsAreRead(t *testing.T) {
	var f stats.Finding
	if err := json.Unmarshal([]byte(`{"Code":"CONFLICTING_VALUES","Indicator":"poverty","UnitCode":"89"}`), &f); err != nil {
		t.Fatal(err)
	}
	if f.IndicatorCode != "poverty" || f.UnitCode != "89" {
		t.Errorf("read as %+v", f)
	}
}
