// Package ledger knows what was published when, and what it replaced: observations,
// postings with a sign, releases, restatements. Units and indicators are codes here. Start
// with ledger.go.
package ledger
