package stats

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
)

// BriefingAsk is a question for a briefing as its caller puts it.
type BriefingAsk struct {
	// Unit is the code of the unit.
	Unit string
	// Year is the year told; BaseYear the one to compare with (2019 when 0).
	Year, BaseYear Year
	// Template is the code of the template; "" is the first for the unit's level.
	Template string
	// Language is the language of the sentences; "" is Vietnamese.
	Language Language
	// Since is the point of the last briefing, since which revisions are told; nil for none.
	Since *AsOf
	// Scope says from which point of view; nil is the present.
	Scope *Scope
}

// BriefingQuestion is a question for a briefing as it was understood.
type BriefingQuestion struct {
	// Unit is the unit, as it was in the year.
	Unit *Unit
	// Year and BaseYear are the years.
	Year, BaseYear Year
	// Template is what is told.
	Template *BriefingTemplate
	// Language is the language of the sentences.
	Language Language
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *Date

	view    viewpoint
	release *Release
}

// Briefing is one page about a unit in a year, in sentences made of its figures.
type Briefing struct {
	// Question is the question as it was understood.
	Question *BriefingQuestion
	// Release is the last publication that the answer knows; nil when there was none.
	Release *Release
	// Headlines are the sentences told first, in the order of the template.
	Headlines []*BriefingChange
	// Improved and FellBack are the indicators that changed to the better and to the
	// worse by their direction, the largest relative change first; one without a
	// relative change stands last. Changed have no better side. Within the same, and
	// in the other lists, the order is that of the template.
	Improved, FellBack, Changed []*BriefingChange
	// Unchanged have the same figure in both years, Unknown have none in one of them.
	Unchanged, Unknown []*BriefingChange
	// Targets are the targets, in the order of the template.
	Targets []*BriefingTarget
	// Scorecards are the scores, in the order of the template.
	Scorecards []*BriefingScore
	// Cohorts are the cohorts, in the order of the template.
	Cohorts []*BriefingCohort
	// Rankings are the rankings, in the order of the template.
	Rankings []*BriefingRanking
	// Charts are the series, in the order of the template.
	Charts []*BriefingChart
	// Revised are the unit's own figures of its indicators that were revised since the
	// last briefing, by indicator and year; empty where no point was given.
	Revised []*BriefingRevision
	// Footnotes are the publications that the sentences quote, in order of mention.
	Footnotes []*Footnote
	// Notes are warnings about the figures.
	Notes []*Note
}

// BriefingChange is how one indicator changed.
type BriefingChange struct {
	// Indicator is what was measured.
	Indicator *Indicator
	// Current and Base are the unit's figures of the year and of the base year.
	Current, Base *Figure
	// Change is the change between them.
	Change Change
	// Sentence tells it.
	Sentence *Sentence

	quoted bool
}

// BriefingTarget is how the unit stands to one target.
type BriefingTarget struct {
	// Row holds the figure of the year against the target.
	Row *TargetRow
	// Ahead tells that the target's years begin after the year: it was not due, and
	// Row only says where the unit stands to it.
	Ahead bool
	// PaceNeeded is the change a year that would still reach the target at the end of
	// its years, for one that is due later; none where it is reached.
	PaceNeeded Value
	// Sentence tells it.
	Sentence *Sentence
}

// BriefingScore is how the unit stands to a set of criteria.
type BriefingScore struct {
	// Set is the set of criteria.
	Set *CriteriaSet
	// Row is the unit's row; nil when the set has none of it.
	Row *ScorecardRow
	// Sentence tells it.
	Sentence *Sentence
}

// BriefingCohort is a cohort as a briefing tells it.
type BriefingCohort struct {
	// Cohort is the cohort.
	Cohort *Cohort
	// Sentence tells how many units it has, and how many are planned for which year.
	Sentence *Sentence
}

// BriefingRanking is a ranking of units within the unit.
type BriefingRanking struct {
	// Indicator is what is ranked by, Level the level of the units.
	Indicator *Indicator
	Level     *Level
	// Ranking is the ranking; nil when nothing was published to rank by.
	Ranking *Ranking
	// Sentence tells who leads, or why nobody does.
	Sentence *Sentence
}

// BriefingChart is an indicator over the years up to the year told.
type BriefingChart struct {
	// Indicator is what was measured.
	Indicator *Indicator
	// Figures has one figure for each year, ascending.
	Figures []*Figure
}

// BriefingRevision is a figure that was told otherwise in the last briefing.
type BriefingRevision struct {
	// Cell is what it was and what it is.
	Cell *CellChange
	// Sentence tells it.
	Sentence *Sentence
}

// chartYears is the most years that a chart of a briefing shows.
const chartYears = 10

// drafting is a briefing while it is made.
type drafting struct {
	resolver
	*Briefing
	ask   BriefingAsk
	words briefingWords
	facts map[string]*facts
	notes map[string]*noter // by indicator
	// told are the indicators of which anything is told, in order.
	told []*Indicator
	cite citations
	// targetNotes are the warnings beside the targets.
	targetNotes []*Note
}

// Writer writes briefings and fills dashboards from the answers of a Service. It is
// safe for concurrent use.
type Writer struct {
	*Service
}

// NewWriter makes a Writer.
func NewWriter(answers *Service) *Writer { return &Writer{answers} }

// Briefing tells what is to be said of a unit in a year. All slices that it takes
// are read together.
func (w *Writer) Briefing(ctx context.Context, ask BriefingAsk) (*Briefing, error) {
	d := &drafting{resolver: resolver{State: w.state()}, ask: ask}
	if err := d.resolve(); err != nil {
		return nil, err
	}
	if err := d.read(ctx, w.Service); err != nil {
		return nil, err
	}
	if err := d.readCitations(ctx, w.Service); err != nil {
		return nil, err
	}
	if err := d.readRevisions(ctx, w.Service); err != nil {
		return nil, err
	}
	d.write()
	return d.Briefing, nil
}

// resolve finds what is asked about.
func (d *drafting) resolve() error {
	ask, r := d.ask, &d.resolver
	q := &BriefingQuestion{Year: ask.Year, BaseYear: cmp.Or(ask.BaseYear, DefaultBaseYear), Language: cmp.Or(ask.Language, Vietnamese)}
	r.calendarYear("year", q.Year)
	r.calendarYear("baseYear", q.BaseYear)
	if q.BaseYear == q.Year {
		r.fault(&Error{Code: BadArgument, Where: "baseYear", Message: Say("the base year is the year told"), Hint: Say("give another baseYear")})
	}
	if q.Year >= FirstYear && q.Year <= LastYear {
		q.Unit = r.unit("unit", ask.Unit, r.on(ask.Scope, q.Year.Reference()))
	}
	r.narrow(&Question{}, Ask{Scope: ask.Scope})
	r.onlyTotals(ask.Scope, Say("a briefing tells totals, not members of a breakdown"))
	q.view, q.release, q.AsOf = r.asOf(ask.Scope)
	q.Template = r.template(ask.Template, q)
	if err := r.err(); err != nil {
		return err
	}
	d.Briefing, d.words = &Briefing{Question: q, Release: q.release}, briefingWords{q.Language}
	d.notes = map[string]*noter{}
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
		d.notes[code] = &noter{catalogue: d.State}
	}
}

// read asks all questions of the briefing at once.
func (d *drafting) read(ctx context.Context, s *Service) error {
	t := d.Question.Template
	questions := []func(context.Context, *Service) error{d.readFigures}
	if len(t.TargetCodes) > 0 {
		questions = append(questions, d.readTargets)
	}
	d.Scorecards, d.Rankings = make([]*BriefingScore, len(t.ScorecardCodes)), make([]*BriefingRanking, len(t.Rankings))
	for i, code := range t.ScorecardCodes {
		questions = append(questions, func(ctx context.Context, s *Service) error { return d.readScore(ctx, s, i, code) })
	}
	for i, ranking := range t.Rankings {
		questions = append(questions, func(ctx context.Context, s *Service) error { return d.readRanking(ctx, s, i, ranking) })
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
func (d *drafting) readFigures(ctx context.Context, s *Service) error {
	q := d.Question
	wants := make([]want, len(d.told))
	for i, indicator := range d.told {
		years := []Year{q.BaseYear, q.Year}
		if slices.Contains(q.Template.ChartCodes, indicator.Code) {
			years = append(years, d.charted(indicator)...)
		}
		slices.Sort(years)
		wants[i] = want{indicator: indicator, years: slices.Compact(years), levels: []*Level{q.Unit.Level}}
	}
	all, err := s.fetchAll(ctx, d.State, q.view, wants)
	if err != nil {
		return err
	}
	d.facts = make(map[string]*facts, len(all))
	for _, f := range all {
		d.facts[f.indicator.Code] = f
	}
	return nil
}

// charted lists the years of an indicator's chart: those up to the year told, from
// the first that has figures, but not too many.
func (d *drafting) charted(i *Indicator) []Year {
	var years []Year
	if known := i.yearsIn(d.Question.view.View); len(known) > 0 {
		for year := max(known[0], d.Question.Year-chartYears+1); year <= d.Question.Year; year++ {
			years = append(years, year)
		}
	}
	return years
}

// readTargets holds the unit against the targets.
func (d *drafting) readTargets(ctx context.Context, s *Service) error {
	q := d.Question
	report, err := s.Targets(ctx, Ask{Unit: q.Unit.Code, Year: q.Year, Scope: d.ask.Scope})
	if err != nil {
		return err
	}
	d.targetNotes = report.Notes
	for _, code := range q.Template.TargetCodes {
		for _, row := range report.Rows {
			if row.Target.Code == code {
				d.Targets = append(d.Targets, d.stand(row))
			}
		}
	}
	return nil
}

// readScore scores the unit by a set of criteria. A set of which nothing is known
// in the year is told as such.
func (d *drafting) readScore(ctx context.Context, s *Service, at int, code string) error {
	q := d.Question
	answer, err := s.Scorecard(ctx, code, Ask{Unit: q.Unit.Code, Year: q.Year, BaseYear: q.BaseYear, Scope: d.ask.Scope})
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
func (d *drafting) readRanking(ctx context.Context, s *Service, at int, t RankingTemplate) error {
	q := d.Question
	ask := Ask{Indicator: t.IndicatorCode, Year: q.Year, BaseYear: q.BaseYear, Level: t.By, Within: q.Unit.Code, Scope: d.ask.Scope}
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

// refused tells whether every fault is one of the question, which is about a year,
// a level or units of which nothing was published. Such a part of a briefing is told
// as missing; any other fault is one of the briefing.
func refused(err error) bool {
	for _, e := range Errors(err) {
		if e.Code != UnknownYear && e.Code != BadArgument {
			return false
		}
	}
	return len(Errors(err)) > 0
}

// Sentences are all sentences of the briefing, in the order in which they are read.
func (b *Briefing) Sentences() []*Sentence {
	var all []*Sentence
	for _, c := range slices.Concat(b.Headlines, b.Improved, b.FellBack, b.Changed, b.Unchanged, b.Unknown) {
		all = append(all, c.Sentence)
	}
	for _, t := range b.Targets {
		all = append(all, t.Sentence)
	}
	for _, score := range b.Scorecards {
		all = append(all, score.Sentence)
	}
	for _, c := range b.Cohorts {
		all = append(all, c.Sentence)
	}
	for _, r := range b.Rankings {
		all = append(all, r.Sentence)
	}
	for _, r := range b.Revised {
		all = append(all, r.Sentence)
	}
	return all
}
