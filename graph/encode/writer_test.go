package encode

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/99designs/gqlgen/graphql"
)

// TestTextsAsByGqlgen: a text is quoted as gqlgen quotes it, whatever its bytes.
func TestTextsAsByGqlgen(t *testing.T) {
	random := rand.New(rand.NewPCG(20, 1))
	alphabet := []string{"a", "ế", "\"", "\\", "\n", "\r", "\t", "\x00", "\x1f", "\x7f", "\xff", "</script>", "\u2028", "😀"}
	for range 10_000 {
		var text string
		for range random.IntN(8) {
			text += alphabet[random.IntN(len(alphabet))]
		}
		var want bytes.Buffer
		graphql.MarshalString(text).MarshalGQL(&want)
		if got := appendString([]byte("="), text); string(got[1:]) != want.String() {
			t.Fatalf("%q is written %s, by gqlgen %s", text, got[1:], want.Bytes())
		}
	}
}
