package query

import (
	"context"
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
)

// PlanStatus says when a unit was recognised, compared with its planned year.
type PlanStatus string

// The plan statuses.
const (
	PlanEarly   PlanStatus = "EARLY"   // recognised in a year before the planned one
	PlanOnTime  PlanStatus = "ON_TIME" // recognised in the planned year
	PlanLate    PlanStatus = "LATE"    // recognised in a year after the planned one
	PlanUnknown PlanStatus = "UNKNOWN" // no recognition is known, or not its year; never “not met”
)

// Plan is the planned years of a cohort's units against the years in which they
// first met its indicator.
type Plan struct {
	// Indicator is what the units are planned to meet.
	Indicator *catalogue.Indicator
	// Version says of which publications the answer is.
	Version
	// AsOf is the day of publication up to which figures count; nil for all.
	AsOf *number.Date
	// Rows are the units that have a planned year, in the order of the cohort.
	Rows []*PlanRow
	// Early, OnTime, Late and Unknown count the rows.
	Early, OnTime, Late, Unknown int
}

// PlanRow is one unit of a plan.
type PlanRow struct {
	// Unit is the unit, as it was when the cohort was named.
	Unit *catalogue.Unit
	// Planned is the year in which it is planned to meet the indicator.
	Planned number.Year
	// Recognised is the first year in which it is known to have met it; 0 when no
	// recognition is known, or not its year.
	Recognised number.Year
	// Latest is the first year at whose end it is known to have met it; before it
	// nothing may be known. 0 when no recognition is known.
	Latest number.Year
	// Status says when it was recognised, compared with the planned year.
	Status PlanStatus
	// Figure is the figure of Latest; nil when no recognition is known.
	Figure *figure.Figure
}

// Delay is how many years after the planned one it was recognised, negative when
// before it; nil when the year is not known.
func (r *PlanRow) Delay() *int {
	if r.Recognised == 0 {
		return nil
	}
	delay := int(r.Recognised - r.Planned)
	return &delay
}

// Plan compares the recognitions of a cohort's units with their planned years; nil for a cohort without planned years. Of the scope it uses AsOf and ByWeight.
func (s *Service) Plan(ctx context.Context, cohort *catalogue.Cohort, scope *Scope) (*Plan, error) {
	indicator := cohort.Indicator()
	if indicator == nil {
		return nil, nil
	}
	r := &Resolver{State: s.State()}
	view, version, day := r.AsOf(scope)
	if err := r.Err(); err != nil {
		for _, fault := range number.Errors(err) {
			fault.Where = strings.TrimPrefix(fault.Where, "scope.")
		}
		return nil, err
	}
	years := indicator.Span(view.View)
	f, err := s.fetch(ctx, r.State, &Question{Indicator: indicator, view: view}, years, []*catalogue.Level{cohort.Level()})
	if err != nil {
		return nil, err
	}
	plan := &Plan{Indicator: indicator, Version: version, AsOf: day, Rows: []*PlanRow{}}
	for _, member := range cohort.Members {
		if unit := r.Member(cohort, member.Unit); unit != nil && member.Planned != 0 {
			row := planRow(f, unit, member.Planned, years)
			if plan.add(row); row.Figure != nil {
				plan.know(r.State, row.Figure)
			}
		}
	}
	return plan, nil
}

func (p *Plan) add(row *PlanRow) {
	p.Rows = append(p.Rows, row)
	switch row.Status {
	case PlanEarly:
		p.Early++
	case PlanOnTime:
		p.OnTime++
	case PlanLate:
		p.Late++
	default:
		p.Unknown++
	}
}

// planRow finds the first year in which a unit met the indicator. Where nothing is
// known of the years right before it, the unit may have met it in any of those.
func planRow(f *figure.Facts, unit *catalogue.Unit, planned number.Year, years []number.Year) *PlanRow {
	row := &PlanRow{Unit: unit, Planned: planned, Status: PlanUnknown}
	earliest := number.Year(0) // the first of the unknown years right before
	for _, year := range years {
		figure := f.Figure(unit, year)
		met, known := figure.Value.Number()
		switch {
		case known && met.Sign() > 0:
			row.Latest, row.Figure = year, figure
			if earliest == 0 {
				earliest, row.Recognised = year, year
			}
			row.Status = planStatus(earliest, year, planned)
			return row
		case known, *figure.Reason() == number.NotApplicable:
			earliest = 0
		case earliest == 0:
			earliest = year
		}
	}
	return row
}

// planStatus returns the status of a recognition that lies between two years, both
// included: unknown unless it is the same for all of them.
func planStatus(earliest, latest, planned number.Year) PlanStatus {
	switch {
	case latest < planned:
		return PlanEarly
	case earliest > planned:
		return PlanLate
	case earliest == latest:
		return PlanOnTime
	}
	return PlanUnknown
}

// Text is the row in words: planned for 2021, recognised in 2022, 1 year late.
func (r *PlanRow) Text(language number.Language) string {
	vi := fmt.Sprintf("kế hoạch năm %d", r.Planned)
	en := fmt.Sprintf("planned for %d", r.Planned)
	switch {
	case r.Latest == 0:
		vi, en = vi+", chưa rõ đã được công nhận hay chưa", en+", no recognition is known"
	case r.Recognised == 0:
		vi += fmt.Sprintf(", công nhận chậm nhất năm %d, không rõ năm nào", r.Latest)
		en += fmt.Sprintf(", recognised in %d at the latest, in a year that is not known", r.Latest)
	default:
		vi += fmt.Sprintf(", công nhận năm %d", r.Recognised)
		en += fmt.Sprintf(", recognised in %d", r.Recognised)
	}
	delay := 0
	if years := r.Delay(); years != nil {
		delay = *years
	}
	years := "years"
	if delay == 1 || delay == -1 {
		years = "year"
	}
	switch {
	case r.Status == PlanOnTime:
		vi, en = vi+": đúng kế hoạch", en+": on time"
	case r.Status == PlanLate && delay > 0:
		vi, en = vi+fmt.Sprintf(": chậm %d năm", delay), en+fmt.Sprintf(": %d %s late", delay, years)
	case r.Status == PlanLate:
		vi, en = vi+": chậm", en+": late"
	case r.Status == PlanEarly && delay < 0:
		vi, en = vi+fmt.Sprintf(": sớm %d năm", -delay), en+fmt.Sprintf(": %d %s early", -delay, years)
	case r.Status == PlanEarly:
		vi, en = vi+": sớm", en+": early"
	}
	return number.Text{VI: vi, EN: en}.In(language)
}
