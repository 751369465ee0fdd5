package workspace

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/number"
)

// ScheduleText writes when a source is loaded: every Monday at 06:00; after the census. The
// common shapes of cron expressions are told in words, any other as it is written. It is
// empty for a source without a schedule.
func (w *Workspace) ScheduleText(source *Source) number.Text {
	s := source.Schedule
	if s == nil {
		return number.Text{}
	}
	var vi, en []string
	add := func(text number.Text) { vi, en = append(vi, text.VI), append(en, text.EN) }
	if s.Cron != "" {
		add(s.Words())
	}
	if s.OnArrival {
		add(number.Text{VI: "khi có tệp mới", EN: "when a file arrives"})
	}
	if s.After != "" {
		title := number.Text{VI: s.After, EN: s.After}
		if other := w.Source(s.After); other != nil {
			title = number.Text{VI: other.Title.In(number.Vietnamese), EN: other.Title.In(number.English)}
		}
		add(number.Text{VI: "sau khi nạp xong “" + title.VI + "”", EN: "after “" + title.EN + "” was loaded"})
	}
	return number.Text{VI: strings.Join(vi, "; "), EN: strings.Join(en, "; ")}
}

// Words writes the times of the cron expression.
func (s *Schedule) Words() number.Text {
	if fields := strings.Fields(s.Cron); len(fields) == 5 {
		times, ok := timesOf(fields[0], fields[1])
		days, fits := daysOf(fields[2], fields[3], fields[4])
		if ok && fits && fields[2] == "*" && fields[3] == "*" && fields[4] == "*" && !strings.HasPrefix(times.EN, "at ") {
			return times // every hour is every hour of every day
		}
		if ok && fits {
			return number.Text{VI: joined(days.VI, times.VI), EN: joined(days.EN, times.EN)}
		}
	}
	return number.Text{VI: "theo biểu thức cron “" + s.Cron + "”", EN: "by the cron expression “" + s.Cron + "”"}
}

func joined(days, times string) string { return strings.TrimSpace(days + " " + times) }

// timesOf writes the times of a day; false where they are of no common shape.
func timesOf(minute, hour string) (number.Text, bool) {
	if every, ok := stepOf(minute, 60); ok && hour == "*" {
		if every == 1 {
			return number.Text{VI: "mỗi phút", EN: "every minute"}, true
		}
		return number.Text{VI: fmt.Sprintf("cứ %d phút một lần", every), EN: fmt.Sprintf("every %d minutes", every)}, true
	}
	at, err := strconv.Atoi(minute)
	if err != nil || at > 59 {
		return number.Text{}, false
	}
	if every, ok := stepOf(hour, 24); ok {
		if every == 1 {
			return number.Text{VI: fmt.Sprintf("mỗi giờ, vào phút %02d", at), EN: fmt.Sprintf("every hour at minute %02d", at)}, true
		}
		return number.Text{VI: fmt.Sprintf("cứ %d giờ một lần, vào phút %02d", every, at), EN: fmt.Sprintf("every %d hours at minute %02d", every, at)}, true
	}
	hours, ok := valuesOf(hour, 0, 23, nil)
	if !ok || len(hours) > 6 {
		return number.Text{}, false
	}
	clock := make([]string, len(hours))
	for i, h := range hours {
		clock[i] = fmt.Sprintf("%02d:%02d", h, at)
	}
	return number.Text{VI: "lúc " + listed(clock, "và"), EN: "at " + listed(clock, "and")}, true
}

// stepOf reads * and */N where N divides a whole: only then are the steps equal.
func stepOf(field string, whole int) (int, bool) {
	if field == "*" {
		return 1, true
	}
	step, ok := strings.CutPrefix(field, "*/")
	n, err := strconv.Atoi(step)
	return n, ok && err == nil && n > 0 && n < whole && whole%n == 0
}

// daysOf writes the days of a schedule; false where they are of no common shape. Every day
// needs no word where the times say it.
func daysOf(day, month, weekday string) (number.Text, bool) {
	weekdays, named := valuesOf(weekday, 0, 6, []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"})
	days, dated := valuesOf(day, 1, 31, nil)
	months, timed := valuesOf(month, 1, 12, []string{"", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})
	switch {
	case day == "*" && month == "*" && weekday == "*":
		return number.Text{VI: "hằng ngày", EN: "every day"}, true
	case day == "*" && month == "*" && named:
		return weekdayWords(weekdays), true
	case weekday == "*" && dated && month == "*":
		return number.Text{VI: "ngày " + listed(numerals(days), "và") + " hằng tháng", EN: "on day " + listed(numerals(days), "and") + " of every month"}, true
	case weekday == "*" && dated && timed:
		english := make([]string, len(months))
		for i, m := range months {
			english[i] = monthNames()[m-1]
		}
		return number.Text{
			VI: "ngày " + listed(numerals(days), "và") + " tháng " + listed(numerals(months), "và") + " hằng năm",
			EN: "on day " + listed(numerals(days), "and") + " of " + listed(english, "and") + " every year",
		}, true
	}
	return number.Text{}, false
}

// weekdayWords writes days of the week: Monday to Friday, or each of them.
func weekdayWords(days []int) number.Text {
	vi := []string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}
	en := []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	if first, last := days[0], days[len(days)-1]; len(days) > 2 && last-first == len(days)-1 {
		return number.Text{VI: "từ " + vi[first] + " đến " + vi[last] + " hằng tuần", EN: en[first] + " to " + en[last]}
	}
	inVI, inEN := make([]string, len(days)), make([]string, len(days))
	for i, day := range days {
		inVI[i], inEN[i] = vi[day], en[day]
	}
	return number.Text{VI: listed(inVI, "và") + " hằng tuần", EN: "every " + listed(inEN, "and")}
}

func monthNames() []string {
	return []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
}

// valuesOf reads a list of values and ranges, in order; false where it is anything else.
func valuesOf(field string, least, most int, names []string) ([]int, bool) {
	one := func(text string) (int, bool) {
		if at := slices.Index(names, strings.ToLower(text)); at >= 0 && text != "" {
			return at, true
		}
		n, err := strconv.Atoi(text)
		return n, err == nil && n >= least && n <= most
	}
	var values []int
	for part := range strings.SplitSeq(field, ",") {
		from, to, span := strings.Cut(part, "-")
		first, ok := one(from)
		last := first
		if span && ok {
			last, ok = one(to)
		}
		if !ok || last < first {
			return nil, false
		}
		for ; first <= last; first++ {
			values = append(values, first)
		}
	}
	slices.Sort(values)
	return slices.Compact(values), true
}

func numerals(values []int) []string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = strconv.Itoa(value)
	}
	return texts
}

// listed writes a list with a word before the last.
func listed(texts []string, and string) string {
	last := len(texts) - 1
	if last == 0 {
		return texts[0]
	}
	return strings.Join(texts[:last], ", ") + " " + and + " " + texts[last]
}
