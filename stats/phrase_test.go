package stats_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats"
)

func TestFaultsInBothLanguages(t *testing.T) {
	for _, c := range []struct {
		fault         stats.Error
		message, hint string
	}{
		{
			stats.Error{Code: stats.UnknownUnit, Message: `the code "886" belongs to no unit on 2026-12-31`, Hint: "it did from 2005-04-27 until 2025-07-01"},
			"vào ngày 2026-12-31 không có đơn vị nào mang mã “886”", "mã này được dùng từ 2005-04-27 đến trước 2025-07-01",
		},
		{
			stats.Error{Code: stats.TooMany, Message: "20001 units × 3 years are more than the 20000 figures that one answer can have"},
			"20001 đơn vị × 3 năm, nhiều hơn 20000 con số là mức của một câu trả lời", "thu hẹp theo đơn vị cấp trên hay theo năm, hoặc hỏi trang kế tiếp",
		},
		{
			stats.Error{Code: stats.BadArgument, Message: "nobody has said this before"},
			"một lựa chọn mâu thuẫn với lựa chọn khác, hoặc không có nghĩa ở đây", "sửa lựa chọn được nêu tên, theo lời gợi ý",
		},
		{stats.Error{Code: "NEVER_HEARD", Message: "nobody has said this before"}, "nobody has said this before", ""},
		// A value that reads like a part of a phrase stays what it is.
		{
			stats.Error{Code: stats.UnknownLevel, Message: fmt.Sprintf("no level has the code %q", `x" belongs to no unit on {1}`)},
			`không có cấp nào mang mã “x\" belongs to no unit on {1}”`, "chọn một cấp trong danh sách các cấp",
		},
	} {
		if message, hint := c.fault.In(stats.Vietnamese); message != c.message || hint != c.hint {
			t.Errorf("%s is told as %q, %q, want %q, %q", c.fault.Message, message, hint, c.message, c.hint)
		}
		if message, hint := c.fault.In(stats.English); message != c.fault.Message || hint != c.fault.Hint {
			t.Errorf("%s is told as %q, %q in English", c.fault.Message, message, hint)
		}
	}
}

// An answer to hostile arguments must not cost more than a question does.
func BenchmarkFaultInVietnamese(b *testing.B) {
	fault := stats.Error{Code: stats.UnknownLevel, Message: fmt.Sprintf("no level has the code %q", strings.Repeat("from until to ", 100)), Hint: "list them"}
	for b.Loop() {
		fault.In(stats.Vietnamese)
	}
}

// What was kept in English is told in Vietnamese, whoever kept it, or says that it is
// English; what somebody wrote in a file or as a reason is never told otherwise.
func TestWhatIsKeptInBothLanguages(t *testing.T) {
	detail := func(said string, values ...any) string {
		r := stats.Reject{Detail: fmt.Sprintf(said, values...)}
		if english := r.DetailText(stats.English); english != r.Detail {
			t.Errorf("%q is told as %q in English", r.Detail, english)
		}
		return r.DetailText(stats.Vietnamese)
	}
	before := stats.Run{Error: stats.Text{EN: "in.csv: the file is empty"}}
	since := stats.Run{Error: stats.Text{VI: "tệp trống", EN: "the file is empty"}}
	judged := stats.Decision{State: stats.Declined, Reason: stats.NewerLoad}
	replaced := stats.Decision{State: stats.Superseded, Reason: stats.NewerLoad}
	for _, c := range []struct{ got, want string }{
		{detail("there is no unit %q%s", "30341", "; nearest: 30340, 30337"), "không có đơn vị “30341”; gần nhất: 30340, 30337"},
		{detail("there is no unit %q%s", `x" of the level y`, ""), `không có đơn vị “x\" of the level y”`},
		{detail("there is no unit %q%s", "not a number", ""), "không có đơn vị “not a number”"},
		{detail("there is no unit %q%s", "; nearest: {1}", "; nearest: {2}"), "không có đơn vị “; nearest: {1}”; gần nhất: {2}"},
		{detail("the row has %d cells, the header %d", 4, 10), "dòng có 4 ô, dòng tiêu đề có 10"},
		{detail("the row has many cells, the header 10"), "chỉ có bằng tiếng Anh: the row has many cells, the header 10"},
		{detail(""), ""},
		{before.ErrorText(stats.Vietnamese), "chỉ có bằng tiếng Anh: in.csv: the file is empty"},
		{before.ErrorText(stats.English), "in.csv: the file is empty"},
		{since.ErrorText(stats.Vietnamese), "tệp trống"},
		{(&stats.Run{}).ErrorText(stats.Vietnamese), ""},
		{judged.ReasonText(stats.Vietnamese), stats.NewerLoad},
		{replaced.ReasonText(stats.Vietnamese), "lần nạp mới hơn của cùng nguồn"},
		{replaced.ReasonText(stats.English), stats.NewerLoad},
	} {
		if c.got != c.want {
			t.Errorf("told as %q, want %q", c.got, c.want)
		}
	}
}

func BenchmarkDetailInVietnamese(b *testing.B) {
	r := stats.Reject{Detail: `there is no unit "Phú Thanh" in Huyện Phú Tân (888) of the level commune on 31 December 2020; nearest: Phú Thành, Phú Thạnh`}
	for b.Loop() {
		r.DetailText(stats.Vietnamese)
	}
}
