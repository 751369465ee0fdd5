package main

import (
	"fmt"
	"log/slog"

	"github.com/niengiam/niengiam/stats/number"
)

// shortened cuts what a log line repeats of an error or of input, so that nobody fills the
// log by sending much; the stack of a fault of the program stays whole.
func shortened(_ []string, attribute slog.Attr) slog.Attr {
	if attribute.Key == "stack" {
		return attribute
	}
	switch value := attribute.Value.Any().(type) {
	case string:
		attribute.Value = slog.StringValue(number.Excerpt(value))
	case error, fmt.Stringer:
		text := fmt.Sprint(value)
		if short := number.Excerpt(text); short != text {
			attribute.Value = slog.StringValue(short)
		}
	}
	return attribute
}
