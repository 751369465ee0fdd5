package format

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

// Every letter of Vietnamese, with its code in each encoding.
func TestOldFontsHaveEveryLetter(t *testing.T) {
	if n := len([]rune(tcvn3Letters)); n != 0xFE-0xA1+1 {
		t.Fatalf("the table of TCVN3 has %d places", n)
	}
	const small = "àảãáạăằẳẵắặâầẩẫấậèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵđ"
	for _, letter := range small {
		if strings.Count(tcvn3Letters, string(letter)) != 1 {
			t.Errorf("TCVN3 has %c %d times", letter, strings.Count(tcvn3Letters, string(letter)))
		}
	}
	const (
		inVNI = "aøaûaõaùaïaêaèaúaüaéaëaâaàaåaãaáaäeøeûeõeùeïeâeàeåeãeáeäìæóíòoøoûoõoùoïoâoàoåoãoáoäôôøôûôõôùôïuøuûuõuùuïööøöûöõöùöïyøyûyõyùîñ"
	)
	if got, _ := vni.decode(inVNI); got != small {
		t.Errorf("VNI: %s", got)
	}
	capitals := strings.ToUpper(small)
	if got, _ := vni.decode(strings.ToUpper(inVNI)); got != capitals {
		t.Errorf("capitals of VNI: %s", got)
	}
}

func TestDecodeOldFonts(t *testing.T) {
	for _, c := range []struct{ font, text, want string }{
		{".VnTime", "D©n sè trung b×nh ph©n theo ®Þa ph\u00ad¬ng", "Dân số trung bình phân theo địa phương"},
		{".VNARIAL NARROW", "¡n Giang, §ång Th¸p", "Ăn Giang, Đồng Tháp"},
		{".VnTimeH", "thµnh phè hå chÝ minh", "THÀNH PHỐ HỒ CHÍ MINH"},
		{".VnTimeH", "abc", "ABC"},
		{".VnTime", "abc 1–2", "abc 1–2"},
		{".VnTime", "Đà Nẵng á", "Đà Nẵng á"}, // Unicode, whatever its font
		{"VNI-Times", "Thaønh phoá Hoà Chí Minh, Ñoàng Thaùp, Thöøa Thieân Hueá", "Thành phố Hồ Chí Minh, Đồng Tháp, Thừa Thiên Huế"},
		{"VNI-Times", "BAÏC LIEÂU ù 5 û", "BẠC LIÊU ù 5 û"},
		{"Times New Roman", "D©n sè", "D©n sè"},
		{"", "µ", "µ"},
	} {
		got, isOld := oldFontOf(c.font).decode(c.text)
		if got != c.want || isOld != (c.text != c.want) || !norm.NFC.IsNormalString(got) {
			t.Errorf("%s in %s: %s (decoded %v)", c.text, c.font, got, isOld)
		}
	}
}
