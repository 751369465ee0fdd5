package briefing

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// allKnown is a template of all indicators with figures for the unit in either
// year, in the order of the topics and of the catalogue, and of its targets.
func allKnown(r *query.Resolver, q *BriefingQuestion) *catalogue.BriefingTemplate {
	t := &catalogue.BriefingTemplate{Titles: number.Text{VI: "Các chỉ tiêu chính", EN: "Main indicators"}}
	unit, year, base := q.Unit, q.Year, q.BaseYear
	h := r.Frame(q.view.Basis, year.Reference())
	for _, topic := range r.Topics {
		for _, i := range r.Indicators {
			if i.Topic() != topic || !i.HasYear(year, q.view.View) && !i.HasYear(base, q.view.View) || h.Eligible(i, unit) == 0 {
				continue
			}
			t.IndicatorCodes = append(t.IndicatorCodes, i.Code)
			if i.HasYear(year, q.view.View) && len(t.Headlines) < plainHeadlines {
				t.Headlines = append(t.Headlines, catalogue.HeadlineTemplate{IndicatorCode: i.Code})
			}
			if len(i.YearsIn(q.view.View)) > 2 && len(t.ChartCodes) < plainCharts {
				t.ChartCodes = append(t.ChartCodes, i.Code)
			}
		}
	}
	for _, target := range r.Targets {
		if target.UnitCode == unit.Code || target.LevelCode == unit.Level.Code {
			t.TargetCodes = append(t.TargetCodes, target.Code)
		}
	}
	return t
}

// resolveTemplate finds the template that was asked for, or the first one for the unit's
// level; where the workspace has none, one of all that is known of the unit.
func resolveTemplate(r *query.Resolver, code string, q *BriefingQuestion) *catalogue.BriefingTemplate {
	if code != "" {
		if t := r.Template(code); t != nil {
			return t
		}
		var names []number.Name
		for _, t := range r.Briefings {
			names = append(names, number.NewName(t.Code, t.Titles.VI, t.Titles.EN))
		}
		r.Fault(&number.Error{
			Code: catalogue.UnknownBriefing, Where: "template", Message: number.Say("no briefing has the template %q", code),
			Nearest: number.NearestName(code, names), Hint: number.Say("list them with { briefingTemplates { code title } }"),
		})
		return nil
	}
	unit := q.Unit
	if unit == nil {
		return nil
	}
	for _, t := range r.Briefings {
		if len(t.LevelCodes) == 0 || slices.Contains(t.LevelCodes, unit.Level.Code) {
			return t
		}
	}
	return allKnown(r, q)
}

// The sizes of a briefing that has no template.
const (
	plainHeadlines = 5
	plainCharts    = 4
)
