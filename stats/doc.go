// Package stats holds the rooms that know what a number means, and the scripts that
// test them (testdata). It has no code of its own: read number first, then figure,
// then query; docs/design.md has a table of the rooms.
package stats
