// Package rest stands in for the settings of a cluster's client; there is no cluster.
package rest

// Config has no settings.
type Config struct{}
