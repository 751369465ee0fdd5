package ledger

import (
	"strconv"
	"time"

	"github.com/niengiam/niengiam/stats/number"
)

// ReleaseID numbers the releases of a warehouse in the order in which they were loaded, from 1.
type ReleaseID uint32

// ParseReleaseID reads a release's number.
func ParseReleaseID(text string) (ReleaseID, bool) {
	n, err := strconv.ParseUint(text, 10, 32)
	return ReleaseID(n), err == nil && n > 0
}

// String writes the number.
func (id ReleaseID) String() string { return strconv.FormatUint(uint64(id), 10) }

// Release is one publication of figures: visible whole or not at all, and never
// changed afterwards.
type Release struct {
	// ID numbers the release.
	ID ReleaseID
	// SourceCode is the code of the source that was loaded.
	SourceCode string
	// Published is the day on which the publisher made the figures public; of a correction
	// the day from which it counts.
	Published number.Date
	// Loaded is the moment at which the release became visible here.
	Loaded time.Time
	// Actor says who or what loaded it: a schedule, a person.
	Actor string
	// Files are the files that it was made from.
	Files []File
	// Added counts the cells that had no value before.
	Added int
	// Revised counts the cells whose earlier value it replaces.
	Revised int
	// Removed counts the cells that have no figure any more: what a withdrawal leaves.
	Removed int
	// Rejected counts the rows of its files that were not published.
	Rejected int
	// Withdraws is the release that this one withdraws, Restores the one that it
	// restores; 0 where it publishes figures of its own.
	Withdraws, Restores ReleaseID
	// Comment says why it withdraws or restores, or why a restatement was approved.
	Comment string
	// Restatement is the number of the restatement whose approval published it, 0 when
	// it needed no approval; ApprovedBy says who approved it.
	Restatement ReleaseID
	ApprovedBy  string
	// Corrects is the day of publication under which its source had published other figures
	// of its cells, Corrected the day on which it was approved; 0 where it corrects nothing.
	// A correction is published on the day of its approval and counts from there, one that
	// mends copying slips on the day that it corrects.
	Corrects, Corrected number.Date
}

// MendsSlips reports whether it mends copying slips, so that older answers change.
func (r *Release) MendsSlips() bool { return r.Corrects != 0 && r.Published == r.Corrects }

// Stated is the day of publication that its files state for its figures.
func (r *Release) Stated() number.Date {
	if r.Corrects != 0 {
		return r.Corrects
	}
	return r.Published
}

// At is its place in the order of publications.
func (r *Release) At() Position { return Position{Published: r.Published, Release: r.ID} }

// File is a file as it was read, byte for byte.
type File struct {
	// Path is its path in the workspace.
	Path string
	// SHA256 is the checksum of its bytes, in hexadecimal.
	SHA256 string
	// Bytes is its size.
	Bytes int64
	// Withheld reports whether checksum and size are kept from whoever asks: with them one
	// can try which number makes the file what it is.
	Withheld bool `json:"-"`
}

// Checksum returns the checksum of the file, nil where it is withheld.
func (f *File) Checksum() *string {
	if f.Withheld {
		return nil
	}
	return &f.SHA256
}

// Size returns the size of the file in bytes, nil where it is withheld.
func (f *File) Size() *int64 {
	if f.Withheld {
		return nil
	}
	return &f.Bytes
}

// HeldAs returns the number of the restatement as which the release was pending, nil when
// it needed no approval.
func (r *Release) HeldAs() *string {
	if r.Restatement == 0 {
		return nil
	}
	number := r.Restatement.String()
	return &number
}

// count counts a cell by what its postings entered and reversed where they begin:
// at the release's own position or, where the cell had the same figure there,
// where it was withdrawn.
func (r *Release) count(cell []Posting) {
	in, out := false, false
	if len(cell) == 0 {
		return
	}
	for _, p := range cell {
		if p.At == cell[0].At {
			in, out = in || p.Sign > 0, out || p.Sign < 0
		}
	}
	switch {
	case in && out:
		r.Revised++
	case in:
		r.Added++
	case out:
		r.Removed++
	}
}
