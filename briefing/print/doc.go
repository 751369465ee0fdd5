// Package print lays briefings out: as a page for the browser, as PDF and as a document
// for Word. All three are made of the same Sheet, and that of a briefing.Briefing:
// nothing is computed or rounded here. Start with sheet.go.
package print
