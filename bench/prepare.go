package main

import (
	"context"
	"errors"
	"time"
)

// prepare makes a data set, serves it and checks its answers.
func prepare(ctx context.Context, s *site, name string, o options) (_ *set, err error) {
	begin := time.Now()
	made := &set{name: name, answers: map[string][][]byte{}}
	defer func() {
		if err != nil {
			err = errors.Join(err, made.close())
		}
	}()
	w, err := s.warehouse(ctx, name)
	if err != nil {
		return nil, err
	}
	made.closers = append(made.closers, w.Close)
	if name == synthetic {
		made.pool, err = fillSynthetic(ctx, s, w, o.facts)
	} else {
		made.pool, err = fillSample(ctx, s, w, o.workspace)
	}
	if err != nil {
		return nil, err
	}
	made.catalogue, made.facts, made.took = w.Catalogue(), count(w), time.Since(begin)
	made.level = made.catalogue.Level(made.pool[0].level).Index()
	most := 1
	for _, clients := range o.clients {
		most = max(most, clients)
	}
	if made.conn, err = s.connect(name, most); err != nil {
		return nil, err
	}
	made.closers = append(made.closers, made.conn.Close)
	if err := made.serve(ctx, w); err != nil {
		return nil, err
	}
	return made, check(ctx, made)
}
