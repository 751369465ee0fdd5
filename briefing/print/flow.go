package print

import (
	"strconv"
	"strings"
)

// piece is a part of a word in one weight and ink; footnotes are raised.
type piece struct {
	text, style string
	ink         colour
	raised      bool
}

// wordsLine are what must not be torn between two lines, in their order: a comma stays
// with the word before it, and so do the numbers of the footnotes.
func wordsLine(l Line) [][]piece {
	all := [][]piece{nil}
	add := func(text, style string, ink colour, raised bool) {
		for i, part := range strings.Split(text, " ") {
			if i > 0 {
				all = append(all, nil)
			}
			if last := len(all) - 1; part != "" {
				all[last] = append(all[last], piece{part, style, ink, raised})
			}
		}
	}
	if l.Said() {
		add(l.Word+" · ", strong, inkOf(l.Mark), false)
	}
	for _, run := range l.Runs {
		style := plain
		if run.Strong {
			style = strong
		}
		add(run.Text, style, black, false)
	}
	numbers := make([]string, len(l.Notes))
	for i, number := range l.Notes {
		numbers[i] = strconv.Itoa(number)
	}
	add(strings.Join(numbers, ","), plain, grey, true)
	return all
}

// raisedSize is the size of a footnote's number, of that of the text.
const raisedSize = 0.66

// flow writes a line word by word within the column.
func flow(p *press, l Line, size float64) {
	const slack = 0.1 // so that what was measured to fit is not broken by rounding
	for i, word := range wordsLine(l) {
		wide := measured(p, word, size)
		p.font(plain, size)
		switch {
		case i == 0 || len(word) == 0:
		case p.GetX()+p.GetStringWidth(" ")+wide > p.left+p.wide-slack:
			p.Ln(p.lead(size))
		default:
			p.Write(p.lead(size), " ")
		}
		for _, part := range word {
			p.font(part.style, size)
			ink(p, part.ink)
			if part.raised {
				p.SubWrite(p.lead(size), part.text, size*raisedSize, size*0.32, 0, "")
				continue
			}
			p.Write(p.lead(size), part.text)
		}
	}
	ink(p, black)
}

// measured is how wide a word is.
func measured(p *press, word []piece, size float64) float64 {
	wide := 0.0
	for _, part := range word {
		of := size
		if part.raised {
			of *= raisedSize
		}
		p.font(part.style, of)
		wide += p.GetStringWidth(part.text)
	}
	return wide
}
