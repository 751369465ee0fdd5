package place

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/niengiam/niengiam/etl/workspace"
)

// Watch watches the folders that a source of the workspace in a directory fetches files from.
// It calls arrived each time that files have come, gone or changed and then stand still, and
// at the beginning where there are any: they may have come while nobody watched. It is called
// for several folders side by side. Watch returns when the context is over, or at once where
// the source has no folder. The system tells of changes; because it tells nothing of network
// drives, and may lose some, the folders are looked at by the clock, too. One that cannot be
// read is looked at again.
func Watch(ctx context.Context, dir string, source *workspace.Source, log *slog.Logger, arrived func()) {
	var folders sync.WaitGroup
	for i := range source.Places {
		if settings := source.Places[i].Folder; settings != nil {
			w := &watch{settings: settings, path: folderPath(dir, settings.Path), log: log.With("source", source.Code, "folder", settings.Path)}
			folders.Go(func() { w.run(ctx, arrived) })
		}
	}
	folders.Wait()
}

// watch watches one folder.
type watch struct {
	settings *workspace.Folder
	path     string
	log      *slog.Logger
	mute     bool // whether it was told already that the folder cannot be read
}

func (w *watch) run(ctx context.Context, arrived func()) {
	settings := w.settings
	changes, end := w.changes()
	defer end()
	var seen, told map[string]look // as it was looked at last, and as arrived was last called for
	pause := time.NewTimer(0)
	defer pause.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, open := <-changes:
			if !open {
				changes = nil
				continue
			}
			pause.Reset(settings.Still) // each change puts it off
			continue
		case <-pause.C:
		}
		now, ok := w.look()
		switch {
		case !ok || maps.Equal(now, told):
			pause.Reset(settings.Poll)
		case seen == nil || !maps.Equal(now, seen):
			seen = now
			pause.Reset(settings.Still)
		default:
			told = now
			if len(now) > 0 {
				arrived()
			}
			pause.Reset(settings.Poll)
		}
	}
}

// look looks at the files; false where the folder cannot be read now.
func (w *watch) look() (map[string]look, bool) {
	dir, err := workspace.OpenDirectory(w.path)
	if err == nil {
		defer dir.Close()
		var seen map[string]look
		if seen, err = looks(dir, w.settings.Patterns); err == nil {
			w.mute = false
			return seen, true
		}
	}
	if !w.mute {
		w.mute = true
		w.log.Warn("folder cannot be watched now", "code", Unreachable, "error", err)
	}
	return nil, false
}

// changes gives what the system tells of the folder; nothing where it does not.
func (w *watch) changes() (changes <-chan fsnotify.Event, end func()) {
	watcher, err := fsnotify.NewWatcher()
	if err != nil {
		w.log.Info("folder is watched by the clock alone", "error", err)
		return nil, func() {}
	}
	if err := watcher.Add(w.path); err != nil {
		w.log.Info("folder is watched by the clock alone", "error", err)
	}
	go func() {
		for range watcher.Errors { // what is lost is seen by the clock
			continue
		}
	}()
	return watcher.Events, func() { _ = watcher.Close() }
}
