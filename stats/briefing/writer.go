package briefing

import (
	"context"
	"errors"
	"sync"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/ledger"
	"github.com/niengiam/niengiam/stats/query"
)

// Writer writes briefings and fills dashboards from the answers of a Service. It is
// safe for concurrent use.
type Writer struct {
	*query.Service
}

// NewWriter returns a Writer that takes its answers from a Service.
func NewWriter(answers *query.Service) *Writer { return &Writer{answers} }

// Briefing writes the briefing of a unit in a year. All slices that it needs are read
// together.
func (w *Writer) Briefing(ctx context.Context, ask BriefingAsk) (*Briefing, error) {
	d := &drafting{Resolver: query.Resolver{State: w.State()}, ask: ask}
	if err := d.resolve(); err != nil {
		return nil, err
	}
	if err := d.read(ctx, w.Service); err != nil {
		return nil, err
	}
	if err := d.readCitations(ctx, w.Service); err != nil {
		return nil, err
	}
	if err := readRevisions(ctx, d, w.Service); err != nil {
		return nil, err
	}
	writeSentences(d)
	return d.Briefing, nil
}

// DashboardTemplates lists the dashboards of the workspace, in its order.
func (w *Writer) DashboardTemplates() []*catalogue.DashboardTemplate {
	c := w.Catalogue()
	templates := make([]*catalogue.DashboardTemplate, len(c.Dashboards))
	for i, t := range c.Dashboards {
		templates[i] = t.InView(c.Catalogue, ledger.View{Head: c.Head})
	}
	return templates
}

// Templates lists the templates of briefings.
func (w *Writer) Templates() []*catalogue.BriefingTemplate { return w.Catalogue().Briefings }

// Dashboard answers the questions of all tiles of a dashboard, and reads the slices that
// they need together. A tile whose question is refused has Refusals instead of an answer;
// an error in the dashboard's own unit, years or scope is returned.
func (w *Writer) Dashboard(ctx context.Context, ask DashboardAsk) (*Dashboard, error) {
	r := &query.Resolver{State: w.State()}
	q := resolveDashboardQuestion(r, ask)
	if err := r.Err(); err != nil {
		return nil, err
	}
	d := &Dashboard{Question: q, Version: q.version, Tiles: make([]*Tile, len(q.Template.Tiles))}
	service, gathering := w.Gather(len(d.Tiles))
	faults := make([]error, len(d.Tiles))
	var all sync.WaitGroup
	for i, template := range q.Template.Tiles {
		d.Tiles[i] = &Tile{Template: template}
		asking, end := gathering.Enter(ctx)
		all.Go(func() {
			defer end()
			faults[i] = d.Tiles[i].refuse(d.Tiles[i].answer(asking, service, q, ask.Scope))
		})
	}
	all.Wait()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	for _, tile := range d.Tiles {
		d.Know(tile.release())
	}
	return d, nil
}
