package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
)

// The population of 156 communes, of mixed dates: no census and no figures to quote,
// but sums that are known. testdata/arithmetic.csv has them for 2019.
const arithmeticIndicator = `indicators:
  - code: arithmetic
    topic: population
    kind: count
    name: {vi: Số học, en: Arithmetic}
    description: {vi: Chỉ để thử phép cộng., en: To try sums alone.}
    unit: {vi: người, en: person, en_plural: people}
    direction: neutral
    eligible: {level: commune}
`

const arithmeticSource = `sources:
  - code: arithmetic
    title: {vi: Số học, en: Arithmetic}
    publisher: {vi: Phép thử, en: Test}
    files: [data/arithmetic.csv]
    unit: {column: code}
    year: {constant: 2019}
    published: {constant: 2020-01-01}
    note: {column: remark}
    measures:
      - {indicator: {constant: arithmetic}, value: {column: people}}
`

// arithmetic serves the sample's units with the arithmetic alone, and what the shares
// of each split commune are: first old, then new code.
func arithmetic(t *testing.T, shares map[string]string) *served {
	t.Helper()
	dir := copySample(t)
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	settings, _, _ := strings.Cut(read(t, filepath.Join(dir, "niengiam.yaml")), "sources:")
	write("niengiam.yaml", strings.Replace(settings, "indicators:\n", "indicators:\n    - catalogue/arithmetic.yaml\n", 1)+arithmeticSource)
	write("catalogue/arithmetic.yaml", arithmeticIndicator)
	write("data/arithmetic.csv", read(t, "testdata/arithmetic.csv"))
	var rows []string
	for i, line := range strings.Split(strings.TrimSpace(read(t, filepath.Join(dir, "catalogue/crosswalk_angiang.csv"))), "\n") {
		cells := strings.SplitN(line, ",", 5)
		share := shares[cells[1]+" "+cells[2]]
		if i == 0 {
			share = "share"
		}
		rows = append(rows, strings.Join(append(cells[:4], share, cells[4]), ","))
	}
	write("catalogue/crosswalk_angiang.csv", strings.Join(rows, "\n")+"\n")
	return serve(t, "--load", "--workspace", dir)
}

// split are the communes that hold parts of split ones.
func split() map[string]bool {
	return map[string]bool{"30316": true, "30325": true, "30337": true, "30346": true, "30352": true}
}

const byNewCommune = `{ ranking(indicator: "arithmetic", level: "commune", within: "91", year: 2019, baseYear: 2018, scope: {basis: {date: "2025-07-01"}}) {
	rows { unit { code name } current { value status coverage { expected } } }
	unranked { unit { code } reason } notes { code text } } }`

// TestArithmeticOfCommunes: what is merged whole is exact, what is split needs weights,
// and nothing is lost on the way.
func TestArithmeticOfCommunes(t *testing.T) {
	t.Parallel()
	s := arithmetic(t, nil)
	answer := s.ask(byNewCommune).at("ranking")
	sum := decimal.Zero
	for _, row := range answer.at("rows").list() {
		sum = sum.Add(num(t, row.at("current", "value").text()))
		row.at("current", "status").is("A")
	}
	if n := len(answer.at("rows").list()); n != 49 || sum.String() != "1894788" {
		t.Errorf("%d exact communes with %s people, want 49 with 1894788", n, sum)
	}
	longXuyen := answer.at("rows").find("30307", "unit", "code")
	longXuyen.at("unit", "name").is("Long Xuyên")
	longXuyen.at("current", "value").is("133886")
	longXuyen.at("current", "coverage", "expected").is("7") // six, and Đông Xuyên that was merged into one of them
	touched := 0
	for _, row := range answer.at("unranked").list() {
		row.at("reason").is("NOT_COMPARABLE")
		if split()[row.at("unit", "code").text()] {
			touched++
		}
	}
	if touched != 5 {
		t.Errorf("%d communes hold parts of split ones, want 5", touched)
	}
	contains(answer.at("notes").find("UNITS_NOT_CARRIED", "code").at("text"), "Xã Tân Phú (30622)")
}

// TestArithmeticWithWeights: the estimated ones carry E, and the sum is that of the old
// province whatever the weights.
func TestArithmeticWithWeights(t *testing.T) {
	t.Parallel()
	const tanPhu = 3586 // in no new commune, for want of a row
	for _, shares := range []map[string]string{
		{"30334 30316": "0.5", "30334 30325": "0.5", "30355 30337": "1/3", "30355 30346": "2/3", "30358 30337": "0.2", "30358 30346": "0.3", "30358 30352": "0.5"},
		{"30334 30316": "1/7", "30334 30325": "6/7", "30355 30337": "0.01", "30355 30346": "0.99", "30358 30337": "3/11", "30358 30346": "4/11", "30358 30352": "4/11"},
	} {
		s := arithmetic(t, shares)
		answer := s.ask(byNewCommune).at("ranking")
		sum := decimal.Zero
		for _, row := range answer.at("rows").list() {
			sum = sum.Add(num(t, row.at("current", "value").text()))
			want := map[bool]string{true: "E", false: "A"}[split()[row.at("unit", "code").text()]]
			row.at("current", "status").is(want)
		}
		if n := len(answer.at("rows").list()); n != 54 {
			t.Errorf("%d of the 102 communes come from the old province, want 54", n)
		}
		before := num(t, s.ask(`{ figure(indicator: "arithmetic", unit: "89", year: 2019) { value } }`).at("figure", "value").text())
		if !sum.Round(10).Add(decimal.NewFromInt(tanPhu)).Equal(before) {
			t.Errorf("the communes have %s and Tân Phú %s, the province had %s", sum, strconv.Itoa(tanPhu), before)
		}
		s.stop()
	}
}
