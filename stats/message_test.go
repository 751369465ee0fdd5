package stats_test

import (
	"strings"
	"testing"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

func TestFaultsInBothLanguages(t *testing.T) {
	hostile := `x" belongs to no unit on {1}`
	for _, c := range []struct {
		fault                          number.Error
		english, message, advice, hint string
	}{
		{
			number.Error{
				Code: number.UnknownUnit, Message: number.Say("the code %q belongs to no unit on %s", "886", number.NewDate(2026, 12, 31)),
				Hint: number.Say("it did %s", number.Say("from %s until %s", number.NewDate(2005, 4, 27), number.NewDate(2025, 7, 1))),
			},
			`the code "886" belongs to no unit on 2026-12-31`, "vào ngày 2026-12-31 không có đơn vị nào mang mã “886”",
			"it did from 2005-04-27 until 2025-07-01", "mã này được dùng từ 2005-04-27 đến trước 2025-07-01",
		},
		{
			number.Error{Code: number.TooMany, Message: number.Say("%d units × %d years are more than the %d figures that one answer can have", 20001, 3, 20000)},
			"20001 units × 3 years are more than the 20000 figures that one answer can have",
			"20001 đơn vị × 3 năm, nhiều hơn 20000 con số là mức của một câu trả lời", "", "thu hẹp theo đơn vị cấp trên hay theo năm, hoặc hỏi trang kế tiếp",
		},
		{ // English alone, though it reads like a message
			number.Error{Code: number.BadArgument, Message: number.EnglishOnly("the list is empty")},
			"the list is empty", "một lựa chọn mâu thuẫn với lựa chọn khác, hoặc không có nghĩa ở đây", "", "sửa lựa chọn được nêu tên, theo lời gợi ý",
		},
		{number.Error{Code: "NEVER_HEARD", Message: number.EnglishOnly("100%% new")}, "100% new", "100% new", "", ""},
		{ // a value that reads like a part of a message stays what it is
			number.Error{Code: number.UnknownLevel, Message: number.Say("no level has the code %q", hostile)},
			`no level has the code "x\" belongs to no unit on {1}"`, `không có cấp nào mang mã “x\" belongs to no unit on {1}”`, "", "chọn một cấp trong danh sách các cấp",
		},
	} {
		if message, hint := c.fault.In(number.Vietnamese); message != c.message || hint != c.hint {
			t.Errorf("%s is told as %q, %q, want %q, %q", c.fault.Message, message, hint, c.message, c.hint)
		}
		if message, hint := c.fault.In(number.English); message != c.english || hint != c.advice {
			t.Errorf("%s is told as %q, %q in English, want %q, %q", c.fault.Message, message, hint, c.english, c.advice)
		}
	}
}

// A value is told as it is, whatever it reads like, unless it is a message itself.
func TestMessagesWithinMessages(t *testing.T) {
	unknown, nothing := "there is no unit %q%s", number.Message{}
	inner := number.Error{Code: number.BadArgument, Message: number.Say("the list is empty"), Nearest: []string{"a"}}
	for _, c := range []struct {
		message             number.Message
		english, vietnamese string
	}{
		{number.Say("there is no unit %q%s", "30341", number.Say("; nearest: %s", "30340, 30337")), `there is no unit "30341"; nearest: 30340, 30337`, "không có đơn vị “30341”; gần nhất: 30340, 30337"},
		{number.Say("there is no unit %q%s", `x" of the level y`, nothing), `there is no unit "x\" of the level y"`, `không có đơn vị “x\" of the level y”`},
		{number.Say("there is no unit %q%s", "not a number", nothing), `there is no unit "not a number"`, "không có đơn vị “not a number”"},
		{number.Say("there is no unit %q%s", "; nearest: {1}", number.Say("; nearest: %s", "{2}")), `there is no unit "; nearest: {1}"; nearest: {2}`, "không có đơn vị “; nearest: {1}”; gần nhất: {2}"},
		{number.Say("there is no unit %q%s", "a", "not a number"), `there is no unit "a"not a number`, "không có đơn vị “a”not a number"},
		{number.Say("the row has %d cells, the header %d", 4, 10), "the row has 4 cells, the header 10", "dòng có 4 ô, dòng tiêu đề có 10"},
		{number.Say("0x%02X cannot stand there", 10), "0x0A cannot stand there", "không thể có 0x0A ở đó"},
		{number.Say("%.50q is not a number like 0.9", "một"), `"một" is not a number like 0.9`, "“một” không phải một số như 0.9"},
		{number.Say("level %s, kinds %v", "commune", []string{"ward", "town"}), "level commune, kinds [ward town]", "cấp “commune”, loại [ward town]"},
		{number.Say("release %s %s", ledger.ReleaseID(3), &inner), "release 3 the list is empty; nearest: a; " + remedy(number.English), "đợt công bố 3 danh sách trống; gần nhất: a; " + remedy(number.Vietnamese)},
		{number.Say("release %s %s", ledger.ReleaseID(3), number.Text{VI: "vi", EN: "en"}), "release 3 en", "đợt công bố 3 vi"},
		{number.Say("there is no unit %q%s", "long", nothing).Replacing("long", "l…"), `there is no unit "l…"`, "không có đơn vị “l…”"},
		{number.EnglishOnly(unknown, "a", number.Say("; nearest: %s", "b")), `there is no unit "a"; nearest: b`, ""},
		{nothing, "", ""},
	} {
		if got := c.message.Text(); got != (number.Text{VI: c.vietnamese, EN: c.english}) {
			t.Errorf("told as %+v, want %q, %q", got, c.english, c.vietnamese)
		}
	}
}

func remedy(language number.Language) string {
	fault, _ := number.BadArgument.Fault()
	return fault.Remedy.In(language)
}

// What was kept in English alone says so in Vietnamese, whatever it reads like; what
// somebody gave as a reason is never told otherwise.
func TestWhatIsKeptInBothLanguages(t *testing.T) {
	kept := func(text number.Text) string { return (&ledger.Reject{Detail: text}).DetailText(number.Vietnamese) }
	before := ledger.Run{Error: number.Text{EN: "in.csv: the file is empty"}}
	since := ledger.Run{Error: number.Text{VI: "tệp trống", EN: "the file is empty"}}
	judged := ledger.Decision{State: ledger.Declined, Comment: ledger.NewerLoad}
	replaced := ledger.Decision{State: ledger.Superseded, Comment: ledger.NewerLoad}
	other := ledger.Decision{State: ledger.Superseded, Comment: "the list is empty"}
	for _, c := range []struct{ got, want string }{
		{kept(number.Text{VI: "không phải là số", EN: "not a number"}), "không phải là số"},
		{kept(number.Text{EN: "not a number"}), "chỉ có bằng tiếng Anh: not a number"},
		{kept(number.Text{}), ""},
		{(&ledger.Reject{Detail: number.Text{EN: "not a number"}}).DetailText(number.English), "not a number"},
		{before.ErrorText(number.Vietnamese), "chỉ có bằng tiếng Anh: in.csv: the file is empty"},
		{before.ErrorText(number.English), "in.csv: the file is empty"},
		{since.ErrorText(number.Vietnamese), "tệp trống"},
		{(&ledger.Run{}).ErrorText(number.Vietnamese), ""},
		{judged.CommentText(number.Vietnamese), ledger.NewerLoad},
		{replaced.CommentText(number.Vietnamese), "lần nạp mới hơn của cùng nguồn"},
		{replaced.CommentText(number.English), ledger.NewerLoad},
		{other.CommentText(number.Vietnamese), "chỉ có bằng tiếng Anh: the list is empty"},
	} {
		if c.got != c.want {
			t.Errorf("told as %q, want %q", c.got, c.want)
		}
	}
}

// An answer to hostile arguments must not cost more than a question does.
func BenchmarkFaultInVietnamese(b *testing.B) {
	fault := number.Error{Code: number.UnknownLevel, Message: number.Say("no level has the code %q", strings.Repeat("from until to ", 100)), Hint: number.Say("give it")}
	for b.Loop() {
		fault.In(number.Vietnamese)
	}
}
