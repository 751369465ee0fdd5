package ledger

import (
	"cmp"
	"slices"

	"github.com/niengiam/niengiam/stats/number"
)

// Drafting drafts the releases of a load one cell after another, so that nobody needs to
// have all its cells at once. It says the same as Ledger.Draft.
type Drafting struct {
	ledger     Ledger
	correcting Correcting
	releases   map[ReleaseID]*Release // by their preliminary numbers

	statements []statement // of the cell at hand, in the order in which they are entered
	places     []int
	entries    []Entry
	alone      [1]Posting // of a cell of which there is nothing else
	last       *Release   // that an entry was of
}

// Drafting begins the drafts of a load.
func (l Ledger) Drafting(c Correcting) *Drafting {
	return &Drafting{ledger: l, correcting: c, releases: map[ReleaseID]*Release{}}
}

// Entry is an observation that says something new.
type Entry struct {
	Observation
	// Postings are what it means for the ledger.
	Postings []Posting
	// Old is what readers see in its place; nil where it adds to what was known.
	Old *Observation
	// Corrects reports whether its source had published another figure under the same day.
	Corrects bool
	// Nth is the place of the observation among those that were given.
	Nth int
}

// Block is a part of what a load stages: observations, and postings in their order.
type Block struct {
	Observations []Observation
	Postings     []Posting
}

// Repeats reports whether a load says of a cell just what is published of it, day by day: then
// nothing is new, and nothing else need be looked at.
func (d *Drafting) Repeats(said, history []Observation) bool {
	if len(said) != len(history) {
		return false
	}
	for i := range said {
		o, h := &said[i], &history[i]
		switch {
		case o.At.Published != h.At.Published || h.Since != 0 || i > 0 && o.At.Published <= said[i-1].At.Published:
			return false
		case !o.SameFigure(h) || d.ledger.mentions(h.At.Release):
			return false
		}
	}
	return true
}

// Cell returns what a load's statements of one cell say that is new; they come in the order
// of the load, and the history of the cell in order of publication. Each entry's release is a
// preliminary number, which follows the order of the drafts. They stay until the next call.
func (d *Drafting) Cell(said, history []Observation) []Entry {
	d.statements, d.places, d.entries = d.statements[:0], d.places[:0], d.entries[:0]
	if len(said) == 1 && said[0].Since == 0 && len(history) == 0 && len(d.ledger) == 0 {
		return d.first(&said[0]) // nearly all, where anything is new
	}
	if d.Repeats(said, history) {
		return d.entries
	}
	for i := range said {
		d.statements = append(d.statements, statement{said[i], d.correcting.corrects(history, &said[i])})
		d.places = append(d.places, i)
	}
	if len(said) > 1 {
		slices.SortStableFunc(d.places, func(a, b int) int { return d.statements[a].compare(&d.statements[b]) })
	}
	known := history
	for nth, at := range d.places {
		o := &d.statements[at]
		o.At.Release = o.preliminary()
		if o.corrects && !d.correcting.Slip {
			o.Since = d.correcting.Day
		}
		if d.correcting.repeats(history, &o.Observation) {
			continue
		}
		e, enters := d.ledger.enter(history, known, o.Observation)
		if !enters {
			continue
		}
		d.release(o).count(e.Postings)
		if nth+1 < len(d.places) {
			known = insert(known, o.Observation)
		}
		e.Corrects, e.Nth = o.corrects, at
		d.entries = append(d.entries, e)
	}
	return d.entries
}

// first enters what is said of a cell of which nothing else is said and nothing is known: it
// corrects, replaces and repeats nothing.
func (d *Drafting) first(o *Observation) []Entry {
	d.entries = append(d.entries, Entry{})
	e := &d.entries[0]
	e.Observation = *o
	s := statement{}
	s.At.Published = o.At.Published
	e.At.Release = s.preliminary()
	d.alone[0] = posting(&e.Observation, +1, e.At, e.At.Release)
	e.Postings = d.alone[:]
	d.release(&s).count(e.Postings)
	return d.entries
}

// compare orders statements by day of publication; what a day adds comes before what
// corrects the day.
func (s *statement) compare(t *statement) int {
	return cmp.Or(cmp.Compare(s.At.Published, t.At.Published), cmp.Compare(s.rank(), t.rank()))
}

// preliminary is the number of the release of a statement before all of them are known. Days
// are written in eight digits: it is above every number that was given out.
func (s *statement) preliminary() ReleaseID {
	return ReleaseID(s.At.Published)*2 + ReleaseID(s.rank())
}

// release is the release that a statement is of.
func (d *Drafting) release(s *statement) *Release {
	id := s.preliminary()
	if d.last != nil && d.last.ID == id {
		return d.last
	}
	known := d.releases[id]
	if known == nil {
		made := d.correcting.release(*s, id)
		known = &made
		d.releases[id] = known
	}
	d.last = known
	return known
}

// Releases lists the releases that have entries, the oldest first, with their preliminary
// numbers.
func (d *Drafting) Releases() []*Release {
	releases := make([]*Release, 0, len(d.releases))
	for _, r := range d.releases {
		releases = append(releases, r)
	}
	slices.SortFunc(releases, func(a, b *Release) int { return cmp.Compare(a.ID, b.ID) })
	return releases
}

// Numbers are the numbers that releases get, by their preliminary ones.
type Numbers map[ReleaseID]ReleaseID

// Number gives releases numbers that follow one another.
func Number(releases []*Release, first ReleaseID) Numbers {
	numbers := Numbers{}
	for i, r := range releases {
		numbers[r.ID] = first + ReleaseID(i)
		r.ID = numbers[r.ID]
	}
	return numbers
}

// NumberDays gives numbers that follow one another to the releases of some days, in order, of
// which none corrects another one: before the cells are drafted.
func NumberDays(days []number.Date, first ReleaseID) Numbers {
	numbers := Numbers{}
	for i, day := range days {
		s := statement{Observation: Observation{At: Position{Published: day}}}
		numbers[s.preliminary()] = first + ReleaseID(i)
	}
	return numbers
}

// of is the number of a release; one that was published keeps its own.
func (n Numbers) of(id ReleaseID) ReleaseID {
	if given, is := n[id]; is {
		return given
	}
	return id
}

// Enter gives an entry the numbers of its releases.
func (n Numbers) Enter(e *Entry) {
	e.At.Release = n.of(e.At.Release)
	for i := range e.Postings {
		e.Postings[i].At.Release, e.Postings[i].Loaded = n.of(e.Postings[i].At.Release), n.of(e.Postings[i].Loaded)
	}
}
