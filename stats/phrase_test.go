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
