package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// NoteCollector collects the notes of an answer: one for each matter of the whole
// answer, one for each cell that has one of its own.
type NoteCollector struct {
	Catalogue *figure.State

	coverage, withheld, broken bool
	incomplete                 bool
	unlisted, suppressed       bool
	provisional                []number.Year
	eligible                   bool
	unitsDiffer                bool
	ranked, universe           int
	baseYears                  []number.Year // without any figures
	negative                   bool
	leftOut                    int
	unknownRows                int
	completed, everyMember     []*catalogue.Dimension
	basis                      number.Date // of figures that were carried to it
	estimated, redrawn         bool
	notRecast                  map[uint32]bool // units whose figures could not be carried
	lost                       []*catalogue.Unit
	derived                    []*figure.Figure
	mended                     mendedFigures
	replaced                   replacedFigures
	revisedCount               int // of notes about revised figures
	cells                      []*Note
	seen                       map[string]bool
	latest                     ledger.Position // at which a figure became what it is
}

// Change adds the notes about both figures of a change and about the change itself.
func (n *NoteCollector) Change(c Change) {
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

// figure adds the notes about one figure.
func (n *NoteCollector) figure(f *figure.Figure) {
	n.latest = n.latest.Later(f.Latest)
	if f.StatusSet.Has(number.Provisional) && !slices.Contains(n.provisional, f.Year) {
		n.provisional = append(n.provisional, f.Year)
	}
	n.carried(f)
	if reason := f.Reason(); reason != nil && *reason == number.CoverageLow {
		few := f.Coverage.Under(f.Indicator.MinimumCoverage)
		n.withheld, n.unlisted = n.withheld || few, n.unlisted || !few
	}
	n.incomplete = n.incomplete || f.AtLeast.IsKnown()
	n.suppressed = n.suppressed || f.IsSuppressed()
	n.members(f)
	if len(f.Parts) > 0 && n.isFirst(string(number.NoteDerived)+f.ID()) {
		n.derived = append(n.derived, f)
	}
	for _, part := range f.Parts {
		n.figure(part)
	}
	if f.RollUp != nil && !f.RollUp.Reconciled {
		n.reconciliation(f)
	}
	for _, report := range f.Unused {
		if report.Disagrees() {
			n.reconciliation(report)
		}
	}
	n.stated(f)
	n.corrected(f)
	n.revised(f)
	if f.Guarded {
		return // a finding has values that are figures of no cell
	}
	cell, one := f.Cell()
	for _, finding := range n.Catalogue.FindingsAt(f.Indicator.Code, f.ReportingUnit().Key(), f.Year) {
		told := finding.Code == number.NoteConflict || finding.Code == number.NoteDerived && f.States(finding.Used)
		if told && one && n.Catalogue.FindingIn(finding, f.View.View) && finding.Breakdown == cell {
			n.finding(f, finding)
		}
	}
	for _, finding := range figure.DiscrepanciesOf(n.Catalogue.Calendar.Catalogue, f) {
		n.discrepancy(f, finding)
	}
}

// Release is the latest of the publications that made the figures what they are; nil when
// there are none.
func (n *NoteCollector) Release() *ledger.Release { return n.Catalogue.Release(n.latest.Release) }

// members adds the notes about a figure that was added up over several members.
func (n *NoteCollector) members(f *figure.Figure) {
	for _, member := range f.Members {
		n.figure(member)
	}
	if f.Completed != nil && !slices.Contains(n.completed, f.Completed) {
		n.completed = append(n.completed, f.Completed)
	}
	for _, b := range f.Breakdown {
		if all := len(b.Members) > 1 && len(b.Members) == len(b.Dimension.Members); all && !slices.Contains(n.everyMember, b.Dimension) {
			n.everyMember = append(n.everyMember, b.Dimension)
		}
	}
}

func (n *NoteCollector) reconciliation(f *figure.Figure) {
	i, r := f.Indicator, f.RollUp
	text := func(language number.Language) (reported, rolled string) {
		part := figure.Figure{Indicator: i, Breakdown: f.Breakdown, Value: r.Value, Denominator: r.Denominator, Rate: r.Rate}
		return f.Text(language), part.Text(language)
	}
	reportedVI, rolledVI := text(number.Vietnamese)
	reportedEN, rolledEN := text(number.English)
	n.cell(f, number.NoteReconciliation, nil, number.Text{
		VI: fmt.Sprintf("%s, năm %d: số báo cáo %s, nhưng cộng từ các đơn vị cấp dưới được %s (%s/%s đơn vị có số liệu)",
			f.Unit.FullName(number.Vietnamese), f.Year, reportedVI, rolledVI, number.FormatCount(r.Coverage.Reported, number.Vietnamese), number.FormatCount(r.Coverage.Expected, number.Vietnamese)),
		EN: fmt.Sprintf("%s, %d: %s was reported, but the units below add up to %s (%s of %s units have figures)",
			f.Unit.FullName(number.English), f.Year, reportedEN, rolledEN, number.FormatCount(r.Coverage.Reported, number.English), number.FormatCount(r.Coverage.Expected, number.English)),
	})
}

func (n *NoteCollector) finding(f *figure.Figure, finding *ledger.Finding) {
	citations := slices.DeleteFunc([]string{finding.UsedCitation, finding.OtherCitation}, func(citation string) bool { return citation == "" })
	n.cell(f, finding.Code, citations, findingOf(f, finding))
}

// discrepancy tells once, beside whichever of them, that members and what they divide do
// not agree.
func (n *NoteCollector) discrepancy(f *figure.Figure, finding *ledger.Finding) {
	told := findingOf(f, finding)
	if n.isFirst(string(number.NoteMembers) + told.EN) {
		n.add(f, number.NoteMembers, []string{finding.UsedCitation, finding.OtherCitation}, told)
	}
}

// findingOf describes, in both languages, a finding about a figure.
func findingOf(f *figure.Figure, finding *ledger.Finding) number.Text {
	return number.Text{
		VI: catalogue.FindingText(finding, f.Indicator, f.Unit.FullName(number.Vietnamese), number.Vietnamese),
		EN: catalogue.FindingText(finding, f.Indicator, f.Unit.FullName(number.English), number.English),
	}
}

// stated notes where a figure that was stated on the basis and what the crosswalk carries
// there differ by more than the tolerance.
func (n *NoteCollector) stated(f *figure.Figure) {
	if f.Carried == nil || f.Guarded || f.AgreesWithCarried() {
		return
	}
	n.cell(f, number.NoteReconciliation, nil, number.Text{
		VI: fmt.Sprintf("%s, năm %d: nguồn công bố %s theo đơn vị ngày %s, nhưng quy đổi số của năm đó được %s",
			f.Unit.FullName(number.Vietnamese), f.Year, f.Text(number.Vietnamese), f.Stated.In(number.Vietnamese), f.Carried.Text(number.Vietnamese)),
		EN: fmt.Sprintf("%s, %d: %s was reported on the units of %s, but the figures of that year carried there make %s",
			f.Unit.FullName(number.English), f.Year, f.Text(number.English), f.Stated.In(number.English), f.Carried.Text(number.English)),
	})
}

// corrected notes once, beside whichever figure, that slips of copying were mended in what it
// is made of.
func (n *NoteCollector) corrected(f *figure.Figure) {
	told := n.mended.told(n.Catalogue, f)
	if told.EN != "" && n.isFirst(string(number.NoteCorrected)+told.EN) {
		n.add(f, number.NoteCorrected, nil, told)
	}
}

// isFirst reports whether an id is seen for the first time.
func (n *NoteCollector) isFirst(id string) bool {
	if n.seen == nil {
		n.seen = map[string]bool{}
	}
	known := n.seen[id]
	n.seen[id] = true
	return !known
}

// cell adds a note about one cell, once.
func (n *NoteCollector) cell(f *figure.Figure, code number.NoteCode, citations []string, text number.Text) {
	if n.isFirst(string(code) + f.ID() + text.EN) {
		n.add(f, code, citations, text)
	}
}

func (n *NoteCollector) add(f *figure.Figure, code number.NoteCode, citations []string, text number.Text) {
	year := f.Year
	n.cells = append(n.cells, &Note{Code: code, Indicator: f.Indicator, Unit: f.Unit, Year: &year, Citations: citations, Words: text})
}

// All returns the notes: those about the whole answer first.
func (n *NoteCollector) All() []*Note {
	notes := []*Note{}
	tell := func(when bool, code number.NoteCode, text number.Text) {
		if when {
			notes = append(notes, &Note{Code: code, Words: text})
		}
	}
	add := func(when bool, code number.NoteCode, vi, en string) { tell(when, code, number.Text{VI: vi, EN: en}) }
	tell(n.universe > n.ranked, number.NoteRanked, number.CountText(
		"xếp hạng %s trên %s đơn vị; các đơn vị còn lại không có số liệu để xếp hạng",
		"ranked %s of %s units; the others have no figure to rank by", n.ranked, n.universe))
	slices.Sort(n.provisional)
	for _, year := range n.provisional {
		add(true, number.NoteProvisional,
			fmt.Sprintf("số liệu năm %d là sơ bộ", year), fmt.Sprintf("figures of %d are provisional", year))
	}
	for _, year := range n.baseYears {
		add(true, number.NoteBaseYear,
			fmt.Sprintf("năm gốc %d không có số liệu", year), fmt.Sprintf("there are no figures for the base year %d", year))
	}
	add(n.broken, number.NoteBreak,
		"chuỗi số liệu bị gián đoạn giữa hai năm nên không tính mức thay đổi", "the series breaks between the two years, so no change is given")
	n.recast(tell)
	add(n.eligible, number.NoteEligible,
		"số đơn vị thuộc diện đánh giá của hai năm khác nhau", "the number of units to which the criterion applies is not the same in both years")
	add(n.coverage, number.NoteCoverage,
		"số đơn vị có số liệu của hai năm khác nhau", "the two years cover different shares of the units")
	add(n.withheld, number.NoteWithheld,
		"không công bố số tổng hợp khi quá ít đơn vị có số liệu", "aggregates are withheld where too few units reported")
	add(n.unlisted, number.NoteUnlisted,
		"không công bố số tổng hợp khi danh mục chỉ có đơn vị báo cáo của quá ít đơn vị bên trong",
		"aggregates are withheld where the catalogue has the reporting units of too few of the parts within")
	add(n.incomplete, number.NoteRegister,
		"sổ công nhận chưa nêu tên đủ số đơn vị mà báo cáo đã nêu: số đếm từ sổ chỉ là mức tối thiểu, không dùng để so sánh hay xếp hạng",
		"a report counts more units than the register names: what is counted in the register is a minimum, and is neither compared nor ranked")
	add(n.suppressed, number.NoteSuppressed,
		"một số số liệu không công bố vì quá nhỏ, hoặc vì từ đó có thể tính ra số quá nhỏ",
		"some figures are withheld because they are small, or because small ones could be computed back from them")
	add(n.unitsDiffer, number.NoteUniverse,
		"hai năm không cùng một tập đơn vị nên không tính thay đổi thứ hạng", "the units with figures are not the same in both years, so ranks have no movement")
	add(n.negative, number.NoteNegativeBase,
		"số gốc âm: tỷ lệ thay đổi được tính trên trị tuyệt đối của số gốc", "the base is negative: relative changes are measured against its magnitude")
	tell(n.leftOut > 0, number.NoteUnitsLeftOut, number.CountText(
		"chỉ so sánh các đơn vị có số liệu cả hai năm; %s đơn vị không được tính",
		"only units with figures of both years are compared; left out: %s", n.leftOut))
	tell(n.unknownRows > 0, number.NoteUnknownRows, number.CountText(
		"%s dòng không có số liệu để so với điều kiện nên không có trong bảng",
		"rows left out because they have no number to compare with the conditions: %s", n.unknownRows))
	n.additions(add)
	notes = append(notes, derivedNotes(n.derived)...)
	notes = append(notes, n.cells...)
	tell(n.revisedCount > maxRevised, number.NoteRevised, number.CountText(
		"ngoài ra có %s số liệu khác trong kết quả đã được công bố lại",
		"further figures of the answer that replaced published ones: %s", n.revisedCount-maxRevised))
	return notes
}

// additions adds the notes about figures that were added up over members.
func (n *NoteCollector) additions(add func(when bool, code number.NoteCode, vi, en string)) {
	for _, d := range n.completed {
		add(true, number.NoteCompleted,
			fmt.Sprintf("số chung không được báo cáo là tổng của mọi thành phần theo %s", d.Name(number.Vietnamese)),
			fmt.Sprintf("totals that were not reported are the sum over all members by %s", d.Name(number.English)))
	}
	for _, d := range n.everyMember {
		add(true, number.NoteEveryMember,
			fmt.Sprintf("đã cộng mọi thành phần theo %s; số chung được báo cáo có thể khác", d.Name(number.Vietnamese)),
			fmt.Sprintf("all members by %s were added; the total as reported may differ", d.Name(number.English)))
	}
}

// carried adds the notes about how a figure came to be on the units of a basis.
func (n *NoteCollector) carried(f *figure.Figure) {
	if f.StatusSet.Has(number.Break) && slices.Contains(f.Redrawn, f.Year) {
		n.redrawn = true
	}
	if f.Recasting == figure.NotRecast {
		return
	}
	n.basis = f.View.Basis
	switch {
	case f.NotCarried():
		if n.notRecast == nil {
			n.notRecast = map[uint32]bool{}
		}
		n.notRecast[f.Unit.Key()] = true
	case f.Recasting == figure.FromParts && f.Measure().IsKnown():
		n.estimated = true
	}
}

// notCarried collects the units of the years that no row of the crosswalk carries to the
// level asked: their figures are in none of the rows.
func (n *NoteCollector) notCarried(f *figure.Facts, q *Question, years ...number.Year) {
	if q.Level == nil || f.View.Basis.IsOpen() {
		return
	}
	for _, year := range years {
		h := f.At(year)
		if h.Recast == nil {
			continue
		}
		for _, unit := range h.Recast.PartsOf(q.Level, f.Indicator.Level()).Lost {
			known := slices.ContainsFunc(n.lost, func(u *catalogue.Unit) bool { return u.Key() == unit.Key() })
			if !known && h.Recast.From.Eligible(f.Indicator, unit) > 0 && h.Recast.Near(unit, q.Within) {
				n.lost = append(n.lost, unit)
			}
		}
	}
}

// recast adds the notes about carried figures.
func (n *NoteCollector) recast(tell func(when bool, code number.NoteCode, text number.Text)) {
	add := func(when bool, code number.NoteCode, vi, en string) { tell(when, code, number.Text{VI: vi, EN: en}) }
	add(!n.basis.IsOpen(), figure.NoteBasis,
		fmt.Sprintf("số liệu được quy đổi về các đơn vị hành chính ngày %s", n.basis.In(number.Vietnamese)),
		fmt.Sprintf("figures are carried to the units of %s", n.basis.In(number.English)))
	add(n.estimated, figure.NoteRecastEstimated,
		"có đơn vị bị chia tách; số liệu của đơn vị đó được phân bổ theo trọng số nên là ước tính",
		"some units were split; their figures are shared out by weights and so are estimates")
	tell(len(n.notRecast) > 0, figure.NoteNotRecast, number.CountText(
		"không quy đổi được số liệu của %s đơn vị vì không biết tỷ lệ chia tách, không có quy tắc hoặc không có bảng chuyển đổi",
		"the figures of %s units cannot be carried: the shares of what was split, a rule or a row of the crosswalk are not known", len(n.notRecast)))
	add(len(n.lost) > 0, figure.NoteNotCarried,
		"bảng chuyển đổi không có: "+namesOf(n.lost, number.Vietnamese)+"; số liệu của các đơn vị này không nằm trong đơn vị nào của cấp được hỏi",
		"the crosswalk has no row for "+namesOf(n.lost, number.English)+"; their figures are in no unit of the level asked")
	add(n.redrawn, figure.NoteTerritory,
		"địa giới của đơn vị thay đổi giữa các năm nên không so sánh; hãy hỏi theo đơn vị của một ngày (scope.basis)",
		"the territory of a unit changed between the years, so they are not compared; ask on the units of one day (scope.basis)")
}

// target notes where a target is compared with a year or units that it was not set for.
func (n *NoteCollector) target(t *catalogue.Target, units []*catalogue.Unit, year number.Year) {
	if !t.Years.Contains(year) {
		n.cells = append(n.cells, &Note{Code: number.NoteOutside, Year: &year, Words: number.Text{
			VI: fmt.Sprintf("mục tiêu “%s” đặt cho thời kỳ %s; số liệu năm %d chỉ được so với cùng mức đó", t.Statements.In(number.Vietnamese), t.Years.Period(number.Vietnamese), year),
			EN: fmt.Sprintf("the target “%s” is set for %s; %d is only compared with the same number", t.Statements.In(number.English), t.Years.Period(number.English), year),
		}})
	}
	if t.Code == "" {
		return
	}
	for _, unit := range units {
		if unit.Code != t.UnitCode && unit.Level.Code != t.LevelCode {
			n.cells = append(n.cells, &Note{Code: number.NoteOthers, Words: number.Text{
				VI: fmt.Sprintf("mục tiêu “%s” không đặt cho các đơn vị này; chúng chỉ được so với cùng mức đó", t.Statements.In(number.Vietnamese)),
				EN: fmt.Sprintf("the target “%s” was not set for these units; they are only compared with the same number", t.Statements.In(number.English)),
			}})
			return
		}
	}
}

// maxNamed is how many units a note names; it counts the others.
const maxNamed = 5

// namesOf names units, the first few of many.
func namesOf(units []*catalogue.Unit, language number.Language) string {
	slices.SortFunc(units, catalogue.ByCode)
	var names []string
	for _, unit := range units[:min(len(units), maxNamed)] {
		names = append(names, fmt.Sprintf("%s (%s)", unit.FullName(language), unit.Code))
	}
	text := strings.Join(names, ", ")
	if more := len(units) - maxNamed; more > 0 {
		text += number.CountText(" và %s đơn vị khác", " and %s more", more).In(language)
	}
	return text
}
