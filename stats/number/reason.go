package number

// Reason is the code of why there is no number.
type Reason string

// Text is the reason in words.
func (r Reason) Text(language Language) string { return r.text().In(language) }

func (r Reason) text() Text {
	switch r {
	case MissingValue:
		return Text{"chưa có số liệu", "no figure"}
	case BaseMissing:
		return Text{"năm gốc chưa có số liệu", "no figure in the base year"}
	case CurrentMissing:
		return Text{"năm báo cáo chưa có số liệu", "no figure in the year asked"}
	case BaseZero:
		return Text{"năm gốc bằng không nên không tính được tỷ lệ", "the base is zero, so there is no relative change"}
	case BaseNegative:
		return Text{"năm gốc âm nên không tính được tỷ lệ", "the base is negative, so there is no relative change"}
	case NotAPercentage:
		return Text{"chỉ tiêu không phải tỷ lệ phần trăm", "the measure is not a percentage"}
	case NotComparable:
		return Text{"hai số liệu không so sánh được", "the two figures cannot be compared"}
	case CoverageLow:
		return Text{"quá ít đơn vị báo cáo để tổng hợp", "too few units reported for an aggregate"}
	case RegisterIncomplete:
		return Text{"sổ công nhận chưa nêu đủ tên các đơn vị", "the register does not name all units"}
	case NotExact:
		return Text{"số liệu gần đúng nên chưa kết luận được", "the figure is approximate, which decides nothing"}
	case Suppressed:
		return Text{"không công bố để bảo mật các số nhỏ", "withheld to keep small numbers confidential"}
	case NotAdditive:
		return Text{"chỉ tiêu không cộng được", "the parts must not be added"}
	case PartsDiffer:
		return Text{"các số thành phần không cùng phạm vi nên không tính được", "the parts do not stand for the same thing"}
	case SumNotPositive:
		return Text{"tổng bằng không hoặc âm nên không tính được tỷ trọng", "the sum is zero or negative, and nothing is a share of it"}
	case TooFewValues:
		return Text{"quá ít số liệu để tính", "too few values for it"}
	case NegativeValues:
		return Text{"có số âm nên không tính được", "not defined where values are negative"}
	}
	return Text{"không áp dụng", "does not apply"}
}
