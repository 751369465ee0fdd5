package etl

import (
	"fmt"
	"strings"

	"github.com/niengiam/niengiam/etl/mapping"
	"github.com/niengiam/niengiam/etl/workspace"
)

// Stamp writes the files of a source in a workspace, mended rows included, with what changes
// when one is written: its size and time. Where it is what it was, no file has arrived.
func Stamp(w *workspace.Workspace, source *workspace.Source) (string, error) {
	dir, err := workspace.OpenDirectory(w.Dir)
	if err != nil {
		return "", err
	}
	defer dir.Close()
	paths, err := source.Files(dir)
	if err != nil {
		return "", err
	}
	own, mended, err := mapping.WithMended(dir, paths)
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
