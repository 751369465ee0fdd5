package catalogue

import "github.com/niengiam/niengiam/stats/number"

// Topic groups indicators.
type Topic struct {
	// Code names the topic.
	Code string `json:"code"`
	// Names is its title.
	Names number.Text `json:"name"`
}

// Name is the topic's title.
func (t *Topic) Name(language number.Language) string { return t.Names.In(language) }
