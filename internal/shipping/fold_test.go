package shipping

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// anySlip draws a slip number with its right check digit; not the twelve zeros,
// which are nobody's.
func anySlip() *rapid.Generator[Slip] {
	return rapid.Custom(func(t *rapid.T) Slip { return slipOf(rapid.Int64Range(1, 99_999_999_999).Draw(t, "serial")) })
}

// slipOf puts the check digit to a serial number of 11 digits.
func slipOf(serial int64) Slip {
	digits := make([]byte, serialDigits)
	for i, n := serialDigits-1, serial; i >= 0; i, n = i-1, n/10 {
		digits[i] = byte('0' + n%10)
	}
	return Slip(digits) + Slip(rune('0'+serial%7))
}

// P60: what people, spreadsheets and scanners leave round a number is folded.
func TestFold(t *testing.T) {
	for _, in := range []string{
		"123456789013", "１２３４５６７８９０１３", "1234-5678-9013", "1234–5678—9013", "1234‐5678‑9013", "1234ー5678ｰ9013", "1234−5678─9013",
		"1234 5678 9013", "　1234　5678　9013　", "1234\u00a05678\u20099013\r\n", "\ufeff123456789013\u200b",
		"'123456789013", "’123456789013", "＇123456789013", `="123456789013"`, `"1234-5678-9013"`, "(123456789013)", "「１２３４－５６７８－９０１３」",
		"送り状番号：1234-5678-9013", "伝票番号 123456789013", "お問い合わせ伝票番号:123456789013", "No.123456789013", "Ｎｏ．１２３４５６７８９０１３", "№123456789013", "#123456789013",
		"伝票No. 123456789013", "ヤマト運輸 1234-5678-9013", "ﾔﾏﾄ 123456789013", "123456789013(ヤマト)", "123456789013 宅急便", "1234-5678-9013番", "Tracking number: 123456789013",
		"A123456789013A", "d123456789013b", "-123456789013-",
	} {
		if got, err := Fold(in); err != nil || got != "123456789013" {
			t.Errorf("Fold(%q) = %q, %v", in, got, err)
		}
	}
}

// P60 P63 P67: what is not folded is refused with code and place.
func TestFoldRefuses(t *testing.T) {
	for in, want := range map[string]SlipError{
		"":                    {Fault: SlipEmpty},
		" 　":                  {Fault: SlipEmpty},
		"送り状番号：":              {Fault: SlipEmpty},
		"12345678901":         {Fault: SlipLength, Digits: 11},
		"1234-5678-9013-0":    {Fault: SlipLength, Digits: 13, Position: 16},
		"123456789012":        {Fault: SlipCheckDigit, Want: 3, Position: 12},
		"No. 1234-5678-9014":  {Fault: SlipCheckDigit, Want: 3, Position: 18},
		"12345678901A":        {Fault: SlipCharacter, Character: 'A', Position: 12},
		"A123456789013":       {Fault: SlipCharacter, Character: 'A', Position: 1},
		"1234/5678/9013":      {Fault: SlipCharacter, Character: '/', Position: 5},
		"2026/11/23":          {Fault: SlipCharacter, Character: '/', Position: 5},
		"1234〜567890130":      {Fault: SlipCharacter, Character: '〜', Position: 5},
		"1234～567890130":      {Fault: SlipCharacter, Character: '～', Position: 5},
		"1234一5678一9013":      {Fault: SlipCharacter, Character: '一', Position: 5},
		"123456789013.0":      {Fault: SlipCharacter, Character: '.', Position: 13},
		"123456789013,":       {Fault: SlipCharacter, Character: ',', Position: 13},
		"=123456789013":       {Fault: SlipCharacter, Character: '=', Position: 1},
		"+123456789013":       {Fault: SlipCharacter, Character: '+', Position: 1},
		"12345678901O":        {Fault: SlipCharacter, Character: 'O', Position: 12},
		"١٢٣٤٥٦٧٨٩٠١٣":        {Fault: SlipCharacter, Character: '١', Position: 1},
		"佐川 123456789013":     {Fault: SlipCharacter, Character: '佐', Position: 1},
		"2個口 123456789013":    {Fault: SlipCharacter, Character: '個', Position: 2},
		"4.71E+11":            {Fault: SlipRounded},
		"1.23457E+11":         {Fault: SlipRounded},
		"'1E11":               {Fault: SlipRounded},
		"４．７１Ｅ＋１１":            {Fault: SlipRounded},
		"4.71E+":              {Fault: SlipCharacter, Character: '.', Position: 2},
		"123456789013\x00":    {Fault: SlipCharacter, Character: 0, Position: 13},
		"123456789013\xff":    {Fault: SlipCharacter, Character: utf8.RuneError, Position: 13},
		"1234567890131234567": {Fault: SlipLength, Digits: 19, Position: 13},
	} {
		_, err := Fold(in)
		var got *SlipError
		if !errors.As(err, &got) {
			t.Errorf("Fold(%q): %v; want a SlipError", in, err)
			continue
		}
		bare := *got
		if bare.said = ""; bare != want {
			t.Errorf("Fold(%q): %+v; want %+v", in, bare, want)
		}
		if got.Error() == "" {
			t.Errorf("Fold(%q): an error that says nothing", in)
		}
	}
}

// P60: a card number in the wrong cell, or a page of text, is not repeated.
func TestSlipErrorKeepsQuiet(t *testing.T) {
	for _, in := range []string{"4111111111111111", "4111-1111-1111-1111", "card 4111 1111 1111 1111", "４１１１１１１１１１１１１１１１", strings.Repeat("x", 65)} {
		for name, read := range map[string]func(string) (Slip, error){"Fold": Fold, "ParseSlip": ParseSlip} {
			_, err := read(in)
			if err == nil || strings.Contains(err.Error(), in) || strings.Contains(err.Error(), "1111") {
				t.Errorf("%s(%q): %v", name, in, err)
			}
		}
	}
	if _, err := Fold("1234567890120"); err == nil || !strings.Contains(err.Error(), `"1234567890120"`) {
		t.Errorf("a number that was mistyped is shown: %v", err)
	}
}

// P60: whatever stands round and between the digits, the number is the same.
func TestFoldAnyDress(t *testing.T) {
	between := rapid.SampledFrom([]string{"", "", "-", "－", "ー", " ", "　", "‐", "\u00a0", "\u200b"})
	before := rapid.SampledFrom([]string{"", "'", "送り状番号:", "No.", "№ ", "(", "ヤマト "})
	after := rapid.SampledFrom([]string{"", "\r\n", ")", " 宅急便", "（ヤマト運輸）"})
	rapid.Check(t, func(t *rapid.T) {
		slip := anySlip().Draw(t, "slip")
		dressed := before.Draw(t, "before")
		for _, c := range slip {
			if rapid.Bool().Draw(t, "wide") {
				c += '０' - '0'
			}
			dressed += string(c) + between.Draw(t, "between")
		}
		dressed += after.Draw(t, "after")
		if got, err := Fold(dressed); err != nil || got != slip {
			t.Fatalf("Fold(%q) = %q, %v; want %s", dressed, got, err, slip)
		}
	})
}

// P60: nothing but a slip comes out, a slip folds to itself, what ParseSlip
// takes Fold reads alike, and every refusal has a code and a place in the text.
func FuzzFold(f *testing.F) {
	for _, seed := range []string{"123456789013", "送り状番号：１２３４－５６７８－９０１３", "4.71E+11", `="123456789013"`, "A123456789013A", "12345678901", "\xff", "No", "="} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		slip, err := Fold(s)
		if plainly, perr := ParseSlip(s); perr == nil && (err != nil || plainly != slip) {
			t.Fatalf("ParseSlip(%q) = %s, Fold %s, %v", s, plainly, slip, err)
		}
		if err == nil {
			if again, err := ParseSlip(string(slip)); err != nil || again != slip || len(slip) != slipDigits {
				t.Fatalf("%q folds to %q, which does not read: %v", s, slip, err)
			}
			return
		}
		var fault *SlipError
		if !errors.As(err, &fault) || slip != "" || fault.Fault == "" || fault.Error() == "" {
			t.Fatalf("Fold(%q) = %q, %v", s, slip, err)
		}
		if n := utf8.RuneCountInString(s); fault.Position < 0 || fault.Position > n {
			t.Fatalf("Fold(%q): place %d of %d", s, fault.Position, n)
		}
	})
}
