package b2

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// P66: each character that CP932 lacks has one of three ends, and is told.
func TestClean(t *testing.T) {
	for _, test := range []struct {
		in, out string
		kinds   []Kind // in a name
	}{
		{"山田 太郎", "山田 太郎", nil},
		{"髙﨑①㈱", "髙﨑①㈱", []Kind{Vendor, Vendor, Vendor, Vendor}},
		{"1〜2−3", "1～2－3", []Kind{Substituted, Substituted}},
		{"～－", "～－", nil},
		{"𠮷野家", "吉野家", []Kind{Substituted}},
		{"葛\U000E0100城", "葛城", []Kind{Substituted}}, // a selected variant of 葛
		{"か\u3099ん", "がん", []Kind{Substituted}},
		{"あ\u3099", "あ゛", []Kind{Substituted}},
		{"神\uFA19", "神\uFA19", []Kind{Vendor}}, // not normalised into each other
		{"Café", "Cafe", []Kind{Substituted}},
		{"Cafe\u0301", "Cafe", []Kind{Substituted}},
		{"㉑", "21", []Kind{Substituted}},
		{"½", "1/2", []Kind{Substituted}},
		{"a\u00A0b", "a b", []Kind{Substituted}},
		{"a\u200Bb", "ab", []Kind{Substituted}},
		{"a\tb\nc\x00d", "a b cd", []Kind{Substituted, Substituted, Substituted}},
		{"\u3000 山 \u3000", "山", nil},
		{"🍎", "〓", []Kind{Geta}},
		{"👨\u200D👩", "〓〓", []Kind{Geta, Substituted, Geta}},
		{"👍🏽", "〓", []Kind{Geta, Substituted}},
		{"𪚥", "〓", []Kind{Lost}},
		{"\uE000", "〓", []Kind{Lost}}, // user-defined
		{"한", "〓", []Kind{Lost}},
		{"\xff", "〓", []Kind{Lost}},
		{"\uFFFD", "〓", []Kind{Geta}},
		{"〜〜", "～～", []Kind{Substituted}}, // told once
	} {
		out, findings := clean(&layout[colToName-1], test.in)
		var kinds []string
		for _, f := range findings {
			kinds = append(kinds, string(f.Kind))
			if f.Refuses != (f.Kind == Lost) || f.Column != colToName || f.Original == "" || !utf8.ValidString(f.Original) {
				t.Errorf("%q: %+v", test.in, f)
			}
		}
		var want []string
		for _, k := range test.kinds {
			want = append(want, string(k))
		}
		if out != test.out || strings.Join(kinds, " ") != strings.Join(want, " ") {
			t.Errorf("%q became %q %v, want %q %v", test.in, out, kinds, test.out, want)
		}
	}
	if _, findings := clean(&layout[colNote-1], "𪚥"); len(findings) != 1 || findings[0].Refuses {
		t.Errorf("in a note a lost character is a 〓: %+v", findings)
	}
}

// The table holds nothing that CP932 has, and gives nothing that it lacks.
func TestSubstitutes(t *testing.T) {
	for r, s := range substitutes {
		if hasRune(r) {
			t.Errorf("%q is in CP932", r)
		}
		if s == "" || !has(s) {
			t.Errorf("%q for %q is not in CP932", s, r)
		}
	}
}

// P72: no text begins as a formula does, half-width or full-width.
func TestNeutralise(t *testing.T) {
	for in, want := range map[string]string{
		"=1+1": "　=1+1", "+81": "　+81", "-1": "　-1", "@x": "　@x", "＝A": "　＝A", "＋": "　＋", "－": "　－", "＠": "　＠",
		"": "", "a=b": "a=b", "ー": "ー", "1-2": "1-2",
	} {
		if got, changed := neutralise(in); got != want || changed != (got != in) {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestNarrowKana(t *testing.T) {
	for in, want := range map[string]string{
		"ヤマダ　タロウ": "ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ": "ﾔﾏﾀﾞ", "ヴァン・ゴッホ": "ｳﾞｧﾝ･ｺﾞｯﾎ", "パーティー": "ﾊﾟｰﾃｨｰ",
		"ﾔﾏﾀﾞ": "ﾔﾏﾀﾞ", "ABC１２": "ABC12", "か\u3099": "ｶﾞ", "ヰヱヮ": "ｲｴﾜ",
	} {
		if got := narrowKana(in); got != want || !has(got) {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// R29: the address over columns 12 and 13.
func TestSplitAddress(t *testing.T) {
	for _, test := range []struct{ place, line1, line2, address, building string }{
		{"東京都中央区", "銀座2-16-10", "ビル3F", "東京都中央区銀座2-16-10", "ビル3F"},
		{"東京都中央区", "銀座2-16-10", "", "東京都中央区銀座2-16-10", ""},
		// A town of more than 16: behind the house number.
		{"北海道札幌市中央区", "北一条西二十丁目１－２－３見本マンション１０１号室", "", "北海道札幌市中央区北一条西二十丁目１－２－３", "見本マンション１０１号室"},
		// At the blank.
		{"京都府京都市中京区", "寺町通御池上る上本能寺前町488 見本タワー 1201", "", "京都府京都市中京区寺町通御池上る上本能寺前町488", "見本タワー 1201"},
		// A building too long: its beginning goes to the address.
		{"東京都港区", "芝1-1", "とてもながいなまえのみほんマンション 本館　1201号室", "東京都港区芝1-1　とてもながいなまえのみほ", "んマンション 本館　1201号室"},
		// Nowhere: left as it is, too long.
		{"東京都", strings.Repeat("町", 60), "", "東京都" + strings.Repeat("町", 60), ""},
	} {
		address, building, moved := splitAddress(test.place, test.line1, test.line2)
		if address != test.address || building != test.building || moved != (building != test.line2) {
			t.Errorf("%q: %q | %q, %v; want %q | %q", test.line1, address, building, moved, test.address, test.building)
		}
	}
}
