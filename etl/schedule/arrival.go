package schedule

import (
	"context"
	"log/slog"
	"time"

	"github.com/niengiam/niengiam/etl"
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
			now, err := etl.Stamp(w, source)
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
