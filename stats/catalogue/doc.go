// Package catalogue holds what a workspace defines: levels, units over time, indicators,
// dimensions, crosswalks, cohorts, targets. A Catalogue is a value that never changes; a
// Calendar remembers the units of its days. Start with catalogue.go.
package catalogue
