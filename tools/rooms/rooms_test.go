package main

import "testing"

// The bounds that every package is held to. A package is right when a newcomer finds a
// rule in one minute: not too long, with few files that only make sense together, and
// with the methods of a type beside it.
const (
	maxLines = 6000
	maxLoop  = 1.0 / 3 // of the files, where there are more than fewFiles
	fewFiles = 9       // so few may all use one another
	maxShare = 15      // percent of the methods outside of their type's file
)

// longer lists the packages that may have more lines.
var longer = map[string]int{
	"stats/query": 9000,
	"etl/format":  8000, // a reader for each format, none of which knows another
}

// debts are packages that are over a bound and are to be divided: none of them may get worse,
// and one that is within the bounds again has no place here.
var debts = map[string]struct{ loop, outside int }{
	"etl":       {loop: 18},
	"etl/setup": {loop: 16, outside: 26},
	"etl/place": {loop: 11},
	"graph":     {loop: 18},
}

func TestRooms(t *testing.T) {
	t.Chdir("../..")
	rooms, err := measure(t.Context(), "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(rooms) < 20 {
		t.Fatalf("only %d packages were measured", len(rooms))
	}
	for _, r := range rooms {
		most := maxLines
		if more, ok := longer[r.path]; ok {
			most = more
		}
		debt := debts[r.path]
		if r.lines > most {
			t.Errorf("%s has %d lines, over %d", r.path, r.lines, most)
		}
		if loop := len(r.loop); r.files > fewFiles && float64(loop) > max(maxLoop*float64(r.files), float64(debt.loop)) {
			t.Errorf("%s: %d of its %d files use one another: %q", r.path, loop, r.files, r.loop)
		}
		if r.share() >= maxShare && len(r.outside) > debt.outside {
			t.Errorf("%s: %d of its %d methods are outside of their type's file: %q", r.path, len(r.outside), r.methods, r.outside)
		}
	}
}

// A loop is found whichever file it is entered by, and a file that uses itself alone is none.
func TestLargestLoop(t *testing.T) {
	uses := map[string]map[string]bool{
		"a": {"b": true}, "b": {"c": true}, "c": {"a": true, "d": true}, "d": {"e": true}, "e": {"d": true}, "f": {"a": true},
	}
	for _, files := range [][]string{{"a", "b", "c", "d", "e", "f"}, {"f", "e", "d", "c", "b", "a"}} {
		loop := largestLoop(files, uses)
		if len(loop) != 3 || loop[0] != "a" || loop[1] != "b" || loop[2] != "c" {
			t.Errorf("from %q: %q, want a, b, c", files, loop)
		}
	}
	if loop := largestLoop([]string{"a", "b"}, map[string]map[string]bool{"a": {"b": true}}); loop != nil {
		t.Errorf("%q is no loop", loop)
	}
}
