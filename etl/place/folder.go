package place

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/niengiam/niengiam/etl/workspace"
	"github.com/niengiam/niengiam/stats/number"
)

// folder asks a folder into which others put files.
type folder struct {
	*visit
	*workspace.Folder
}

// look is how a file looks from outside: while it is written to, that changes.
type look struct {
	size    int64
	changed time.Time
}

// ask waits until all files of the folder stand still and copies those that are not here: a
// part of what is being put there would be taken for all.
func (f *folder) ask(ctx context.Context) ([]File, error) {
	dir, err := workspace.OpenDirectory(folderPath(f.Workspace, f.Path))
	if err != nil {
		return nil, ofFolder(err)
	}
	defer dir.Close()
	for {
		seen, err := f.settled(ctx, dir)
		if err != nil {
			return nil, err
		}
		files, err := f.copies(dir, seen)
		if number.CodeOf(err) != Changing {
			return files, err
		}
	}
}

// folderPath is the path of a folder that may be relative to the workspace.
func folderPath(workspace, folder string) string {
	if filepath.IsAbs(folder) {
		return folder
	}
	return filepath.Join(workspace, filepath.FromSlash(folder))
}

// settled waits until no file of the folder changes any more. Those that were fetched before
// as they are now have stood still.
func (f *folder) settled(ctx context.Context, dir fs.FS) (map[string]look, error) {
	seen, err := looks(dir, f.Patterns)
	if err != nil {
		return nil, err
	}
	for !f.areKnown(seen) {
		select {
		case <-time.After(f.Still):
		case <-ctx.Done():
			return nil, fault(Changing, number.Say("its files did not stand still for %s", f.Still.String()), ctx.Err())
		}
		again, err := looks(dir, f.Patterns)
		if err != nil {
			return nil, err
		}
		if maps.Equal(seen, again) {
			break
		}
		seen = again
	}
	if len(seen) == 0 {
		return nil, fault(Missing, number.Say("no file fits %s", strings.Join(f.Patterns, ", ")), nil)
	}
	return seen, nil
}

func (f *folder) areKnown(seen map[string]look) bool {
	for name, now := range seen {
		if before, known := f.before(f.addressOf(name)); !known || before.Changed != stamp(now.changed) || before.Bytes != now.size {
			return false
		}
	}
	return true
}

func (f *folder) addressOf(name string) string { return path.Join(filepath.ToSlash(f.Path), name) }

// stamp writes a time of change.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// looks looks at the regular files of a folder that fit one of some patterns. Files whose
// names begin with a full stop or ~$ belong to programs that write others.
func looks(dir fs.FS, patterns []string) (map[string]look, error) {
	seen := map[string]look{}
	for _, pattern := range patterns {
		names, err := fs.Glob(dir, pattern)
		if err != nil {
			return nil, ofFolder(err)
		}
		for _, name := range names {
			base := path.Base(name)
			if strings.HasPrefix(base, ".") && !strings.HasPrefix(path.Base(pattern), ".") || strings.HasPrefix(base, "~$") {
				continue
			}
			info, err := fs.Stat(dir, name)
			switch {
			case errors.Is(err, fs.ErrNotExist): // it was taken away since
			case err != nil:
				return nil, at(name, ofFolder(err))
			case info.Mode().IsRegular():
				seen[name] = look{info.Size(), info.ModTime()}
			}
		}
	}
	if _, err := fs.Stat(dir, "."); err != nil {
		return nil, ofFolder(err)
	}
	return seen, nil
}

// copies copies the files, but those that are here.
func (f *folder) copies(dir fs.FS, seen map[string]look) ([]File, error) {
	var files []File
	for _, name := range slices.Sorted(maps.Keys(seen)) {
		now := seen[name]
		if before, known := f.before(f.addressOf(name)); known && before.Changed == stamp(now.changed) && before.Bytes == now.size {
			files = append(files, before)
			continue
		}
		file, err := f.copy(dir, name, now)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	return files, nil
}

func (f *folder) copy(dir fs.FS, name string, now look) (File, error) {
	file := File{Name: cleanPath(name), Address: f.addressOf(name), Changed: stamp(now.changed)}
	if now.size > f.limits.Bytes {
		return file, at(file.Address, tooLarge(f.limits.Bytes))
	}
	from, err := dir.Open(name)
	if err != nil {
		return file, at(file.Address, ofFolder(err))
	}
	defer from.Close()
	in, err := f.kept.begin(f.limits.Bytes)
	if err != nil {
		return file, err
	}
	defer in.discard()
	if _, err := io.Copy(in, from); err != nil {
		return file, at(file.Address, ofFolder(err))
	}
	after, err := fs.Stat(dir, name)
	if err != nil || (look{after.Size(), after.ModTime()}) != now || in.size != now.size {
		return file, at(file.Address, fault(Changing, number.Say("it was written to while it was read"), err))
	}
	return file, in.keep(&file)
}

// ofFolder makes a fault of what the system said of a folder or file.
func ofFolder(err error) error {
	coded, ok := errors.AsType[*number.Error](err)
	switch {
	case ok && (coded.Code == TooLarge || coded.Code == NotKept || coded.Code == workspace.NotAFile):
		return coded
	case errors.Is(err, fs.ErrPermission):
		return fault(Denied, number.Say("the user of the program may not read it"), err)
	case errors.Is(err, fs.ErrNotExist):
		return &passing{fault: fault(Missing, number.Say("the folder or file is not there"), err)}
	}
	return &passing{fault: fault(Unreachable, number.Say("the folder or file cannot be read"), err)}
}
