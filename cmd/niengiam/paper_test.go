package main

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestBriefingsOnPaper prints the briefing of the sample and opens it again with
// other programs: what stands there is what the API tells, letter by letter.
func TestBriefingsOnPaper(t *testing.T) {
	t.Parallel()
	s := loaded(t)
	for _, c := range []struct{ name, language, address, says string }{
		{"vi", "VI", "unit=89&year=2020", "97/119 xã (81,5%), tăng 14 xã (tăng 11,8 điểm phần trăm) so với năm 2019"},
		{"en", "EN", "unit=89&year=2020&lang=en", "97/119 communes (81.5%), up 14 communes (up 11.8 percentage points) from 2019"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := on(s, t)
			told := s.told(c.language)
			if text := strings.Join(told, "\n"); !strings.Contains(text, c.says) {
				t.Fatalf("the API does not say %q:\n%s", c.says, text)
			}
			pdf := s.saved("/briefing.pdf?" + c.address)
			holds(t, "the PDF", external(t, "pdftotext", "-raw", pdf, "-"), told)
			if info := external(t, "pdfinfo", pdf); !strings.Contains(strings.Join(strings.Fields(info), " "), "Pages: 1 ") || !strings.Contains(info, "A4") {
				t.Errorf("the PDF is not one page of A4:\n%s", info)
			}
			if used := external(t, "pdffonts", pdf); strings.Count(used, "CID TrueType      Identity-H       yes no  yes") != 2 {
				t.Errorf("the fonts are not embedded and readable:\n%s", used)
			}
			docx := s.saved("/briefing.docx?" + c.address)
			dir := t.TempDir()
			external(t, "soffice", "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", dir, docx)
			holds(t, "the document", read(t, filepath.Join(dir, "briefing.txt")), told)
			holds(t, "the page", plainText(read(t, s.saved("/briefing?"+c.address))), told)
		})
	}
	t.Run("refusals", func(t *testing.T) { on(s, t).paperRefusals() })
}

// told is what the API says in the briefing of 2020: sentences, and ranks with figures.
func (s *served) told(language string) []string {
	sentence := "{ sentence { text } }"
	answer := s.ask(`{ briefing(unit: "89", year: 2020, language: ` + language + `) { headlines ` + sentence + ` unknown ` + sentence + `
		targets ` + sentence + ` cohorts ` + sentence + ` improved { change { text(language: ` + language + `) } }
		rankings { ranking { rows { unit { label(language: ` + language + `) } current { text(language: ` + language + `) } } } } } }`).at("briefing")
	var told []string
	for list, count := range map[string]int{"headlines": 10, "unknown": 2, "targets": 6, "cohorts": 2} {
		all := answer.at(list).list()
		if len(all) != count {
			s.t.Errorf("%d %s, want %d", len(all), list, count)
		}
		for i := range all {
			told = append(told, answer.at(list, i, "sentence", "text").text())
		}
	}
	for i := range answer.at("improved").list() {
		told = append(told, answer.at("improved", i, "change", "text").text())
	}
	for i := range answer.at("rankings", 0, "ranking", "rows").list() {
		row := answer.at("rankings", 0, "ranking", "rows", i)
		told = append(told, row.at("unit", "label").text()+row.at("current", "text").text())
	}
	return told
}

// saved keeps what an address gives in a file.
func (s *served) saved(address string) string {
	s.t.Helper()
	status, body := s.get(address)
	if status != http.StatusOK {
		s.t.Fatalf("%s: %d: %s", address, status, body)
	}
	path, _, _ := strings.Cut(address, "?")
	file := filepath.Join(s.t.TempDir(), filepath.Base(path))
	if err := os.WriteFile(file, body, 0o600); err != nil {
		s.t.Fatal(err)
	}
	return file
}

func external(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v: %s", name, err, out)
	}
	return string(out)
}

// holds compares texts without blanks, which stand where a line ends, too.
func holds(t *testing.T, what, text string, told []string) {
	t.Helper()
	squeeze := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return r
		}, text)
	}
	text = squeeze(text)
	for _, sentence := range told {
		if !strings.Contains(text, squeeze(sentence)) {
			t.Errorf("%s does not say %q", what, sentence)
		}
	}
}

// plainText is the text of a page without its tags.
func plainText(page string) string {
	var b strings.Builder
	for i, part := range strings.Split(page, "<") {
		if _, text, tag := strings.Cut(part, ">"); tag && i > 0 {
			b.WriteString(text)
		}
	}
	return strings.NewReplacer("&#34;", `"`, "&#39;", "'", "&#43;", "+", "&amp;", "&").Replace(b.String())
}

// paperRefusals: what cannot be told is a page that says why, and what to do next.
func (s *served) paperRefusals() {
	for _, c := range []struct {
		address string
		status  int
		says    []string
	}{
		{"/briefing", http.StatusOK, []string{"Báo cáo nhanh của đơn vị nào?", `<option value="89"`}},
		{"/briefing?unit=889900&year=2020", http.StatusNotFound, []string{"Không có đơn vị này", "889900"}},
		{"/briefing?unit=89&year=soon&lang=en", http.StatusBadRequest, []string{"This cannot be answered", "four digits"}},
		{"/briefing?unit=89&year=2019", http.StatusBadRequest, []string{"năm gốc trùng với năm của báo cáo nhanh"}},
		{"/briefing?unit=89&year=2020&template=new-rurl", http.StatusBadRequest, []string{"Có phải bạn muốn", "template=new-rural"}},
		{"/briefing.pdf?unit=88&year=2020", http.StatusNotFound, []string{"<h1>"}},
		{"/briefing?unit=883&year=2020", http.StatusOK, []string{"Các chỉ tiêu chính", "Long Xuyên"}},
		{"/briefing?unit=30682&year=2020", http.StatusOK, []string{"Chưa có số liệu nào của đơn vị này cho năm 2020 và năm 2019."}},
		{"/briefing?unit=89&year=2022", http.StatusOK, []string{
			"năm 2022: ít nhất 52/116 xã", "năm 2019: 50/119 xã (42,0%) (sơ bộ)", "ít nhất 3/16 xã",
			"Xã đạt chuẩn nông thôn mới – Huyện Phú Tân, năm 2019: số báo cáo 7/16 xã", "(đợt công bố số ", "kế hoạch: 11 xã năm 2021",
		}},
		{"/briefing?unit=89&year=2021", http.StatusOK, []string{"so với năm 2019 (sơ bộ) (hai năm không cùng phạm vi số liệu)"}},
		{"/briefing?unit=VN&year=2024", http.StatusOK, []string{"năm 2024: quá ít đơn vị báo cáo để tổng hợp", "101.343,8 nghìn người"}},
		{"/briefing?unit=89&year=2023", http.StatusOK, []string{"chưa có số liệu năm 2023"}},
		{"/briefing?unit=89&year=2030", http.StatusNotFound, []string{"2025-07-01"}},
		{"/briefing?unit=89&year=2020&since=2021-03-01", http.StatusOK, []string{"Đã điều chỉnh từ báo cáo trước", "2019: 97/119 → 83/119"}},
		{"/briefing?unit=89&year=2020&since=yesterday", http.StatusBadRequest, []string{"since", "2021-03-12"}},
		{"/briefing?unit=89&year=2020&asOf=2021-03-12", http.StatusOK, []string{"6/119 xã (5,0%)"}},
	} {
		status, body := s.get(c.address)
		if status != c.status {
			s.t.Errorf("%s: %d, want %d", c.address, status, c.status)
		}
		for _, text := range c.says {
			if !strings.Contains(string(body), text) {
				s.t.Errorf("%s does not say %q:\n%s", c.address, text, plainText(string(body)))
			}
		}
	}
}
