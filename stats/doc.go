// Package stats is what a number means: figures, comparisons, rankings and
// series of yearly statistics, with a reason wherever there is no number.
//
// The package is pure. It reads no file, no clock and no database; it asks one
// Source for slices of facts and computes everything else exactly, in decimals
// and fractions, in memory. The rules are written in docs/numbers.md and are
// tested by the scripts in testdata, which run both on the in-memory source of
// package statstest and on the real warehouse.
package stats
