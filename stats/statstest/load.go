package statstest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// load publishes observations of one indicator as one release:
//
//	load pupils published 2020-02-18  2018  2019
//	  A                               3     4P
//	  A  sex=female                   1     2P
//
// It takes also where they were printed (cited page-1), what the source says of
// them (noting over_160), and the day on whose units they are stated (basis 2025-07-01).
func load(ctx context.Context, in *session, s statement, publish func(context.Context, *session, ledger.Position, []ledger.Observation) error) error {
	a := &arguments{words: s.words[1:]}
	code := a.next()
	published, err := number.ParseDate(a.after("published"))
	if err != nil {
		return err
	}
	if published.IsOpen() {
		published = number.NewDate(2021, 1, 1)
	}
	basis, err := number.ParseDate(a.after("basis"))
	if err != nil {
		return err
	}
	citation, note := spaced(a.after("cited")), spaced(a.after("noting"))
	a.has("unit") // the heading of the first column may be written
	var years []number.Year
	for word := a.next(); word != ""; word = a.next() {
		year, err := strconv.Atoi(word)
		if err != nil {
			return fmt.Errorf("%q is not a year", word)
		}
		years = append(years, number.Year(year))
	}
	var units []string
	for _, b := range s.body {
		if !slices.Contains(units, b.words[0]) {
			units = append(units, b.words[0])
		}
	}
	if err := in.assume(code, units); err != nil {
		return err
	}
	if err := in.define(ctx); err != nil {
		return err
	}
	id, err := in.store.NextRelease(ctx)
	if err != nil {
		return err
	}
	at := ledger.Position{Published: published, Release: id}
	observations, err := observations(in, code, years, at, basis, s.body)
	if err != nil {
		return err
	}
	for i := range observations {
		observations[i].Citation, observations[i].Note = citation, note
	}
	return publish(ctx, in, at, observations)
}

func observations(in *session, code string, years []number.Year, at ledger.Position, basis number.Date, body []bodyLine) ([]ledger.Observation, error) {
	c := in.store.Catalogue()
	indicator := c.Indicator(code)
	var observations []ledger.Observation
	for _, b := range body {
		cells, breakdown := b.words[1:], ""
		if len(cells) > 0 && strings.Contains(cells[0], "=") {
			breakdown, cells = cells[0], cells[1:]
		}
		switch {
		case len(cells) != len(years):
			return nil, fmt.Errorf("line %d: %d cells for %d years", b.line, len(cells), len(years))
		case !indicator.Has(breakdown) || breakdown != catalogue.BreakdownKey(catalogue.ParseBreakdownKey(breakdown)...):
			return nil, fmt.Errorf("line %d: %s has no breakdown %s", b.line, code, breakdown)
		}
		for i, year := range years {
			unit := c.At(catalogue.DayOf(year, catalogue.OnBasis(basis, breakdown))).Unit(b.words[0])
			if unit == nil && !basis.IsOpen() {
				return nil, fmt.Errorf("line %d: %s does not exist on %s", b.line, b.words[0], basis)
			}
			if unit == nil {
				return nil, fmt.Errorf("line %d: %s does not exist at the end of %d", b.line, b.words[0], year)
			}
			leaf := unit.Level.Code == indicator.Eligibility.Level
			o, present, err := observation(cells[i], leaf, indicator.Kind == catalogue.Attainment)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", b.line, err)
			}
			if present {
				o.CellKey = ledger.CellKey{Indicator: code, Unit: unit.Key(), Year: year, Breakdown: catalogue.OnBasis(basis, breakdown)}
				o.At = at
				observations = append(observations, o)
			}
		}
	}
	return observations, nil
}

// publish posts observations and makes them visible.
func publish(ctx context.Context, in *session, at ledger.Position, observations []ledger.Observation) error {
	release := ledger.Release{ID: at.Release, SourceCode: "script", Published: at.Published, Actor: "script"}
	var postings []ledger.Posting
	var before []ledger.Observation
	read := map[number.Year]bool{}
	for _, o := range observations {
		if read[o.Year] {
			continue
		}
		read[o.Year] = true
		all, err := in.store.History(ctx, []string{o.Indicator}, []number.Year{o.Year})
		if err != nil {
			return err
		}
		before = append(before, all...)
	}
	for _, o := range observations {
		var history []ledger.Observation
		for _, h := range before {
			if h.CellKey == o.CellKey {
				history = append(history, h)
			}
		}
		if len(history) > 0 {
			release.Revised++
		} else {
			release.Added++
		}
		postings = append(postings, in.store.Catalogue().Ledger().Post(history, o)...)
	}
	if err := in.store.Stage(ctx, observations, postings); err != nil {
		return err
	}
	var findings []ledger.Finding
	for _, m := range figure.Discrepancies(in.store.Catalogue(), observations, before) {
		m.Release = at.Release
		findings = append(findings, m.Finding)
	}
	return in.store.Publish(ctx, release, findings, nil)
}

// observation reads a cell of a load: 12, 3/4, 5.5%, 52.5×1200 (a mean with its
// weight), … with a status letter behind, and before it > (over), ≥ (at least), < (nearly)
// or ~ (about) where it is not exact.
func observation(text string, leaf, attainment bool) (o ledger.Observation, present bool, err error) {
	o.Status = number.Normal
	if text == "." {
		return o, false, nil
	}
	if text == "…" || text == "..." {
		o.Status = number.Missing
		return o, true, nil
	}
	if last := text[len(text)-1:]; strings.ContainsAny(last, "APEBC") {
		o.Status, text = number.Status(last), text[:len(text)-1]
	}
	for sign, approximation := range map[string]number.Approximation{">": number.MoreThan, "≥": number.AtLeastThat, "<": number.Almost, "~": number.About} {
		if rest, found := strings.CutPrefix(text, sign); found {
			o.Approximation, text = approximation, rest
		}
	}
	value, denominator, whole := strings.Cut(strings.TrimSuffix(text, "%"), "/")
	if !whole {
		value, denominator, whole = strings.Cut(value, "×")
	}
	if attainment && leaf && !whole {
		denominator, whole = "1", true
	}
	if o.Value, err = num(value); err != nil {
		return o, false, err
	}
	if whole {
		o.Denominator, err = num(denominator)
	}
	return o, true, err
}
