// Package figure makes figures: it reads slices of facts through a Source, rolls them up,
// recasts them on the units of another day, weighs their coverage, and withholds numbers
// that small-number suppression protects. It does not know who asks. It imports
// catalogue, ledger, number and suppression. Start with facts.go.
package figure
