// Package paper sets briefings: as a page for the browser, as PDF and as a document
// for Word. All three are made of the same Sheet, and that of what stats.Briefing
// tells: nothing is reckoned or rounded here.
package paper
