package stats

import "slices"

// Map is the shapes of the units of a level on some days, which a workspace has for
// maps to be drawn. The shapes themselves are not kept here: they are no figures.
type Map struct {
	// Code names the map.
	Code string `json:"code"`
	// LevelCode is the code of the level whose units are shapes of it.
	LevelCode string `json:"level"`
	// Validity is the days whose territories it shows.
	Validity Validity `json:"validity,omitzero"`
	// Source is who drew it.
	Source *Citation `json:"source"`
}

// ValidFrom is the first day whose territories the map shows; nil when open.
func (m *Map) ValidFrom() *Date { return m.Validity.From.orNil() }

// ValidTo is the day after the last whose territories the map shows; nil when open.
func (m *Map) ValidTo() *Date { return m.Validity.To.orNil() }

// MapOn gives the map of a level on a day, nil when there is none. There is at most
// one: a workspace is checked when it is read.
func (c *Catalogue) MapOn(level *Level, day Date) *Map {
	i := slices.IndexFunc(c.Maps, func(m *Map) bool { return m.LevelCode == level.Code && m.Validity.Contains(day) })
	if i < 0 {
		return nil
	}
	return c.Maps[i]
}

// Bases gives the days from which some unit is another than on the day before: one
// began, ended, or got another name, kind or parent. Latest first; between two of
// them every basis is the same.
func (s *Service) Bases() []Date {
	c := s.state()
	first, _ := slices.BinarySearch(c.turns, c.KnownFrom+1)
	days := slices.Clone(c.turns[first:])
	slices.Reverse(days)
	return days
}
