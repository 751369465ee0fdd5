package warehouse

import (
	"fmt"
	"strings"

	"github.com/ClickHouse/clickhouse-go/v2"

	"github.com/niengiam/niengiam/stats/ledger"
)

// values are the typed parameters of a statement, {name:Type} in its text. They
// travel beside it; no value ever becomes part of a text.
type values = clickhouse.Parameters

// num writes an integer parameter.
func num[T ~int | ~int64 | ~uint32 | ~uint64](n T) string { return fmt.Sprintf("%d", n) }

// numbers writes an Array of integers.
func numbers[T ~int | ~uint8 | ~uint32](all []T) string {
	texts := make([]string, len(all))
	for i, n := range all {
		texts[i] = fmt.Sprintf("%d", n)
	}
	return "[" + strings.Join(texts, ",") + "]"
}

// names writes an Array(String).
func names(all []string) string {
	quoted := make([]string, len(all))
	for i, name := range all {
		quoted[i] = quote(name)
	}
	return "[" + strings.Join(quoted, ",") + "]"
}

// quote writes a string literal.
func quote(s string) string { return "'" + escape(s) + "'" }

// escape writes a String parameter, which is read with its escapes.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, `'`, `\'`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "\x00", `\0`).Replace(s)
}

// page writes the parameters of a list that is read in pages.
func page(release ledger.ReleaseID, offset, limit int) values {
	return values{"release": num(release), "offset": fmt.Sprint(max(offset, 0)), "limit": fmt.Sprint(max(limit, 0))}
}
