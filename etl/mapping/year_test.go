package mapping

import (
	"fmt"
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

// A year with a flag that is known is one, with the flag's status.
func TestParseYear(t *testing.T) {
	for text, want := range map[string]struct {
		year   number.Year
		status number.Status
	}{
		"2019": {2019, "A"}, " 2019 ": {2019, "A"}, "(2019)": {2019, "A"}, "2018.0": {2018, "A"}, "Năm 2023": {2023, "A"}, "NĂM 2023": {2023, "A"},
		"Y2020": {2020, "A"}, "YR2019": {2019, "A"}, "2018 [YR2018]": {2018, "A"}, "2019r": {2019, "A"}, "2017 r": {2017, "A"}, "Chính thức 2020": {2020, "A"},
		"2020p": {2020, "P"}, "2012P": {2012, "P"}, "2015 (P)": {2015, "P"}, "Prel. 2012": {2012, "P"}, "Prel 2013": {2013, "P"}, "2024 (P)*": {2024, "P"},
		"Sơ bộ 2024": {2024, "P"}, "Sơ bộ năm 2024": {2024, "P"}, "Năm 2024 (sơ bộ)": {2024, "P"}, "2008 - sơ bộ": {2008, "P"}, "Sơ bộ\n2009": {2009, "P"}, "Sơ\u00a0bộ\u00a02009": {2009, "P"},
		"Ước 2022": {2022, "E"}, "Ước tính 2006": {2006, "E"}, "Ước tính năm 2006": {2006, "E"}, "2019e": {2019, "E"}, "2016b": {2016, "B"},
	} {
		if got, ok := parseYear(text); !ok || got.year != want.year || got.status != want.status {
			t.Errorf("%q is %v %q %v, want %v %q", text, got.year, got.status, ok, want.year, want.status)
		}
	}
}

// What is no year, or has something beside it that may mean anything, is none; and
// that there is a year in it is seen however it is written.
func TestNoYearIsPassedOver(t *testing.T) {
	for _, text := range []string{
		"2018Q4", "FY2019", "F2021", "X2021", "Nam 2019", "2010(*)", "2011*", "2019¹", "2022/23", "2022-2023", "2019/20", "2021 forecast", "Kế hoạch 2025",
		"2018 [YR2019]", "2018.5", "31/12/2019", "2019-12-31", "201904", "20190430", "2,019", "2.019", "2 019", "２０１９", "٢٠١٩", "dân số 2019", "pop2019",
	} {
		if got, ok := parseYear(text); ok {
			t.Errorf("%q is the year %v", text, got.year)
		}
		if !hasYear(text) {
			t.Errorf("no year is seen in %q", text)
		}
	}
	for _, text := range []string{"", "remark", "30307", "1799", "123456789", "2,0190", "12019", "201913"} {
		if _, ok := parseYear(text); ok || hasYear(text) {
			t.Errorf("a year is seen in %q", text)
		}
	}
}

// Of four digits the short way reads what the long one does.
func TestPlainYear(t *testing.T) {
	for digits := range 10_000 {
		text := fmt.Sprintf("%04d", digits)
		want, ok := parseYear(text)
		if year, is := plainYear(text); is != ok || is && (year != want.year || want.flag != "" || want.status != number.Normal) {
			t.Errorf("%s is %d %v, want %+v %v", text, year, is, want, ok)
		}
	}
	for _, text := range []string{"", "201", "20199", "2019p", "201a", "-201"} {
		if year, is := plainYear(text); is {
			t.Errorf("%q is the plain year %d", text, year)
		}
	}
}
