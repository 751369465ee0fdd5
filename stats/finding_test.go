package stats_test

import (
	"encoding/json"
	"testing"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
	"github.com/niengiam/niengiam/stats/statstest"
)

// A finding is told with the names of what it is about; where these are defined no
// more, or its values are withheld, it still says what was found.
func TestFindingsInBothLanguages(t *testing.T) {
	m := statstest.NewMemory()
	kind := &catalogue.Kind{Code: "tinh", Names: number.Text{VI: "Tỉnh", EN: "Province"}}
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{{Code: "province", Kinds: []*catalogue.Kind{kind}}},
		Indicators: []*catalogue.Indicator{{
			Code: "poverty", Names: number.Text{VI: "Tỷ lệ hộ nghèo", EN: "Poverty rate"}, Kind: catalogue.Ratio, Eligibility: catalogue.Eligibility{Level: "province"},
		}, {
			Code: "pupils", Names: number.Text{VI: "Học sinh", EN: "Pupils"}, Kind: catalogue.Count,
			DimensionCodes: []string{"sex"}, Eligibility: catalogue.Eligibility{Level: "province"},
		}},
		Dimensions: []*catalogue.Dimension{{Code: "sex", Names: number.Text{VI: "giới tính", EN: "sex"}, Members: []*catalogue.DimensionMember{
			{Code: "female", Names: number.Text{VI: "nữ", EN: "female"}}, {Code: "male", Names: number.Text{VI: "nam", EN: "male"}},
		}}},
		Units: []catalogue.UnitVersion{{Code: "89", Level: "province", Kind: "tinh", Names: number.Same("An Giang")}},
	}
	if err := m.Define(t.Context(), d, "1"); err != nil {
		t.Fatal(err)
	}
	s := query.New(m)
	key := m.Catalogue().At(number.Year(2020).Reference()).Unit("89").Key()
	for _, c := range []struct {
		code                              number.NoteCode
		indicator, breakdown, used, other string
		vi, en                            string
	}{
		{
			number.NoteConflict, "pupils", "", "1234", "1250",
			"Học sinh: Tỉnh An Giang, năm 2020: dùng số 1.234; nơi khác công bố 1.250",
			"Pupils: An Giang Province, 2020: 1,234 is used; 1,250 was published elsewhere",
		},
		{ // one source prints the rate alone
			number.NoteConflict, "poverty", "", "36726/543764", "6.45",
			"Tỷ lệ hộ nghèo: Tỉnh An Giang, năm 2020: dùng số 36.726/543.764; nơi khác công bố 6,45%",
			"Poverty rate: An Giang Province, 2020: 36,726/543,764 is used; 6.45% was published elsewhere",
		},
		{
			number.NoteMembers, "pupils", "sex=*", "100", "40+58",
			"Học sinh: Tỉnh An Giang, năm 2020: số chung là 100, nhưng các thành phần theo giới tính không khớp: nữ 40, nam 58",
			"Pupils: An Giang Province, 2020: the total is 100, but the members by sex do not agree with it: female 40, male 58",
		},
		{
			number.NoteMembers, "gone", "residence=urban;sex=*", "12", "4+5",
			"gone: Tỉnh An Giang, năm 2020: số chung là 12, nhưng các thành phần theo residence=urban;sex=* không khớp: 4, 5",
			"gone: An Giang Province, 2020: the total is 12, but the members by residence=urban;sex=* do not agree with it: 4, 5",
		},
		{
			number.NoteMembersAgree, "pupils", "sex=*", "", "",
			"Học sinh: Tỉnh An Giang, năm 2020: các thành phần nay đã khớp",
			"Pupils: An Giang Province, 2020: the members agree by now",
		},
		{
			number.NoteMembers, "pupils", "sex=*", "SUPPRESSED", "SUPPRESSED",
			"Học sinh: Tỉnh An Giang, năm 2020: các giá trị không khớp, không cho xem",
			"Pupils: An Giang Province, 2020: values that disagree are withheld",
		},
	} {
		f := &ledger.Finding{Code: c.code, IndicatorCode: c.indicator, UnitCode: "89", UnitKey: key, Year: 2020, Breakdown: c.breakdown, Used: c.used, Other: c.other}
		if vi, en := s.FindingText(f, number.Vietnamese), s.FindingText(f, number.English); vi != c.vi || en != c.en {
			t.Errorf("told as\n%s\n%s\nwant\n%s\n%s", vi, en, c.vi, c.en)
		}
	}
}

// Restatements that an earlier version held are read by this one.
func TestHeldFindingsAreRead(t *testing.T) {
	var f ledger.Finding
	if err := json.Unmarshal([]byte(`{"Code":"CONFLICTING_VALUES","Indicator":"poverty","UnitCode":"89"}`), &f); err != nil {
		t.Fatal(err)
	}
	if f.IndicatorCode != "poverty" || f.UnitCode != "89" {
		t.Errorf("read as %+v", f)
	}
}
