// Package briefing makes pages of answers: briefings, in sentences whose every numeral
// names its figure, and dashboards. Start with writer.go.
package briefing
