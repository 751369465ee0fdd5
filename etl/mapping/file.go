package mapping

import (
	"errors"

	"github.com/niengiam/niengiam/etl/format"
	"github.com/niengiam/niengiam/etl/layout"
	"github.com/niengiam/niengiam/etl/workspace"
)

// File is a file of a source.
type File struct {
	// Path is its path in the workspace.
	Path string
	// Open opens it for reading, and returns what closes it; each tells a file that has changed.
	Open func() (format.File, func() error, error)
}

// tables finds the tables of the file and holds all rows of them.
func (f *File) tables(source *workspace.Source, needs layout.Needs) (_ []*layout.Table, err error) {
	own, closeFile, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	return layout.Read(own, source, needs)
}
