package main

import (
	"os"
	"strings"
	"testing"
)

// answerMembers: the census of 2019 by sex and by residence, as it was printed; the
// two misprints are told beside the figures that they touch.
func answerMembers(s *served) {
	saved, err := os.ReadFile("../../examples/angiang/questions/7-urban-and-rural.graphql")
	if err != nil {
		s.t.Fatal(err)
	}
	reply := s.reply(string(saved))
	reply.at("extensions", "statements").is("1")
	byResidence := reply.at("data", "composition")
	rows := byResidence.at("rows")
	if len(rows.list()) != 11 {
		s.t.Errorf("%d districts, want 11", len(rows.list()))
	}
	chauDoc := rows.find("884", "unit", "code")
	chauDoc.at("whole", "value").is("101765")
	chauDoc.at("parts", 0, "figure", "value").is("90495")
	chauDoc.at("parts", 0, "figure", "text").is("thành thị: 90.495 người")
	chauDoc.at("parts", 1, "figure", "value").is("11270")
	chauDoc.at("unstated").is("0")
	rows.find("893", "unit", "code").at("unstated").is("-8000")
	triTon := rows.find("891", "unit", "code")
	triTon.at("parts", 0, "figure", "value").is("27485")
	triTon.at("parts", 1, "figure", "value").is("null")
	triTon.at("parts", 1, "figure", "reason").is("MISSING")
	triTon.at("unstated").is("89946")
	byResidence.at("total", "whole", "value").is("1908352")
	s.ask(`{ composition(indicator: "population-census", dimension: "residence", unit: "89", year: 2019) { rows { parts { figure { value } } } } }`).
		at("composition", "rows", 0, "parts", 0, "figure", "value").is("602730")
	byResidence.at("total", "unstated").is("0")
	note := byResidence.at("notes").find("MEMBERS_DISAGREE", "code")
	if text := note.at("text").text(); !strings.Contains(text, "Chợ Mới") || !strings.Contains(text, "thành thị 42.858") || !strings.Contains(text, "307.981") {
		s.t.Errorf("the note is %s", text)
	}

	women := s.ask(`{ series(indicator: "population-census", units: ["89"], from: 2019, to: 2019, scope: {breakdown: [{dimension: "sex", members: ["female"]}]}) {
		question { breakdown { dimension { code } members { name(language: EN) } } }
		series { figures { id value origin breakdown { members { code } } text(language: EN) } } notes { code text(language: EN) } } }`).at("series")
	women.at("question", "breakdown", 0, "members", 0, "name").is("women")
	figure := women.at("series", 0, "figures", 0)
	figure.at("value").is("960782")
	figure.at("origin").is("REPORTED")
	figure.at("breakdown", 0, "members", 0, "code").is("female")
	figure.at("text").is("women: 960,782 people")
	if text := women.at("notes").find("MEMBERS_DISAGREE", "code").at("text").text(); !strings.Contains(text, "men 847,570") || !strings.Contains(text, "1,908,352") {
		s.t.Errorf("the note is %s", text)
	}
	behind := s.ask(`{ provenance(figure: "`+figure.at("id").text()+`") { nodes { value breakdown { members { code } } place { file line } } } }`).at("provenance", "nodes")
	if len(behind.list()) != 1 {
		s.t.Errorf("%d observations, want 1", len(behind.list()))
	}
	behind.at(0, "value").is("960782")
	behind.at(0, "breakdown", 0, "members", 0, "code").is("female")
}

// answerSchools: the ratio of several school levels is the ratio of their sums.
func answerSchools(s *served) {
	levels := s.ask(`{ figure(indicator: "schools-national-standard-rate", unit: "89", year: 2020,
		scope: {breakdown: [{dimension: "school-level", members: ["primary", "lower-secondary"]}]}) { value denominator rate origin text }
		indicator(code: "schools") { breakdowns { code partial members { code } } } }`)
	levels.at("figure", "value").is("178")
	levels.at("figure", "denominator").is("477")
	levels.at("figure", "rate").is("37.316…")
	levels.at("figure", "origin").is("COMPUTED")
	levels.at("figure", "text").is("tiểu học + trung học cơ sở: 178/477 trường (37,3%)")
	levels.at("indicator", "breakdowns", 0, "code").is("school-level")
	if members := levels.at("indicator", "breakdowns", 0, "members").list(); len(members) != 4 {
		s.t.Errorf("%d members, want 4", len(members))
	}
	total := s.ask(`{ figure(indicator: "schools-national-standard-rate", unit: "89", year: 2020) { value denominator origin } }`).at("figure")
	total.at("value").is("272")
	total.at("denominator").is("706")
	total.at("origin").is("REPORTED")
}

func TestBreakdownAnswers(t *testing.T) {
	t.Parallel()
	s := serve(t, "--load", "--data", loadedData(t)) // it counts statements: nobody else may ask
	t.Run("census by residence and sex", func(t *testing.T) { answerMembers(on(s, t)) })
	t.Run("schools by level", func(t *testing.T) { answerSchools(on(s, t)) })
}
