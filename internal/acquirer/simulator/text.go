package simulator

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"
)

// refusedSigns are in CP932 but not taken by the provider: their places in
// the JIS table differ between systems (protocol 2.0).
const refusedSigns = "―～∥－￠￡￢"

// writable reports whether every character is one that the provider's old
// systems can hold: in CP932, without controls, NEC row 13, NEC and IBM
// extensions and the user's own area (protocol 2.0).
func writable(v string) bool {
	if !utf8.ValidString(v) {
		return false
	}
	encoder := japanese.ShiftJIS.NewEncoder()
	for _, r := range v {
		if r < 0x80 {
			if r < 0x20 || r == 0x7f {
				return false
			}
			continue
		}
		if strings.ContainsRune(refusedSigns, r) {
			return false
		}
		code, err := encoder.Bytes([]byte(string(r)))
		if err != nil || len(code) == 2 && machineDependent(code[0]) {
			return false
		}
	}
	return true
}

// machineDependent judges a two-byte character by its first byte: row 13 is
// 87, NEC's selection ED and EE, the user's own F0 to F9, IBM's FA to FC.
func machineDependent(lead byte) bool {
	return lead == 0x87 || lead == 0xed || lead == 0xee || lead >= 0xf0
}

// halfKana reports whether half-width katakana are in v.
func halfKana(v string) bool {
	return strings.IndexFunc(v, func(r rune) bool { return r >= '｡' && r <= 'ﾟ' }) >= 0
}

// longerThan reports whether v is over so many half-width places, a
// full-width character counting two, or over so many bytes in UTF-8.
func longerThan(v string, places, bytes int) bool {
	n := 0
	for _, r := range v {
		if r < 0x80 || r >= '｡' && r <= 'ﾟ' {
			n++
		} else {
			n += 2
		}
	}
	return n > places || len(v) > bytes
}

func only(v, extra string, classes ...func(byte) bool) bool {
	for i := range len(v) {
		ok := strings.IndexByte(extra, v[i]) >= 0
		for _, class := range classes {
			ok = ok || class(v[i])
		}
		if !ok {
			return false
		}
	}
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
func upper(c byte) bool { return c >= 'A' && c <= 'Z' }
func lower(c byte) bool { return c >= 'a' && c <= 'z' }

func digits(v string) bool       { return only(v, "", digit) }
func alphanumeric(v string) bool { return only(v, "", digit, upper, lower) }

// masked is what is kept of a buyer's name: its first character.
func masked(name string) string {
	r, _ := utf8.DecodeRuneInString(name)
	if r == utf8.RuneError {
		return "＊"
	}
	return string(r) + "＊＊"
}
