// Package graph serves the API over GraphQL: resolvers that ask one question of package
// stats/query each, errors with codes, and limits. The rest is generated, in graph/gen,
// from schema/graphql. Start with server.go and resolver.go.
package graph

import (
	"github.com/niengiam/niengiam/stats/briefing"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// Resolver resolves every field that needs more than a value at hand.
type Resolver struct {
	// Stats answers the questions.
	Stats *query.Service
	// Briefings writes briefings and fills dashboards.
	Briefings *briefing.Writer
	// language is that of the texts whose fields name none.
	language number.Language
	// approvals is release management as far as callers may use it.
	approvals approvals
	// loaders read the lists of nested fields, those of one list of objects together.
	loaders *loaders
}

func newResolver(service *query.Service, language number.Language, approvals approvals) *Resolver {
	return &Resolver{Stats: service, Briefings: briefing.NewWriter(service), language: language, approvals: approvals, loaders: newLoaders(service, approvals)}
}

// or returns what an optional argument points to, or what stands for “not given”.
func or[T any](argument *T, otherwise T) T {
	if argument == nil {
		return otherwise
	}
	return *argument
}

// orEmpty returns what an optional argument points to, or the empty value that
// stands for “not given”.
func orEmpty[T any](argument *T) T { return or(argument, *new(T)) }

// plain returns the entries of a list argument, none of which is null.
func plain[T any](argument []*T) []T {
	entries := make([]T, len(argument))
	for i, entry := range argument {
		entries[i] = *entry
	}
	return entries
}

// toYears makes years of an argument.
func toYears(numbers []int) []number.Year {
	years := make([]number.Year, len(numbers))
	for i, n := range numbers {
		years[i] = number.Year(n)
	}
	return years
}
