// Package ledger records what was published when, and what it replaced: observations,
// postings with a sign, releases, restatements. Units and indicators are codes here. It
// imports number alone. Start with ledger.go.
package ledger
