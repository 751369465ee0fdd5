package graph

import (
	"context"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/query"
)

// gatherTime is how long the first entry of a list waits for the others to ask as well.
const gatherTime = time.Millisecond

// changesPage names a page of the changes of a release.
type changesPage struct {
	release *ledger.Release
	first   int
	next    bool // not the first page, but the one after the cursor after
	after   string
}

// changesLoader reads pages of changes for one operation. The releases of a list ask at
// the same time; those that ask for equal pages are read in one round trip.
type changesLoader = dataloadgen.Loader[changesPage, *query.CellChangeConnection]

func newChangesLoader(stats *query.Service) *changesLoader {
	return dataloadgen.NewMappedLoader(func(ctx context.Context, asked []changesPage) (map[changesPage]*query.CellChangeConnection, error) {
		releases := map[changesPage][]*ledger.Release{} // by page, without the release
		for _, a := range asked {
			page := changesPage{first: a.first, next: a.next, after: a.after}
			releases[page] = append(releases[page], a.release)
		}
		found, errs := map[changesPage]*query.CellChangeConnection{}, dataloadgen.MappedFetchError[changesPage]{}
		for page, all := range releases {
			p := query.Page{First: page.first}
			if page.next {
				p.After = &page.after
			}
			connections, err := stats.ChangesOf(ctx, all, p)
			for i, release := range all {
				page.release = release
				if errs[page] = err; err == nil {
					found[page] = connections[i]
				}
			}
		}
		return found, errs
	}, dataloadgen.WithWait(gatherTime))
}
