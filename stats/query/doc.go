// Package query answers questions: each method of Service resolves what is asked, reads
// the figures that it takes at once, and returns an answer that repeats its question and
// carries its notes. It imports figure, estimate and what these import. Start with
// service.go and comparison.go.
package query
