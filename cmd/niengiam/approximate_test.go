package main

// approximateFigures: the sample tells S2 and S7 of the article of 12 March 2021 with what
// it prints: 2,159 units by kind, over 98 %; over 160 sessions for nearly 11,500 people; 6 of
// the 16 communes aimed at; commendations whose number is not known.
func approximateFigures(s *served) {
	told := func(indicator, vi, en, approximation string) tree {
		f := s.ask(`{ figure(indicator: "` + indicator + `", unit: "89", year: 2020, scope: {asOf: {date: "2021-03-12"}}) { id text english: text(language: EN) approximation } }`).at("figure")
		f.at("text").is(vi)
		f.at("english").is(en)
		f.at("approximation").is(approximation)
		return f
	}
	told("safe-units", "2.159 đơn vị", "2,159 units", "null")
	told("safe-units-rate", "trên 98%", "over 98%", "MORE_THAN")
	told("outreach-people", "gần 11.500 lượt người", "nearly 11,500 people", "ALMOST")
	told("ntm-advanced-aimed", "6/16 xã (37,5%)", "6/16 communes (37.5%)", "null")
	told("commendations", "chưa có số liệu", "no figure", "null")
	sessions := told("outreach-sessions", "trên 160 cuộc", "over 160 sessions", "MORE_THAN")
	behind := s.ask(`{ provenance(figure: "`+sessions.at("id").text()+`") { nodes { value approximation citation } } }`).at("provenance", "nodes", 0)
	behind.at("value").is("160")
	behind.at("approximation").is("MORE_THAN")
	contains(behind.at("citation"), "https://angiang.gov.vn/")
	kinds := s.ask(`{ composition(indicator: "safe-units", dimension: "safe-unit-kind", unit: "89", year: 2020) { rows { whole { value } parts { member { code } figure { reason } } } } }`).at("composition", "rows", 0)
	kinds.at("whole", "value").is("2159")
	for _, part := range kinds.at("parts").list() {
		part.at("figure", "reason").is("MISSING")
	}
	if n := len(kinds.at("parts").list()); n != 5 {
		s.t.Errorf("%d kinds of unit, the article names 5", n)
	}
}
