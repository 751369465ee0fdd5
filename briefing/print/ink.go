package print

import (
	"strconv"

	"codeberg.org/go-pdf/fpdf"
)

// colour is an ink, red, green and blue. Shapes and words say what colours say: a
// copy in black and white loses nothing.
type colour int

const (
	black  colour = 0x1c2733
	grey   colour = 0x56636f
	pale   colour = 0xcdd2cd
	white  colour = 0xffffff
	teal   colour = 0x0a5a66
	orange colour = 0xa03e14
)

func (c colour) rgb() (r, g, b int) { return int(c >> 16), int(c >> 8 & 0xff), int(c & 0xff) }

func ink(p *press, c colour) { p.SetTextColor(c.rgb()) }

// inkOf is the ink of a mark.
func inkOf(mark string) colour {
	switch mark {
	case "up", "met":
		return teal
	case "down", "missed":
		return orange
	}
	return grey
}

// shape draws a mark around a point: each is told by its form alone.
func shape(p *press, mark string, x, y, r float64) {
	c := inkOf(mark)
	p.SetFillColor(c.rgb())
	p.SetDrawColor(c.rgb())
	p.SetLineWidth(r * 0.35)
	corners := func(style string, xy ...float64) {
		var points []fpdf.PointType
		for i := 0; i+1 < len(xy); i += 2 {
			points = append(points, fpdf.PointType{X: x + xy[i]*r, Y: y + xy[i+1]*r})
		}
		p.Polygon(points, style)
	}
	switch mark {
	case "up":
		corners("F", 0, -1.1, 1.1, 0.9, -1.1, 0.9)
	case "down":
		corners("F", 0, 1.1, 1.1, -0.9, -1.1, -0.9)
	case "same":
		corners("F", -1, -0.3, 1, -0.3, 1, 0.3, -1, 0.3)
	case "met":
		p.Circle(x, y, r, "F")
	case "missed":
		p.SetLineWidth(r * 0.5)
		p.Line(x-r*0.8, y-r*0.8, x+r*0.8, y+r*0.8)
		p.Line(x-r*0.8, y+r*0.8, x+r*0.8, y-r*0.8)
	case "ahead":
		corners("D", -0.8, -1, 1, 0, -0.8, 1)
	case "unknown":
		p.Circle(x, y, r, "D")
	default:
		p.Circle(x, y, r*0.4, "F")
	}
}

// charts draws the charts two beside each other.
func charts(p *press, all []Chart) {
	left, wide := p.left, p.wide
	each := (wide - 5) / 2
	tall := p.size * 2.0
	for i := 0; i < len(all); i += 2 {
		top, bottom := p.GetY(), 0.0
		for j, chart := range all[i:min(i+2, len(all))] {
			p.SetY(top)
			p.within(left+float64(j)*(each+5), each)
			chartPress(p, chart, tall)
			bottom = max(bottom, p.GetY())
		}
		p.within(left, wide)
		p.SetY(bottom + 1)
	}
}

// chartPress draws one chart: its title, the line with gaps where figures are missing,
// hollow points where they are not final, first and last figure and year.
func chartPress(p *press, c Chart, tall float64) {
	size := p.size * 0.82
	p.font(plain, size)
	ink(p, black)
	p.MultiCell(p.wide, p.lead(size), c.Title+" ("+c.Unit+")", "", "L", false)
	top := p.GetY() + p.lead(size) + 0.5
	left, wide := p.left+1.2, p.wide-2.4
	at := func(q Point) (x, y float64) { return left + q.X*wide, top + q.Y*tall }
	p.SetDrawColor(pale.rgb())
	p.SetLineWidth(0.15)
	p.Line(left, top+tall+1, left+wide, top+tall+1)
	p.SetDrawColor(teal.rgb())
	p.SetLineWidth(0.4)
	for _, stretch := range c.Lines() {
		for i := 1; i < len(stretch); i++ {
			x0, y0 := at(stretch[i-1])
			x1, y1 := at(stretch[i])
			p.Line(x0, y0, x1, y1)
		}
	}
	p.SetLineWidth(0.25)
	for _, q := range c.Points {
		x, y := at(q)
		switch {
		case !q.Known:
		case q.Tentative:
			p.SetFillColor(white.rgb())
			p.Circle(x, y, 0.7, "FD")
		default:
			p.SetFillColor(teal.rgb())
			p.Circle(x, y, 0.6, "F")
		}
		if q.Labelled {
			p.font(strong, size*0.95)
			beside(p, x, y-1.4, q.Text)
		}
	}
	if n := len(c.Points); n > 0 {
		p.font(plain, size*0.9)
		ink(p, grey)
		y := top + tall + 1 + p.lead(size)*0.85
		for _, q := range []Point{c.Points[0], c.Points[n-1]} {
			x, _ := at(q)
			beside(p, x, y, strconv.Itoa(q.Year))
		}
		ink(p, black)
	}
	p.SetY(top + tall + 1.5 + p.lead(size))
}

// beside prints a short text above a point, within the column.
func beside(p *press, x, y float64, text string) {
	wide := p.GetStringWidth(text)
	x = min(max(x-wide/2, p.left), p.left+p.wide-wide)
	p.Text(x, y, text)
}
