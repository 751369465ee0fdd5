package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
)

// The years of the synthetic facts.
const (
	firstYear = 2005
	lastYear  = 2024
)

// published is the day on which all synthetic facts are said to be published.
const published = number.Date(20250101)

// shape is how many there are of what. Every commune has a value of every
// indicator in every year.
type shape struct{ indicators, provinces, districts, communes int }

// shapeOf spreads facts over 250 indicators and 2,000 communes, or fewer of both.
func shapeOf(facts int) shape {
	const years = lastYear - firstYear + 1
	s := shape{indicators: 250}
	if facts < 1_000_000 {
		s.indicators = 10
	}
	s.communes = max(facts/(s.indicators*years), 20)
	s.districts = max(s.communes/25, 4)
	s.provinces = max(s.districts/8, 2)
	return s
}

func (s shape) facts() int { return s.indicators * (lastYear - firstYear + 1) * s.communes }

// definitions declares synthetic indicators and units. The communes come last,
// so that their keys follow one another.
func (s shape) definitions() catalogue.Definitions {
	level := func(code, vi, en string) *catalogue.Level {
		return &catalogue.Level{
			Code: code, Noun: catalogue.Noun{VI: vi, EN: en, ENPlural: en + "s"},
			Kinds: []*catalogue.Kind{{Code: code, Names: number.Same("Synthetic")}},
		}
	}
	unit := func(code, level, parent, name string) catalogue.UnitVersion {
		return catalogue.UnitVersion{Code: code, Level: level, Kind: level, Parent: parent, Names: number.Same(name), Opening: catalogue.Baseline}
	}
	d := catalogue.Definitions{
		Levels: []*catalogue.Level{
			level("country", "cả nước", "country"), level("province", "tỉnh", "province"),
			level("district", "huyện", "district"), level("commune", "xã", "commune"),
		},
		Topics: []*catalogue.Topic{{Code: "synthetic", Names: number.Same("Synthetic")}},
		Units:  []catalogue.UnitVersion{unit("S", "country", "", "Synthetic country")},
	}
	for i := range s.indicators {
		name := number.Same(fmt.Sprintf("Synthetic indicator %03d", i+1))
		d.Indicators = append(d.Indicators, &catalogue.Indicator{
			Code: fmt.Sprintf("synthetic-%03d", i+1), TopicCode: "synthetic", Kind: catalogue.Amount, Names: name, Descriptions: name,
			Noun: catalogue.Noun{VI: "đơn vị", EN: "unit", ENPlural: "units"}, Decimals: 1, Direction: catalogue.HigherIsBetter,
			Eligibility: catalogue.Eligibility{Level: "commune"}, Absent: catalogue.Unreported,
		})
	}
	for i := range s.provinces {
		d.Units = append(d.Units, unit(fmt.Sprintf("S%02d", i), "province", "S", fmt.Sprintf("Synthetic province %02d", i)))
	}
	for i := range s.districts {
		parent := fmt.Sprintf("S%02d", i%s.provinces)
		d.Units = append(d.Units, unit(fmt.Sprintf("S%04d", i), "district", parent, fmt.Sprintf("Synthetic district %03d", i)))
	}
	for i := range s.communes {
		parent := fmt.Sprintf("S%04d", i%s.districts)
		d.Units = append(d.Units, unit(fmt.Sprintf("S%06d", i), "commune", parent, fmt.Sprintf("Synthetic commune %05d", i)))
	}
	return d
}

// fillSynthetic gives a warehouse one release of synthetic facts and the
// questions that can be asked of them.
func fillSynthetic(ctx context.Context, s *site, w *warehouse.Warehouse, facts int) ([]question, error) {
	shape := shapeOf(facts)
	if err := w.Define(ctx, shape.definitions(), synthetic); err != nil {
		return nil, err
	}
	release, err := w.NextRelease(ctx)
	if err != nil {
		return nil, err
	}
	if err := fill(ctx, s, w.Catalogue(), shape, release); err != nil {
		return nil, err
	}
	err = w.Publish(ctx, ledger.Release{ID: release, SourceCode: synthetic, Published: published, Actor: "bench", Added: shape.facts()}, nil, nil)
	var pool []question
	for _, indicator := range w.Catalogue().Indicators {
		pool = append(pool, question{indicator: indicator.Code, level: "district", year: 2020, base: 2019})
	}
	return pool, err
}

// fill writes the facts inside the engine, by three statements.
func fill(ctx context.Context, s *site, catalogue *catalogue.Calendar, shape shape, release ledger.ReleaseID) (err error) {
	conn, err := s.connect(synthetic, 1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	communes := catalogue.At(published).Level("commune")
	first := communes[0].Key()
	if last := communes[len(communes)-1].Key(); int(last-first) != shape.communes-1 {
		return fmt.Errorf("the keys of the communes, %d to %d, do not follow one another", first, last)
	}
	err = execute(ctx, conn, "fill_observation", map[string]any{
		"facts": shape.facts(), "years": lastYear - firstYear + 1, "communes": shape.communes, "first": first,
		"since": firstYear, "published": int(published), "release": uint32(release),
	})
	if err != nil {
		return err
	}
	if err := execute(ctx, conn, "fill_posting", nil); err != nil {
		return err
	}
	return execute(ctx, conn, "settle", nil)
}
