package name_test

import (
	"slices"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/niengiam/niengiam/etl/name"
)

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"Hòa Bình", "Hoà Bình", "HÒA  BÌNH", " hoà\u00a0bình ", norm.NFD.String("Hòa Bình")},
		{"Mỹ Hoà Hưng", "Mỹ Hòa Hưng", "MỸ HÒA HƯNG"},
		{"Thủy", "Thuỷ", norm.NFD.String("Thuỷ")},
		{"Đa Phước", "Ða Phước", "đa phước"},
		{"Ea H’leo", "EA H'LEO"},
	} {
		for _, other := range same[1:] {
			if name.Fold(other) != name.Fold(same[0]) {
				t.Errorf("%q and %q fold to %q and %q, want the same", other, same[0], name.Fold(other), name.Fold(same[0]))
			}
		}
	}
	for _, different := range [][2]string{
		{"Phú Thạnh", "Phú Thành"}, {"Phú Thạnh", "Phu Thanh"}, {"Tân", "Tăn"}, {"Đa", "Da"}, {"Ô Lâm", "Ơ Lâm"},
	} {
		if name.Fold(different[0]) == name.Fold(different[1]) {
			t.Errorf("%q and %q fold to the same %q", different[0], different[1], name.Fold(different[0]))
		}
	}
}

func TestCutPrefix(t *testing.T) {
	rest, ok := name.CutPrefix(name.Fold("THỊ TRẤN Phú Hoà"), name.Fold("Thị trấn"))
	if !ok || rest != name.Fold("Phú Hòa") {
		t.Errorf("got %q %v", rest, ok)
	}
	for _, text := range []string{"Thị trấn", "Thị trấnPhú", "Phú Hòa"} {
		if rest, ok := name.CutPrefix(name.Fold(text), name.Fold("Thị trấn")); ok {
			t.Errorf("%q lost its prefix and is %q", text, rest)
		}
	}
}

func TestNearest(t *testing.T) {
	known := []string{"Phú Thạnh", "Phú Thành", "Phú Thọ", "An Phú", "Vĩnh Hòa"}
	if got := name.Nearest("Phú Thanh", known); !slices.Equal(got[:2], []string{"Phú Thành", "Phú Thạnh"}) && !slices.Equal(got[:2], []string{"Phú Thạnh", "Phú Thành"}) {
		t.Errorf("got %q", got)
	}
	if got := name.Nearest("Zürich", known); len(got) != 0 {
		t.Errorf("got %q for a name that is like none", got)
	}
}
