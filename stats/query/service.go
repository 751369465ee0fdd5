package query

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// Service answers questions, each in one method. It is safe for concurrent use.
type Service struct {
	*figure.Engine
}

// New makes a Service that reads through a source.
func New(source figure.Source) *Service { return &Service{figure.NewEngine(source)} }

// As returns the Service for a caller. New makes one for a caller without any right.
func (s *Service) As(caller figure.Caller) *Service { return &Service{s.Engine.As(caller)} }

// Gather returns a Service for one operation that asks so many questions at once, and the
// Gathering in which each of them must be entered; see Engine.Gather.
func (s *Service) Gather(questions int) (*Service, *figure.Gathering) {
	engine, gathering := s.Engine.Gather(questions)
	return &Service{engine}, gathering
}

// fetch gets the slices of a question's indicator and breakdown for some years and
// levels, all at once.
func (s *Service) fetch(ctx context.Context, c *figure.State, q *Question, years []number.Year, levels []*catalogue.Level) (*figure.Facts, error) {
	all, err := s.FetchAll(ctx, c, q.view, []figure.Request{{Indicator: q.Indicator, Breakdown: q.Breakdown, Years: years, Levels: levels}})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// Figure answers what one indicator was for one unit and year.
func (s *Service) Figure(ctx context.Context, ask Ask) (*figure.Figure, error) {
	r := &Resolver{State: s.State()}
	q := &Question{Indicator: r.indicator(ask.Indicator)}
	r.year("year", ask.Year, q.Indicator, r.published(ask.Scope), number.UnknownYear)
	unit := r.Unit("unit", ask.Unit, r.On(ask.Scope, ask.Year.Reference()))
	Narrow(r, q, ask)
	q.view, _, _ = r.AsOf(ask.Scope)
	if err := r.Err(); err != nil {
		return nil, err
	}
	f, err := s.fetch(ctx, r.State, q, []number.Year{ask.Year}, []*catalogue.Level{unit.Level})
	if err != nil {
		return nil, err
	}
	return f.Figure(unit, ask.Year), nil
}

// Cohort returns the cohort of a code; nil when there is none.
func (s *Service) Cohort(code string) *catalogue.Cohort { return s.Catalogue().Cohort(code) }

// Cohorts lists the cohorts of the workspace.
func (s *Service) Cohorts() []*catalogue.Cohort { return s.Catalogue().Cohorts }

// CriteriaSets lists the sets of criteria.
func (s *Service) CriteriaSets() []*catalogue.CriteriaSet { return s.Catalogue().Scorecards }

// Bases returns the days from which some unit is another than on the day before: one
// began, ended, or got another name, kind or parent. Latest first; between two of
// them every basis is the same.
func (s *Service) Bases() []number.Date {
	days := s.Catalogue().ChangeDays()
	slices.Reverse(days)
	return days
}

// Untranslated counts the texts of the workspace that lack a language.
func (s *Service) Untranslated(language number.Language) int {
	return s.Catalogue().Untranslated[language]
}

// Indicator returns the indicator of a code; nil when there is none.
func (s *Service) Indicator(code string) *catalogue.Indicator { return s.Catalogue().Indicator(code) }

// Release returns the release of a number; nil when there is none.
func (s *Service) Release(number string) *ledger.Release {
	id, _ := ledger.ParseReleaseID(number)
	return s.Catalogue().Release(id)
}

// Findings lists what the load of a release found that readers should know.
func (s *Service) Findings(release *ledger.Release) []*ledger.Finding {
	found := []*ledger.Finding{}
	for _, f := range s.Catalogue().Holdings.Findings {
		if f.Release == release.ID {
			found = append(found, s.RedactFinding(f))
		}
	}
	return found
}

// WithdrawnBy returns the release by which another one is withdrawn now, nil when it
// counts.
func (s *Service) WithdrawnBy(r *ledger.Release) *ledger.Release {
	var by *ledger.Release
	for _, other := range s.Catalogue().Releases { // in order of position
		switch r.ID {
		case other.Withdraws:
			by = other
		case other.Restores:
			by = nil
		}
	}
	return by
}

// FindingText describes a finding, with the names of its indicator and unit; without
// values where they are withheld from the caller. What the catalogue no longer has is
// named by its code.
func (s *Service) FindingText(f *ledger.Finding, language number.Language) string {
	return s.Catalogue().TellFinding(f, language)
}
