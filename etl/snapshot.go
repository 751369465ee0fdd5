package etl

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/place"
	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// readingRules numbers the way in which this program reads files. It is raised
// when the same bytes would be read otherwise, so that they are read again.
const readingRules = "2"

// fetchedFolder is the folder of the workspace in which fetched files would lie, each in one
// named after its source: nothing is written there, but mended rows of them stand there.
const fetchedFolder = "fetched"

// snapshot is the files of a source at one moment. Its fingerprint covers all
// that a load depends on: the bytes, the mapping and the catalogue.
type snapshot struct {
	files       []file
	fetched     []ledger.Fetched
	fingerprint string
	folder      string // of its own, of what was fetched; "" where there is none
}

func (s snapshot) list() []ledger.File {
	files := make([]ledger.File, len(s.files))
	for i, f := range s.files {
		files[i] = f.File
	}
	return files
}

// sources are the files for those who map them.
func (s snapshot) sources() []mapping.File {
	files := make([]mapping.File, len(s.files))
	for i := range s.files {
		files[i] = mapping.File{Path: s.files[i].Path, Open: s.files[i].open}
	}
	return files
}

// close frees what was set aside.
func (s snapshot) close() error {
	var faults []error
	for i := range s.files {
		faults = append(faults, s.files[i].close())
	}
	if s.folder != "" {
		faults = append(faults, os.RemoveAll(s.folder))
	}
	return errors.Join(faults...)
}

// readFiles reads the files of a source as they are now and sets them aside until the snapshot
// is closed; those that it fetches lie in a folder that goes with it.
func readFiles(ctx context.Context, w *workspace.Workspace, source *workspace.Source, aside shelf) (snapshot, error) {
	if len(source.Places) == 0 {
		return readSnapshot(ctx, w, source, "", &aside, nil)
	}
	folder, err := os.MkdirTemp("", "niengiam-fetch-")
	if err != nil {
		return snapshot{}, fmt.Errorf("make a folder for what is fetched: %w", err)
	}
	s, err := fetchFiles(ctx, w, source, folder, &aside, nil)
	s.folder = folder
	if err != nil {
		return s, errors.Join(err, s.close())
	}
	return s, nil
}

// fetchFiles reads the files of a source as they are now; those that it fetches are kept in a
// folder of snapshots, and not fetched again in the same version.
func fetchFiles(ctx context.Context, w *workspace.Workspace, source *workspace.Source, dir string, aside *shelf, log *slog.Logger) (snapshot, error) {
	var fetched []place.File
	if len(source.Places) > 0 {
		var err error
		fetcher := place.New(place.Config{Snapshots: dir, Workspace: w.Dir, Getenv: os.Getenv, Logger: log})
		if fetched, err = fetcher.Fetch(ctx, source); err != nil {
			return snapshot{}, err
		}
	}
	return readSnapshot(ctx, w, source, dir, aside, fetched)
}

// readSnapshot finds the files of a source in the workspace, or those that were fetched, and
// the files with mended rows beside them. Their bytes are set aside; where there is no shelf, nil,
// nothing is done but hashing them, and keep is called before they are read.
func readSnapshot(ctx context.Context, w *workspace.Workspace, source *workspace.Source, kept string, aside *shelf, fetched []place.File) (_ snapshot, err error) {
	dir, err := workspace.OpenDirectory(w.Dir)
	if err != nil {
		return snapshot{}, err
	}
	defer dir.Close()
	var s snapshot
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	var paths []string
	at := map[string]string{} // the paths of those that were fetched
	for i := range fetched {
		f := &fetched[i]
		own := path.Join(fetchedFolder, source.Code, f.Name)
		paths, at[own] = append(paths, own), filepath.Join(kept, f.SHA256)
		s.fetched = append(s.fetched, ledger.Fetched{File: own, Address: f.Address, Version: f.Version()})
	}
	if len(source.Places) == 0 {
		if paths, err = source.Files(dir); err != nil {
			return snapshot{}, err
		}
	}
	own, mending, err := mapping.WithMended(dir, paths)
	if err != nil {
		return snapshot{}, fmt.Errorf("look for mended rows: %w", err)
	}
	sum, err := rules(w, source)
	if err != nil {
		return snapshot{}, err
	}
	for _, name := range append(own, mending...) {
		if err := ctx.Err(); err != nil {
			return snapshot{}, err
		}
		f := file{File: ledger.File{Path: name}, at: at[name]}
		if err := f.read(dir, aside); err != nil {
			return snapshot{}, err
		}
		add(sum, f.Path, f.SHA256)
		s.files = append(s.files, f)
	}
	s.fingerprint = hex.EncodeToString(sum.Sum(nil))
	return s, nil
}

// rules hashes what a load depends on besides the bytes of its files.
func rules(w *workspace.Workspace, source *workspace.Source) (hash.Hash, error) {
	mapping, err := json.Marshal(source)
	if err != nil {
		return nil, fmt.Errorf("write the mapping of %s: %w", source.Code, err)
	}
	sum := sha256.New()
	add(sum, readingRules, w.Checksum, string(mapping))
	if len(w.Checks) > 0 {
		checks, err := json.Marshal(w.Checks)
		if err != nil {
			return nil, fmt.Errorf("write the checks of the indicators: %w", err)
		}
		add(sum, string(checks))
	}
	return sum, nil
}

// readLast reads the files of a source as readFiles does, without asking its places: those that
// were fetched last.
func readLast(ctx context.Context, w *workspace.Workspace, source *workspace.Source, dir string) (snapshot, error) {
	aside := shelf{dir: dir}
	if len(source.Places) == 0 {
		return readFiles(ctx, w, source, aside)
	}
	return readSnapshot(ctx, w, source, dir, &aside, place.New(place.Config{Snapshots: dir}).Last(source.Code))
}

// add hashes texts so that no two lists of texts hash the same bytes.
func add(sum hash.Hash, texts ...string) {
	for _, text := range texts {
		fmt.Fprintf(sum, "%d:%s\n", len(text), text)
	}
}

// keep stores the files unchanged in a directory, each under its checksum, and they are read from
// there. What is there already is left; what is written appears whole or not at all. What is new is
// listed until the run is over: of one that is killed it is removed. A file that is no longer what
// was hashed is errChanged.
func (s snapshot) keep(w *workspace.Workspace, dir, run string, tell Progress) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return unkept(number.Say("the directory of snapshots cannot be made"), dir, err)
	}
	if err := s.announce(dir, run); err != nil {
		return unkept(number.Say("the snapshot cannot be kept"), dir, err)
	}
	from, err := workspace.OpenDirectory(w.Dir)
	if err != nil {
		return err
	}
	defer from.Close()
	for i := range s.files {
		tell(ledger.StageSnapshot, i, len(s.files))
		if err := s.files[i].keep(from, dir); err != nil {
			return err
		}
	}
	tell(ledger.StageSnapshot, len(s.files), len(s.files))
	return nil
}

// unkept is the fault of a file that cannot be kept.
func unkept(what number.Message, where string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return &number.Error{
			Code: DiskFull, Message: number.Say("the disk with the data is full"), Where: where,
			Hint: number.Say("free some space or move the directory to a larger disk; nothing that was stored is lost"), Err: err,
		}
	}
	return &number.Error{Code: FileUnreadable, Message: what, Where: where, Err: err}
}

// announce lists the files that a run is going to keep and that nobody has kept before.
func (s snapshot) announce(dir, run string) error {
	var fresh strings.Builder
	for _, f := range s.files {
		if _, err := os.Stat(filepath.Join(dir, f.SHA256)); errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintln(&fresh, f.SHA256)
		}
	}
	if fresh.Len() == 0 {
		return nil
	}
	return os.WriteFile(filepath.Join(dir, keeping+run), []byte(fresh.String()), 0o644)
}

// kept takes note that the run is over.
func kept(dir, run string) { _ = os.Remove(filepath.Join(dir, keeping+run)) } // there is none where nothing was new
