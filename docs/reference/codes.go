package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// errorsPage is the page of codes: which code stands where is written by hand, the words of
// those that the program tells people are its own (stats/number/fault.tsv).
const errorsPage = "docs/errors.md"

var (
	codeRow = regexp.MustCompile("^\\| `([A-Z][A-Z0-9_]+)` \\| (.*?) \\| (.*) \\|$")
	markup  = regexp.MustCompile("`|\\[|\\]\\([^)]*\\)")
)

// codes writes the words of the codes into the page of errors, and makes its Vietnamese.
func codes(pages map[string]string) error {
	content, err := os.ReadFile(errorsPage)
	if err != nil {
		return err
	}
	vietnamese := begin("`stats/number/fault.tsv`", "Mã lỗi và lý do")
	vietnamese.WriteString("\nLỗi nào cũng có một mã không bao giờ đổi nghĩa, và một lời gợi ý. Trang tiếng Anh cùng tên có thêm mã của các ghi chú và những mã chỉ gặp trên dòng lệnh; câu của từng ghi chú đã có bằng tiếng Việt ngay trong câu trả lời.\n")
	var page strings.Builder
	section, shown := "", ""
	for line := range strings.Lines(string(content)) {
		bare := strings.TrimSuffix(line, "\n")
		if title, is := strings.CutPrefix(bare, "## "); is {
			section = title
		}
		found := codeRow.FindStringSubmatch(bare)
		if found == nil || section == "Notes" || section == "Reasons" {
			page.WriteString(line)
			continue
		}
		fault, ok := number.Code(found[1]).Fault()
		if !ok {
			page.WriteString(line)
			continue
		}
		fmt.Fprintf(&page, "| `%s` | %s | %s |\n", found[1], told(found[2], fault.Meaning.EN), told(found[3], fault.Remedy.EN))
		if section != shown {
			fmt.Fprintf(vietnamese, "\n## %s\n| mã | nghĩa là | cách xử lý |\n|---|---|---|\n", titled(section))
			shown = section
		}
		fmt.Fprintf(vietnamese, "| `%s` | %s | %s |\n", found[1], cell(fault.Meaning.VI), cell(fault.Remedy.VI))
	}
	reasons(vietnamese, string(content))
	pages[errorsPage], pages["docs/errors.vi.md"] = page.String(), vietnamese.String()
	return nil
}

// told keeps a cell of the page, which has code and links marked, where it says the same.
func told(written, words string) string {
	if markup.ReplaceAllString(written, "") == words {
		return written
	}
	return cell(words)
}

// reasons writes why a number may be null.
func reasons(page *strings.Builder, content string) {
	page.WriteString("\n## Vì sao không có con số\n| mã | nghĩa là |\n|---|---|\n")
	_, section, _ := strings.Cut(content, "\n## Reasons\n")
	for _, found := range regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|").FindAllStringSubmatch(section, -1) {
		fmt.Fprintf(page, "| `%s` | %s |\n", found[1], number.Reason(found[1]).Text(number.Vietnamese))
	}
}

// titled is the title of a section in Vietnamese.
func titled(section string) string {
	words := map[string]string{
		"Questions": "Câu hỏi", "GraphQL": "GraphQL", "Exports and saved questions": "Xuất tệp và câu hỏi đã lưu", "Pages": "Các trang", "Loads": "Nạp số liệu",
		"Rejected rows": "Dòng lỗi", "The workspace": "Không gian làm việc", "The engine": "Cơ sở dữ liệu đi kèm", "The warehouse": "Kho số liệu", "The program": "Chương trình",
	}
	if words[section] == "" {
		return section
	}
	return words[section]
}
