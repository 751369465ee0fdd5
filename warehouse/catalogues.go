package warehouse

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// catalogues writes the definitions of indicators, units and the rest.
type catalogues struct {
	db      *database
	current *current
}

// Define makes definitions the current ones and assigns a key to each new unit. It does
// nothing when the current ones have the same checksum. The parts of a catalogue are
// written first; its row in the table catalogue makes it current.
func (c catalogues) Define(ctx context.Context, definitions catalogue.Definitions, checksum string) error {
	if err := c.current.mu.Acquire(ctx, 1); err != nil {
		return err
	}
	defer c.current.mu.Release(1)
	if err := c.current.refresh(ctx); err != nil {
		return err
	}
	if now := c.current.now.Load(); now.number > 0 && now.checksum == checksum {
		return nil
	}
	if err := fits(definitions); err != nil {
		return err
	}
	definitions.Units = slices.Clone(definitions.Units)
	if err := assignKeys(ctx, c.db, &definitions); err != nil {
		return err
	}
	var number uint32
	if err := c.db.one(ctx, "next_catalogue", nil, &number); err != nil {
		return err
	}
	if err := insertDefinitions(ctx, c.db, definitions, number); err != nil {
		return err
	}
	document, err := json.Marshal(definitions)
	if err != nil {
		return fault("catalogue", err)
	}
	err = c.db.insert(ctx, "catalogue", func(add func(...any) error) error {
		return add(number, checksum, time.Now(), string(document))
	})
	if err != nil {
		return err
	}
	if err := c.current.refresh(ctx); err != nil {
		return err
	}
	c.db.log.Info("catalogue defined", "number", number, "indicators", len(definitions.Indicators), "units", len(definitions.Units))
	if number == 1 { // there is nothing before the first
		return nil
	}
	return sweepOld(ctx, c.db)
}

// CatalogueWith returns the catalogue as Define would make it, new units with the keys that
// they would get, and writes nothing.
func (c catalogues) CatalogueWith(ctx context.Context, definitions catalogue.Definitions, checksum string) (*catalogue.Calendar, error) {
	if err := c.current.Refresh(ctx); err != nil {
		return nil, err
	}
	now := c.current.now.Load()
	if now.number > 0 && now.checksum == checksum {
		return now.catalogue, nil
	}
	if err := fits(definitions); err != nil {
		return nil, err
	}
	definitions.Units = slices.Clone(definitions.Units)
	known, err := readKeys(ctx, c.db)
	if err != nil {
		return nil, err
	}
	definitions.AssignKeys(known)
	return catalogue.NewCalendar(catalogue.NewCatalogue(definitions, now.catalogue.Holdings)), nil
}

// fits refuses what the layout of place.id and of posting.tally cannot hold.
func fits(definitions catalogue.Definitions) error {
	if len(definitions.Levels) > ownLevel {
		return &number.Error{Code: CatalogueTooLarge, Message: number.Say("%d levels; there can be %d", len(definitions.Levels), ownLevel)}
	}
	if len(definitions.Units) > countMask {
		return &number.Error{Code: CatalogueTooLarge, Message: number.Say("%d units; there can be %d", len(definitions.Units), countMask)}
	}
	return nil
}

// readKeys reads the keys that units were ever given.
func readKeys(ctx context.Context, db *database) (map[catalogue.UnitIdentity]uint32, error) {
	known := map[catalogue.UnitIdentity]uint32{}
	err := db.read(ctx, "unit_keys", nil, func(rows driver.Rows) error {
		var identity catalogue.UnitIdentity
		var generation uint16
		var key uint32
		err := rows.Scan(&identity.Code, &generation, &key)
		identity.Generation = int(generation)
		known[identity] = key
		return err
	})
	return known, err
}

func assignKeys(ctx context.Context, db *database, definitions *catalogue.Definitions) error {
	known, err := readKeys(ctx, db)
	if err != nil {
		return err
	}
	given := definitions.AssignKeys(known)
	return db.insert(ctx, "unit_key", func(add func(...any) error) error {
		for identity, key := range given {
			if err := add(identity.Code, uint16(identity.Generation), key); err != nil {
				return err
			}
		}
		return nil
	})
}

func insertDefinitions(ctx context.Context, db *database, definitions catalogue.Definitions, number uint32) error {
	err := db.insert(ctx, "unit", func(add func(...any) error) error {
		for _, u := range definitions.Units {
			err := add(number, u.Key, u.Code, u.Level, u.Kind, u.Parent, u.Names.VI, u.Names.EN,
				uint32(u.Validity.From), uint32(u.Validity.To), string(u.Opening))
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = insertIndicators(ctx, db, definitions.Indicators, number)
	if err != nil {
		return err
	}
	return db.insert(ctx, "place", func(add func(...any) error) error {
		for _, p := range places(definitions, number) {
			if err := add(number, p.id, p.since, p.until, p.place); err != nil {
				return err
			}
		}
		return nil
	})
}

// sweepOld removes the rows of catalogues that nobody reads any more; their
// documents stay.
func sweepOld(ctx context.Context, db *database) error {
	for _, name := range []string{"sweep_unit", "sweep_indicator", "sweep_place"} {
		if err := db.exec(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func insertIndicators(ctx context.Context, db *database, indicators []*catalogue.Indicator, number uint32) error {
	return db.insert(ctx, "indicator", func(add func(...any) error) error {
		for _, i := range indicators {
			per, formula := 0, catalogue.Formula("")
			if i.Per() != nil {
				per = *i.Per()
			}
			if i.IsDerived() {
				formula = i.Derivation.Formula
			}
			err := add(number, i.Code, i.TopicCode, string(i.Kind), i.Names.VI, i.Names.EN,
				i.Descriptions.VI, i.Descriptions.EN, i.Noun.VI, i.Noun.EN, uint8(i.Decimals),
				string(i.Direction), i.Eligibility.Level, i.Eligibility.Kinds, string(i.Absent), uint32(i.Threshold),
				uint32(per), string(formula), i.Derivation.Codes())
			if err != nil {
				return err
			}
		}
		return nil
	})
}
