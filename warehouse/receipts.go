package warehouse

import (
	"context"
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// receipts note what each release holds, so that what is lost or damaged later is found,
// however it was lost: nothing of it may be taken for what a load left behind.
type receipts struct{ db *database }

// note writes the receipts of releases that have none.
func (r receipts) note(ctx context.Context, releases []ledger.ReleaseID) error {
	if len(releases) == 0 {
		return nil
	}
	return r.db.execWith(ctx, "receipt", values{"releases": numbers(releases)})
}

// noteMissing writes the receipts of all releases that have none.
func (r receipts) noteMissing(ctx context.Context) error {
	var missing []uint32
	if err := r.db.one(ctx, "receipt_missing", nil, &missing); err != nil {
		return err
	}
	releases := make([]ledger.ReleaseID, len(missing))
	for i, id := range missing {
		releases[i] = ledger.ReleaseID(id)
	}
	return r.note(ctx, releases)
}

// verifiedAtOnce is how many postings are read each time the warehouse is opened: that takes
// a fraction of a second. More than these are for Verify.
const verifiedAtOnce = 1_000_000

// check returns ENGINE_CORRUPT when something of what was published is lost or, where there
// is little of it, damaged. It takes no longer where more is loaded.
func (r receipts) check(ctx context.Context) error {
	damage, err := r.damage(ctx, "damage")
	if err != nil {
		return err
	}
	if !r.db.cfg.Server { // there is a right to system tables
		parts, err := r.damage(ctx, "damage_parts")
		if err != nil {
			return err
		}
		damage = append(damage, parts...)
	}
	var postings uint64
	if err := r.db.one(ctx, "posting_count", nil, &postings); err != nil {
		return err
	}
	if len(damage) == 0 && postings <= verifiedAtOnce {
		return r.Verify(ctx)
	}
	return corrupt(r.db.cfg.Database, damage)
}

// Verify reads everything that was published and returns ENGINE_CORRUPT when any of it is
// not what it was when it was published.
func (r receipts) Verify(ctx context.Context) error {
	damage, err := r.damage(ctx, "damage_contents")
	if err != nil {
		return err
	}
	return corrupt(r.db.cfg.Database, damage)
}

// damage reads what a statement finds to be damaged, in words.
func (r receipts) damage(ctx context.Context, statement string) ([]string, error) {
	var found []string
	err := r.db.read(ctx, statement, nil, func(rows driver.Rows) error {
		var table, name string
		var lost uint64
		err := rows.Scan(&table, &name, &lost)
		switch {
		case name == "":
			found = append(found, fmt.Sprintf("%s lacks %d rows", table, lost))
		case lost > 0:
			found = append(found, fmt.Sprintf("%s %s is lost", table, name))
		default:
			found = append(found, fmt.Sprintf("%s %s is damaged", table, name))
		}
		return err
	})
	return found, err
}

// maxDamage is how much damage is named.
const maxDamage = 10

// corrupt says what is damaged; nil when nothing is.
func corrupt(database string, damage []string) error {
	if len(damage) == 0 {
		return nil
	}
	if more := len(damage) - maxDamage; more > 0 {
		damage = append(damage[:maxDamage:maxDamage], fmt.Sprintf("and %d more", more))
	}
	return engine.CorruptError(database, number.Say("what was published is damaged: %s", strings.Join(damage, "; ")), nil)
}
