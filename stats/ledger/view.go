package ledger

import (
	"strconv"

	"github.com/niengiam/niengiam/stats/number"
)

// View is a fixed state of what is published: everything loaded up to Head and,
// of that, everything published up to a point. The answers of a view never
// change.
type View struct {
	// Head is the last release that counts as loaded.
	Head ReleaseID
	// Published and Release bound the publications: only those before, or those
	// of that day with no later number. The zero values set no bound.
	Published number.Date
	Release   ReleaseID
}

// Reaches reports whether what a release wrote at a position counts in the view.
func (v View) Reaches(loaded ReleaseID, at Position) bool {
	bound := Position{Published: v.Published, Release: v.Release}
	return loaded <= v.Head && (bound == Position{} || !bound.Before(at))
}

// Awaits reports whether figures of a year may still be to come on the day of the view:
// the year had begun, and no year with figures is as late.
func (v View) Awaits(year number.Year, known []number.Year) bool {
	return v.Published != 0 && year.First() <= v.Published && (len(known) == 0 || year > known[len(known)-1])
}

// ParseView reads a view from the end of a figure's identifier.
func ParseView(points []string) (View, error) {
	var view View
	head, err := strconv.ParseUint(points[0], 10, 32)
	if err != nil || len(points) == 1 {
		return View{Head: ReleaseID(head)}, err
	}
	view.Head = ReleaseID(head)
	if view.Published, err = number.ParseDate(points[1]); err != nil {
		return view, err
	}
	release, err := strconv.ParseUint(points[2], 10, 32)
	view.Release = ReleaseID(release)
	return view, err
}
