package b2

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// codePage is CP932 (Windows-31J) both ways. The characters come from x/text,
// whose ShiftJIS reads all of JIS X 0208, NEC's row 13 (①, ㈱), the kanji NEC
// selected (leads ED and EE) and IBM's own (FA to FC: 髙, 﨑). Two things are
// not as in Windows and are made so here:
//
//   - IBM's kanji and ⅰ to ⅹ are in CP932 twice. x/text writes the NEC twin
//     (髙 EEE0), Windows the IBM one (髙 FBFC). B2 is a Windows program.
//   - The user-defined area (leads F0 to F9) reads as U+E000 to U+E757. It is
//     never written: such a character has another shape on every machine.
//
// The bytes 80, A0 and FD to FF are no characters here.
type codePage struct {
	decode [1 << 16]uint16 // by double byte; 0 is none
	encode map[rune]uint16
}

var cp932 = sync.OnceValue(func() *codePage {
	p := &codePage{encode: make(map[rune]uint16, 8000)}
	reader := japanese.ShiftJIS.NewDecoder()
	for lead := 0x81; lead <= 0xFC; lead++ {
		if !isLead(byte(lead)) {
			continue
		}
		for trail := 0x40; trail <= 0xFC; trail++ {
			code := uint16(lead<<8 | trail)
			r := userDefined(lead, trail)
			if r == 0 {
				out, err := reader.Bytes([]byte{byte(lead), byte(trail)})
				first, size := utf8.DecodeRune(out)
				if err != nil || first == utf8.RuneError || size != len(out) {
					continue
				}
				r = first
			}
			p.decode[code] = uint16(r)
			// The first code of a character is the one Windows writes, but
			// for NEC's selection, which it only reads.
			if _, twice := p.encode[r]; !twice && lead != 0xED && lead != 0xEE && (lead < 0xF0 || lead > 0xF9) {
				p.encode[r] = code
			}
		}
	}
	return p
})

// isLead reports whether b is the first byte of two.
func isLead(b byte) bool { return b >= 0x81 && b <= 0x9F || b >= 0xE0 && b <= 0xFC }

// userDefined is the private character of a code in leads F0 to F9, or 0.
func userDefined(lead, trail int) rune {
	if lead < 0xF0 || lead > 0xF9 || trail == 0x7F {
		return 0
	}
	if trail > 0x7F {
		trail--
	}
	return rune(0xE000 + (lead-0xF0)*188 + trail - 0x40)
}

// appendRune adds r in CP932, or says that CP932 lacks it.
func appendRune(dst []byte, r rune) ([]byte, bool) {
	switch {
	case r < 0x80:
		return append(dst, byte(r)), r >= 0
	case r >= 0xFF61 && r <= 0xFF9F:
		return append(dst, byte(r-0xFF61+0xA1)), true
	}
	code, ok := cp932().encode[r]
	if !ok {
		return dst, false
	}
	return append(dst, byte(code>>8), byte(code)), true
}

// has reports whether CP932 has every character of s.
func has(s string) bool {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
		if !hasRune(r) {
			return false
		}
	}
	return true
}

func hasRune(r rune) bool {
	var room [2]byte
	_, ok := appendRune(room[:0], r)
	return ok
}

// vendor reports whether r is in CP932, but outside of JIS X 0208: the
// characters that not every printer has.
func vendor(r rune) bool {
	code := cp932().encode[r]
	return r >= 0x80 && (code>>8 == 0x87 || code>>8 >= 0xFA)
}

// units is the length of s as B2 counts it: half-width characters. What CP932
// lacks counts as full-width.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += runeUnits(r)
	}
	return n
}

func runeUnits(r rune) int {
	if r < 0x80 || r >= 0xFF61 && r <= 0xFF9F {
		return 1
	}
	return 2
}

// fromCP932 reads b; what is no character becomes U+FFFD, and ok is false.
func fromCP932(b []byte) (s string, ok bool) {
	out := make([]byte, 0, len(b)*3/2)
	ok = true
	page := cp932()
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c < 0x80:
			out = append(out, c)
		case c >= 0xA1 && c <= 0xDF:
			out = utf8.AppendRune(out, 0xFF61+rune(c)-0xA1)
		case isLead(c) && i+1 < len(b) && page.decode[uint16(c)<<8|uint16(b[i+1])] != 0:
			out = utf8.AppendRune(out, rune(page.decode[uint16(c)<<8|uint16(b[i+1])]))
			i++
		default:
			out, ok = utf8.AppendRune(out, utf8.RuneError), false
		}
	}
	return string(out), ok
}
