package format

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/niengiam/niengiam/stats/number"
)

// mostHTML is how many bytes a page may have: as a tree it takes forty times as much.
const mostHTML = 32 << 20

// readHTML reads the tables of a page. Each is a sheet with the name of its caption, or of the
// heading above it; a table within a cell of another is a sheet of its own and no part of that
// cell. Cells over several rows or columns are merged areas.
func readHTML(f File, o Options) ([]Sheet, error) {
	if most := min(mostHTML, o.Limits.Bytes); f.length() > most {
		return nil, o.Limits.over(f.Name, number.Say("bytes"), most)
	}
	encoding, note := o.declared(), []Note(nil)
	if encoding == "" {
		encoding, note = saidEncoding(f.Content, htmlEncoding(f.Content))
	}
	text, err := decode(f.Name, f.Content, encoding)
	if err != nil {
		return nil, err
	}
	page, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, malformed(f.Name, HTML, number.Say("its elements cannot be told apart"), err)
	}
	if title := cellText(page.Find("head title").First().Nodes); title != "" {
		note = append([]Note{{"title", title}}, note...)
	}
	var sheets []Sheet
	names := map[string]int{}
	heading := ""
	for _, found := range page.Find("table, h1, h2, h3, h4, h5, h6").EachIter() {
		if !found.Is("table") {
			heading = cellText(found.Nodes)
			continue
		}
		t := htmlTable{name: f.Name, length: f.length(), node: found.Nodes[0], limits: o.Limits}
		sheet, fault := t.sheet()
		if fault != nil {
			return nil, fault
		}
		if sheet.Rows == nil {
			continue
		}
		sheet.Name, sheet.Notes = heading, note
		if caption := cellText(found.ChildrenFiltered("caption").First().Nodes); caption != "" {
			sheet.Name = caption
		}
		if names[sheet.Name]++; names[sheet.Name] > 1 || sheet.Name == "" {
			sheet.Name = strings.TrimSpace(fmt.Sprintf("%s #%d", sheet.Name, names[sheet.Name]))
		}
		sheets = append(sheets, sheet)
	}
	switch {
	case len(sheets) == 0:
		return nil, malformed(f.Name, HTML, number.Say("it has no table"), nil)
	case len(sheets) > o.Limits.Sheets:
		return nil, o.Limits.over(f.Name, number.Say("tables"), int64(o.Limits.Sheets))
	}
	return sheets, nil
}

// htmlCharset finds the encoding that a page names in its first elements.
var htmlCharset = regexp.MustCompile(`(?i)<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)`)

// htmlEncoding is the encoding that a page says it is in. What calls itself Latin-1 is in
// windows-1252, as browsers read it.
func htmlEncoding(content []byte) string {
	head := content[:min(len(content), 4096)]
	if strings.HasPrefix(string(head), "\xFF\xFE") || strings.HasPrefix(string(head), "\xFE\xFF") {
		return "utf-16"
	}
	found := htmlCharset.FindSubmatch(head)
	if found == nil || strings.HasPrefix(string(head), "\uFEFF") {
		return "utf-8"
	}
	switch said := strings.ToLower(string(found[1])); said {
	case "utf8", "unicode-1-1-utf-8", "utf-16", "utf-16le", "utf-16be": // what names UTF-16 in ASCII is not in it
		return "utf-8"
	case "iso-8859-1", "latin1", "iso8859-1", "us-ascii", "ascii", "cp1252":
		return "windows-1252"
	default:
		return said
	}
}

// htmlTable is a table while it is read.
type htmlTable struct {
	name   string
	length int64 // of the file
	node   *html.Node
	limits Limits
}

// htmlCell is a cell and where it begins; rows and columns are how many it takes.
type htmlCell struct {
	node          *html.Node
	place         int
	rows, columns int
}

// sheet finds the merged areas and the width; no rows where nothing is written in any cell.
func (t htmlTable) sheet() (Sheet, *number.Error) {
	var sheet Sheet
	width, rows, shown := 0, 0, false
	var fault *number.Error
	t.layOut(func(cells []htmlCell) bool {
		rows++
		for _, c := range cells {
			if c.rows > 1 || c.columns > 1 {
				sheet.Merged = append(sheet.Merged, Area{FirstRow: rows, LastRow: rows + c.rows - 1, FirstCell: c.place, LastCell: c.place + c.columns - 1})
			}
			width = max(width, c.place+c.columns)
			shown = shown || cellText([]*html.Node{c.node}) != ""
		}
		if fault = t.limits.spread(t.name, t.length, inText, int64(rows), int64(width)); width > t.limits.Columns {
			fault = t.limits.over(t.name, number.Say("cells in a row"), int64(t.limits.Columns))
		}
		return fault == nil
	})
	if shown {
		sheet.Rows = func(yield func(Row, error) bool) { t.rows(width, yield) }
	}
	return sheet, fault
}

// rows gives the rows, all of one width.
func (t htmlTable) rows(width int, yield func(Row, error) bool) {
	line := 0
	t.layOut(func(cells []htmlCell) bool {
		line++
		row := Row{Line: line, Cells: make([]string, width)}
		for _, c := range cells {
			row.Cells[c.place] = cellText([]*html.Node{c.node})
		}
		if fault := t.limits.check(at(t.name, line), row); fault != nil {
			yield(Row{}, fault)
			return false
		}
		return yield(row, nil)
	})
}

// layOut gives the cells of each row with their places, until it is told to stop. A place that
// a cell of a row above reaches into is taken.
func (t htmlTable) layOut(give func([]htmlCell) bool) {
	for _, section := range t.sections() {
		var open []htmlCell // those of rows above that go on; rows is how many are left
		for i, tr := range section {
			var cells []htmlCell
			place, taken := 0, 0
			for td := range tr.ChildNodes() {
				if td.DataAtom != atom.Td && td.DataAtom != atom.Th || isHidden(td) {
					continue
				}
				for ; taken < len(open) && open[taken].place <= place; taken++ {
					place = max(place, open[taken].place+open[taken].columns)
				}
				c := htmlCell{td, place, span(td, "rowspan", len(section)-i), max(1, span(td, "colspan", 1000))}
				if c.rows == 0 { // to the end of its section, which no cell leaves
					c.rows = len(section) - i
				}
				cells = append(cells, c)
				place += c.columns
				if place > t.limits.Columns {
					break
				}
			}
			if !give(cells) {
				return
			}
			open = below(open, cells)
		}
	}
}

// sections are the rows of the table's own, by what they stand in.
func (t htmlTable) sections() [][]*html.Node {
	var sections [][]*html.Node
	for part := range t.node.ChildNodes() {
		switch part.DataAtom {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			var rows []*html.Node
			for tr := range part.ChildNodes() {
				if tr.DataAtom == atom.Tr {
					rows = append(rows, tr)
				}
			}
			sections = append(sections, rows)
		}
	}
	return sections
}
