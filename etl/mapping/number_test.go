package mapping

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

func signs(decimal, thousands string) workspace.CSV {
	return workspace.CSV{Encoding: "utf-8", Delimiter: ',', Decimal: decimal, Thousands: thousands}
}

// held is a file in memory.
func held(path string, content []byte) File {
	return File{Path: path, Open: func() (format.File, func() error, error) {
		return format.File{Name: path, Content: content}, func() error { return nil }, nil
	}}
}

func TestParseNumber(t *testing.T) {
	for _, c := range []struct {
		cell, decimal, thousands, want string
	}{
		{"0", ".", "", "0"}, {"1810", ".", "", "1810"}, {"-3.25", ".", "", "-3.25"}, {"−3", ".", "", "-3"},
		{"1.810", ",", ".", "1810"}, {"1.810", ".", "", "1.81"}, {"1.810", ".", ",", "1.81"}, {"1,962", ".", ",", "1962"},
		{"1.234.567,89", ",", ".", "1234567.89"}, {"1234567,89", ",", ".", "1234567.89"}, {"12 345", ".", " ", "12345"},
		{"12\u00a0345,5", ",", " ", "12345.5"}, {"1'000", ".", "'", "1000"}, {"0.1000000000", ".", "", "0.1"},
		{"123456789012345678.0123456789", ".", "", "123456789012345678.0123456789"}, {"100000000000000000.0000000001", ".", "", "100000000000000000.0000000001"},
		{"12345678.123456781", ".", "", "12345678.123456781"}, {"123456789012345.6", ".", "", "123456789012345.6"}, // 16 digits that are not noise
		// what a spreadsheet makes of 8.4356, 97123456.7 and -0.0175; zeros that say nothing
		{"8.43560000000000016", ".", "", "8.4356"}, {"8.4356000000000009", ".", "", "8.4356"}, {"97123456.700000003", ".", "", "97123456.7"},
		{"-0,017500000000000002", ",", ".", "-0.0175"}, {"1.234,5600000000000001", ",", ".", "1234.56"}, {"0.99999999999999999", ".", "", "1"},
		{"1.00000000000000", ".", "", "1"}, {"2.5000000000000000000000", ".", "", "2.5"},
	} {
		got, reason, detail := parseNumber(c.cell, signs(c.decimal, c.thousands))
		if reason != "" || got.String() != c.want {
			t.Errorf("%q with %q and %q is %s %s %s, want %s", c.cell, c.decimal, c.thousands, got, reason, detail, c.want)
		}
	}
	rounding := signs(",", ".")
	rounding.RoundExcess = true
	for cell, want := range map[string]string{"0,12345678905": "0.1234567891", "-0,12345678905": "-0.1234567891", "1.000,333333333333333": "1000.3333333333", "0,30000000000000004": "0.3"} {
		if got, reason, detail := parseNumber(cell, rounding); reason != "" || got.String() != want {
			t.Errorf("%q rounded is %s %s %s, want %s", cell, got, reason, detail, want)
		}
	}
	for _, c := range []struct {
		cell, decimal, thousands string
		want                     number.Code
	}{
		{"", ".", "", NotANumber}, {"-", ".", "", NotANumber}, {".5", ".", "", NotANumber}, {"5.", ".", "", NotANumber},
		{"1.81", ",", ".", NotANumber}, {"1.8100", ",", ".", NotANumber}, {"1810.000", ",", ".", NotANumber},
		{".810", ",", ".", NotANumber}, {"1..810", ",", ".", NotANumber}, {"0.810", ",", ".", NotANumber},
		{"1234.567", ",", ".", NotANumber}, {"1,5,5", ",", "", NotANumber}, {"1,810", ".", "", NotANumber},
		{"1e5", ".", "", NotANumber}, {"0x10", ".", "", NotANumber}, {"+5", ".", "", NotANumber}, {"--5", ".", "", NotANumber},
		{"1 810", ".", "", NotANumber}, {"12%", ".", "", NotANumber}, {"١٢", ".", "", NotANumber}, {"NaN", ".", "", NotANumber},
		{"007", ".", "", NotANumber}, {"1.00000000001", ".", "", TooManyDecimals},
		{"0.333333333333333", ".", "", TooManyDecimals}, {"0.30000000000000004", ".", "", TooManyDecimals}, {"1234567890123456789", ".", "", TooLarge},
	} {
		if got, reason, _ := parseNumber(c.cell, signs(c.decimal, c.thousands)); reason != c.want {
			t.Errorf("%q with %q and %q is %s %s, want %s", c.cell, c.decimal, c.thousands, got, reason, c.want)
		}
	}
}

// FuzzParseNumber: what is a number is written back the same, signs and leading
// and trailing zeros aside; nothing breaks the program.
func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"1.810", "1,962", "-3.25", "", "0", "…", "1e9", "12 345", "9999999999999999999", "1.2.3"} {
		for sign := range 4 {
			f.Add(seed, sign)
		}
	}
	f.Fuzz(func(t *testing.T, cell string, sign int) {
		all := []workspace.CSV{signs(".", ""), signs(",", "."), signs(".", ","), signs(",", " ")}
		c := all[((sign%4)+4)%4]
		number, reason, _ := parseNumber(cell, c)
		if reason != "" {
			return
		}
		plain := strings.NewReplacer("−", "-", "\u00a0", " ", "\u202f", " ").Replace(cell)
		if c.Thousands != "" {
			plain = strings.ReplaceAll(plain, c.Thousands, "")
		}
		plain = strings.Replace(plain, c.Decimal, ".", 1)
		if strings.Contains(plain, ".") {
			whole, fraction, _ := strings.Cut(strings.TrimPrefix(plain, "-"), ".")
			whole, fraction = withoutNoise(whole, fraction) // TestParseNumber says what that is
			minus := plain[:len(plain)-len(strings.TrimPrefix(plain, "-"))]
			plain = strings.TrimRight(strings.TrimRight(minus+whole+"."+fraction, "0"), ".")
		}
		if plain == "-0" {
			plain = "0"
		}
		if number.String() != plain {
			t.Errorf("%q is %s, want %s", cell, number, plain)
		}
	})
}

// FuzzParse: whatever the bytes, they are a table whose rows are as wide as the
// header, with every place in the file, or a coded error.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "code,year,value\n", "code,year,value\n89,2019,1\n", "\ufeffcode,year,value\r\n89,2019,1\r\n", "code,year,value\n89,\"2019,1\n",
		"code,year,value\n8\"9,2019,1\n", "code,year\n", "code,year,value\n\x00,1,2\n", "code,year,value\n\xff,1,2\n",
		"\xff\xfec\x00o\x00", "code,year,value\n1,2\n1,2,3,4\n,,\n", "code,year,value\n\"a\nb\",2,3\n",
	} {
		for encoding := range format.Encodings() {
			f.Add([]byte(seed), encoding)
		}
	}
	encodings := format.Encodings()
	f.Fuzz(func(t *testing.T, content []byte, encoding int) {
		source := &workspace.Source{
			CSV:      workspace.CSV{Encoding: encodings[((encoding%len(encodings))+len(encodings))%len(encodings)], Delimiter: ',', Decimal: "."},
			Unit:     workspace.UnitRule{Cell: workspace.Cell{Column: "code"}},
			Year:     workspace.YearRule{Column: "year"},
			Measures: []workspace.Measure{{Value: "value"}},
		}
		tables, rejects, err := parse(source, []File{held("in.csv", content)})
		if err != nil {
			for _, fault := range number.Errors(err) {
				if fault.Code == "" || fault.Where == "" {
					t.Errorf("%+v has no code or place", fault)
				}
			}
			return
		}
		for i := range tables[0].Rows {
			r := &tables[0].Rows[i]
			if r.Line < 2 || !utf8.ValidString(strings.Join(r.Cells, "")) {
				t.Errorf("row %+v", r)
			}
			_ = tables[0].cell(r, "value")
		}
		for _, r := range rejects {
			if r.Place.Line < 1 || r.Reason == "" {
				t.Errorf("reject %+v", r)
			}
		}
	})
}
