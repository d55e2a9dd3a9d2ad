package shipping

import (
	"strings"
	"unicode"
)

// Fold reads a slip number as it stands in a cell, a mail or a scan, and gives
// its 12 ASCII digits (P60). Folded are full-width digits, hyphens and dashes of
// every kind, blanks and invisible characters, quotes and brackets round the
// number, a spreadsheet's leading apostrophe or ="…", the start and stop letters
// of the barcode (A to D, on both sides), and a label before or after it from a
// closed list, such as 送り状番号, No. or (宅急便).
//
// Everything else is refused with a *SlipError: a letter is never dropped, a
// kanji numeral or a wave dash (a range) never read, and a power of ten such as
// 4.71E+11 has lost its digits (P67). Whatever ParseSlip takes Fold reads alike.
func Fold(s string) (Slip, error) {
	slip, err := foldSlip(s)
	if err != nil {
		return "", err
	}
	return slip, nil
}

func foldSlip(s string) (Slip, *SlipError) {
	text := []rune(s)
	from, to := unwrap(text)
	if rounded(text[from:to]) {
		return "", &SlipError{Fault: SlipRounded, said: saying(s)}
	}
	return readSlip(s, text, from, to, joint)
}

// joint reports whether people put r between digits without meaning anything.
func joint(r rune) bool { return hyphen(r) || blank(r) }

// hyphen knows the dashes of Unicode and what a Japanese keyboard gives in their
// place: the long vowel mark, the minus sign, the ruled line. The wave dash says
// "from … to" and is none.
func hyphen(r rune) bool {
	switch r {
	case '〜', '〰':
		return false
	case 'ー', 'ｰ', '−', '⁃', '˗', '─', '━':
		return true
	}
	return unicode.Is(unicode.Pd, r)
}

// blank knows white space of every width, and characters that show nothing.
func blank(r rune) bool {
	switch r {
	case '\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff':
		return true
	}
	return unicode.IsSpace(r)
}

// wrapper are the marks that stand round a number.
const wrapper = `'‘’` + "`" + `"“”()[]{}<>〔〕【】「」『』〈〉《》｢｣`

// labels are the words before or after a number, in the form that plain gives:
// half-width and in small letters. Longer ones stand before those they begin or
// end with.
var labels = []string{
	"お問い合わせ伝票番号", "お問い合せ伝票番号", "お問合せ伝票番号", "お問い合わせ番号", "お問い合せ番号", "お問合せ番号",
	"問い合わせ番号", "問合せ番号", "送り状番号", "送状番号", "伝票番号", "荷物番号", "追跡番号", "配送番号", "伝票no", "送り状no",
	"送り状", "伝票", "クロネコヤマト", "ヤマト運輸", "ヤマト", "クロネコ", "ﾔﾏﾄ運輸", "ﾔﾏﾄ", "ｸﾛﾈｺ", "宅急便コンパクト", "宅急便", "番号", "番", "号",
	"tracking number", "tracking no", "tracking", "slip number", "slip no", "slip", "yamato", "number", "no", "№", "#",
}

// labelEnds may follow a label, and nothing else.
const labelEnds = ":.;="

// unwrap gives the part of the text that has the number: what is left without
// labels, marks and blanks on both sides.
func unwrap(text []rune) (from, to int) {
	from, to = 0, len(text)
	for from < to {
		n := leading(text[from:to])
		if n == 0 {
			break
		}
		from += n
	}
	for from < to {
		n := trailing(text[from:to])
		if n == 0 {
			break
		}
		to -= n
	}
	if scanned(text[from:to]) {
		return from + 1, to - 1
	}
	return from, to
}

// leading is how many characters at the beginning say nothing of the number.
func leading(text []rune) int {
	first := plain(text[0])
	switch {
	case first >= '0' && first <= '9':
		return 0
	case joint(text[0]) || strings.ContainsRune(wrapper, first):
		return 1
	case first == '=' && len(text) > 1 && plain(text[1]) == '"':
		return 2
	}
	for _, label := range labels {
		l := []rune(label)
		if !same(text, l) {
			continue
		}
		n := len(l)
		for n < len(text) && (blank(text[n]) || strings.ContainsRune(labelEnds, plain(text[n]))) {
			n++
		}
		return n
	}
	return 0
}

// trailing is the same for the end.
func trailing(text []rune) int {
	switch last := plain(text[len(text)-1]); {
	case last >= '0' && last <= '9':
		return 0
	case joint(last) || strings.ContainsRune(wrapper, last):
		return 1
	}
	for _, label := range labels {
		if l := []rune(label); len(l) <= len(text) && same(text[len(text)-len(l):], l) {
			return len(l)
		}
	}
	return 0
}

// same reports whether the text begins with the label.
func same(text, label []rune) bool {
	if len(text) < len(label) {
		return false
	}
	for i, r := range label {
		if plain(text[i]) != r {
			return false
		}
	}
	return true
}

// plain gives a full-width letter, digit or mark in ASCII, and small letters.
func plain(r rune) rune {
	if r >= '！' && r <= '～' {
		r -= '！' - '!'
	}
	return unicode.ToLower(r)
}

// scanned reports whether the text stands between a barcode's start and stop.
func scanned(text []rune) bool {
	end := func(r rune) bool { r = plain(r); return r >= 'a' && r <= 'd' }
	return len(text) > slipDigits && end(text[0]) && end(text[len(text)-1])
}

// rounded reports whether the text is a number as a spreadsheet shortens it:
// 4.71E+11.
func rounded(text []rune) bool {
	e := -1
	for i, r := range text {
		switch p := plain(r); {
		case p >= '0' && p <= '9':
		case e < 0 && i == 1 && (p == '.' || p == ','):
		case e < 0 && i > 0 && p == 'e':
			e = i
		case e > 0 && i == e+1 && p == '+':
		default:
			return false
		}
	}
	if e <= 0 {
		return false
	}
	last := plain(text[len(text)-1])
	return last >= '0' && last <= '9'
}
