package print

import "github.com/niengiam/niengiam/stats/number"

// Labels are the fixed words of a page in one language.
type Labels struct {
	Span, Published, Nothing                        string
	Headlines, Improved, FellBack, Changed          string
	Unchanged, Unknown, Targets, Others, Ranked     string
	Rank, Figure, Change, Charts, Sources           string
	Notes, Summed, Ahead, Met, Missed               string
	OnTrack, OffTrack, NoFigure, Made, Order        string
	Brand, Language, Other, Smaller, Plain, Larger  string
	Size, PDF, Word, Print, Start, Unit, Year, Base string
	Show, Skip, Retry, NotFound, Refused, Down      string
	DownText, Empty, EmptyText, Nearest, Explorer   string
	Hint, Provisional, Year0, Choose, ChooseText    string
	Revised, Loads, Release, Withheld, Unlike       string
	Dashboards, Docs                                string
	Silent, Several                                 string
}

// labels returns the words in a language.
func labels(language number.Language) Labels {
	if language == number.English {
		return Labels{
			Span: "%d against %d", Published: "Figures published by %s (data version %s)", Nothing: "Nothing was published yet",
			Headlines: "In short", Improved: "Improved", FellBack: "Fell back", Changed: "Changed", Unchanged: "Unchanged",
			Unknown: "Not comparable yet", Targets: "Targets", Others: "Programme", Ranked: "Ranked by %s", Rank: "Rank",
			Figure: "Figure", Change: "Change", Charts: "Over the years", Sources: "Sources", Notes: "Caveats",
			Summed: "sum of %s observations", Ahead: "from %d", Met: "met", Missed: "missed", OnTrack: "on track", OffTrack: "behind",
			NoFigure: "no figure", Made: "Made by Niengiam from the release named above; each numeral stands for a figure whose origin can be asked.",
			Order: "Largest relative change first.", Brand: "Niengiam", Language: "Language", Other: "Tiếng Việt",
			Smaller: "Smaller text", Plain: "Plain text size", Larger: "Larger text", Size: "Text size", PDF: "PDF to print", Word: "Word to edit",
			Print: "Print", Start: "Briefing", Unit: "Unit", Year: "Year", Base: "Base year", Show: "Show the briefing", Skip: "Skip to content",
			Retry: "Try again", NotFound: "There is no such unit", Refused: "This cannot be answered", Down: "Data unavailable",
			DownText: "The figures cannot be read at the moment. Nothing is lost; try again in a minute.",
			Empty:    "Nothing to tell yet", EmptyText: "The workspace has no units or no figures. Load a source, then open this page again.",
			Nearest: "Did you mean", Explorer: "Explore", Hint: "", Provisional: "provisional", Year0: "no figure",
			Revised: "Revised since the last briefing", Loads: "Data updates", Dashboards: "Dashboards", Docs: "Help",
			Release: "(release %s)", Withheld: "withheld", Unlike: "Marked *: the two years do not cover the same units, or one figure was reported and the other one added up",
			Several: "%d indicators", Silent: "There is no figure of this unit for %d or %d.",
			Choose: "Whose briefing?", ChooseText: "One page about a unit and a year, to read, print or edit.",
		}
	}
	return Labels{
		Span: "Năm %d so với năm %d", Published: "Số liệu công bố đến ngày %s (phiên bản dữ liệu %s)", Nothing: "Chưa có số liệu nào được công bố",
		Headlines: "Tóm tắt", Improved: "Cải thiện", FellBack: "Giảm sút", Changed: "Thay đổi", Unchanged: "Không đổi",
		Unknown: "Chưa so sánh được", Targets: "Mục tiêu", Others: "Chương trình", Ranked: "Xếp hạng theo %s", Rank: "Hạng",
		Figure: "Số liệu", Change: "Thay đổi", Charts: "Qua các năm", Sources: "Nguồn", Notes: "Lưu ý",
		Summed: "cộng từ %s số liệu", Ahead: "từ năm %d", Met: "đạt", Missed: "không đạt", OnTrack: "đúng lộ trình", OffTrack: "chậm lộ trình",
		NoFigure: "chưa có số liệu", Made: "Do Niengiam lập từ đợt công bố nêu trên; mỗi con số đều truy được nguồn gốc.",
		Order: "Thay đổi tương đối lớn nhất xếp trước.", Brand: "Niengiam", Language: "Ngôn ngữ", Other: "English",
		Smaller: "Chữ nhỏ hơn", Plain: "Cỡ chữ thường", Larger: "Chữ lớn hơn", Size: "Cỡ chữ", PDF: "PDF để in", Word: "Word để sửa",
		Print: "In", Start: "Báo cáo nhanh", Unit: "Đơn vị", Year: "Năm", Base: "Năm gốc", Show: "Xem báo cáo nhanh", Skip: "Đến nội dung",
		Retry: "Thử lại", NotFound: "Không có đơn vị này", Refused: "Không trả lời được câu hỏi này", Down: "Không truy cập được số liệu",
		DownText: "Hiện không đọc được số liệu. Không có gì bị mất; hãy thử lại sau một phút.",
		Empty:    "Chưa có gì để báo cáo", EmptyText: "Không gian làm việc chưa có đơn vị hoặc số liệu. Hãy nạp một nguồn rồi mở lại trang này.",
		Nearest: "Có phải bạn muốn", Explorer: "Khám phá", Hint: "", Provisional: "sơ bộ", Year0: "chưa có số liệu",
		Revised: "Đã điều chỉnh từ báo cáo trước", Loads: "Cập nhật số liệu", Dashboards: "Bảng theo dõi", Docs: "Hướng dẫn",
		Release: "(đợt công bố số %s)", Withheld: "không công bố", Unlike: "Dấu *: hai năm không cùng phạm vi số liệu, hoặc một năm là số báo cáo, năm kia là số cộng từ đơn vị cấp dưới",
		Several: "%d chỉ tiêu", Silent: "Chưa có số liệu nào của đơn vị này cho năm %d và năm %d.",
		Choose: "Báo cáo nhanh của đơn vị nào?", ChooseText: "Một trang về một đơn vị trong một năm, để đọc, in hoặc sửa.",
	}
}
