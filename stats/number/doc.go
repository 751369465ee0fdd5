// Package number is what every other room counts with: exact numbers or the reason why
// there is none, years and dates, statuses, texts in two languages, errors with a code
// whose messages are put into words once for each language. Start with value.go.
package number
