package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"strings"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"

	"github.com/niengiam/niengiam/schema"
	"github.com/niengiam/niengiam/stats/number"
)

// migrate applies the files of the schema that were not applied yet, in order.
// A migration may be run again: what was applied and not recorded, because the
// program was killed between the two, does no harm.
func migrate(ctx context.Context, db *database) error {
	return migrateFrom(ctx, db, schema.ClickHouse())
}

func migrateFrom(ctx context.Context, db *database, files fs.FS) error {
	all, err := fs.Glob(files, "*.sql") // in order of their names
	if err != nil || len(all) == 0 {
		return fault("migrate", fs.ErrNotExist)
	}
	// The first makes the table that says what was applied.
	if err := apply(ctx, db, files, all[0]); err != nil {
		return err
	}
	applied, err := appliedMigrations(ctx, db)
	if err != nil {
		return err
	}
	fresh, err := pending(files, all, applied)
	if err != nil {
		return err
	}
	for _, name := range all {
		if _, is := fresh[name]; is && name != all[0] {
			if err := apply(ctx, db, files, name); err != nil {
				return err
			}
		}
	}
	now := time.Now()
	return db.insert(ctx, "migration", func(add func(...any) error) error {
		for _, name := range all {
			if checksum, is := fresh[name]; is {
				if err := add(name, checksum, now); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// appliedMigrations reads the checksums of the files that were applied.
func appliedMigrations(ctx context.Context, db *database) (map[string]string, error) {
	applied := map[string]string{}
	err := db.read(ctx, "migrations", nil, func(rows driver.Rows) error {
		var name, checksum string
		err := rows.Scan(&name, &checksum)
		applied[name] = checksum
		return err
	})
	return applied, err
}

// pending gives the checksums of the files that were not applied, or says what
// is wrong with those that were.
func pending(files fs.FS, all []string, applied map[string]string) (map[string]string, error) {
	fresh := map[string]string{}
	known := map[string]bool{}
	for _, name := range all {
		known[name] = true
		content, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fault(name, err)
		}
		sum := sha256.Sum256(content)
		checksum := hex.EncodeToString(sum[:])
		switch was, is := applied[name]; {
		case !is:
			fresh[name] = checksum
		case was != checksum:
			return nil, &number.Error{
				Code: MigrationChanged, Message: number.Say("the file is not what it was when it was applied"), Where: "schema/clickhouse/" + name,
				Hint: number.Say("restore it, and make the change in a new file"),
			}
		}
	}
	for name := range applied {
		if !known[name] {
			return nil, &number.Error{
				Code: SchemaNewer, Message: number.Say("the database was changed by a newer program: %s is unknown to this one", name),
				Hint: number.Say("start the newer program, or another directory or database"),
			}
		}
	}
	return fresh, nil
}

func apply(ctx context.Context, db *database, files fs.FS, name string) error {
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return fault(name, err)
	}
	login := ""
	if db.cfg.Server {
		auth := db.cfg.Options().Auth
		login = "USER " + quote(auth.Username) + " PASSWORD " + quote(auth.Password)
	}
	// DDL takes no parameters. Both come from the configuration; the name of the
	// database was checked.
	ddl := strings.NewReplacer("{database}", db.cfg.Database, "{login}", login).Replace(string(content))
	db.log.Debug("migrating", "file", name, "database", db.cfg.Database)
	ctx, answered := db.within(ctx)
	defer answered()
	return fault(name, unanswered(ctx, db.connection().Exec(ctx, ddl)))
}
