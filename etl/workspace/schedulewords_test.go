package workspace

import (
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

func TestSchedulesAreToldInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ cron, vi, en string }{
		{"* * * * *", "mỗi phút", "every minute"},
		{"*/15 * * * *", "cứ 15 phút một lần", "every 15 minutes"},
		{"30 * * * *", "mỗi giờ, vào phút 30", "every hour at minute 30"},
		{"5 */6 * * 1-5", "từ thứ Hai đến thứ Sáu hằng tuần cứ 6 giờ một lần, vào phút 05", "Monday to Friday every 6 hours at minute 05"},
		{"0 6 * * *", "hằng ngày lúc 06:00", "every day at 06:00"},
		{"0 6,18 * * *", "hằng ngày lúc 06:00 và 18:00", "every day at 06:00 and 18:00"},
		{"0 6 * * 1", "thứ Hai hằng tuần lúc 06:00", "every Monday at 06:00"},
		{"0 6 * * MON,thu", "thứ Hai và thứ Năm hằng tuần lúc 06:00", "every Monday and Thursday at 06:00"},
		{"0 7 5 * *", "ngày 5 hằng tháng lúc 07:00", "on day 5 of every month at 07:00"},
		{"30 2 9 3 *", "ngày 9 tháng 3 hằng năm lúc 02:30", "on day 9 of March every year at 02:30"},
		{"0 7 1 jan,7 *", "ngày 1 tháng 1 và 7 hằng năm lúc 07:00", "on day 1 of January and July every year at 07:00"},
		// What cron means by these is told by no simple sentence.
		{"*/7 * * * *", "theo biểu thức cron “*/7 * * * *”", "by the cron expression “*/7 * * * *”"},
		{"0 6 1 * 1", "theo biểu thức cron “0 6 1 * 1”", "by the cron expression “0 6 1 * 1”"},
		{"0 6 ? * 1", "theo biểu thức cron “0 6 ? * 1”", "by the cron expression “0 6 ? * 1”"},
	} {
		if got, want := (&Schedule{Cron: c.cron}).Words(), (number.Text{VI: c.vi, EN: c.en}); got != want {
			t.Errorf("%q: %+v, want %+v", c.cron, got, want)
		}
	}
	w := &Workspace{Sources: []*Source{{Code: "census", Title: number.Text{VI: "Tổng điều tra", EN: "Census"}}}}
	got := w.ScheduleText(&Source{Schedule: &Schedule{Cron: "0 6 * * *", OnArrival: true, After: "census"}})
	want := number.Text{
		VI: "hằng ngày lúc 06:00; khi có tệp mới; sau khi nạp xong “Tổng điều tra”", EN: "every day at 06:00; when a file arrives; after “Census” was loaded",
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}
