// Package catalogue holds what a workspace defines: levels, units over time, indicators,
// dimensions, crosswalks, cohorts, targets. A Catalogue never changes; a Calendar caches
// the units of its days. It imports ledger and number. Start with catalogue.go.
package catalogue
