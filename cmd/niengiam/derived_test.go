package main

// answerDerived asks for what the sample makes of two sources: 625.4 thousand hectares of
// paddy, published by the province, over 1,907.4 thousand people of table E02.01; and of
// 36,726 poor and 32,845 near-poor households of 543,764.
func answerDerived(s *served) {
	answer := s.ask(`{ comparison(indicator: "paddy-area-per-1000-people", unit: "89", year: 2019, baseYear: 2018) {
		rows { current { value denominator rate status parts { value indicator { code } } } base { rate }
			change { absolute points pointsReason primary verdict } text english: text(language: EN) }
		notes { code year text(language: EN) } } }`).at("comparison")
	row := answer.at("rows", 0)
	row.at("current", "value").is("625.4")
	row.at("current", "denominator").is("1907.4")
	row.at("current", "rate").is("327.8808…")
	row.at("current", "status").is("P")
	row.at("current", "parts", 0, "indicator", "code").is("paddy-area")
	row.at("current", "parts", 1, "value").is("1907.4")
	row.at("base", "rate").is("322.6364…") // 623.011 as the later page has it
	row.at("change", "points").is("null")
	row.at("change", "pointsReason").is("NOT_A_PERCENTAGE")
	row.at("change", "primary").is("PERCENT")
	row.at("text").is("327,9 ha/1.000 dân, tăng 5,2 ha/1.000 dân (tăng 1,6%) so với năm 2018")
	row.at("english").is("327.9 hectares per 1,000 people, up 5.2 hectares per 1,000 people (up 1.6%) from 2018")
	answer.at("notes", 1, "code").is("DERIVED")
	answer.at("notes", 2, "text").is("Sown area of paddy per 1,000 people, An Giang Province, 2019: made of Sown area of paddy (625.4 thousand hectares) ÷ Average population (1,907.4 thousand people) × 1,000")

	poor := s.ask(`{ figure(indicator: "poor-and-near-poor-share", unit: "89", year: 2016) { id value denominator rate text(language: EN) }
		indicator(code: "poor-and-near-poor-share") { kind formula per measureUnit parts { code } level { code } } }`)
	poor.at("figure", "value").is("69571")
	poor.at("figure", "denominator").is("543764")
	poor.at("figure", "rate").is("12.7943…")
	poor.at("figure", "text").is("69,571/543,764 households (12.79%)")
	poor.at("indicator", "formula").is("SHARE")
	poor.at("indicator", "measureUnit").is("%")
	poor.at("indicator", "parts", 0, "code").is("poor-and-near-poor-households")
	poor.at("indicator", "level", "code").is("district")
	id := poor.at("figure", "id").text()
	behind := s.ask(`{ provenance(figure: "` + id + `") { totalCount nodes { indicator { code } unit { code } value } } }`).at("provenance")
	behind.at("totalCount").is("3")
	behind.at("nodes", 0, "indicator", "code").is("poor-households")
	behind.at("nodes", 2, "indicator", "code").is("households")
	behind.at("nodes", 2, "value").is("543764")

	fault := s.refused(`{ revisions(since: {date: "2020-12-31"}, indicator: "paddy-area-per-1000-people") { totalCount } }`)
	fault.at("extensions", "code").is("BAD_ARGUMENT")
	fault.at("extensions", "where").is("indicator")
	fault.at("extensions", "hint").is("ask for its parts: paddy-area, population")
}
