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
var longer = map[string]int{"stats/query": 9000}

// reached lists what packages that are not within the bounds have reached: the files in
// their largest loop and the methods outside of their type's file. It may only fall.
var reached = map[string]struct{ loop, outside int }{}

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
		if r.lines > most {
			t.Errorf("%s has %d lines, over %d", r.path, r.lines, most)
		}
		loop := len(r.loop)
		if r.files <= fewFiles || float64(loop) <= maxLoop*float64(r.files) {
			loop = 0
		}
		outside := len(r.outside)
		if r.share() < maxShare {
			outside = 0
		}
		if held := reached[r.path]; loop != held.loop || outside != held.outside {
			t.Errorf("%s: %d of %d files in a loop (beyond the bounds: %d, held: %d), %d of %d methods outside of their type's file (beyond: %d, held: %d)\n%q\n%q",
				r.path, len(r.loop), r.files, loop, held.loop, len(r.outside), r.methods, outside, held.outside, r.loop, r.outside)
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
