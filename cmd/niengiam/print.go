package main

import (
	"net/http"

	"github.com/niengiam/niengiam/briefing/print"
	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/query"
)

// papers puts the briefings, as pages and files, beside the other pages.
func papers(s *session, service *query.Service, pages http.Handler) (http.Handler, error) {
	briefings, err := print.New(briefing.NewWriter(service), s.log)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	for _, name := range print.Paths() {
		mux.Handle(name, briefings)
	}
	mux.Handle("/", pages)
	return mux, nil
}
