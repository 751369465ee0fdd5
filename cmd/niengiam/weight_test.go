package main

import (
	"net/url"
	"strings"
)

// answerByWeight: of the eleven districts all but Phú Tân have a population of 2016;
// in those ten live 490,189 of the 543,764 households of the province (decision 407).
func answerByWeight(s *served) {
	weighed := `coverage { expected reported byWeight { indicator { code } expected reported share reason } }`
	figure := s.ask(`{ figure(indicator: "population-districts", unit: "89", year: 2016) { value origin ` + weighed + ` } }`).at("figure")
	figure.at("origin").is("COMPUTED")
	figure.at("coverage", "reported").is("10")
	figure.at("coverage", "expected").is("11")
	figure.at("coverage", "byWeight", "indicator", "code").is("households")
	figure.at("coverage", "byWeight", "reported").is("490189")
	figure.at("coverage", "byWeight", "expected").is("543764")
	figure.at("coverage", "byWeight", "share").is("0.9014…")
	figure.at("coverage", "byWeight", "reason").is("null")

	// One district has its own weight, with a figure and without one.
	rows := s.ask(`{ ranking(indicator: "population-districts", year: 2016, level: "district") { rows { unit { code } current { ` + weighed + ` } } unranked { unit { code } current { ` + weighed + ` } } } }`).at("ranking")
	rows.at("rows", 0, "unit", "code").is("893")
	rows.at("rows", 0, "current", "coverage", "byWeight", "reported").is("86713")
	rows.at("unranked", 0, "unit", "code").is("888")
	rows.at("unranked", 0, "current", "coverage", "byWeight", "reported").is("0")
	rows.at("unranked", 0, "current", "coverage", "byWeight", "expected").is("53575")

	// The same cell as everybody else asks for it.
	for path, query := range map[string]string{
		"series": `series(indicator: "population-districts", units: ["89"], from: 2016, to: 2016) { series { figures { ...F } } }`,
		"table":  `table(indicators: ["population-districts"], units: ["89"], years: [2016]) { rows { cells { figure { ...F } } } }`,
		"unit":   `unit(code: "89", basis: {date: "2016-12-31"}) { profile(year: 2016) { rows { indicator { code } current { ...F } } } }`,
	} {
		answer := s.ask(`{ ` + query + ` } fragment F on Figure { ... on Figure { ` + weighed + ` } }`)
		var of tree
		switch path {
		case "series":
			of = answer.at(path, "series", 0, "figures", 0)
		case "table":
			of = answer.at(path, "rows", 0, "cells", 0, "figure")
		case "unit":
			for _, row := range answer.at(path, "profile", "rows").list() {
				if row.at("indicator", "code").text() == "population-districts" {
					of = row.at("current")
				}
			}
		}
		of.at("coverage", "byWeight", "reported").is("490189")
	}

	// A rate is weighed by its denominators; where nothing of them was published nothing is known.
	rate := s.ask(`{ comparison(indicator: "poverty-rate", unit: "89", year: 2016, baseYear: 2014) { rows { current { `+weighed+` } base { `+weighed+` } } } }`).at("comparison", "rows", 0)
	rate.at("current", "coverage", "byWeight", "reported").is("543764")
	rate.at("base", "coverage", "byWeight", "expected").is("null")
	rate.at("base", "coverage", "byWeight", "reason").is("MISSING")

	// An indicator that nothing weighs says so, and so does a scorecard.
	s.ask(`{ figure(indicator: "criterion-19-2", unit: "89", year: 2020) { `+weighed+` } }`).at("figure", "coverage", "byWeight", "reason").is("NOT_APPLICABLE")
	s.ask(`{ scorecard(set: "ntm-criteria", unit: "89", year: 2020) { rows { summary { `+weighed+` } } } }`).
		at("scorecard", "rows", 0, "summary", "coverage", "byWeight", "reason").is("NOT_APPLICABLE")
	s.ask(`{ indicator(code: "population-districts") { coverageWeight { code } } }`).at("indicator", "coverageWeight", "code").is("households")
	s.ask(`{ indicator(code: "poverty-rate") { coverageWeight { code } } }`).at("indicator", "coverageWeight", "code").is("households")

	table := s.csv("/export/-.csv?notes=no&query=" + url.QueryEscape(`{ ranking(indicator: "population-districts", year: 2016, level: "district") { rows { unit { code } current { value coverage { byWeight { reported share } } } } } }`))
	if got := strings.Join(table[1], " "); got != "893 347481 86713 1" {
		s.t.Errorf("%q", table[:2])
	}
}
