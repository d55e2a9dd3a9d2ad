package b2

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// getaMark stands where a character had to be left out, as printers do.
const getaMark = "〓"

// substitutes are characters that CP932 lacks and what Windows, or a reader,
// takes for the same (P66). What is not here is tried by compatibility (㉑ to
// 21), then without its marks (é to e).
var substitutes = map[rune]string{
	'〜': "～", '−': "－", '‖': "∥", '—': "―", '–': "－", '‒': "－", '‑': "‐", '⁻': "－", '﹣': "－",
	'¢': "￠", '£': "￡", '¬': "￢", '¥': "￥", '‾': "￣", '¦': "￤",
	'•': "・", '‧': "・", '∙': "・", '·': "・", '⁄': "/", '∕': "/", '‚': ",", '„': "“",
	'«': "《", '»': "》", '‹': "〈", '›': "〉", '©': "(C)", '®': "(R)", '€': "EUR",
	'ゔ': "ヴ", 'ゕ': "か", 'ゖ': "け", 'ヷ': "ヴァ", 'ヸ': "ヴィ", 'ヹ': "ヴェ", 'ヺ': "ヴォ",
	'𠮷': "吉", '𡈽': "土", '𠀋': "丈", '𡌛': "塚", '𣘺': "橋", '𣜿': "槌", '𡵅': "谷", '𧦴': "誼",
	'俱': "倶", '剝': "剥", '吞': "呑", '塡': "填", '屛': "屏", '摑': "掴", '瘦': "痩", '繫': "繋", '頰': "頬", '麵': "麺", '嚙': "噛", '鷗': "鴎", '鹼': "鹸", '蠟': "蝋", '簞': "箪", '醬': "醤", '禱': "祷", '瀆': "涜", '囊': "嚢", '搔': "掻", '焰': "焔", '萊': "莱", '蔣': "蒋", '顚': "顛", '驒': "騨", '𠮟': "叱", '姸': "妍", '巢': "巣",
	0x3099: "゛", 0x309A: "゜",
}

// invisible reports whether r is drawn by nothing of its own: joiners, marks of
// direction, selectors of a variant, skin tones.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me, unicode.Variation_Selector) || r >= 0x1F3FB && r <= 0x1F3FF
}

// pictorial reports whether r is an emoji or another symbol: no part of a name.
func pictorial(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk) || r >= 0x1F000 && r <= 0x1FAFF
}

// cell is one cell on its way into CP932.
type cell struct {
	column   *Column
	findings []Finding
	out      []rune
}

// clean gives text in CP932's characters alone, on one line, without blanks at
// its ends, and what was changed (P66). The same change is told once per cell.
func clean(column *Column, text string) (string, []Finding) {
	c := &cell{column: column}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			c.lose(fmt.Sprintf("\\x%02x", text[i]))
		} else {
			c.add(r)
		}
		i += size
	}
	return strings.TrimSpace(string(c.out)), c.findings
}

// add puts one character in, or what stands for it.
func (c *cell) add(r rune) {
	switch {
	case unicode.IsControl(r) || r == 0x2028 || r == 0x2029:
		c.replace(string(r), blankFor(r))
	case hasRune(r):
		c.out = append(c.out, r)
		if vendor(r) {
			c.say(Vendor, string(r), "", false)
		}
	case c.composes(r):
	case unicode.Is(unicode.Zs, r):
		c.replace(string(r), " ")
	default:
		c.stand(r)
	}
}

// blankFor: what breaks a line or a word is a blank; other controls go.
func blankFor(r rune) string {
	if unicode.IsSpace(r) || r == 0x2028 || r == 0x2029 {
		return " "
	}
	return ""
}

// composes joins a combining mark with the character before it: か and its
// voiced mark are が. No other normalisation is made, because it would turn
// kanji such as 神 into others that CP932 has beside them.
func (c *cell) composes(mark rune) bool {
	if !unicode.Is(unicode.Mn, mark) || len(c.out) == 0 {
		return false
	}
	pair := string(c.out[len(c.out)-1]) + string(mark)
	one := []rune(norm.NFC.String(pair))
	if len(one) != 1 || !hasRune(one[0]) {
		return false
	}
	c.out[len(c.out)-1] = one[0]
	c.say(Substituted, pair, string(one), false)
	return true
}

// stand finds what stands for a character that CP932 lacks.
func (c *cell) stand(r rune) {
	if s, ok := substitutes[r]; ok && has(s) {
		c.replace(string(r), s)
		return
	}
	if invisible(r) {
		c.replace(string(r), "")
		return
	}
	if s := plain(norm.NFKC.String(string(r))); s != "" {
		c.replace(string(r), s)
		return
	}
	unmarked := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(string(r)))
	if s := plain(unmarked); s != "" {
		c.replace(string(r), s)
		return
	}
	if pictorial(r) {
		c.out = append(c.out, []rune(getaMark)...)
		c.say(Geta, string(r), getaMark, false)
		return
	}
	c.lose(string(r))
}

// plain is s with its substitutes, if CP932 has all of that.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		if other, ok := substitutes[r]; ok && !hasRune(r) {
			b.WriteString(other)
		} else {
			b.WriteRune(r)
		}
	}
	if !has(b.String()) || strings.ContainsFunc(b.String(), unicode.IsControl) {
		return ""
	}
	return b.String()
}

// lose puts a 〓: in a name or an address the row is refused then.
func (c *cell) lose(original string) {
	c.out = append(c.out, []rune(getaMark)...)
	if c.column.Identity {
		c.say(Lost, original, getaMark, true)
		return
	}
	c.say(Geta, original, getaMark, false)
}

func (c *cell) replace(original, by string) {
	c.out = append(c.out, []rune(by)...)
	c.say(Substituted, original, by, false)
}

func (c *cell) say(kind Kind, original, by string, refuses bool) {
	f := Finding{Kind: kind, Column: c.column.Number, Original: original, Replacement: by, Refuses: refuses}
	for _, known := range c.findings {
		if known == f {
			return
		}
	}
	c.findings = append(c.findings, f)
}
