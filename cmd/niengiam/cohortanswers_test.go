package main

func answer8(s *served) {
	cohort := s.ask(`{ cohort(code: "pilot-communes-2021-2025") { from to level { code } indicator { code } units { code } plan {
		early onTime late unknown release { published } rows { unit { code name parent { name } } planned recognised latest status delay figure { value } text english: text(language: EN) } } } }`).at("cohort")
	cohort.at("indicator", "code").is("ntm")
	if units, rows := cohort.at("units").list(), cohort.at("plan", "rows").list(); len(units) != 28 || len(rows) != 28 {
		s.t.Errorf("%d units and %d planned, want 28", len(units), len(rows))
	}
	for field, want := range map[string]string{"early": "0", "onTime": "2", "late": "2", "unknown": "24"} {
		cohort.at("plan", field).is(want)
	}
	row := func(code string) tree { return cohort.at("plan", "rows").find(code, "unit", "code") }
	late := row("30613")
	late.at("unit", "name").is("Hòa Bình Thạnh")
	late.at("status").is("LATE")
	late.at("delay").is("1")
	late.at("figure", "value").is("1")
	late.at("text").is("kế hoạch năm 2021, công nhận năm 2022: chậm 1 năm")
	late.at("english").is("planned for 2021, recognised in 2022: 1 year late")
	// The register does not name all communes, and of some the year is not known.
	row("30415").at("status").is("UNKNOWN")
	row("30415").at("recognised").is("null")
	row("30670").at("status").is("UNKNOWN")
	row("30670").at("latest").is("2022")
}

func answer8Sides(s *served) {
	sides := s.ask(`{ comparison(indicator: "ntm", level: "commune", year: 2024, baseYear: 2020, scope: {cohort: "pilot-communes-2021-2025"}) {
		question { cohort { code } } rows { unit { code } } total { unit { code } current { value } }
		inside { unit { name } base { atLeast atMost text } current { value reason atLeast atMost text } change { absolute reason } } outside { current { atLeast reason } } } }`).at("comparison")
	// Three of the 28 are a ward or a town by 2024, to which the standard of rural communes does not apply.
	if rows := sides.at("rows").list(); len(rows) != 25 {
		s.t.Errorf("%d rows, want the 25 rural communes of the cohort", len(rows))
	}
	sides.at("total", "unit", "code").is("89")
	sides.at("inside", "unit", "name").is("28 xã điểm xây dựng nông thôn mới giai đoạn 2021–2025")
	// The register names five of them by 2024; of the others it does not say that they were not recognised.
	sides.at("inside", "base", "atLeast").is("0")
	sides.at("inside", "current", "value").is("null")
	sides.at("inside", "current", "reason").is("REGISTER_INCOMPLETE")
	sides.at("inside", "current", "atLeast").is("5")
	sides.at("inside", "current", "atMost").is("25")
	sides.at("inside", "current", "text").is("ít nhất 5/25 xã")
	sides.at("inside", "change", "reason").is("NOT_COMPARABLE")
	sides.at("outside", "current", "reason").is("REGISTER_INCOMPLETE")
	if units := s.ask(`{ units(cohort: "pilot-communes-2021-2025", basis: {date: "2024-12-31"}) { totalCount } }`); units.at("units", "totalCount").text() != "28" {
		s.t.Errorf("units of the cohort: %s", units.text())
	}
}
