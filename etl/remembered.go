package etl

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"fmt"

	"github.com/niengiam/niengiam/etl/spill"
	"github.com/niengiam/niengiam/stats/ledger"
)

// remembered keeps compared cells in which something is new, in the order in which they were
// compared: a few in memory, many on the disk. Their records are one stream.
type remembered struct {
	sorter *spill.Sorter
	stream bytes.Buffer
	writer *gob.Encoder
}

// record is a cell as it is kept. What it said that is not new is left out.
type record struct {
	Seq     []uint64
	Dropped int
	History []ledger.Observation
	Entries []ledger.Entry
}

// mostRemembered is how many bytes of cells are held before they are written to the disk.
const mostRemembered = 16 << 20

// newRemembered makes room for cells. What memory does not hold is written in a directory, ""
// for that of the system.
func newRemembered(dir string) *remembered {
	r := &remembered{sorter: spill.New(mostRemembered, dir)}
	r.writer = gob.NewEncoder(&r.stream)
	return r
}

func (r *remembered) close() error { return r.sorter.Close() }

// add adds a cell; it is copied.
func (r *remembered) add(cell record) error {
	r.stream.Reset()
	if err := r.writer.Encode(cell); err != nil {
		return fmt.Errorf("remember a changed cell: %w", err)
	}
	return r.sorter.Add(binary.BigEndian.AppendUint64(nil, uint64(r.sorter.Len())), r.stream.Bytes())
}

// all gives the cells.
func (r *remembered) all(each func(cell *record) error) error {
	var stream bytes.Buffer
	reader := gob.NewDecoder(&stream)
	return r.sorter.All(func(_, written []byte) error {
		stream.Write(written) // never fails
		var cell record
		if err := reader.Decode(&cell); err != nil {
			return fmt.Errorf("read a changed cell: %w", err)
		}
		for i := range cell.Entries {
			share(&cell.Entries[i])
		}
		return each(&cell)
	})
}

// share lets a posting that enters an observation have its numbers themselves: by that it is
// known that both can be staged as one.
func share(e *ledger.Entry) {
	for i := range e.Postings {
		p := &e.Postings[i]
		own := ledger.Observation{Value: p.Value, Denominator: p.Denominator, Status: p.Status, Approximation: p.Approximation}
		if p.Sign > 0 && own.SameFigure(&e.Observation) {
			p.Value, p.Denominator = e.Value, e.Denominator
		}
	}
}
