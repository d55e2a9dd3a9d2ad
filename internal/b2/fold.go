package b2

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// alphabets are the forms of the columns that are not free text.
var alphabets = map[Alphabet]*regexp.Regexp{
	Half:      regexp.MustCompile(`^[!-~][ -~]*$`),
	Kana:      regexp.MustCompile(`^[｡-ﾟ0-9A-Za-z(][｡-ﾟ0-9A-Za-z ().&/ｰ-]*$`),
	Digits:    regexp.MustCompile(`^[0-9]+$`),
	Phone:     regexp.MustCompile(`^[0-9][0-9-]*$`),
	Postal:    regexp.MustCompile(`^[0-9]{3}-?[0-9]{4}$`),
	Reference: regexp.MustCompile(`^[0-9A-Za-z_][0-9A-Za-z_-]*$`),
	Day:       exactDate,
}

// foldDigits makes full-width digits and all hyphens ASCII and drops blanks.
func foldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case strings.ContainsRune("‐‑‒–—―−－ーｰ", r):
			return '-'
		}
		return r
	}, width.Narrow.String(s))
}

// halfKana are the half-width forms of full-width katakana, with their marks.
var halfKana = func() map[rune]string {
	m := map[rune]string{'　': " ", 'ヮ': "ﾜ", 'ヰ': "ｲ", 'ヱ': "ｴ", 'ヵ': "ｶ", 'ヶ': "ｹ", '−': "-", '‐': "-"}
	for half := rune(0xFF61); half <= 0xFF9F; half++ {
		full := []rune(width.Widen.String(string(half)))[0]
		m[full] = string(half)
		for mark, halfMark := range map[rune]string{0x3099: "ﾞ", 0x309A: "ﾟ"} {
			if one := []rune(norm.NFC.String(string(full) + string(mark))); len(one) == 1 {
				m[one[0]] = string(half) + halfMark
			}
		}
	}
	return m
}()

// narrowKana writes kana as B2's columns 17 and 26 want it: hiragana becomes
// katakana, all becomes half-width.
func narrowKana(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if r >= 'ぁ' && r <= 'ゖ' {
			r += 'ァ' - 'ぁ'
		}
		if half, ok := halfKana[r]; ok {
			b.WriteString(half)
		} else {
			b.WriteString(width.Narrow.String(string(r)))
		}
	}
	return strings.TrimSpace(b.String())
}

// formulaStarts are the first characters that make a spreadsheet take a cell for
// a formula, half-width and full-width.
const formulaStarts = "=+-@＝＋－＠"

// neutralise puts a full-width blank before a text that begins like a formula
// (P72). B2 takes the blank as an ordinary character of a text and prints it;
// an apostrophe it would print as well, and that looks like a mistake.
func neutralise(s string) (string, bool) {
	if s == "" || !strings.ContainsRune(formulaStarts, []rune(s)[0]) {
		return s, false
	}
	return "　" + s, true
}

// cut is as much of s as fits into n half-width characters.
func cut(s string, n int) string {
	for i, r := range s {
		if n -= runeUnits(r); n < 0 {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace)
		}
	}
	return s
}

var (
	looksNumber = regexp.MustCompile(`^[0-9]+([.,][0-9]+)?[eE][+-]?[0-9]+$`)
	allDigits   = regexp.MustCompile(`^[0-9]+$`)
	months      = `(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)`
	looksDate   = regexp.MustCompile(`(?i)^((\d{1,2}|(19|20)\d\d)[/-]\d{1,2}([/-]\d{1,4})?|\d{1,2}月\d{1,2}日|\d{4}年.*|\d{1,2}-` + months + `(-\d{1,4})?|` + months + `-\d{1,4})$`)
)

// fragile reports whether a spreadsheet would change a reference: leading zeros,
// more than 11 digits, a number with an exponent, a date.
func fragile(ref string) bool {
	return allDigits.MatchString(ref) && (ref[0] == '0' || len(ref) > 11) || looksNumber.MatchString(ref) || looksDate.MatchString(ref)
}
