package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/niengiam/niengiam/etl"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/graph/export"
	saved "github.com/niengiam/niengiam/graph/question"
	"github.com/niengiam/niengiam/warehouse"
)

// fillSample loads the sample workspace as the program does, and gives the
// questions that can be asked of it: its population by province is the one
// indicator that all units of a level report year after year.
func fillSample(ctx context.Context, s *site, w *warehouse.Warehouse, dir string) ([]question, error) {
	directory, err := workspace.OpenDirectory(dir)
	if err != nil {
		return nil, err
	}
	defer directory.Close()
	questions, err := saved.Read(directory, graph.Schema(), export.Reserved())
	if err != nil {
		return nil, err
	}
	space, err := workspace.Read(dir, questions)
	if err != nil {
		return nil, err
	}
	pipeline := etl.New(etl.Config{
		Workspace: space, Sink: w, Logger: slog.New(slog.DiscardHandler), Now: time.Now,
		Snapshots: filepath.Join(s.dir, "snapshots"), LockFile: filepath.Join(s.dir, "load.lock"),
	})
	for _, source := range space.Sources {
		if _, err := pipeline.Run(ctx, source.Code, "bench", nil); err != nil {
			return nil, err
		}
	}
	const indicator = "population"
	known := w.Catalogue().Indicator(indicator)
	if known == nil || len(known.Years()) < 2 {
		return nil, errors.New("the sample has no " + indicator + " of two years")
	}
	var pool []question
	for i, year := range known.Years()[1:] {
		pool = append(pool, question{indicator: indicator, level: "province", year: int(year), base: int(known.Years()[i])})
	}
	return pool, nil
}

// count tells how many facts a warehouse has.
func count(w *warehouse.Warehouse) int {
	facts := 0
	for _, cell := range w.Catalogue().Cells {
		facts += cell.Count
	}
	return facts
}
