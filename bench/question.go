package main

import (
	"encoding/json"
	"time"

	"github.com/niengiam/niengiam/bench/bare"
)

// The kinds of question.
const (
	comparison = "comparison"
	ranking    = "ranking"
)

// question asks for the growth of an indicator by the units of a level.
type question struct {
	indicator, level string
	year, base       int
}

func (q question) asked() bare.Asked {
	return bare.Asked{Indicator: q.indicator, Year: q.year, Base: q.base}
}

// body writes the request of a question, as of a day when one is given. Slices
// are remembered by what is asked of the releases, so that another day asks for
// slices that nobody has asked for.
func (q question) body(kind string, day *time.Time) ([]byte, error) {
	variables := map[string]any{"indicator": q.indicator, "year": q.year, "base": q.base, "level": q.level}
	if day != nil {
		variables["scope"] = map[string]any{"asOf": map[string]any{"date": day.Format(time.DateOnly)}}
	}
	return json.Marshal(map[string]any{"query": document(kind), "variables": variables})
}
