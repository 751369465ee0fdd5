package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/warehouse"
	"github.com/niengiam/niengiam/warehouse/engine"
)

// published is the day on which all synthetic facts are said to be published.
const published = number.Date(20250101)

// filled is the file that says that a set is whole.
const filled = "filled"

// home is where a set is kept: its workspace and the data of the program.
type home string

func (h home) workspace() string { return filepath.Join(string(h), "workspace") }

func (h home) data() string { return filepath.Join(string(h), "data") }

// fill makes a set in a directory, unless it is there already: the program is started on an
// empty workspace and defines it, the facts are written into its tables beside it, and the
// release is published as a load would. Afterwards the program is started once more and
// counts what there is, as every first start does.
func fill(ctx context.Context, o *options, root string, s shape) (h home, err error) {
	h = home(filepath.Join(root, s.directory()))
	if _, err := os.Stat(filepath.Join(string(h), filled)); err == nil {
		return h, nil
	}
	if err := errors.Join(os.RemoveAll(string(h)), os.MkdirAll(h.workspace(), 0o755)); err != nil {
		return h, err
	}
	if err := writeWorkspace(h.workspace(), s); err != nil {
		return h, err
	}
	for _, step := range []func(context.Context, home, shape) error{write, writeOthers} {
		p, err := serve(ctx, o, h)
		if err != nil {
			return h, err
		}
		if err := errors.Join(step(ctx, h, s), p.stop()); err != nil {
			return h, fmt.Errorf("%s: %w", s, err)
		}
	}
	return h, os.WriteFile(filepath.Join(string(h), filled), nil, 0o644)
}

// serve starts the program on a set.
func serve(ctx context.Context, o *options, h home) (*process, error) {
	var env []string
	profiler := ""
	if o.profiles != "" {
		var err error
		if profiler, err = freePort(ctx); err != nil {
			return nil, err
		}
		env = append(env, "BENCH_PROFILE="+profiler)
	}
	p, err := start(ctx, o.program, env, "serve", "--workspace", h.workspace(), "--data", h.data(), "--addr", "127.0.0.1:0", "--log-level", "warn")
	if err == nil {
		p.profiler = profiler
	}
	return p, err
}

// write fills the tables of the program and publishes.
func write(ctx context.Context, h home, s shape) (err error) {
	attached, err := engine.Attach(filepath.Join(h.data(), "engine"))
	if err != nil {
		return err
	}
	w := warehouse.New(warehouse.Config{Options: attached.Options, Database: "niengiam", AnswerLimit: fillTime})
	if err := w.Open(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	release, err := w.NextRelease(ctx)
	if err != nil {
		return err
	}
	communes := w.Catalogue().At(published).Level("commune")
	if len(communes) != s.communes {
		return fmt.Errorf("there are %d communes, not %d", len(communes), s.communes)
	}
	first := communes[0].Key()
	if last := communes[len(communes)-1].Key(); int(last-first) != s.communes-1 {
		return fmt.Errorf("the keys of the communes, %d to %d, do not follow one another", first, last)
	}
	err = executeAll(ctx, h, []string{"fill_observation", "fill_posting", "settle"}, values{
		"facts": s.facts(), "years": years, "communes": s.communes, "first": first,
		"since": firstYear, "published": int(published), "release": uint32(release),
	})
	if err != nil {
		return err
	}
	return w.Publish(ctx, ledger.Release{ID: release, SourceCode: "synthetic", Published: published, Loaded: time.Now(), Actor: "bench", Added: s.facts()}, nil, nil)
}

// writeOthers fills the tables of the other servers, from the observations of ours.
func writeOthers(ctx context.Context, h home, _ shape) error {
	return executeAll(ctx, h, []string{
		"expert_database", "expert_table", "expert_fill", "expert_settle",
		"plain_table", "plain_district", "plain_fill", "plain_fill_district", "plain_settle",
	}, nil)
}

// executeAll runs statements that answer nothing, one after the other.
func executeAll(ctx context.Context, h home, names []string, v values) (err error) {
	d, err := doorOf(h.data())
	if err != nil {
		return err
	}
	conn, err := d.connect(1)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	for _, name := range names {
		if err := execute(ctx, conn, name, v); err != nil {
			return err
		}
	}
	return nil
}
