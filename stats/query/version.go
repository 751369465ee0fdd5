package query

import (
	"github.com/niengiam/niengiam/stats/figure"
	"github.com/niengiam/niengiam/stats/ledger"
)

// Version says where an answer stands among the publications.
type Version struct {
	// Release is the latest of the publications that made the figures of the answer what they
	// are; nil when it has none.
	Release *ledger.Release
	// DataVersion is the number of the last release that the answer could have known,
	// whichever source it is of. AsOf.DataVersion asks for the same data again.
	DataVersion string
}

// versionOf is the version of the answers of a view.
func versionOf(view ledger.View) Version { return Version{DataVersion: view.Head.String()} }

// ReleaseOf returns the publication that made a figure what it is: of a computed one the
// latest of those behind it. It is nil where there is no figure, where it is suppressed, and
// where a register says it by not naming anybody.
func (s *Service) ReleaseOf(f *figure.Figure) *ledger.Release {
	return s.Catalogue().Release(f.Latest.Release)
}

// Know makes a publication the answer's where it is later than what the answer knew before.
func (v *Version) Know(release *ledger.Release) {
	if v.Release == nil || release != nil && v.Release.At().Before(release.At()) {
		v.Release = release
	}
}

// know does the same with the publication of a figure.
func (v *Version) know(c *figure.State, f *figure.Figure) { v.Know(c.Release(f.Latest.Release)) }
