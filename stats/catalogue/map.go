package catalogue

import (
	"github.com/niengiam/niengiam/stats/number"
)

// Map describes the shapes of the units of a level on some days, from which maps are
// drawn. The shapes themselves are files of the workspace.
type Map struct {
	// Code names the map.
	Code string `json:"code"`
	// LevelCode is the code of the level whose units are shapes of it.
	LevelCode string `json:"level"`
	// Validity is the days whose territories it shows.
	Validity number.Validity `json:"validity,omitzero"`
	// Source is who drew it.
	Source *Citation `json:"source"`
}

// ValidFrom is the first day whose territories the map shows; nil when open.
func (m *Map) ValidFrom() *number.Date { return m.Validity.From.OrNil() }

// ValidTo is the day after the last whose territories the map shows; nil when open.
func (m *Map) ValidTo() *number.Date { return m.Validity.To.OrNil() }
