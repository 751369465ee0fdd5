package encode

import (
	"context"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"github.com/niengiam/niengiam/stats/number"
)

// Writer writes objects as gqlgen does, to the letter.
type Writer struct {
	ctx     context.Context //nolint:containedctx // of the one answer that it writes
	json    []byte
	numbers bool
	objects int
	refused bool
}

// between is how many objects are written before somebody looks whether time is up.
const between = 256

// Begin begins an object, and reports whether to go on.
func (w *Writer) Begin() bool {
	if w.objects++; w.objects%between == 0 && w.ctx.Err() != nil {
		w.refused = true
	}
	return !w.refused
}

// Key begins a field.
func (w *Writer) Key(s *Step) { w.json = append(w.json, s.key...) }

// End ends an object of which so much was selected.
func (w *Writer) End(s *Selection) {
	if len(s.Steps) == 0 {
		w.json = append(w.json, '{')
	}
	w.json = append(w.json, '}')
}

// Refuse leaves the answer to gqlgen.
func (w *Writer) Refuse() { w.refused = true }

// Null writes null; where the schema has none gqlgen is needed.
func (w *Writer) Null(nullable bool) {
	if !nullable {
		w.refused = true
	}
	w.json = append(w.json, "null"...)
}

// Has writes null where something is not known, and reports whether it is.
func (w *Writer) Has(known, nullable bool) bool {
	if !known {
		w.Null(nullable)
	}
	return known
}

// Open begins a list, and returns where it begins.
func (w *Writer) Open() (start int) {
	w.json = append(w.json, '[')
	return len(w.json)
}

// Next begins element i of a list of n that began at start. What the first one took is made
// room for as often as there are others.
func (w *Writer) Next(i, n, start int) {
	switch i {
	case 0:
		return
	case 1:
		w.json = slices.Grow(w.json, (n-1)*(len(w.json)-start+1))
	}
	w.json = append(w.json, ',')
}

// Close ends a list.
func (w *Writer) Close() { w.json = append(w.json, ']') }

// String writes a text.
func (w *Writer) String(text string) { w.json = appendString(w.json, text) }

// Int writes a whole number.
func (w *Writer) Int(n int64) { w.json = strconv.AppendInt(w.json, n, 10) }

// Year writes a year, or null where there is none.
func (w *Writer) Year(y number.Year, nullable bool) {
	if w.Has(y != 0, nullable) {
		w.Int(int64(y))
	}
}

// Bool writes true or false.
func (w *Writer) Bool(b bool) { w.json = strconv.AppendBool(w.json, b) }

// Decimal writes a number in the form of the answer, or null where there is none.
func (w *Writer) Decimal(v number.Value, nullable bool) {
	if f, known := v.Number(); known {
		w.Fraction(f)
		return
	}
	w.Null(nullable)
}

// Decimals writes a list of numbers: as strings where one of them is missing.
func (w *Writer) Decimals(list []number.Value, nullable bool) {
	numbers := w.numbers
	for _, v := range list {
		numbers = numbers && v.IsKnown()
	}
	start := w.Open()
	for i, v := range list {
		w.Next(i, len(list), start)
		if f, known := v.Number(); known {
			w.fraction(f, numbers)
		} else {
			w.Null(nullable)
		}
	}
	w.Close()
}

// Fraction writes a number in the form of the answer.
func (w *Writer) Fraction(f number.Fraction) { w.fraction(f, w.numbers) }

func (w *Writer) fraction(f number.Fraction, bare bool) {
	if bare {
		w.json = f.Append(w.json)
		return
	}
	w.json = append(f.Append(append(w.json, '"')), '"')
}

// Scalar writes what a scalar of another kind is marshalled to.
func (w *Writer) Scalar(m graphql.Marshaler, nullable bool) {
	if m == graphql.Null {
		w.Null(nullable)
		return
	}
	m.MarshalGQL(appender{w})
}

// appender is the Writer as scalars know it.
type appender struct{ *Writer }

// Write appends.
func (a appender) Write(part []byte) (int, error) {
	a.json = append(a.json, part...)
	return len(part), nil
}

// appendString quotes a text as gqlgen does, which escapes what JSON must and passes on the
// rest byte by byte.
func appendString(to []byte, text string) []byte {
	const hex = "0123456789ABCDEF"
	to = append(to, '"')
	start := 0
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf || c >= ' ' && c != '\\' && c != '"' {
			continue
		}
		to = append(to, text[start:i]...)
		start = i + 1
		switch c {
		case '\t':
			to = append(to, `\t`...)
		case '\r':
			to = append(to, `\r`...)
		case '\n':
			to = append(to, `\n`...)
		case '\\', '"':
			to = append(to, '\\', c)
		default:
			to = append(to, `\u00`...)
			to = append(to, hex[c>>4], hex[c&0xf])
		}
	}
	return append(append(to, text[start:]...), '"')
}
