package main

import (
	"net/http"
	"strings"

	project "github.com/niengiam/niengiam"
	"github.com/niengiam/niengiam/briefing/print"
	"github.com/niengiam/niengiam/docs"
	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/query"
)

// papers puts the briefings, as pages and files, and the documentation beside the other pages.
func papers(s *session, service *query.Service, pages http.Handler) (http.Handler, error) {
	briefings, err := print.New(briefing.NewWriter(service), s.log)
	if err != nil {
		return nil, err
	}
	documentation, err := docs.New(project.Pages)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle(docs.Root, documentation)
	mux.Handle(strings.TrimSuffix(docs.Root, "/"), documentation)
	for _, name := range print.Paths() {
		mux.Handle(name, briefings)
	}
	mux.Handle("/", pages)
	return mux, nil
}
