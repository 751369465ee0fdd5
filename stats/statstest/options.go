package statstest

import (
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// period takes the years of a question.
func period(a *arguments, ask *query.Ask, verb string) error {
	var err error
	if verb == "series" || verb == "trend" || verb == "period" {
		if ask.From, err = year(a.after("from")); err != nil {
			return err
		}
		if ask.BaseYear, err = baseYear(a.after("vs")); err != nil {
			return err
		}
		ask.To, err = year(a.after("to"))
		return err
	}
	if ask.Year, err = year(a.next()); err != nil {
		return err
	}
	base := a.after("vs")
	if base == "" {
		base = a.after("base")
	}
	ask.BaseYear, err = baseYear(base)
	return err
}

// baseYear reads a year to compare with, which may be the one before.
func baseYear(word string) (number.Year, error) {
	if word == "previous" {
		return number.PreviousYear, nil
	}
	return year(word)
}

// options takes what narrows and orders a question. It reports whether the
// short form “rank by percent” was used, which ranks the districts.
func options(a *arguments, ask *query.Ask) (ranked bool) {
	if a.has("rank") {
		ranked = true
		ask.OrderBy = catalogue.RankingOrder(strings.ToUpper(a.after("by")))
		ask.Level = "district"
	}
	if order := a.after("order"); order != "" {
		ask.OrderBy = catalogue.RankingOrder(strings.ToUpper(order))
	}
	if target := a.after("target"); target != "" {
		ask.Target = target
	}
	if by := a.after("by"); by != "" {
		ask.Level = by
	}
	ask.Unit, ask.Within = a.after("unit"), a.after("within")
	ask.RankWithin = a.after("among")
	if a.has("lower") {
		ask.Direction = catalogue.LowerIsBetter
	}
	if a.has("higher") {
		ask.Direction = catalogue.HigherIsBetter
	}
	if a.has("dense") {
		ask.Ties = query.Dense
	}
	if top, err := strconv.Atoi(a.after("top")); err == nil {
		ask.Top = &top
	}
	ask.Matched = a.has("matched")
	ask.NegativeBase = query.NegativeBase(strings.ToUpper(a.after("negative")))
	scope(a, ask)
	return ranked
}

// scope takes the point of view of a question.
func scope(a *arguments, ask *query.Ask) {
	point := query.Scope{}
	if a.has("as") {
		point.AsOf = asOf(a.after("of"))
		if version := a.after("version"); version != "" {
			point.AsOf.DataVersion = asOf(version).DataVersion
		}
	}
	if basis, err := number.ParseDate(a.after("basis")); err == nil && !basis.IsOpen() {
		point.Basis = &figure.Basis{Date: &basis}
	}
	if kinds := a.after("kinds"); kinds != "" {
		point.Kinds = strings.Split(kinds, ",")
	}
	if cohort := a.after("cohort"); cohort != "" {
		point.Cohort = &cohort
	}
	for _, part := range strings.FieldsFunc(a.after("for"), func(r rune) bool { return r == ';' }) {
		dimension, members, _ := strings.Cut(part, "=")
		point.Breakdown = append(point.Breakdown, query.BreakdownAsk{
			Dimension: dimension, Members: strings.FieldsFunc(members, func(r rune) bool { return r == ',' }),
		})
	}
	ask.Scope = &point
}

// asOf reads a day, the number of a release, or, behind a v, a data version.
func asOf(text string) *query.AsOf {
	if version, is := strings.CutPrefix(text, "v"); is {
		return &query.AsOf{DataVersion: &version}
	}
	if date, err := number.ParseDate(text); err == nil {
		return &query.AsOf{Date: &date}
	}
	return &query.AsOf{Release: &text}
}

// withWeights returns a scope that asks for coverage by weight as well.
func withWeights(scope *query.Scope) *query.Scope {
	own := query.Scope{ByWeight: true}
	if scope != nil {
		own = *scope
		own.ByWeight = true
	}
	return &own
}
