package webcollect

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
	"pgregory.net/rapid"
)

// P66, P94: names and goods in the provider's alphabet.
func TestTexts(t *testing.T) {
	names := []struct {
		in, want string
		ok       bool
	}{
		{"黒猫　太郎", "黒猫　太郎", true},
		{"髙橋 一郎", "橋 一郎", true},           // an IBM extension, at the edge: trimmed
		{"山﨑 髙子", "山　 　子", true},          // within
		{"𠮷野家", "野家", true},               // outside the BMP
		{"営業①課", "営業　課", true},            // NEC row 13
		{"波〜線", "波　線", true},              // wave dash
		{"波～線", "波　線", true},              // full-width tilde
		{"太郎😀様", "太郎　様", true},            // emoji
		{"太郎👨‍👩‍👧様", "太郎　　　様", true},      // joiners go, faces become blanks
		{"ｸﾛﾈｺ ﾀﾞｲｽｹ", "クロネコ ダイスケ", true}, // half-width katakana, voice marks joined
		{"ﾞ", "゛", true},                  // a voice mark alone
		{"が\u3099", "が゛", true},           // one mark too many
		{"か\u3099", "が", true},            // decomposed
		{"葛\U000e0100城", "葛城", true},      // variation selector
		{"Taro\tYamada\x00", "Taro　Yamada", true},
		{"\xff\xfe太郎", "太郎", true},
		{"", "", false},
		{"😀", "", false},
		{strings.Repeat("猫", 20), strings.Repeat("猫", 20), true},
		{strings.Repeat("猫", 21), "", false},
		{strings.Repeat("a", 40), strings.Repeat("a", 40), true},
		{strings.Repeat("a", 41), "", false},
	}
	for _, tt := range names {
		got, ok := nameText(tt.in)
		if ok != tt.ok || ok && got != tt.want {
			t.Errorf("nameText(%q) = %q, %v; want %q, %v", tt.in, got, ok, tt.want, tt.ok)
		}
	}
	goods := map[string]string{
		"りんごジュース 1L×6":                 "りんごジュース 1L×6",
		"ﾘﾝｺﾞ":                         "ﾘﾝｺﾞ", // allowed here
		"":                             "",
		"①〜":                           "",
		strings.Repeat("猫", 201):       strings.Repeat("猫", 200),
		strings.Repeat("a", 401):       strings.Repeat("a", 400),
		strings.Repeat("ｶ", 201):       strings.Repeat("ｶ", 200), // three bytes each
		strings.Repeat("あ 😀", 100):     strings.Repeat("あ 　", 79) + "あ",
		strings.Repeat("x", 399) + "猫": strings.Repeat("x", 399),
	}
	for in, want := range goods {
		if got := goodsText(in); got != want {
			t.Errorf("goodsText(%q) = %q, want %q", in, got, want)
		}
	}
}

// P94: phones and addresses that cannot be sent are known before the call.
func TestPhonesAndEmails(t *testing.T) {
	phones := map[string]string{
		"03-1234-5678": "03-1234-5678", "０３ー１２３４ー５６７８": "03-1234-5678", "09012345678": "09012345678", " 0312345678 ": "0312345678",
		"": "", "1234567": "", "03-1234-56789a": "", "+81312345678": "", "03 1234 5678": "", "03-1234-567890": "",
	}
	for in, want := range phones {
		if got, ok := phoneText(in); got != want || ok != (want != "") {
			t.Errorf("phoneText(%q) = %q, %v", in, got, ok)
		}
	}
	emails := map[string]bool{
		"taro@example.test": true, strings.Repeat("a", 51) + "@example.test": true, strings.Repeat("a", 52) + "@example.test": false,
		"": false, "taro": false, "@example.test": false, "taro@": false, "a@b@c": false, "太郎@example.test": false, "ta ro@example.test": false,
	}
	for in, want := range emails {
		if emailOK(in) != want {
			t.Errorf("emailOK(%q) = %v", in, !want)
		}
	}
}

// P94: whatever comes in, what goes out is in CP932 without the machine's own
// characters, within the limits, and putting it through again changes nothing.
func TestAlphabetProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "in")
		name, ok := nameText(in)
		if ok {
			within(t, name, nameBytes, nameColumns)
			if again, ok := nameText(name); !ok || again != name {
				t.Fatalf("again: %q became %q", name, again)
			}
		}
		goods := goodsText(in)
		within(t, goods, goodsBytes, goodsColumns)
		if goodsText(goods) != goods {
			t.Fatalf("again: %q became %q", goods, goodsText(goods))
		}
	})
}

func within(t *rapid.T, s string, bytes, columns int) {
	if !utf8.ValidString(s) || len(s) > bytes {
		t.Fatalf("%q: not UTF-8, or %d bytes", s, len(s))
	}
	b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(s))
	if err != nil || len(b) > columns {
		t.Fatalf("%q: %v, %d columns", s, err, len(b))
	}
	for i := 0; i < len(b); i++ {
		lead := b[i]
		if lead < 0x81 || lead >= 0xa0 && lead < 0xe0 {
			if lead < ' ' || lead == 0x7f {
				t.Fatalf("%q has a control character", s)
			}
			continue
		}
		i++
		if pair := int(lead)<<8 | int(b[i]); lead == 0x87 || lead >= 0xed || pair == 0x815c || pair == 0x8160 || pair == 0x8161 || pair == 0x817c || pair == 0x8191 || pair == 0x8192 || pair == 0x81ca {
			t.Fatalf("%q has %04x", s, pair)
		}
	}
}
