package main

import (
	"net/http"

	"github.com/niengiam/niengiam/briefing/print"
	"github.com/niengiam/niengiam/stats"
)

// papers puts the briefings, as pages and files, beside the other pages.
func (s *session) papers(service *stats.Service, pages http.Handler) (http.Handler, error) {
	briefings, err := print.New(stats.NewWriter(service), s.log)
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
