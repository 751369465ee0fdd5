package warehouse

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/ClickHouse/clickhouse-go/v2/lib/driver"
	"golang.org/x/sync/errgroup"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/number"
)

// state is what is known of the database at one moment. It never changes.
type state struct {
	catalogue *catalogue.Calendar
	number    uint32 // of the catalogue; 0 when nothing was defined
	checksum  string
	// definitions are those of the number, as decoded.
	definitions catalogue.Definitions
	// cells counts the cells by indicator, year, breakdown and index of level.
	cells map[holding]tallied
	// facts gives the indices of the levels that have facts, ascending.
	facts map[series][]int
	// unpublished are the numbers up to the head that no visible release has.
	unpublished []uint32
	rolled      rolled
}

type series struct {
	indicator string
	year      number.Year
}

type holding struct {
	series
	breakdown string
	level     int
}

// tally is how many of something there are, the first release that wrote one, and the
// earliest position from which one counts.
type tally struct {
	count int
	first uint32
	since uint64
}

func (t tally) add(more tally) tally {
	if t.first == 0 || more.first == 0 { // one of them is none
		return tally{t.count + more.count, max(t.first, more.first), max(t.since, more.since)}
	}
	return tally{t.count + more.count, min(t.first, more.first), min(t.since, more.since)}
}

// tallied is how many cells there are, and how often one of them was replaced or withdrawn.
type tallied struct{ cells, reversals tally }

func emptyState() *state {
	return &state{catalogue: catalogue.NewCalendar(catalogue.NewCatalogue(catalogue.Definitions{}, ledger.Holdings{}))}
}

func readDefinitions(ctx context.Context, db *database, number uint32, next *state) error {
	var document string
	if err := db.one(ctx, "catalogue", values{"number": fmt.Sprint(number)}, &next.checksum, &document); err != nil {
		return err
	}
	next.definitions = catalogue.Definitions{}
	if err := json.Unmarshal([]byte(document), &next.definitions); err != nil {
		return fault("catalogue", err)
	}
	next.number = number
	return nil
}

// loadHierarchy makes sure that the dictionary is that of the catalogue.
func loadHierarchy(ctx context.Context, db *database, number uint32) error {
	var loaded uint64
	if err := db.one(ctx, "hierarchy_number", nil, &loaded); err != nil || loaded == uint64(number) {
		return err
	}
	return db.exec(ctx, "reload_hierarchy")
}

// readHoldings adds what was released after holdings.Head. Its parts are read side by side:
// while many ask each statement waits for the others of the engine, and readers wait for all.
func readHoldings(ctx context.Context, db *database, head ledger.ReleaseID, holdings *ledger.Holdings, next *state) error {
	if head > holdings.Head {
		if err := readReleased(ctx, db, values{"after": num(holdings.Head), "head": num(head)}, holdings, next); err != nil {
			return err
		}
	}
	holdings.Head = head
	next.unpublished = missing(holdings.Releases, head)
	next.holdCells(holdings)
	parts, within := errgroup.WithContext(ctx)
	parts.Go(func() error { return readMended(within, db, head, holdings) })
	parts.Go(func() error { return readRevised(within, db, head, holdings) })
	parts.Go(func() error { return readRolled(within, db, head, next) })
	return parts.Wait()
}

// readReleased adds the releases between two numbers, with their findings, breaks and cells.
func readReleased(ctx context.Context, db *database, between values, holdings *ledger.Holdings, next *state) error {
	parts, within := errgroup.WithContext(ctx)
	parts.Go(func() error { return readReleases(within, db, between, holdings) })
	parts.Go(func() error { return readFindings(within, db, between, holdings) })
	parts.Go(func() error { return readBreaks(within, db, between, holdings) })
	parts.Go(func() error { return readCells(within, db, between, next) })
	return parts.Wait()
}

// readReleases adds the new releases to those that were known before.
func readReleases(ctx context.Context, db *database, between values, holdings *ledger.Holdings) error {
	var releases []*ledger.Release
	files := map[ledger.ReleaseID][]ledger.File{}
	parts, within := errgroup.WithContext(ctx)
	parts.Go(func() error {
		return db.read(within, "releases", between, func(rows driver.Rows) error {
			r, err := scanRelease(rows)
			releases = append(releases, r)
			return err
		})
	})
	parts.Go(func() error {
		return db.read(within, "release_files", between, func(rows driver.Rows) error {
			var id uint32
			var bytes uint64
			var file ledger.File
			err := rows.Scan(&id, &file.Path, &file.SHA256, &bytes)
			file.Bytes = int64(bytes)
			files[ledger.ReleaseID(id)] = append(files[ledger.ReleaseID(id)], file)
			return err
		})
	})
	if err := parts.Wait(); err != nil {
		return err
	}
	for _, r := range releases {
		r.Files = files[r.ID]
	}
	holdings.Releases = append(slices.Clone(holdings.Releases), releases...)
	slices.SortFunc(holdings.Releases, func(a, b *ledger.Release) int {
		return cmp.Or(cmp.Compare(a.Published, b.Published), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

func scanRelease(rows driver.Rows) (*ledger.Release, error) {
	var id, published uint32
	var added, revised, rejected, removed uint64
	var withdraws, restores, restatement, corrects, corrected uint32
	r := &ledger.Release{}
	err := rows.Scan(&id, &r.SourceCode, &published, &r.Loaded, &r.Actor, &added, &revised, &rejected,
		&removed, &withdraws, &restores, &r.Comment, &restatement, &r.ApprovedBy, &corrects, &corrected)
	r.ID, r.Published, r.Loaded = ledger.ReleaseID(id), number.Date(published), r.Loaded.In(time.UTC)
	r.Added, r.Revised, r.Rejected, r.Removed = int(added), int(revised), int(rejected), int(removed)
	r.Withdraws, r.Restores, r.Restatement = ledger.ReleaseID(withdraws), ledger.ReleaseID(restores), ledger.ReleaseID(restatement)
	r.Corrects, r.Corrected = number.Date(corrects), number.Date(corrected)
	return r, err
}

// readFindings adds the new findings to those that were known before.
func readFindings(ctx context.Context, db *database, between values, holdings *ledger.Holdings) error {
	holdings.Findings = slices.Clone(holdings.Findings)
	return db.read(ctx, "findings", between, func(rows driver.Rows) error {
		finding, err := scanFinding(rows)
		holdings.Findings = append(holdings.Findings, finding)
		return err
	})
}

func scanFinding(rows driver.Rows) (*ledger.Finding, error) {
	f := &ledger.Finding{}
	var code, severity string
	var release, line, cells uint32
	var year uint16
	err := rows.Scan(&code, &release, &f.IndicatorCode, &f.UnitCode, &f.UnitKey, &year, &f.Breakdown, &f.Used, &f.Other,
		&f.UsedCitation, &f.OtherCitation, &f.Place.File, &f.Place.Sheet, &line, &f.Place.Column, &f.Derivation,
		&severity, &f.Rule, &f.Value, &f.Measured, &cells)
	f.Code, f.Release, f.Year, f.Place.Line = number.NoteCode(code), ledger.ReleaseID(release), number.Year(year), int(line)
	f.Severity, f.Cells = ledger.Severity(severity), int(cells)
	return f, err
}

// readBreaks adds the new breaks to those that were known before.
func readBreaks(ctx context.Context, db *database, between values, holdings *ledger.Holdings) error {
	holdings.Breaks = slices.Clone(holdings.Breaks)
	return db.read(ctx, "breaks", between, func(rows driver.Rows) error {
		p := ledger.Posting{Status: number.Break}
		var year uint16
		var position uint64
		var loaded uint32
		err := rows.Scan(&p.Indicator, &p.Unit, &year, &p.Breakdown, &p.Sign, &position, &loaded)
		p.Year, p.Loaded = number.Year(year), ledger.ReleaseID(loaded)
		p.At = placed(position)
		holdings.Breaks = append(holdings.Breaks, p)
		return err
	})
}

// readMended reads the cells in which releases mended copying slips; there are few, and
// mostly none.
func readMended(ctx context.Context, db *database, head ledger.ReleaseID, holdings *ledger.Holdings) error {
	var mending []ledger.ReleaseID
	for _, r := range holdings.Releases {
		if r.MendsSlips() {
			mending = append(mending, r.ID)
		}
	}
	holdings.Mended = nil
	if len(mending) == 0 {
		return nil
	}
	return db.read(ctx, "mended", values{"mending": numbers(mending), "head": num(head)}, func(rows driver.Rows) error {
		o, err := scanFigure(rows)
		holdings.Mended = append(holdings.Mended, o)
		return err
	})
}

// readRevised reads the cells in which figures were replaced or withdrawn, of the indicators
// and years in which that was seldom.
func readRevised(ctx context.Context, db *database, head ledger.ReleaseID, holdings *ledger.Holdings) error {
	few := holdings.FewReversals()
	holdings.Revised = nil
	if len(few) == 0 {
		return nil
	}
	indicators, years := make([]string, len(few)), make([]number.Year, len(few))
	for i, series := range few {
		indicators[i], years[i] = series.Indicator, series.Year
	}
	return db.read(ctx, "revised", values{"indicators": names(indicators), "years": numbers(years), "head": num(head)}, func(rows driver.Rows) error {
		o, err := scanFigure(rows)
		holdings.Revised = append(holdings.Revised, o)
		return err
	})
}

// scanFigure reads an observation without its remarks and its place in a file.
func scanFigure(rows driver.Rows) (ledger.Observation, error) {
	var o ledger.Observation
	var year uint16
	var published, release, since uint32
	var status, approximation string
	err := rows.Scan(&o.Indicator, &o.Unit, &year, &o.Breakdown, &o.Value, &o.Denominator, &status, &published, &release, &since, &approximation)
	o.Year, o.Status, o.Since, o.Approximation = number.Year(year), number.Status(status), number.Date(since), number.Approximation(approximation)
	o.At = ledger.Position{Published: number.Date(published), Release: ledger.ReleaseID(release)}
	return o, err
}

// holdCells says which levels have facts, and what the cells of each are.
func (s *state) holdCells(holdings *ledger.Holdings) {
	s.facts, holdings.Cells = map[series][]int{}, nil
	for h, told := range s.cells {
		if !slices.Contains(s.facts[h.series], h.level) {
			s.facts[h.series] = append(s.facts[h.series], h.level)
		}
		if h.level < len(s.definitions.Levels) {
			holdings.Cells = append(holdings.Cells, ledger.Holding{
				Indicator: h.indicator, Year: h.year, Level: s.definitions.Levels[h.level].Code, Breakdown: h.breakdown, Count: told.cells.count,
				First: ledger.ReleaseID(told.cells.first), Since: placed(told.cells.since),
				Reversals: told.reversals.count, FirstReversal: ledger.ReleaseID(told.reversals.first), ReversedSince: placed(told.reversals.since),
			})
		}
	}
	for _, levels := range s.facts {
		slices.Sort(levels)
	}
	slices.SortFunc(holdings.Cells, func(a, b ledger.Holding) int {
		return cmp.Or(cmp.Compare(a.Indicator, b.Indicator), cmp.Compare(a.Year, b.Year), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Breakdown, b.Breakdown))
	})
}

// missing lists the numbers up to the head that no release has: loads that
// were given up.
func missing(releases []*ledger.Release, head ledger.ReleaseID) []uint32 {
	visible := make(map[ledger.ReleaseID]bool, len(releases))
	for _, r := range releases {
		visible[r.ID] = true
	}
	var numbers []uint32
	for id := ledger.ReleaseID(1); id <= head; id++ {
		if !visible[id] {
			numbers = append(numbers, uint32(id))
		}
	}
	return numbers
}
