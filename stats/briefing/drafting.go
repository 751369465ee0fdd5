package briefing

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// chartYears is the most years that a chart of a briefing shows.
const chartYears = 10

// drafting is a briefing while it is made.
type drafting struct {
	query.Resolver
	*Briefing
	ask   BriefingAsk
	words briefingWords
	facts map[string]*figure.Facts
	notes map[string]*query.NoteCollector // by indicator
	// told are the indicators of which anything is told, in order.
	told []*catalogue.Indicator
	cite citations
	// targetNotes are the warnings beside the targets.
	targetNotes []*query.Note
}

// resolve finds what is asked about.
func (d *drafting) resolve() error {
	ask, r := d.ask, &d.Resolver
	q := &BriefingQuestion{Year: ask.Year, BaseYear: ask.BaseYear.BaseFor(ask.Year), Language: cmp.Or(ask.Language, number.Vietnamese)}
	r.CalendarYear("year", q.Year)
	r.CalendarYear("baseYear", q.BaseYear)
	if q.BaseYear == q.Year {
		r.Fault(&number.Error{Code: number.BadArgument, Where: "baseYear", Message: number.Say("the base year is the year of the briefing"), Hint: number.Say("give another baseYear")})
	}
	if q.Year >= number.FirstYear && q.Year <= number.LastYear {
		q.Unit = r.Unit("unit", ask.Unit, r.On(ask.Scope, q.Year.Reference()))
	}
	query.Narrow(r, &query.Question{}, query.Ask{Scope: ask.Scope})
	query.OnlyTotals(r, ask.Scope, number.Say("a briefing reports totals, not members of a breakdown"))
	q.view, q.version, q.AsOf = r.AsOf(ask.Scope)
	q.Template = resolveTemplate(r, ask.Template, q)
	if err := r.Err(); err != nil {
		return err
	}
	d.Briefing, d.words = &Briefing{Question: q, Version: q.version}, briefingWords{q.Language}
	d.notes = map[string]*query.NoteCollector{}
	for _, h := range q.Template.Headlines {
		d.tell(h.IndicatorCode)
	}
	for _, code := range slices.Concat(q.Template.IndicatorCodes, q.Template.ChartCodes) {
		d.tell(code)
	}
	for _, ranking := range q.Template.Rankings {
		d.tell(ranking.IndicatorCode)
	}
	return nil
}

// tell adds an indicator to those of which something is told. The workspace was
// checked when it was read: the code is known.
func (d *drafting) tell(code string) {
	if i := d.Indicator(code); i != nil && !slices.Contains(d.told, i) {
		d.told = append(d.told, i)
		d.notes[code] = &query.NoteCollector{Catalogue: d.State}
	}
}

// read asks all questions of the briefing at once.
func (d *drafting) read(ctx context.Context, s *query.Service) error {
	t := d.Question.Template
	questions := []func(context.Context, *query.Service) error{d.readFigures}
	if len(t.TargetCodes) > 0 {
		questions = append(questions, d.readTargets)
	}
	d.Scorecards, d.Rankings = make([]*BriefingScore, len(t.ScorecardCodes)), make([]*BriefingRanking, len(t.Rankings))
	for i, code := range t.ScorecardCodes {
		questions = append(questions, func(ctx context.Context, s *query.Service) error { return d.readScore(ctx, s, i, code) })
	}
	for i, ranking := range t.Rankings {
		questions = append(questions, func(ctx context.Context, s *query.Service) error { return d.readRanking(ctx, s, i, ranking) })
	}
	service, gathering := s.Gather(len(questions))
	faults := make([]error, len(questions))
	var all sync.WaitGroup
	for i, question := range questions {
		asking, end := gathering.Enter(ctx)
		all.Go(func() {
			defer end()
			faults[i] = question(asking, service)
		})
	}
	all.Wait()
	return errors.Join(faults...)
}

// readFigures reads the figures of the unit itself: of both years, and of the years
// of a chart.
func (d *drafting) readFigures(ctx context.Context, s *query.Service) error {
	q := d.Question
	wants := make([]figure.Request, len(d.told))
	for i, indicator := range d.told {
		years := []number.Year{q.BaseYear, q.Year}
		if slices.Contains(q.Template.ChartCodes, indicator.Code) {
			years = append(years, d.charted(indicator)...)
		}
		slices.Sort(years)
		wants[i] = figure.Request{Indicator: indicator, Years: slices.Compact(years), Levels: []*catalogue.Level{q.Unit.Level}}
	}
	all, err := s.FetchAll(ctx, d.State, q.view, wants)
	if err != nil {
		return err
	}
	d.facts = make(map[string]*figure.Facts, len(all))
	for _, f := range all {
		d.facts[f.Indicator.Code] = f
	}
	return nil
}

// charted lists the years of an indicator's chart: those up to the year told, from
// the first that has figures, but not too many.
func (d *drafting) charted(i *catalogue.Indicator) []number.Year {
	var years []number.Year
	if known := i.YearsIn(d.Question.view.View); len(known) > 0 {
		for year := max(known[0], d.Question.Year-chartYears+1); year <= d.Question.Year; year++ {
			years = append(years, year)
		}
	}
	return years
}

// readTargets holds the unit against the targets.
func (d *drafting) readTargets(ctx context.Context, s *query.Service) error {
	q := d.Question
	report, err := s.Targets(ctx, query.Ask{Unit: q.Unit.Code, Year: q.Year, Scope: d.ask.Scope})
	if err != nil {
		return err
	}
	d.targetNotes = report.Notes
	for _, code := range q.Template.TargetCodes {
		for _, row := range report.Rows {
			if row.Target.Code == code {
				d.Targets = append(d.Targets, newTarget(row))
			}
		}
	}
	return nil
}

// readScore scores the unit by a set of criteria. A set of which nothing is known
// in the year is told as such.
func (d *drafting) readScore(ctx context.Context, s *query.Service, at int, code string) error {
	q := d.Question
	answer, err := s.Scorecard(ctx, code, query.Ask{Unit: q.Unit.Code, Year: q.Year, BaseYear: q.BaseYear, Scope: d.ask.Scope})
	score := &BriefingScore{}
	for _, set := range d.State.Scorecards {
		if set.Code == code {
			score.Set = set
		}
	}
	if err == nil && len(answer.Rows) > 0 {
		score.Row = answer.Rows[0]
	} else if err != nil && !refused(err) {
		return err
	}
	d.Scorecards[at] = score
	return nil
}

// readRanking ranks the units within the unit. An indicator without figures to
// rank by is told as such.
func (d *drafting) readRanking(ctx context.Context, s *query.Service, at int, t catalogue.RankingTemplate) error {
	q := d.Question
	ask := query.Ask{Indicator: t.IndicatorCode, Year: q.Year, BaseYear: q.BaseYear, Level: t.By, Within: q.Unit.Code, Scope: d.ask.Scope}
	if t.Top > 0 {
		ask.Top = &t.Top
	}
	ranking := &BriefingRanking{Indicator: d.Indicator(t.IndicatorCode), Level: d.Level(t.By)}
	answer, err := s.Rank(ctx, ask)
	if err == nil {
		ranking.Ranking = answer
	} else if !refused(err) {
		return err
	}
	d.Rankings[at] = ranking
	return nil
}

// readCitations reads the observations behind the figures that sentences tell.
func (d *drafting) readCitations(ctx context.Context, s *query.Service) error {
	d.cite = newCitations(d.State, d.words)
	var codes []string
	var years []number.Year
	need := func(figures ...*figure.Figure) {
		for _, f := range figures {
			if f == nil || f.Reason() != nil {
				continue
			}
			for _, source := range f.Indicator.Sources() {
				codes = append(codes, source.Code)
			}
			years = append(years, f.Year)
			if f.Indicator.IsRegister() {
				years = append(years, f.Indicator.Years()...)
			}
		}
	}
	for _, i := range d.told {
		f := d.facts[i.Code]
		need(query.FigureOf(f, d.Question.Unit, d.Question.Year), query.FigureOf(f, d.Question.Unit, d.Question.BaseYear))
	}
	for _, target := range d.Targets {
		need(target.Row.Current, target.Row.Base)
	}
	if len(codes) == 0 {
		return nil
	}
	slices.Sort(codes)
	slices.Sort(years)
	history, err := s.Source.History(ctx, slices.Compact(codes), slices.Compact(years))
	if err != nil {
		return err
	}
	history = d.State.Visible(d.Question.view.View, history)
	if err := s.RedactRemarks(ctx, d.State, history); err != nil {
		return err
	}
	for _, o := range history {
		d.cite.history[o.Indicator] = append(d.cite.history[o.Indicator], o)
	}
	return nil
}

// refused reports whether every fault is one of the question, which is about a year,
// a level or units of which nothing was published. Such a part of a briefing is told
// as missing; any other fault is one of the briefing.
func refused(err error) bool {
	for _, e := range number.Errors(err) {
		if e.Code != number.UnknownYear && e.Code != number.BadArgument {
			return false
		}
	}
	return len(number.Errors(err)) > 0
}
