// Package kubernetes stands in for the typed clients, of which Helm asks the version alone.
package kubernetes
