package b2

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"pgregory.net/rapid"
)

// The bytes Windows writes, for each corner where tables of Shift JIS differ.
func TestWindowsBytes(t *testing.T) {
	for text, want := range map[string]string{
		"決済":           "8c888dcf",
		"ｱ゛ﾟ":          "b1814adf",
		"～－∥―":         "8160817c8161815c",
		"￠￡￢￥￣":        "8191819281ca818f8150",
		"\\~":          "5c7e",
		"①㈱№Ⅰ":         "8740878a87828754",
		"∪∩√≡":         "81be81bf81e381df",
		"髙﨑ⅰ纊":         "fbfcfab1fa40fa5c", // x/text alone would write EEE0 ED95 EEEF ED40
		"\uFA19\uFA1C": "fb7efb86",         // beside 神 and 靖
		"唖熙":           "88a0eaa4",
	} {
		var got []byte
		for _, r := range text {
			var ok bool
			if got, ok = appendRune(got, r); !ok {
				t.Errorf("%q: %q is missing", text, r)
			}
		}
		if hex.EncodeToString(got) != want {
			t.Errorf("%q is %x, want %s", text, got, want)
		}
		if back, ok := fromCP932(got); !ok || back != text {
			t.Errorf("%q comes back as %q", text, back)
		}
	}
	for _, twin := range []struct {
		nec, text string
	}{{"\xEE\xE0", "髙"}, {"\xED\x95", "﨑"}, {"\xEE\xEF", "ⅰ"}, {"\x87\x90", "≒"}} {
		if got, ok := fromCP932([]byte(twin.nec)); !ok || got != twin.text {
			t.Errorf("%x reads as %q, want %q", twin.nec, got, twin.text)
		}
	}
}

// The whole table, pinned: it was compared once with two other implementations
// of CP932 (a C library's and Perl's) and agreed in every character
// it writes.
func TestWholeTable(t *testing.T) {
	h, n := sha256.New(), 0
	for r := rune(0x80); r < 0x10000; r++ {
		if b, ok := appendRune(nil, r); ok {
			h.Write(b)
			h.Write([]byte{byte(r >> 8), byte(r)})
			n++
			if back, ok := fromCP932(b); !ok || back != string(r) {
				t.Errorf("%U comes back as %q", r, back)
			}
			if runeUnits(r) != len(b) {
				t.Errorf("%U counts %d, and has %d bytes", r, runeUnits(r), len(b))
			}
		}
	}
	if got := hex.EncodeToString(h.Sum(nil)[:8]); got != "f8ba22e7c793883f" || n != 7389 {
		t.Errorf("the table is %s with %d characters", got, n)
	}
}

// The user-defined area reads, and is not written.
func TestUserDefined(t *testing.T) {
	for code, want := range map[string]rune{"\xF0\x40": 0xE000, "\xF0\x80": 0xE03F, "\xF9\xFC": 0xE757} {
		if got, ok := fromCP932([]byte(code)); !ok || got != string(want) {
			t.Errorf("%x reads as %q, want %U", code, got, want)
		}
		if hasRune(want) {
			t.Errorf("%U would be written", want)
		}
	}
}

// What is no character is told, and eats no neighbour.
func TestBadBytes(t *testing.T) {
	for _, in := range []string{"\x80", "\xA0", "\xFD", "\xFF", "\x81", "\x81\x20", "a\x82,", "\x85\x40", "\xF0\x7F"} {
		if got, ok := fromCP932([]byte(in)); ok {
			t.Errorf("%x reads as %q", in, got)
		}
	}
	if got, _ := fromCP932([]byte("\x81,")); got != "\uFFFD," {
		t.Errorf("a lost half ate the comma: %q", got)
	}
}

// anyText draws text of all characters that CP932 can hold and a cell may: no
// controls.
func anyText() *rapid.Generator[string] {
	var all []rune
	for r := rune(0x20); r < 0x10000; r++ {
		if r != 0x7F && hasRune(r) {
			all = append(all, r)
		}
	}
	special := []rune(`",=+-@'＝＋－＠ 　;ﾞ表ソ能①髙`)
	return rapid.StringOfN(rapid.OneOf(rapid.SampledFrom(all), rapid.SampledFrom(special)), 0, 40, -1)
}
