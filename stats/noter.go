package stats

import (
	"fmt"
	"slices"
)

// noter collects the notes of an answer: one for each matter of the whole
// answer, one for each cell that has one of its own.
type noter struct {
	catalogue *State

	coverage, withheld, broken bool
	unlisted, suppressed       bool
	provisional                []Year
	eligible                   bool
	unitsDiffer                bool
	ranked, universe           int
	baseYear                   Year
	negative                   bool
	leftOut                    int
	completed, everyMember     []*Dimension
	basis                      Date // of figures that were carried to it
	estimated, redrawn         bool
	notRecast                  map[uint32]bool // units whose figures could not be carried
	lost                       []*Unit
	cells                      []*Note
	seen                       map[string]bool
}

// change looks at both figures of a change and at the change itself.
func (n *noter) change(c Change) {
	n.figure(c.base)
	n.figure(c.current)
	n.negative = n.negative || c.byMagnitude()
	if c.base.Measure().IsKnown() && c.current.Measure().IsKnown() {
		n.redrawn = n.redrawn || c.redrawn()
		n.broken = n.broken || c.broken() && !c.redrawn()
		n.eligible = n.eligible || c.eligibleDiffers()
		n.coverage = n.coverage || c.coverageDiffers() && !c.eligibleDiffers()
	}
}

// figure looks at one figure.
func (n *noter) figure(f *Figure) {
	if f.StatusSet.Has(Provisional) && !slices.Contains(n.provisional, f.Year) {
		n.provisional = append(n.provisional, f.Year)
	}
	n.carried(f)
	if reason := f.Reason(); reason != nil && *reason == CoverageLow {
		few := f.Coverage.under(f.Indicator.MinimumCoverage)
		n.withheld, n.unlisted = n.withheld || few, n.unlisted || !few
	}
	n.suppressed = n.suppressed || f.isSuppressed()
	n.members(f)
	if f.RollUp != nil && !f.RollUp.Reconciled {
		n.reconciliation(f)
	}
	if f.guarded {
		return // a finding has values that are figures of no cell
	}
	for _, finding := range n.catalogue.findings[f.Indicator.Code] {
		if finding.UnitKey == f.Unit.Key() && finding.Year == f.Year && n.catalogue.made(finding, f.view.View) && finding.Code == NoteConflict && len(f.cells) == 1 && finding.Breakdown == f.cells[0] {
			n.finding(f, finding)
		}
	}
	for _, finding := range n.catalogue.misfitsOf(f) {
		n.misfit(f, finding)
	}
}

// members looks at the figures that one of several members was made of.
func (n *noter) members(f *Figure) {
	for _, member := range f.members {
		n.figure(member)
	}
	if f.completed != nil && !slices.Contains(n.completed, f.completed) {
		n.completed = append(n.completed, f.completed)
	}
	for _, b := range f.Breakdown {
		if all := len(b.Members) > 1 && len(b.Members) == len(b.Dimension.Members); all && !slices.Contains(n.everyMember, b.Dimension) {
			n.everyMember = append(n.everyMember, b.Dimension)
		}
	}
}

func (n *noter) reconciliation(f *Figure) {
	i, r := f.Indicator, f.RollUp
	text := func(language Language) (reported, rolled string) {
		part := Figure{Indicator: i, Breakdown: f.Breakdown, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate}
		return f.Text(language), part.Text(language)
	}
	reportedVI, rolledVI := text(Vietnamese)
	reportedEN, rolledEN := text(English)
	n.cell(f, NoteReconciliation, nil, Text{
		VI: fmt.Sprintf("%s, năm %d: số báo cáo %s, nhưng cộng từ các đơn vị cấp dưới được %s (%s/%s đơn vị có số liệu)",
			f.Unit.FullName(Vietnamese), f.Year, reportedVI, rolledVI, FormatCount(r.Coverage.Reported, Vietnamese), FormatCount(r.Coverage.Expected, Vietnamese)),
		EN: fmt.Sprintf("%s, %d: %s was reported, but the units below add up to %s (%s of %s units have figures)",
			f.Unit.FullName(English), f.Year, reportedEN, rolledEN, FormatCount(r.Coverage.Reported, English), FormatCount(r.Coverage.Expected, English)),
	})
}

func (n *noter) finding(f *Figure, finding *Finding) {
	n.cell(f, finding.Code, []string{finding.UsedCitation, finding.OtherCitation}, f.toldOf(finding))
}

// misfit tells once, beside whichever of them, that members and what they divide do
// not agree.
func (n *noter) misfit(f *Figure, finding *Finding) {
	told := f.toldOf(finding)
	if n.once(string(NoteMembers) + told.EN) {
		n.add(f, NoteMembers, []string{finding.UsedCitation, finding.OtherCitation}, told)
	}
}

// toldOf says in both languages what was found about a figure.
func (f *Figure) toldOf(finding *Finding) Text {
	return Text{
		VI: finding.told(f.Indicator, f.Unit.FullName(Vietnamese), Vietnamese),
		EN: finding.told(f.Indicator, f.Unit.FullName(English), English),
	}
}

// once tells whether something is met for the first time.
func (n *noter) once(id string) bool {
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	known := n.seen[id]
	n.seen[id] = true
	return !known
}

// cell adds a note about one cell, once.
func (n *noter) cell(f *Figure, code NoteCode, citations []string, text Text) {
	if n.once(string(code) + f.ID() + text.EN) {
		n.add(f, code, citations, text)
	}
}

func (n *noter) add(f *Figure, code NoteCode, citations []string, text Text) {
	year := f.Year
	n.cells = append(n.cells, &Note{Code: code, Indicator: f.Indicator, Unit: f.Unit, Year: &year, Citations: citations, text: text})
}

// all gives the notes: those about the whole answer first.
func (n *noter) all() []*Note {
	notes := []*Note{}
	tell := func(when bool, code NoteCode, text Text) {
		if when {
			notes = append(notes, &Note{Code: code, text: text})
		}
	}
	add := func(when bool, code NoteCode, vi, en string) { tell(when, code, Text{vi, en}) }
	tell(n.universe > n.ranked, NoteRanked, counting(
		"xếp hạng %s trên %s đơn vị; các đơn vị còn lại không có số liệu để xếp hạng",
		"ranked %s of %s units; the others have no figure to rank by", n.ranked, n.universe))
	slices.Sort(n.provisional)
	for _, year := range n.provisional {
		add(true, NoteProvisional,
			fmt.Sprintf("số liệu năm %d là sơ bộ", year), fmt.Sprintf("figures of %d are provisional", year))
	}
	add(n.baseYear != 0, NoteBaseYear,
		fmt.Sprintf("năm gốc %d không có số liệu", n.baseYear), fmt.Sprintf("there are no figures for the base year %d", n.baseYear))
	add(n.broken, NoteBreak,
		"chuỗi số liệu bị gián đoạn giữa hai năm nên không tính mức thay đổi", "the series breaks between the two years, so no change is given")
	n.recast(tell)
	add(n.eligible, NoteEligible,
		"số đơn vị thuộc diện đánh giá của hai năm khác nhau", "the number of units to which the criterion applies is not the same in both years")
	add(n.coverage, NoteCoverage,
		"số đơn vị có số liệu của hai năm khác nhau", "the two years cover different shares of the units")
	add(n.withheld, NoteWithheld,
		"không công bố số tổng hợp khi quá ít đơn vị có số liệu", "aggregates are withheld where too few units reported")
	add(n.unlisted, NoteUnlisted,
		"không công bố số tổng hợp khi danh mục chỉ có đơn vị báo cáo của quá ít đơn vị bên trong",
		"aggregates are withheld where the catalogue has the reporting units of too few of the parts within")
	add(n.suppressed, NoteSuppressed,
		"một số số liệu không công bố vì quá nhỏ, hoặc vì từ đó có thể tính ra số quá nhỏ",
		"some figures are withheld because they are small, or because small ones could be computed back from them")
	add(n.unitsDiffer, NoteUniverse,
		"hai năm không cùng một tập đơn vị nên không tính thay đổi thứ hạng", "the units with figures are not the same in both years, so ranks have no movement")
	add(n.negative, NoteNegativeBase,
		"số gốc âm: tỷ lệ thay đổi được tính trên trị tuyệt đối của số gốc", "the base is negative: relative changes are measured against its magnitude")
	tell(n.leftOut > 0, NoteUnitsLeftOut, counting(
		"chỉ so sánh các đơn vị có số liệu cả hai năm; %s đơn vị không được tính",
		"only units with figures of both years are compared; left out: %s", n.leftOut))
	for _, d := range n.completed {
		add(true, NoteCompleted,
			fmt.Sprintf("số chung không được báo cáo là tổng của mọi thành phần theo %s", d.Name(Vietnamese)),
			fmt.Sprintf("totals that were not reported are the sum over all members by %s", d.Name(English)))
	}
	for _, d := range n.everyMember {
		add(true, NoteEveryMember,
			fmt.Sprintf("đã cộng mọi thành phần theo %s; số chung được báo cáo có thể khác", d.Name(Vietnamese)),
			fmt.Sprintf("all members by %s were added; the total as reported may differ", d.Name(English)))
	}
	return append(notes, n.cells...)
}
