package catalogue

import "github.com/niengiam/niengiam/stats/number"

// DataSource is a source of figures, as readers name it.
type DataSource struct {
	// Code is its code, which releases name.
	Code string `json:"code"`
	// Titles is its title, Publishers who publishes its figures.
	Titles     number.Text `json:"title"`
	Publishers number.Text `json:"publisher"`
}

// Title is its title.
func (s *DataSource) Title(language number.Language) string { return s.Titles.In(language) }

// Publisher is who publishes its figures.
func (s *DataSource) Publisher(language number.Language) string { return s.Publishers.In(language) }

// DataSource returns the source of a code; nil where there is none, as after it was taken
// out of the workspace.
func (c *Catalogue) DataSource(code string) *DataSource {
	for _, source := range c.Sources {
		if source.Code == code {
			return source
		}
	}
	return nil
}
