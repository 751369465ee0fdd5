package statstest

import (
	"context"
	"fmt"
	"slices"

	"github.com/niengiam/niengiam/stats/catalogue"
	"github.com/niengiam/niengiam/stats/number"
	"github.com/niengiam/niengiam/stats/query"
)

// words writes the texts of a comparison of one unit in both languages, or those of
// each measure of its change alone; and of its notes, where those are asked for.
func words(ctx context.Context, in *session, ask query.Ask, columns []string) ([]string, error) {
	if ask.BaseYear == 0 {
		f, err := in.service.Figure(ctx, ask)
		if err != nil {
			return nil, err
		}
		return []string{"vi " + f.Text(number.Vietnamese), "en " + f.Text(number.English)}, nil
	}
	answer, err := in.service.Compare(ctx, ask)
	if err != nil {
		return nil, err
	}
	row := answer.Rows[0]
	if slices.Contains(columns, "short") {
		lines := []string{}
		for _, measure := range []catalogue.Measure{catalogue.MeasureAbsolute, catalogue.MeasurePercent, catalogue.MeasurePoints} {
			lines = append(lines, fmt.Sprintf("%s %s | %s", measure, row.Change.Short(measure, number.Vietnamese), row.Change.Short(measure, number.English)))
		}
		return lines, nil
	}
	lines := []string{"vi " + row.Text(number.Vietnamese), "en " + row.Text(number.English)}
	if slices.Contains(columns, "notes") {
		for _, note := range answer.Notes {
			lines = append(lines, "vi "+note.Text(number.Vietnamese), "en "+note.Text(number.English))
		}
	}
	return lines, nil
}
