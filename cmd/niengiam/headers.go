package main

import (
	"fmt"
	"net/http"

	"github.com/niengiam/niengiam/graph"
	"github.com/niengiam/niengiam/stats/number"
)

// guarded sets the headers that every answer has, whoever gives it: no browser takes it
// for something else than its type says, and nobody keeps it, unless its handler says
// that it may be kept.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// shortAddresses refuses pages whose address has a longer question than the API takes,
// which tells its own callers so itself.
func shortAddresses(api *graph.Server, pages http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refused := api.CheckAddress(r); refused != nil {
			for _, fault := range refused.Errors {
				code, _ := fault.Extensions["code"].(number.Code)
				answer(w, refused.Status, fmt.Sprintf("%s: %s", code, fault.Message))
			}
			return
		}
		pages.ServeHTTP(w, r)
	})
}
