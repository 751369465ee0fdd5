package workspace

import (
	"slices"
	"strings"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

// version is a stretch of a unit's life and the place that declares it.
type version struct {
	catalogue.UnitVersion
	at mark
}

// lives are the versions of all units, by code and then by time.
type lives []version

// sort brings the versions into their order.
func (l lives) sort() {
	slices.SortStableFunc(l, func(a, b version) int {
		if a.Code != b.Code {
			return strings.Compare(a.Code, b.Code)
		}
		return int(a.Validity.From) - int(b.Validity.From)
	})
}

// of gives the versions of all units that had a code, in order of time.
func (l lives) of(code string) lives {
	first, _ := slices.BinarySearchFunc(l, code, func(v version, code string) int {
		return strings.Compare(v.Code, code)
	})
	last := first
	for last < len(l) && l[last].Code == code {
		last++
	}
	return l[first:last]
}

// on gives the version of a code that is valid on a day, nil when none is.
func (l lives) on(code string, day number.Date) *version {
	versions := l.of(code)
	for i := range versions {
		if versions[i].Validity.Contains(day) {
			return &versions[i]
		}
	}
	return nil
}

// before gives the last version of a code that began before a day, nil when none did.
func (l lives) before(code string, day number.Date) *version {
	versions := l.of(code)
	for i := range slices.Backward(versions) {
		if versions[i].Validity.From < day {
			return &versions[i]
		}
	}
	return nil
}

// sameUnit reports whether two versions of one code are of the same unit.
func (l lives) sameUnit(before, after *version) bool {
	for _, v := range l.of(after.Code) {
		if v.Validity.From <= before.Validity.From || v.Validity.From > after.Validity.From {
			continue
		}
		if v.Opening == catalogue.Replaced || v.Opening == catalogue.Created {
			return false
		}
	}
	return true
}
