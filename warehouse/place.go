package warehouse

import (
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
)

const (
	// stride separates the ids of units in the dictionary hierarchy; a unit has
	// one for each level, and ownLevel, which asks for itself.
	stride   = 32
	ownLevel = stride - 1
	// openDay stands for no last day.
	openDay = 99999999
)

// placeRow is a row of the table place.
type placeRow struct {
	id           uint64
	since, until uint32
	place        uint64
}

// stretch is a time in which a unit and all units above it stay the same.
type stretch struct {
	from, to number.Date // to is exclusive, openDay when open
	path     []uint32    // by index of level; 0 where none
	top      string      // code of the unit above the highest so far
}

// places tells who lies within whom, and when.
func places(definitions catalogue.Definitions, number uint32) []placeRow {
	index := levelIndex(definitions)
	byCode := map[string][]*catalogue.UnitVersion{}
	byKey := map[uint32][]*catalogue.UnitVersion{}
	var keys []uint32
	for i := range definitions.Units {
		version := &definitions.Units[i]
		byCode[version.Code] = append(byCode[version.Code], version)
		if byKey[version.Key] == nil {
			keys = append(keys, version.Key)
		}
		byKey[version.Key] = append(byKey[version.Key], version)
	}
	rows := []placeRow{{id: 0, until: openDay, place: uint64(number)}}
	for _, key := range keys {
		level := index[byKey[key][0].Level]
		place := func(ancestor uint32) uint64 { return uint64(level)<<32 | uint64(ancestor) }
		id := uint64(key) * stride
		rows = append(rows, placeRow{id: id + ownLevel, until: openDay, place: place(key)})
		var life []stretch
		for _, version := range byKey[key] {
			life = append(life, climb(version, byCode, index)...)
		}
		slices.SortFunc(life, func(a, b stretch) int { return int(a.from - b.from) })
		for at := 0; at <= level; at++ {
			rows = append(rows, ancestors(life, at, id, place)...)
		}
	}
	return rows
}

// ancestors gives the rows of a unit for one level, joining stretches that touch and
// have the same ancestor there.
func ancestors(life []stretch, level int, id uint64, place func(uint32) uint64) []placeRow {
	var rows []placeRow
	for _, s := range life {
		ancestor := s.path[level]
		if ancestor == 0 {
			continue
		}
		row := placeRow{id: id + uint64(level), since: uint32(s.from), until: uint32(s.to) - 1, place: place(ancestor)}
		if s.to == openDay {
			row.until = openDay
		}
		if n := len(rows); n > 0 && rows[n-1].until+1 >= row.since && rows[n-1].place == row.place {
			rows[n-1].until = row.until
			continue
		}
		rows = append(rows, row)
	}
	return rows
}

// climb splits a version at every change above it.
func climb(version *catalogue.UnitVersion, byCode map[string][]*catalogue.UnitVersion, index map[string]int) []stretch {
	path := make([]uint32, len(index))
	path[index[version.Level]] = version.Key
	todo := []stretch{{from: version.Validity.From, to: end(version), path: path, top: version.Parent}}
	var done []stretch
	for step := 0; len(todo) > 0 && step <= len(index); step++ { // a circle of parents ends
		var higher []stretch
		for _, s := range todo {
			higher = append(higher, rise(s, byCode[s.top], index)...)
		}
		todo = todo[:0]
		for _, s := range higher {
			if s.top == "" {
				done = append(done, s)
			} else {
				todo = append(todo, s)
			}
		}
	}
	return append(done, todo...)
}

// rise splits a stretch by the versions of the unit above it. Where none is
// valid the path ends.
func rise(s stretch, parents []*catalogue.UnitVersion, index map[string]int) []stretch {
	var all []stretch
	at := s.from
	until := func(day number.Date, path []uint32, top string) {
		if at < day {
			all = append(all, stretch{from: at, to: day, path: path, top: top})
			at = day
		}
	}
	for _, parent := range parents { // in order of time
		from, to := max(parent.Validity.From, s.from), min(end(parent), s.to)
		if from >= to {
			continue
		}
		until(from, s.path, "")
		path := slices.Clone(s.path)
		path[index[parent.Level]] = parent.Key
		until(to, path, parent.Parent)
	}
	until(s.to, s.path, "")
	return all
}

func end(version *catalogue.UnitVersion) number.Date {
	if version.Validity.To.IsOpen() {
		return openDay
	}
	return version.Validity.To
}

// levelIndex gives the place of each level from the top.
func levelIndex(definitions catalogue.Definitions) map[string]int {
	index := make(map[string]int, len(definitions.Levels))
	for i, level := range definitions.Levels {
		index[level.Code] = i
	}
	return index
}
