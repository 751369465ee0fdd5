package etl

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// PollFiles returns what looks from time to time at the files of sources in a workspace,
// mended rows included, for a scheduler. Files have arrived when they are not what they were
// and stood still between two looks: what is being written is not read in its middle. It
// works on every kind of drive, those of a network included. Folders that a source fetches
// its files from are watched by package place.
func PollFiles(w *workspace.Workspace, pace time.Duration, log *slog.Logger) func(ctx context.Context, source *workspace.Source, arrived func()) {
	return func(ctx context.Context, source *workspace.Source, arrived func()) {
		if len(source.Places) > 0 {
			place.Watch(ctx, w.Dir, source, log, arrived)
			return
		}
		ticker := time.NewTicker(pace)
		defer ticker.Stop()
		var loaded, before string
		for {
			now, err := listFiles(w, source)
			switch {
			case err != nil: // a folder that cannot be reached is looked at again; its load says so
				log.Debug("files of a source cannot be listed", "source", source.Code, "code", number.CodeOf(err), "error", err)
			case now != loaded && now == before:
				loaded = now
				arrived()
			}
			before = now
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
		}
	}
}

// listFiles writes the files of a source with what changes when one is written: its size
// and time.
func listFiles(w *workspace.Workspace, source *workspace.Source) (string, error) {
	dir, err := workspace.OpenDirectory(w.Dir)
	if err != nil {
		return "", err
	}
	defer dir.Close()
	paths, err := source.Files(dir)
	if err != nil {
		return "", err
	}
	own, mended, err := withMended(dir, paths)
	if err != nil {
		return "", err
	}
	var list strings.Builder
	for _, path := range append(own, mended...) {
		info, err := dir.Stat(path)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&list, "%q %d %d\n", path, info.Size(), info.ModTime().UnixNano())
	}
	return list.String(), nil
}
