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

// What a check found is told with the numbers that it compared, in both languages; nothing
// is told of a confidential indicator.
func TestChecksInBothLanguages(t *testing.T) {
	m := statstest.NewMemory()
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{{Code: "province", Kinds: []*catalogue.Kind{{Code: "tinh", Names: number.Text{VI: "Tỉnh", EN: "Province"}}}}},
		Indicators: []*catalogue.Indicator{{
			Code: "pupils", Names: number.Text{VI: "Học sinh", EN: "Pupils"}, Kind: catalogue.Count, DimensionCodes: []string{"sex"}, Eligibility: catalogue.Eligibility{Level: "province"},
		}, {
			Code: "poverty", Names: number.Text{VI: "Tỷ lệ hộ nghèo", EN: "Poverty rate"}, Kind: catalogue.Ratio, Eligibility: catalogue.Eligibility{Level: "province"}, Threshold: 5,
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
	const whereVI, whereEN = "Học sinh: Tỉnh An Giang, năm 2020: ", "Pupils: An Giang Province, 2020: "
	for _, c := range []struct {
		finding ledger.Finding
		vi, en  string
	}{
		{ledger.Finding{Code: number.NoteRange, Used: "12500", Rule: "range: {to: 9000}"}, "12.500 nằm ngoài mức cho phép (range: {to: 9000})", "12,500 lies outside what is allowed (range: {to: 9000})"},
		{ledger.Finding{Code: number.NotePart, Used: "1200/900"}, "1.200/900: phần lớn hơn tổng thể", "1,200/900: the part is more than the whole"},
		{
			ledger.Finding{Code: number.NoteChildren, Used: "1000", Other: "1100", Cells: 3},
			"số báo cáo là 1.000, nhưng 3 số của các đơn vị bên trong cộng lại được 1.100", "1,000 was reported, but 3 figures of the units within add up to 1,100",
		},
		{ledger.Finding{Code: number.NoteChange, Used: "2000", Other: "1000", Measured: "100.5"}, "2.000, năm trước là 1.000: thay đổi 100,5%", "2,000, and 1,000 the year before: a change of 100.5%"},
		{
			ledger.Finding{Code: number.NoteShrank, Used: "1100", Other: "1120", Measured: "2019", Cells: 20},
			"không có số liệu, và 19 chỗ khác cũng vậy; chỉ còn 1.100 trong 1.120 số đã có của năm 2019", "no figure, and none in 19 other places; only 1,100 of the 1,120 figures that there were of 2019 are there",
		},
		{ledger.Finding{Code: number.NoteFrozen, Used: "1000", Measured: "2017"}, "1.000, năm nào cũng vậy kể từ năm 2017", "1,000, the same each year since 2017"},
		{
			ledger.Finding{Code: number.NoteMagnitude, Used: "4100", Other: "4", Measured: "1000", Breakdown: "sex=female"},
			"nữ: 4.100 bằng khoảng 1.000 lần số đã công bố, 4", "female: 4,100 is about 1,000 times what was published before, 4",
		},
		{
			ledger.Finding{Code: number.NoteMagnitude, Used: "4.1", Other: "4000", Measured: "1/1000", Cells: 12, Place: ledger.Place{Column: "people"}},
			"cả cột “people” (12 số) bằng khoảng 1/1.000 lần số đã công bố: số đầu 4,1, trước đó 4.000",
			"the whole column “people” (12 figures) is about 1/1,000 times what was published before: the first is 4.1 after 4,000",
		},
	} {
		f := c.finding
		f.IndicatorCode, f.UnitCode, f.UnitKey, f.Year = "pupils", "89", key, 2020
		if vi, en := s.FindingText(&f, number.Vietnamese), s.FindingText(&f, number.English); vi != whereVI+c.vi || en != whereEN+c.en {
			t.Errorf("told as\n%s\n%s\nwant\n%s\n%s", vi, en, whereVI+c.vi, whereEN+c.en)
		}
		f.IndicatorCode, f.Value = "poverty", "4100"
		if hidden := s.RedactFinding(&f); hidden.Value+hidden.Measured != "" || hidden.Used != string(number.Suppressed) || hidden.Other != string(number.Suppressed) {
			t.Errorf("of a confidential indicator this is told: %+v", hidden)
		}
		for _, language := range []number.Language{number.Vietnamese, number.English} {
			if f.ReasonText(language) == string(f.Code) || f.Remedy(language) == "" {
				t.Errorf("%s has no words in %s", f.Code, language)
			}
		}
	}
}
