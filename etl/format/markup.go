package format

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// markup reads XML a token at a time, in bounded memory: a token may not be longer than a
// cell, elements may not stand too deep, and a document type, whose entities could swell,
// is refused.
type markup struct {
	decoder *xml.Decoder
	source  *meter
	where   string
	kind    Kind
	limits  Limits
	depth   int
	// before is how many bytes stand before the last token.
	before int64
}

func newMarkup(source io.Reader, where string, kind Kind, limits Limits) *markup {
	m := &markup{source: &meter{source: bufio.NewReaderSize(source, 64<<10)}, where: where, kind: kind, limits: limits}
	m.source.most = max(1<<20, 8*limits.Cell)
	m.decoder = xml.NewDecoder(m.source)
	return m
}

// errLong ends the reading of a token that is too long.
var errLong = errors.New("a token is too long")

// meter counts the bytes of a token.
type meter struct {
	source     *bufio.Reader
	read, most int
}

// ReadByte is what the decoder calls.
func (m *meter) ReadByte() (byte, error) {
	if m.read++; m.read > m.most {
		return 0, errLong
	}
	return m.source.ReadByte()
}

func (m *meter) Read([]byte) (int, error) { return 0, errors.ErrUnsupported } // the decoder takes bytes

// next gives the next start, end or text; nil at the end of the document.
func (m *markup) next() (xml.Token, error) {
	for {
		m.source.read, m.before = 0, m.decoder.InputOffset()
		token, err := m.decoder.Token()
		switch coded, isCoded := errors.AsType[*number.Error](err); {
		case errors.Is(err, io.EOF):
			return nil, nil
		case isCoded:
			return nil, coded
		case errors.Is(err, errLong):
			return nil, m.limits.over(m.where, number.Say("bytes in a cell"), int64(m.limits.Cell))
		case err != nil:
			return nil, malformed(m.where, m.kind, number.Say("its XML cannot be read"), err)
		}
		switch token.(type) {
		case xml.StartElement:
			if m.depth++; m.depth > m.limits.Depth {
				return nil, m.limits.over(m.where, number.Say("elements within each other"), int64(m.limits.Depth))
			}
			return token, nil
		case xml.EndElement:
			m.depth--
			return token, nil
		case xml.CharData:
			return token, nil
		case xml.Directive:
			return nil, malformed(m.where, m.kind, number.Say("its XML declares a document type"), nil)
		}
	}
}

// pass reads to the end of the element whose start came last.
func (m *markup) pass() error {
	for depth := m.depth; ; {
		token, err := m.next()
		if token == nil || err != nil || m.depth < depth {
			return err
		}
	}
}

// each gives every element to a function, until one returns an error.
func (m *markup) each(see func(xml.StartElement) error) error {
	for {
		token, err := m.next()
		if token == nil || err != nil {
			return err
		}
		if start, ok := token.(xml.StartElement); ok {
			if err := see(start); err != nil {
				return err
			}
		}
	}
}

// attribute gives the value of an attribute by its local name, "" where there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isOn reads an attribute that is true or false.
func isOn(e xml.StartElement, name string) bool {
	value := attribute(e, name)
	return value == "1" || strings.EqualFold(value, "true")
}
