package format

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// depth refuses JSON that is not one value, or whose values stand too deep within each other,
// before it is decoded.
func depth(file string, kind Kind, text string, limits Limits) *number.Error {
	decoder, deep, values := json.NewDecoder(strings.NewReader(text)), 0, 0
	decoder.UseNumber()
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && deep == 0 && values == 1 {
			return nil
		}
		if deep == 0 && err == nil {
			values++
		}
		if err != nil || values > 1 {
			return brokenJSON(file, kind, text, decoder.InputOffset(), err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			if deep++; deep > limits.Depth {
				return limits.over(file, number.Say("values within each other"), int64(limits.Depth))
			}
		case json.Delim('}'), json.Delim(']'):
			deep--
		}
	}
}

// brokenJSON is the fault of JSON that ends or breaks off at a place.
func brokenJSON(file string, kind Kind, text string, offset int64, cause error) *number.Error {
	line := 1 + strings.Count(text[:min(int(offset), len(text))], "\n")
	return malformed(at(file, line), kind, number.Say("its JSON ends or breaks off there"), cause)
}
