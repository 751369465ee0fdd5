package export

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/graph/sheet"
	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// paper is what a file says of itself: what was asked, and where it comes from.
type paper struct {
	Workspace   number.Text    `json:"workspace"`
	Title       number.Text    `json:"title,omitzero"`
	Description number.Text    `json:"description,omitzero"`
	Question    string         `json:"question,omitempty"` // its code, when it is saved
	Query       string         `json:"query"`
	Variables   map[string]any `json:"variables"`
	// DataVersion pins the answers: with it in asOf the question gives them again.
	DataVersion string           `json:"dataVersion"`
	Sources     []source         `json:"sources,omitempty"`
	Meaning     []meaning        `json:"indicators,omitempty"`
	Answers     []*sheet.About   `json:"answers"`
	Columns     []tableOfColumns `json:"tables"`
	// Untranslated counts the texts of the workspace that lack a language.
	Untranslated map[number.Language]int `json:"untranslated,omitempty"`
	// Unlisted says why there are no sources.
	Unlisted string `json:"sourcesUnlisted,omitempty"`

	variables string
}

type release struct {
	ID        string `json:"id"`
	Source    string `json:"source"`
	Published string `json:"published"`
}

// source is one release that figures were taken from.
type source struct {
	release
	Title     number.Text `json:"title"`
	Publisher number.Text `json:"publisher"`
	Citations []string    `json:"citations"`
}

// meaning says what an indicator is.
type meaning struct {
	Code        string             `json:"code"`
	Name        number.Text        `json:"name"`
	Description number.Text        `json:"description"`
	Unit        number.Text        `json:"unit"`
	Definition  catalogue.Citation `json:"definition,omitzero"`
}

type tableOfColumns struct {
	Name    string   `json:"name"`
	Columns []column `json:"columns"`
}

type column struct {
	Name        string     `json:"name"`
	Kind        sheet.Kind `json:"kind"`
	Description string     `json:"description"`
}

func releaseOf(r *ledger.Release) release {
	return release{ID: r.ID.String(), Source: r.SourceCode, Published: r.Published.String()}
}

// meanings says what the indicators of all answers are, each once.
func meanings(catalogue *catalogue.Calendar, abouts []*sheet.About) []meaning {
	var codes []string
	for _, about := range abouts {
		codes = append(codes, about.Indicators...)
	}
	slices.Sort(codes)
	var all []meaning
	for _, code := range slices.Compact(codes) {
		i := catalogue.Indicator(code)
		if i == nil {
			continue
		}
		m := meaning{
			Code: i.Code, Name: i.Names, Description: i.Descriptions,
			Unit: number.Text{VI: i.UnitOfMeasure(number.Vietnamese), EN: i.UnitOfMeasure(number.English)},
		}
		if i.Definition != nil {
			m.Definition = *i.Definition
		}
		all = append(all, m)
	}
	return all
}

// addSources adds what the figures of each answer were taken from.
func (p *paper) addSources(ctx context.Context, config Config, abouts []*sheet.About) error {
	for _, about := range abouts {
		publications, err := config.Server.Stats().Publications(ctx, about.Indicators, about.Years, about.AsOf, about.Basis)
		if coded := number.Errors(err); len(coded) > 0 && coded[0].Code == number.TooMany {
			p.Unlisted = coded[0].Error()
			continue
		} else if err != nil {
			return err
		}
		for _, publication := range publications {
			s := source{release: releaseOf(publication.Release), Citations: publication.Citations}
			if named := config.Server.Stats().Catalogue().DataSource(s.Source); named != nil {
				s.Title, s.Publisher = named.Titles, named.Publishers
			}
			if !slices.ContainsFunc(p.Sources, func(other source) bool { return other.ID == s.ID }) {
				p.Sources = append(p.Sources, s)
			}
		}
	}
	return nil
}

// line is one line of the notes of a file, under a heading in both languages.
type line struct{ label, text string }

// lines are the paper for people, in Vietnamese and English.
func (p *paper) lines() []line {
	var all []line
	add := func(label, text string) {
		if text != "" {
			all = append(all, line{label, text})
		}
	}
	add("Không gian dữ liệu / Workspace", both(p.Workspace))
	add("Câu hỏi / Question", both(p.Title))
	add("Mô tả / Description", both(p.Description))
	add("Mã câu hỏi / Code of the question", p.Question)
	add("Biến / Variables", p.variables)
	if lacks := p.Untranslated[number.Vietnamese]; lacks > 0 {
		add("Ngôn ngữ / Language", fmt.Sprintf("%d tên gọi và mô tả của không gian dữ liệu chỉ có bằng tiếng Anh / texts of the workspace in English alone: %d", lacks, lacks))
	}
	if lacks := p.Untranslated[number.English]; lacks > 0 {
		add("Ngôn ngữ / Language", fmt.Sprintf("%d tên gọi và mô tả của không gian dữ liệu chỉ có bằng tiếng Việt / texts of the workspace in Vietnamese alone: %d", lacks, lacks))
	}
	add("Phiên bản dữ liệu / Data version", p.DataVersion)
	for _, s := range p.Sources {
		add("Nguồn / Source", s.text())
		for _, citation := range s.Citations {
			add("Trích dẫn / Citation", citation)
		}
	}
	add("Nguồn / Source", p.Unlisted)
	for _, m := range p.Meaning {
		add("Chỉ tiêu / Indicator", fmt.Sprintf("%s: %s [%s]. %s", m.Code, both(m.Name), both(m.Unit), both(m.Description)))
		add("Định nghĩa / Definition", strings.TrimSpace(m.Definition.Title+" "+m.Definition.URL))
	}
	for _, about := range p.Answers {
		if about.Release != nil {
			add("Bản phát hành của câu trả lời / Release of the answer", fmt.Sprintf("%s: %s, %s, %s",
				about.Root, about.Release.ID, about.Release.Published, about.Release.Source))
		}
		for _, note := range about.Notes {
			add("Ghi chú / Note", note.Code+": "+both(number.Text{VI: note.VI, EN: note.EN}))
			for _, citation := range note.Citations {
				add("Trích dẫn của ghi chú / Citation of the note", citation)
			}
		}
		for _, fact := range about.Facts {
			add("Ngoài bảng / Beside the table", about.Root+"."+fact.Name+" = "+fact.Value)
		}
	}
	return all
}

func (s *source) text() string {
	if s.Title == (number.Text{}) {
		return fmt.Sprintf("%s; %s %s", s.Source, s.ID, s.Published)
	}
	told := func(language number.Language) string { return s.Title.In(language) + ", " + s.Publisher.In(language) }
	text := fmt.Sprintf("%s; %s %s", told(number.Vietnamese), s.ID, s.Published)
	if told(number.Vietnamese) == told(number.English) {
		return text
	}
	return text + " / " + told(number.English)
}

func both(text number.Text) string {
	vi, en := text.In(number.Vietnamese), text.In(number.English)
	if vi == en {
		return vi
	}
	return vi + " / " + en
}

// metadata is the paper as JSON, for formats that carry a text beside their data.
func (p *paper) metadata() (string, error) {
	text, err := json.Marshal(p)
	return string(text), err
}
