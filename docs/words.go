package docs

// words are the fixed words of a page in one language.
type words struct {
	Skip, Language, Explorer, Dashboards, Briefing, Loads, Docs string
	Search, Find, Pages, OnThisPage, Nothing, NothingText       string
	Missing, MissingText, OtherLanguage, First                  string
}

func vietnamese() words {
	return words{
		Skip: "Đến nội dung", Language: "Ngôn ngữ", Explorer: "Khám phá", Dashboards: "Bảng theo dõi", Briefing: "Báo cáo nhanh",
		Loads: "Cập nhật số liệu", Docs: "Hướng dẫn", Search: "Tìm trong hướng dẫn", Find: "Tìm", Pages: "Các trang hướng dẫn", OnThisPage: "Trên trang này",
		Nothing: "Không tìm thấy gì", NothingText: "Hãy thử ít từ hơn hoặc từ khác; không cần gõ dấu.",
		Missing: "Không có trang hướng dẫn này", MissingText: "Có thể địa chỉ bị gõ sai hoặc bị cắt khi gửi.",
		OtherLanguage: "Trang này chỉ có bằng tiếng Anh vì dành cho người quản trị và kỹ sư.", First: "Trang đầu của hướng dẫn",
	}
}

func english() words {
	return words{
		Skip: "Skip to content", Language: "Language", Explorer: "Explore", Dashboards: "Dashboards", Briefing: "Briefing",
		Loads: "Data updates", Docs: "Help", Search: "Search the documentation", Find: "Search", Pages: "Pages of the documentation", OnThisPage: "On this page",
		Nothing: "Nothing was found", NothingText: "Try fewer or other words.",
		Missing: "There is no such page", MissingText: "The address may be mistyped, or cut where it was sent.",
		First: "First page of the documentation",
	}
}
