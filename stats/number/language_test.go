package number_test

import (
	"testing"

	"github.com/niengiam/niengiam/stats/number"
)

func TestATextFallsBackOnItsOtherLanguage(t *testing.T) {
	for _, c := range []struct {
		text           number.Text
		vi, en         string
		lacksVI, lacks bool
	}{
		{number.Text{VI: "tỉnh", EN: "province"}, "tỉnh", "province", false, false},
		{number.Text{EN: "province"}, "province", "province", true, false},
		{number.Text{VI: "tỉnh"}, "tỉnh", "tỉnh", false, true},
		{number.Text{}, "", "", false, false},
	} {
		if vi, en := c.text.In(number.Vietnamese), c.text.In(number.English); vi != c.vi || en != c.en {
			t.Errorf("%+v: %q, %q", c.text, vi, en)
		}
		if c.text.Lacks(number.Vietnamese) != c.lacksVI || c.text.Lacks(number.English) != c.lacks {
			t.Errorf("%+v: what it lacks", c.text)
		}
	}
	if said := number.OnlyEnglish(number.Text{EN: "kept"}, number.Vietnamese); said != "chỉ có bằng tiếng Anh: kept" {
		t.Errorf("a stored text without Vietnamese: %q", said)
	}
}
