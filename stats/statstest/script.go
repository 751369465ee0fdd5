package statstest

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// statement is one line of a script that starts in the first column, with the
// indented lines below it.
type statement struct {
	line  int
	words []string
	body  []bodyLine
}

type bodyLine struct {
	line  int
	words []string
}

// text is the body as it should read.
func (s statement) text() []string {
	var lines []string
	for _, b := range s.body {
		lines = append(lines, strings.Join(b.words, " "))
	}
	return lines
}

// parse reads a script. The first line of a script is a comment that says what
// the script guards.
func parse(script io.Reader) ([]statement, error) {
	var statements []statement
	scanner := bufio.NewScanner(script)
	for line := 1; scanner.Scan(); line++ {
		text := scanner.Text()
		if line == 1 && (!strings.HasPrefix(text, "# ") || !strings.HasSuffix(text, ".")) {
			return nil, fmt.Errorf("line 1: a script begins with a comment of one sentence that says what it guards")
		}
		if at := strings.Index(text, "#"); at >= 0 {
			text = text[:at]
		}
		words := strings.Fields(text)
		switch {
		case len(words) == 0:
		case text[0] != ' ' && text[0] != '\t':
			statements = append(statements, statement{line: line, words: words})
		case len(statements) == 0:
			return nil, fmt.Errorf("line %d: an indented line without a statement above it", line)
		default:
			last := &statements[len(statements)-1]
			last.body = append(last.body, bodyLine{line, words})
		}
	}
	return statements, scanner.Err()
}

// arguments reads the words of a statement one after the other.
type arguments struct {
	words []string
}

// next takes the next word, "" at the end.
func (a *arguments) next() string {
	if len(a.words) == 0 {
		return ""
	}
	word := a.words[0]
	a.words = a.words[1:]
	return word
}

// after finds a keyword and takes the word behind it; "" when the keyword is not there.
func (a *arguments) after(keyword string) string {
	for i, word := range a.words {
		if word == keyword && i+1 < len(a.words) {
			value := a.words[i+1]
			a.words = append(a.words[:i:i], a.words[i+2:]...)
			return value
		}
	}
	return ""
}

// has finds a keyword and takes it.
func (a *arguments) has(keyword string) bool {
	for i, word := range a.words {
		if word == keyword {
			a.words = append(a.words[:i:i], a.words[i+1:]...)
			return true
		}
	}
	return false
}

// rest takes all words behind a keyword.
func (a *arguments) rest(keyword string) []string {
	for i, word := range a.words {
		if word == keyword {
			rest := a.words[i+1:]
			a.words = a.words[:i]
			return rest
		}
	}
	return nil
}

// end reports words that nobody took.
func (a *arguments) end() error {
	if len(a.words) > 0 {
		return fmt.Errorf("%q is not understood", strings.Join(a.words, " "))
	}
	return nil
}

func years(a *arguments) (span catalogue.Years, err error) {
	if span.From, err = year(a.after("from")); err != nil {
		return span, err
	}
	span.To, err = year(a.after("to"))
	return span, err
}

func year(text string) (number.Year, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	return number.Year(n), err
}

// spaced returns a word whose underscores stand for blanks.
func spaced(word string) string { return strings.ReplaceAll(word, "_", " ") }

// num reads a number.
func num(text string) (decimal.NullDecimal, error) {
	d, err := decimal.NewFromString(text)
	return decimal.NewNullDecimal(d), err
}
