package stats_test

import (
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats"
)

func TestFaultsInBothLanguages(t *testing.T) {
	hostile := `x" belongs to no unit on {1}`
	for _, c := range []struct {
		fault                          stats.Error
		english, message, advice, hint string
	}{
		{
			stats.Error{
				Code: stats.UnknownUnit, Message: stats.Say("the code %q belongs to no unit on %s", "886", stats.NewDate(2026, 12, 31)),
				Hint: stats.Say("it did %s", stats.Say("from %s until %s", stats.NewDate(2005, 4, 27), stats.NewDate(2025, 7, 1))),
			},
			`the code "886" belongs to no unit on 2026-12-31`, "vào ngày 2026-12-31 không có đơn vị nào mang mã “886”",
			"it did from 2005-04-27 until 2025-07-01", "mã này được dùng từ 2005-04-27 đến trước 2025-07-01",
		},
		{
			stats.Error{Code: stats.TooMany, Message: stats.Say("%d units × %d years are more than the %d figures that one answer can have", 20001, 3, 20000)},
			"20001 units × 3 years are more than the 20000 figures that one answer can have",
			"20001 đơn vị × 3 năm, nhiều hơn 20000 con số là mức của một câu trả lời", "", "thu hẹp theo đơn vị cấp trên hay theo năm, hoặc hỏi trang kế tiếp",
		},
		{ // English alone, though it reads like a message
			stats.Error{Code: stats.BadArgument, Message: stats.EnglishOnly("the list is empty")},
			"the list is empty", "một lựa chọn mâu thuẫn với lựa chọn khác, hoặc không có nghĩa ở đây", "", "sửa lựa chọn được nêu tên, theo lời gợi ý",
		},
		{stats.Error{Code: "NEVER_HEARD", Message: stats.EnglishOnly("100%% new")}, "100% new", "100% new", "", ""},
		{ // a value that reads like a part of a message stays what it is
			stats.Error{Code: stats.UnknownLevel, Message: stats.Say("no level has the code %q", hostile)},
			`no level has the code "x\" belongs to no unit on {1}"`, `không có cấp nào mang mã “x\" belongs to no unit on {1}”`, "", "chọn một cấp trong danh sách các cấp",
		},
	} {
		if message, hint := c.fault.In(stats.Vietnamese); message != c.message || hint != c.hint {
			t.Errorf("%s is told as %q, %q, want %q, %q", c.fault.Message, message, hint, c.message, c.hint)
		}
		if message, hint := c.fault.In(stats.English); message != c.english || hint != c.advice {
			t.Errorf("%s is told as %q, %q in English, want %q, %q", c.fault.Message, message, hint, c.english, c.advice)
		}
	}
}

// A value is told as it is, whatever it reads like, unless it is a message itself.
func TestMessagesWithinMessages(t *testing.T) {
	unknown, nothing := "there is no unit %q%s", stats.Message{}
	inner := stats.Error{Code: stats.BadArgument, Message: stats.Say("the list is empty"), Nearest: []string{"a"}}
	for _, c := range []struct {
		message             stats.Message
		english, vietnamese string
	}{
		{stats.Say("there is no unit %q%s", "30341", stats.Say("; nearest: %s", "30340, 30337")), `there is no unit "30341"; nearest: 30340, 30337`, "không có đơn vị “30341”; gần nhất: 30340, 30337"},
		{stats.Say("there is no unit %q%s", `x" of the level y`, nothing), `there is no unit "x\" of the level y"`, `không có đơn vị “x\" of the level y”`},
		{stats.Say("there is no unit %q%s", "not a number", nothing), `there is no unit "not a number"`, "không có đơn vị “not a number”"},
		{stats.Say("there is no unit %q%s", "; nearest: {1}", stats.Say("; nearest: %s", "{2}")), `there is no unit "; nearest: {1}"; nearest: {2}`, "không có đơn vị “; nearest: {1}”; gần nhất: {2}"},
		{stats.Say("there is no unit %q%s", "a", "not a number"), `there is no unit "a"not a number`, "không có đơn vị “a”not a number"},
		{stats.Say("the row has %d cells, the header %d", 4, 10), "the row has 4 cells, the header 10", "dòng có 4 ô, dòng tiêu đề có 10"},
		{stats.Say("0x%02X cannot stand there", 10), "0x0A cannot stand there", "không thể có 0x0A ở đó"},
		{stats.Say("%.50q is not a number like 0.9", "một"), `"một" is not a number like 0.9`, "“một” không phải một số như 0.9"},
		{stats.Say("level %s, kinds %v", "commune", []string{"ward", "town"}), "level commune, kinds [ward town]", "cấp “commune”, loại [ward town]"},
		{stats.Say("release %s %s", stats.ReleaseID(3), &inner), "release 3 the list is empty; nearest: a; " + remedy(stats.English), "bản phát hành 3 danh sách trống; gần nhất: a; " + remedy(stats.Vietnamese)},
		{stats.Say("release %s %s", stats.ReleaseID(3), stats.Text{VI: "vi", EN: "en"}), "release 3 en", "bản phát hành 3 vi"},
		{stats.Say("there is no unit %q%s", "long", nothing).Replacing("long", "l…"), `there is no unit "l…"`, "không có đơn vị “l…”"},
		{stats.EnglishOnly(unknown, "a", stats.Say("; nearest: %s", "b")), `there is no unit "a"; nearest: b`, ""},
		{nothing, "", ""},
	} {
		if got := c.message.Text(); got != (stats.Text{VI: c.vietnamese, EN: c.english}) {
			t.Errorf("told as %+v, want %q, %q", got, c.english, c.vietnamese)
		}
	}
}

func remedy(language stats.Language) string {
	fault, _ := stats.BadArgument.Fault()
	return fault.Remedy.In(language)
}

// What was kept in English alone says so in Vietnamese, whatever it reads like; what
// somebody gave as a reason is never told otherwise.
func TestWhatIsKeptInBothLanguages(t *testing.T) {
	kept := func(text stats.Text) string { return (&stats.Reject{Detail: text}).DetailText(stats.Vietnamese) }
	before := stats.Run{Error: stats.Text{EN: "in.csv: the file is empty"}}
	since := stats.Run{Error: stats.Text{VI: "tệp trống", EN: "the file is empty"}}
	judged := stats.Decision{State: stats.Declined, Comment: stats.NewerLoad}
	replaced := stats.Decision{State: stats.Superseded, Comment: stats.NewerLoad}
	other := stats.Decision{State: stats.Superseded, Comment: "the list is empty"}
	for _, c := range []struct{ got, want string }{
		{kept(stats.Text{VI: "không phải là số", EN: "not a number"}), "không phải là số"},
		{kept(stats.Text{EN: "not a number"}), "chỉ có bằng tiếng Anh: not a number"},
		{kept(stats.Text{}), ""},
		{(&stats.Reject{Detail: stats.Text{EN: "not a number"}}).DetailText(stats.English), "not a number"},
		{before.ErrorText(stats.Vietnamese), "chỉ có bằng tiếng Anh: in.csv: the file is empty"},
		{before.ErrorText(stats.English), "in.csv: the file is empty"},
		{since.ErrorText(stats.Vietnamese), "tệp trống"},
		{(&stats.Run{}).ErrorText(stats.Vietnamese), ""},
		{judged.CommentText(stats.Vietnamese), stats.NewerLoad},
		{replaced.CommentText(stats.Vietnamese), "lần nạp mới hơn của cùng nguồn"},
		{replaced.CommentText(stats.English), stats.NewerLoad},
		{other.CommentText(stats.Vietnamese), "chỉ có bằng tiếng Anh: the list is empty"},
	} {
		if c.got != c.want {
			t.Errorf("told as %q, want %q", c.got, c.want)
		}
	}
}

// An answer to hostile arguments must not cost more than a question does.
func BenchmarkFaultInVietnamese(b *testing.B) {
	fault := stats.Error{Code: stats.UnknownLevel, Message: stats.Say("no level has the code %q", strings.Repeat("from until to ", 100)), Hint: stats.Say("give it")}
	for b.Loop() {
		fault.In(stats.Vietnamese)
	}
}
