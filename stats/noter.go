package stats

import (
	"fmt"
	"slices"
)

// noter collects the notes of an answer: one for each matter of the whole
// answer, one for each cell that has one of its own.
type noter struct {
	catalogue *Catalogue

	coverage, withheld, broken bool
	provisional                []Year
	eligible                   bool
	unitsDiffer                bool
	ranked, universe           int
	baseYear                   Year
	negative                   bool
	leftOut                    int
	cells                      []*Note
	seen                       map[string]bool
}

// change looks at both figures of a change and at the change itself.
func (n *noter) change(c Change) {
	n.figure(c.base)
	n.figure(c.current)
	n.negative = n.negative || c.byMagnitude()
	if c.base.Measure().known && c.current.Measure().known {
		n.broken = n.broken || c.broken()
		n.eligible = n.eligible || c.eligibleDiffers()
		n.coverage = n.coverage || c.coverageDiffers() && !c.eligibleDiffers()
	}
}

// figure looks at one figure.
func (n *noter) figure(f *Figure) {
	if f.StatusSet.Has(Provisional) && !slices.Contains(n.provisional, f.Year) {
		n.provisional = append(n.provisional, f.Year)
	}
	if reason := f.Reason(); reason != nil && *reason == CoverageLow {
		n.withheld = true
	}
	if f.RollUp != nil && !f.RollUp.Reconciled {
		n.reconciliation(f)
	}
	for _, finding := range n.catalogue.findings[f.Indicator.Code] {
		if finding.UnitKey == f.Unit.key && finding.Year == f.Year && finding.Release <= f.view.Head {
			n.finding(f, finding)
		}
	}
}

func (n *noter) reconciliation(f *Figure) {
	i, r := f.Indicator, f.RollUp
	text := func(language Language) (reported, rolled string) {
		part := Figure{Indicator: i, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate}
		return f.Text(language), part.Text(language)
	}
	reportedVI, rolledVI := text(Vietnamese)
	reportedEN, rolledEN := text(English)
	n.cell(f, NoteReconciliation, nil, Text{
		VI: fmt.Sprintf("%s, năm %d: số báo cáo %s, nhưng cộng từ các đơn vị cấp dưới được %s (%d/%d đơn vị có số liệu)",
			f.Unit.FullName(Vietnamese), f.Year, reportedVI, rolledVI, r.Coverage.Reported, r.Coverage.Expected),
		EN: fmt.Sprintf("%s, %d: %s was reported, but the units below add up to %s (%d of %d units have figures)",
			f.Unit.FullName(English), f.Year, reportedEN, rolledEN, r.Coverage.Reported, r.Coverage.Expected),
	})
}

func (n *noter) finding(f *Figure, finding *Finding) {
	n.cell(f, finding.Code, []string{finding.UsedCitation, finding.OtherCitation}, Text{
		VI: fmt.Sprintf("%s, năm %d: dùng số %s; nơi khác công bố %s",
			f.Unit.FullName(Vietnamese), f.Year, printed(finding.Used, Vietnamese), printed(finding.Other, Vietnamese)),
		EN: fmt.Sprintf("%s, %d: %s is used; %s was published elsewhere",
			f.Unit.FullName(English), f.Year, printed(finding.Used, English), printed(finding.Other, English)),
	})
}

// cell adds a note about one cell, once.
func (n *noter) cell(f *Figure, code NoteCode, citations []string, text Text) {
	id := string(code) + f.ID() + text.EN
	if n.seen[id] {
		return
	}
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	n.seen[id] = true
	year := f.Year
	n.cells = append(n.cells, &Note{Code: code, Indicator: f.Indicator, Unit: f.Unit, Year: &year, Citations: citations, text: text})
}

// all gives the notes: those about the whole answer first.
func (n *noter) all() []*Note {
	notes := []*Note{}
	add := func(when bool, code NoteCode, vi, en string) {
		if when {
			notes = append(notes, &Note{Code: code, text: Text{vi, en}})
		}
	}
	add(n.universe > n.ranked, NoteRanked,
		fmt.Sprintf("xếp hạng %d trên %d đơn vị; các đơn vị còn lại chưa có số liệu", n.ranked, n.universe),
		fmt.Sprintf("ranked %d of %d units; the others have no figure", n.ranked, n.universe))
	slices.Sort(n.provisional)
	for _, year := range n.provisional {
		add(true, NoteProvisional,
			fmt.Sprintf("số liệu năm %d là sơ bộ", year), fmt.Sprintf("figures of %d are provisional", year))
	}
	add(n.baseYear != 0, NoteBaseYear,
		fmt.Sprintf("năm gốc %d không có số liệu", n.baseYear), fmt.Sprintf("there are no figures for the base year %d", n.baseYear))
	add(n.broken, NoteBreak,
		"chuỗi số liệu bị gián đoạn giữa hai năm nên không tính mức thay đổi", "the series breaks between the two years, so no change is given")
	add(n.eligible, NoteEligible,
		"số đơn vị thuộc diện đánh giá của hai năm khác nhau", "the number of units to which the criterion applies is not the same in both years")
	add(n.coverage, NoteCoverage,
		"số đơn vị có số liệu của hai năm khác nhau", "the two years cover different shares of the units")
	add(n.withheld, NoteWithheld,
		"không công bố số tổng hợp khi quá ít đơn vị có số liệu", "aggregates are withheld where too few units reported")
	add(n.unitsDiffer, NoteUniverse,
		"hai năm không cùng một tập đơn vị nên không tính thay đổi thứ hạng", "the units with figures are not the same in both years, so ranks have no movement")
	add(n.negative, NoteNegativeBase,
		"số gốc âm: tỷ lệ thay đổi được tính trên trị tuyệt đối của số gốc", "the base is negative: relative changes are measured against its magnitude")
	add(n.leftOut > 0, NoteUnitsLeftOut,
		fmt.Sprintf("chỉ so sánh các đơn vị có số liệu cả hai năm; %d đơn vị không được tính", n.leftOut),
		fmt.Sprintf("only units with figures of both years are compared; left out: %d", n.leftOut))
	return append(notes, n.cells...)
}
