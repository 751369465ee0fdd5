package catalogue

import (
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Level is a tier of units: province, district, commune, school. The levels of
// a workspace are ordered from the top down.
type Level struct {
	// Code names the level: "district".
	Code string `json:"code"`
	// Noun is the level's common noun: huyện, district, districts.
	Noun Noun `json:"noun"`
	// Kinds are the kinds of unit that the level has.
	Kinds []*Kind `json:"kinds"`

	index int
}

// Kind is a kind of unit within a level: xã, phường and thị trấn are kinds of commune.
type Kind struct {
	// Code names the kind: "xa".
	Code string `json:"code"`
	// Names is the kind as it stands in official names: Xã, Commune.
	Names number.Text `json:"name"`
}

// Index is the level's place from the top, 0 first.
func (l *Level) Index() int { return l.index }

// Name is the level's common noun.
func (l *Level) Name(language number.Language) string { return l.Noun.One(language) }

// Name is the kind as it stands in official names.
func (k *Kind) Name(language number.Language) string { return k.Names.In(language) }

func (l *Level) kind(code string) *Kind {
	if kind := l.Has(code); kind != nil {
		return kind
	}
	return &Kind{Code: code, Names: number.Same(code)}
}

// Has gives the kind of a code, nil when the level has none.
func (l *Level) Has(code string) *Kind {
	for _, kind := range l.Kinds {
		if kind.Code == code {
			return kind
		}
	}
	return nil
}

// SpansOf lists the times in which a level has units, one after the other.
func SpansOf(c *Catalogue, level string) []LevelSpan {
	var all []LevelSpan
	for _, version := range c.Units {
		if version.Level == level {
			to := version.Validity.To
			if to.IsOpen() {
				to = number.NewDate(9999, 12, 31)
			}
			all = append(all, LevelSpan{version.Validity.From, to})
		}
	}
	slices.SortFunc(all, func(a, b LevelSpan) int { return int(a.from) - int(b.from) })
	var joined []LevelSpan
	for _, s := range all {
		if n := len(joined); n > 0 && s.from <= joined[n-1].to {
			joined[n-1].to = max(joined[n-1].to, s.to)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// LevelSpan is a stretch of time in which a level has units.
type LevelSpan struct{ from, to number.Date }

// Told is the stretch in words.
func (s LevelSpan) Told() number.Message {
	switch {
	case s.from.IsOpen() && s.to == number.NewDate(9999, 12, 31):
		return number.Say("always")
	case s.from.IsOpen():
		return number.Say("until %s", s.to)
	case s.to == number.NewDate(9999, 12, 31):
		return number.Say("from %s", s.from)
	}
	return number.Say("from %s until %s", s.from, s.to)
}
