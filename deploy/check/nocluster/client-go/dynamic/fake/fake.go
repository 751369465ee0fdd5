// Package fake is named by tests of Helm, which do not run here; go mod tidy looks for it.
package fake
