package graph

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/lru"
)

const (
	// cacheEntries bounds how many queries are kept, parsed and by their hash.
	cacheEntries = 500
	// maxCachedQuery is the longest query, in bytes, that is kept. A parsed
	// query takes about twenty times its text, so that strangers can fill at
	// most some 80 MB.
	maxCachedQuery = 8 << 10
)

// cache keeps the queries used last, but no long ones: an LRU bounds their
// number, not their size.
type cache[T any] struct {
	graphql.Cache[T]
	size func(key string, value T) int
}

func newCache[T any](size func(key string, value T) int) cache[T] {
	return cache[T]{Cache: lru.New[T](cacheEntries), size: size}
}

// Add keeps a value unless its query is too long.
func (c cache[T]) Add(ctx context.Context, key string, value T) {
	if c.size(key, value) <= maxCachedQuery {
		c.Cache.Add(ctx, key, value)
	}
}
