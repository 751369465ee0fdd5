package export

import (
	"bufio"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/number"
)

// bom tells Excel that a CSV file is UTF-8; without it Vietnamese is garbled.
const bom = "\ufeff"

// csvFile writes RFC 4180, with all digits of each number. What the file says of
// itself comes last, after an empty line, in lines whose first cell is #: a
// spreadsheet shows them under the table, readers of comments leave them out.
type csvFile struct {
	out      *bufio.Writer
	document *document
	kinds    []sheet.Kind
}

func prepareCSV(d *document) (begin, *number.Error) {
	return func(w io.Writer) (encoder, error) {
		c := &csvFile{out: bufio.NewWriter(w), document: d}
		_, err := c.out.WriteString(bom)
		return c, err
	}, nil
}

func (c *csvFile) table(_ string, columns []columnOf) error {
	names := make([]string, len(columns))
	for i, column := range columns {
		names[i] = harmless(column.Name)
		c.kinds = append(c.kinds, column.Kind)
	}
	return c.line(names)
}

func (c *csvFile) row(cells []sheet.Cell) error {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		switch {
		case c.kinds[i] == sheet.Text:
			texts[i] = harmless(cell.Text)
		case c.document.options.comma && c.kinds[i] == sheet.Decimal:
			texts[i] = strings.Replace(cell.Text, ".", ",", 1)
		default:
			texts[i] = cell.Text
		}
	}
	return c.line(texts)
}

// line writes a line. An empty one of a single column is quoted, so that it is not
// taken for no line at all.
func (c *csvFile) line(texts []string) error {
	separator := ","
	if c.document.options.comma {
		separator = ";"
	}
	for i, text := range texts {
		if i > 0 {
			_, _ = c.out.WriteString(separator) // the writer keeps its fault
		}
		comment := strings.HasPrefix(text, "#") && text != "#"
		if strings.ContainsAny(text, separator+"\"\r\n\t") || comment || strings.TrimSpace(text) != text || text == "" && len(texts) == 1 {
			text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
		}
		_, _ = c.out.WriteString(text)
	}
	_, err := c.out.WriteString("\r\n")
	return err
}

func (c *csvFile) end() error {
	if !c.document.options.noNotes {
		_, _ = c.out.WriteString("\r\n")
		for _, l := range append(c.document.paper.lines(), line{"Câu truy vấn / Query", withoutComments(c.document.paper.Query)}) {
			if err := c.line([]string{"#", l.label, strings.Join(strings.Fields(harmless(l.text)), " ")}); err != nil {
				return err
			}
		}
	}
	return c.out.Flush()
}

// withoutComments leaves out the lines that are comments, for a query on one line.
func withoutComments(query string) string {
	var kept []string
	for text := range strings.Lines(query) {
		if !strings.HasPrefix(strings.TrimSpace(text), "#") {
			kept = append(kept, text)
		}
	}
	return strings.Join(kept, "")
}

// numeral is a text that a spreadsheet may read as a number and never as a formula.
var numeral = regexp.MustCompile(`^[+-]?[0-9][0-9.,]*%?$`)

// harmless keeps a spreadsheet from taking a text for a formula: an apostrophe
// before what begins like one.
func harmless(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if strings.ContainsRune("=+-@\t\r＝＋－＠", first) && !numeral.MatchString(text) {
		return "'" + text
	}
	return text
}
