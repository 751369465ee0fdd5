// Package figure makes figures: it reads slices of facts through a Source, rolls them up,
// recasts them on the units of another day, weighs their coverage, and withholds what is
// small. It does not know who asks. Start with facts.go.
package figure
