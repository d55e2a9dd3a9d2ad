package webcollect

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Limits of the texts (protocol 2.1 #6, #10): bytes of UTF-8 as sent, and
// columns, of which a full-width character takes two.
const (
	nameBytes, nameColumns   = 60, 40
	goodsBytes, goodsColumns = 600, 400
)

// blank stands in for a character that the provider does not take.
const blank = '\u3000'

// nameText puts a buyer's name into the provider's alphabet. Half-width
// katakana become full-width. It is not shortened: half a name is not a name.
// False: nothing legible is left, or it is too long.
func nameText(s string) (string, bool) {
	s = strings.TrimFunc(alphabet(widen(s)), unicode.IsSpace)
	return s, s != "" && len(s) <= nameBytes && columns(s) <= nameColumns
}

// goodsText puts a description into the provider's alphabet and shortens it,
// between characters, to what the provider takes.
func goodsText(s string) string {
	s = strings.TrimFunc(alphabet(s), unicode.IsSpace)
	used := 0
	for i, r := range s {
		used += runeColumns(r)
		if used > goodsColumns || i+len(string(r)) > goodsBytes {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace)
		}
	}
	return s
}

// phoneText folds full-width digits and hyphens. True: 8 to 13 digits and hyphens.
func phoneText(s string) (string, bool) {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '－' || r == 'ー' || r == '‐' || r == '−':
			return '-'
		}
		return r
	}, strings.TrimSpace(s))
	if len(s) < 8 || len(s) > 13 {
		return "", false
	}
	for _, c := range []byte(s) {
		if c != '-' && (c < '0' || c > '9') {
			return "", false
		}
	}
	return s, true
}

// emailOK: at most 64 visible ASCII characters, one @ with something on both sides.
func emailOK(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && domain != "" && !strings.Contains(domain, "@") && plain(s, 64)
}

// widen makes half-width katakana full-width, with their voice marks joined.
func widen(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '\uff61' && r <= '\uff9f' {
			if w := width.LookupRune(r).Wide(); w != 0 {
				return w
			}
		}
		return r
	}, s)
	return loneMarks.Replace(norm.NFC.String(s))
}

// loneMarks gives voice marks that found nothing to join a place of their own.
var loneMarks = strings.NewReplacer("\u3099", "゛", "\u309a", "゜")

// alphabet replaces what the provider does not take by a full-width space.
// Marks that only modify a character (variants, joiners) just go.
func alphabet(s string) string {
	ok := allowed()
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r) || unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xffff || ok[r>>3]&(1<<(r&7)) == 0:
			return blank
		}
		return r
	}, norm.NFC.String(s))
}

// refusedMarks exist in CP932 but are read differently by different systems.
const refusedMarks = "―～∥－￠￡￢"

// allowed is the provider's alphabet as a set of bits: printable ASCII,
// half-width katakana, and the rows of CP932 that every system reads alike,
// which leaves out the NEC and IBM rows and the user's own (protocol 2.0).
var allowed = sync.OnceValue(func() *[8192]byte {
	set := new([8192]byte)
	mark := func(r rune, on bool) {
		if on {
			set[r>>3] |= 1 << (r & 7)
		} else {
			set[r>>3] &^= 1 << (r & 7)
		}
	}
	for r := rune(' '); r <= '~'; r++ {
		mark(r, true)
	}
	for r := rune(0xff61); r <= 0xff9f; r++ {
		mark(r, true)
	}
	d := japanese.ShiftJIS.NewDecoder()
	for lead := 0x81; lead <= 0xea; lead++ {
		if lead == 0x87 || lead > 0x9f && lead < 0xe0 {
			continue
		}
		for trail := 0x40; trail <= 0xfc; trail++ {
			text, err := d.Bytes([]byte{byte(lead), byte(trail)})
			if r := []rune(string(text)); err == nil && len(r) == 1 && r[0] != unicode.ReplacementChar && r[0] <= 0xffff {
				mark(r[0], true)
			}
		}
	}
	for _, r := range refusedMarks {
		mark(r, false)
	}
	return set
})

func columns(s string) int {
	n := 0
	for _, r := range s {
		n += runeColumns(r)
	}
	return n
}

func runeColumns(r rune) int {
	if r < 0x80 || r >= 0xff61 && r <= 0xff9f {
		return 1
	}
	return 2
}
