package print

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// fonts are Be Vietnam Pro under the SIL Open Font License, which stands beside them.
//
//go:embed font
var fonts embed.FS

// The sizes of a printed page, in millimetres.
const (
	pageWidth, pageHeight = 210.0, 297.0
	margin                = 13.0
	gutter                = 7.0
	inner                 = pageWidth - 2*margin
	column                = (inner - gutter) / 2
)

// The sizes of text that are tried until all of it stands on one page, in points.
const (
	largest, smallest, step = 9.6, 6.4, 0.2
)

// PDF writes the sheet on one page of A4. What does not fit in the smallest text
// goes on to further pages; nothing is left out.
func (s *Sheet) PDF(w io.Writer) error {
	regular, err := fonts.ReadFile("font/regular.ttf")
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	bold, err := fonts.ReadFile("font/semibold.ttf")
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	for size := largest; ; size -= step {
		p := newPress(size, regular, bold)
		p.set(s)
		if p.PageCount() == 1 || size <= smallest {
			var out bytes.Buffer
			if err := p.Output(&out); err != nil {
				return fmt.Errorf("print: %w", err)
			}
			_, err := w.Write(out.Bytes())
			return err
		}
	}
}

// press is a PDF while it is set.
type press struct {
	*fpdf.Fpdf
	size float64 // of the text, in points
	left float64 // of the column
	wide float64 // of the column
}

const (
	plain  = ""
	strong = "B"
)

func newPress(size float64, regular, bold []byte) *press {
	p := &press{Fpdf: fpdf.New("P", "mm", "A4", ""), size: size, left: margin, wide: inner}
	p.AddUTF8FontFromBytes("text", plain, regular)
	p.AddUTF8FontFromBytes("text", strong, bold)
	p.SetMargins(margin, margin, margin)
	p.SetAutoPageBreak(true, margin)
	p.SetCellMargin(0)
	// The same briefing is the same file, whenever it is printed.
	p.SetCreationDate(time.Unix(0, 0).UTC())
	p.SetModificationDate(time.Unix(0, 0).UTC())
	p.SetCatalogSort(true)
	p.AddPage()
	return p
}

// lead is the distance between lines.
func (p *press) lead(size float64) float64 { return size * 0.49 }

func (p *press) set(s *Sheet) {
	p.SetTitle(s.Title+" – "+s.Span, true)
	p.SetSubject(s.Subject, true)
	p.SetCreator("Niengiam", true)
	p.SetLang(s.Lang)
	p.head(s)
	p.group(s.Headlines)
	p.columns(func() {
		for _, g := range s.Groups {
			p.group(g)
		}
	}, func() {
		if len(s.Charts) > 0 {
			p.heading(s.Labels.Charts)
			charts(p, s.Charts)
		}
	})
	p.columns(func() {
		p.group(s.Targets)
		p.group(s.Others)
		p.group(s.Revised)
	}, func() {
		for _, t := range s.Rankings {
			p.table(t)
		}
	})
	p.ending(s)
}

// head sets the title between two rules.
func (p *press) head(s *Sheet) {
	ink(p, teal)
	p.font(strong, p.size*1.95)
	p.Write(p.lead(p.size*1.95), s.Title)
	p.Ln(p.lead(p.size * 2.1))
	ink(p, black)
	p.font(strong, p.size*1.2)
	p.Write(p.lead(p.size*1.2), s.Subject)
	p.Ln(p.lead(p.size * 1.25))
	ink(p, grey)
	p.font(plain, p.size*0.95)
	p.Write(p.lead(p.size), s.Span+" · "+s.Published)
	p.Ln(p.lead(p.size) + 1)
	p.rule(teal, 0.5)
	p.Ln(1.4)
}

// columns sets two columns side by side and goes on below the longer one.
func (p *press) columns(left, right func()) {
	top, page := p.GetY(), p.PageNo()
	p.within(margin, column)
	left()
	bottom := p.GetY()
	if p.PageNo() == page {
		p.SetY(top)
	}
	p.within(margin+column+gutter, column)
	right()
	bottom = max(bottom, p.GetY())
	p.within(margin, inner)
	p.SetY(bottom)
}

// within narrows what follows to a column.
func (p *press) within(left, wide float64) {
	p.left, p.wide = left, wide
	p.SetLeftMargin(left)
	p.SetRightMargin(pageWidth - left - wide)
	p.SetX(left)
}

func (p *press) heading(title string) {
	p.Ln(0.8)
	p.font(strong, p.size*1.1)
	ink(p, teal)
	p.Write(p.lead(p.size*1.1), title)
	p.Ln(p.lead(p.size*1.1) + 0.5)
	ink(p, black)
}

// group sets lines under a heading; nothing where there are none.
func (p *press) group(g Group) {
	if len(g.Lines) == 0 {
		return
	}
	p.heading(g.Title)
	for _, l := range g.Lines {
		p.line(l)
	}
	p.Ln(0.5)
}

// line sets a sentence behind its mark.
func (p *press) line(l Line) {
	left, wide := p.left, p.wide
	indent := p.size * 0.42
	mark := l.Mark
	if mark == "" {
		mark = "dot"
	}
	if _, _, _, bottom := p.GetMargins(); p.GetY()+p.lead(p.size) > pageHeight-bottom {
		p.AddPage()
	}
	shape(p, mark, left+indent*0.38, p.GetY()+p.lead(p.size)/2, p.size*0.125)
	p.within(left+indent, wide-indent)
	flow(p, l, p.size)
	p.Ln(p.lead(p.size) + 0.35)
	p.within(left, wide)
}

// table sets a ranking.
func (p *press) table(t Table) {
	p.heading(t.Title)
	if len(t.Rows) == 0 {
		p.line(t.Lead)
		return
	}
	size := p.size * 0.92
	widths := rankingWidths()
	for i := range widths {
		widths[i] *= p.wide
	}
	row := func(cells []string, style string) {
		p.font(style, size)
		top, tall := p.GetY(), p.lead(size)
		lines := 1
		for i, cell := range cells {
			lines = max(lines, len(p.SplitText(cell, widths[i]-1)))
		}
		if top+float64(lines)*tall > pageHeight-margin {
			p.AddPage()
			top = p.GetY()
		}
		x := p.left
		for i, cell := range cells {
			p.SetXY(x, top)
			p.MultiCell(widths[i]-1, tall, cell, "", "L", false)
			x += widths[i]
		}
		p.SetXY(p.left, top+float64(lines)*tall+0.3)
		p.rule(pale, 0.1)
		p.SetXY(p.left, p.GetY()+0.3)
	}
	ink(p, grey)
	row(t.Head, plain)
	ink(p, black)
	for _, cells := range t.Rows {
		row(cells, plain)
	}
	p.Ln(0.8)
}

// ending sets notes and sources small, in two columns.
func (p *press) ending(s *Sheet) {
	size := p.size * 0.74
	p.Ln(1)
	p.rule(teal, 0.2)
	p.Ln(0.6)
	small := func(runs ...Run) {
		for _, run := range runs {
			p.font(plain, size)
			if run.Strong {
				p.font(strong, size)
			}
			p.Write(p.lead(size), run.Text)
		}
		p.Ln(p.lead(size) + 0.2)
	}
	p.columns(func() {
		if len(s.Footnotes) > 0 {
			small(Run{Text: s.Labels.Sources, Strong: true})
		}
		for _, f := range s.Footnotes {
			p.font(plain, size)
			p.Write(p.lead(size), fmt.Sprintf("%d. ", f.Number))
			if f.URL != "" {
				p.WriteLinkString(p.lead(size), f.Source, f.URL)
				small(Run{Text: ", " + f.Details})
				continue
			}
			small(Run{Text: f.Source + ", " + f.Details})
		}
	}, func() {
		if len(s.Notes) > 0 {
			small(Run{Text: s.Labels.Notes, Strong: true})
		}
		for _, n := range s.Notes {
			small(Run{Text: "• " + n})
		}
		ink(p, grey)
		small(Run{Text: s.Ending})
		ink(p, black)
	})
}

func (p *press) font(style string, size float64) { p.SetFont("text", style, size) }

// rule draws a line across the column.
func (p *press) rule(c colour, thick float64) {
	p.SetDrawColor(c.rgb())
	p.SetLineWidth(thick)
	p.Line(p.left, p.GetY(), p.left+p.wide, p.GetY())
}
