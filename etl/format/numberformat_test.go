package format

import "testing"

func TestNumberFormats(t *testing.T) {
	for _, c := range []struct {
		code string
		want numberFormat
	}{
		{"General", numberFormat{}}, {"#,##0.00", numberFormat{}}, {`#,##0\ "đồng/năm"`, numberFormat{}}, {"0.00E+00", numberFormat{}}, {"@", numberFormat{}},
		{"[Red]0", numberFormat{}}, {"[$₫-42A]#,##0", numberFormat{}}, {`_-* #,##0\ _đ_-;dd`, numberFormat{}}, {`0"`, numberFormat{}}, {"[$", numberFormat{}},
		{"0%", numberFormat{isPercent: true}}, {`0"%"`, numberFormat{}}, {`0\%`, numberFormat{}}, {`0;0%`, numberFormat{}},
		{"dd/mm/yyyy", numberFormat{isDate: true}}, {"[$-42A]d mmmm yyyy;@", numberFormat{isDate: true}}, {`"ngày" d`, numberFormat{isDate: true}}, {"MM.YY", numberFormat{isDate: true}},
		{"mmm", numberFormat{isDate: true}}, {"yyyy", numberFormat{isDate: true}}, {"d/m/yy h:mm AM/PM", numberFormat{isDate: true}},
		{"h:mm", numberFormat{}}, {"[h]:mm", numberFormat{}}, {"[mm]:ss.0", numberFormat{}}, {"mm:ss", numberFormat{}}, {"h:mm AM/PM", numberFormat{}},
	} {
		if got := readFormat(c.code); got != c.want {
			t.Errorf("%s: %+v", c.code, got)
		}
	}
	dates, percents := 0, 0
	for id := range 60 {
		if f := builtinFormat(id); f.isDate {
			dates++
		} else if f.isPercent {
			percents++
		}
	}
	if dates != 18 || percents != 2 {
		t.Errorf("of those without a code %d are dates, %d percentages", dates, percents)
	}
}

func TestDateOf(t *testing.T) {
	for _, c := range []struct {
		serial   string
		from1904 bool
		want     string
	}{
		{"1", false, "1900-01-01"}, {"59", false, "1900-02-28"}, {"60", false, "60"}, {"61", false, "1900-03-01"}, {"0", false, "0"}, {"-1", false, "-1"},
		{"43525", false, "2019-03-01"}, {"43525.5", false, "2019-03-01T12:00:00"}, {"43525.999999999", false, "2019-03-02T00:00:00"}, {"2958465", false, "9999-12-31"}, {"2958466", false, "2958466"},
		{"0", true, "1904-01-01"}, {"42063", true, "2019-03-01"}, {"x", false, "x"}, {"NaN", false, "NaN"}, {"1e300", false, "1e300"},
	} {
		if got := dateOf(c.serial, c.from1904); got != c.want {
			t.Errorf("%s (1904 %v): %s", c.serial, c.from1904, got)
		}
	}
}

func TestPlainNumber(t *testing.T) {
	for _, c := range []struct{ stored, want string }{
		{"12.50", "12.50"}, {"8.9999999999999997E-2", "0.089999999999999997"}, {"-1.5e-3", "-0.0015"}, {"1.25E+5", "125000"}, {"1E21", "1000000000000000000000"}, {"1.234E2", "123.4"},
		{"0E0", "0"}, {"1E-400", "0." + zeros(399) + "1"}, {"1E401", "1E401"}, {"E5", "E5"}, {"1.2.3E4", "1.2.3E4"}, {"TRUE", "TRUE"}, {"", ""}, {".5E1", "5"}, {"1E", "1E"},
	} {
		if got := plainNumber(c.stored); got != c.want {
			t.Errorf("%s: %s", c.stored, got)
		}
	}
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}
