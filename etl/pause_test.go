package etl_test

import (
	"context"
	"slices"

	"github.com/niengiam/niengiam/stats/ledger"
)

func (m *memory) Pauses(context.Context) ([]*ledger.Pause, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	paused := []*ledger.Pause{}
	for i := range m.pauses {
		paused = slices.DeleteFunc(paused, func(p *ledger.Pause) bool { return p.Source == m.pauses[i].Source })
		if m.pauses[i].Paused {
			paused = append(paused, &m.pauses[i])
		}
	}
	return paused, nil
}

func (m *memory) SetPause(_ context.Context, pause ledger.Pause) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pauses = append(m.pauses, pause)
	return nil
}
