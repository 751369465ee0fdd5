package workspace

import (
	"errors"
	"path"

	"github.com/niengiam/niengiam/stats/number"
)

// files reads the files of a workspace and collects their faults. It knows no noun:
// what is in a file is read by whoever asks for it.
type files struct {
	faults
	dir     *Directory
	instead map[string][]byte // the content of files that is taken in place of what the directory has
}

// yaml reads the YAML file at a path that stands at a place.
func (f *files) yaml(at node, file string) node {
	content, ok := f.content(at, file, maxYAML)
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

// content reads a file of the workspace of at most some bytes; a file that cannot be had
// is a fault at the place that names it.
func (f *files) content(at node, file string, most int64) ([]byte, bool) {
	if content, is := f.instead[file]; is {
		return content, true
	}
	content, err := f.dir.read(file, most)
	if err == nil {
		return content, true
	}
	f.refused(at, err)
	return nil, false
}

// refused makes faults, at the place that names a file, of what the directory said of it.
func (f *files) refused(at node, err error) {
	for _, e := range number.Errors(err) {
		at.fault(e.Code, "%s", e.Message).Err = errors.Unwrap(e)
	}
}
