package name

import (
	"slices"
	"testing"
)

// Spellings of one place that offices write, and of others that are not to be taken for it.
func TestPlace(t *testing.T) {
	for want, spellings := range map[string][]string{
		"Bà Rịa - Vũng Tàu": {"Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "BÀ RỊA - VŨNG TÀU", "Bà Rịa Vũng Tàu", "Ba\u0300 Ri\u0323a - Vu\u0303ng Ta\u0300u"},
		"Đồng Tháp":         {"Ðồng Tháp", "Đồng\u00a0Tháp", "\u200bĐồng Tháp", "\ufeffĐồng Tháp", "Đồng Tháp*", "Đồng Tháp (*)", "Đồng Tháp¹", "Đồng Tháp (1)", "  Đồng  Tháp "},
		"TP Hồ Chí Minh":    {"TP. Hồ Chí Minh", "TP.Hồ Chí Minh", "Tp Hồ Chí Minh"},
		"Hòa Bình":          {"Hoà Bình", "HÒA BÌNH"},
		"Quận 1":            {"quận 1", "Quận  1"},
	} {
		for _, spelling := range spellings {
			if Place(spelling) != Place(want) {
				t.Errorf("%q is %q, not %q", spelling, Place(spelling), Place(want))
			}
		}
	}
	for _, others := range [][2]string{{"Phú Thạnh", "Phú Thành"}, {"Đắk Lắk", "Dak Lak"}, {"Đắk Lắk", "Đắc Lắc"}, {"Quận 1", "Quận 11"}, {"Quận 1", "Quận"}} {
		if Place(others[0]) == Place(others[1]) {
			t.Errorf("%q and %q are the same", others[0], others[1])
		}
	}
}

func TestReadings(t *testing.T) {
	for text, want := range map[string][]string{
		"1. TP. Long Xuyên": {Place("TP Long Xuyên")}, "II. Tri Tôn": {Place("Tri Tôn")}, "Đồng Tháp1": {Place("Đồng Tháp")},
		"12) An Phú": {Place("An Phú")}, "XXVII Tri Tôn": {Place("Tri Tôn")}, "7": nil, "1234 An Phú": nil, "1)) An Phú": nil, "IX": nil, "Xã An Phú": nil, "Quận 11": nil,
		"Quận 1": nil, "Đồng Tháp": nil, "3. Đồng Tháp2": {Place("Đồng Tháp2"), Place("Đồng Tháp")},
	} {
		if got := Readings(Place(text)); !slices.Equal(got, want) {
			t.Errorf("%q may be %q, want %q", text, got, want)
		}
	}
	if got := WithoutMarks(Place("Đắk Lắk – Bà Rịa")); got != "dak lak ba ria" {
		t.Errorf("without marks it is %q", got)
	}
}

func TestPattern(t *testing.T) {
	for _, c := range []struct {
		pattern, text, year string
		fits                bool
	}{
		{"POPESTIMATE{year}", "POPESTIMATE2019", "2019", true},
		{"POPESTIMATE{year}", "NPOPCHG2019", "", false},
		{"Mid-{year}", "Mid-2019", "2019", true},
		{"{year}", "2018 [YR2018]", "2018 [YR2018]", true},
		{"{year}", "Sơ bộ 2023", "Sơ bộ 2023", true},
		{"{year}", "số liệu năm 2023", "số liệu năm 2023", true},
		{"{year}-*", "2011-2012", "2011", true},
		{"*{year}*Công lập*", "Năm học - School  year 2015 Chia ra Công lập Public", "year 2015", true},
		{"*{year}*Tỷ lệ*", "Hộ nghèo 2013 Households poverty 2013\nTỷ lệ poverty rate (%)", "2013", true},
		{"Hộ {year}*", "Hộ 2013 Poor", "2013", true},
		{"Hộ {year}*", "Hộ 2013 Ước", "2013", true},
		{"Hộ {year}*", "Hộ 2013 p", "2013 p", true},
		{"Tổng số*", "TỔNG SỐ - TOTAL", "", true},
		{"Tổng số", "Tổng số xã", "", false},
		{"a.b", "axb", "", false},
		{"dân số {unit}", "Dân số Long Xuyên", "", true},
	} {
		p, err := CompilePattern(c.pattern)
		if err != nil {
			t.Fatal(err)
		}
		fields, fits := p.Match(c.text)
		if fits != c.fits || fields["year"] != c.year {
			t.Errorf("%q on %q: %v %q", c.pattern, c.text, fits, fields)
		}
	}
	for _, wrong := range []string{"", "  ", "{year", "a{}"} {
		if _, err := CompilePattern(wrong); err == nil {
			t.Errorf("%q is a pattern", wrong)
		}
	}
}
