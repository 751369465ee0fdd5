package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// files reads the files of a workspace and collects their faults. It knows no noun:
// what is in a file is read by whoever asks for it.
type files struct {
	faults
	root *os.Root
}

// yaml reads the YAML file at a path that stands at a place.
func (f *files) yaml(at node, file string) node {
	content, ok := f.content(at, file)
	if !ok {
		return node{faults: &f.faults, at: mark{file: file}}
	}
	return parseYAML(&f.faults, file, content)
}

// document reads the YAML file that a node names, an absent node when it names
// none or the file cannot be read.
func (f *files) document(n node) node {
	file := n.scalar()
	if file == "" {
		return node{faults: &f.faults, at: n.at}
	}
	return f.yaml(n, path.Clean(file))
}

// content reads a file of the workspace; a file that cannot be had is a fault at
// the place that names it.
func (f *files) content(at node, file string) ([]byte, bool) {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		at.fault(FileOutside, "the path %q leaves the workspace", file)
		return nil, false
	}
	content, err := f.root.ReadFile(filepath.FromSlash(file))
	switch {
	case err == nil:
		return content, true
	case errors.Is(err, fs.ErrNotExist):
		at.fault(FileMissing, "there is no file %q", file).Err = err
	default:
		at.fault(FileMissing, "the file %q cannot be read", file).Err = err
	}
	return nil, false
}
