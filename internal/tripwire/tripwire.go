// Package tripwire finds what looks like a card number in any text. Kessai
// never gets one (R02), so one that turns up in a log line or a text field is a
// mistake of somebody else's, and must go no further (P59).
package tripwire

import (
	"strings"
	"unicode/utf8"

	"kessai.dev/kessai/internal/card"
)

// Mark stands in for a number that was taken out.
const Mark = "[card number]"

// group is a run of digits: where it is in the text, and its digits in ASCII.
type group struct {
	from, to int
	digits   string
}

// Has reports whether text holds what looks like a card number of at least so
// many digits: 14 in text that people write, because a Japanese article
// number has 13 digits and every tenth of them would look like an old card;
// 13 where nothing but a mistake puts so many digits.
func Has(text string, least int) bool {
	if harmless(text) {
		return false
	}
	_, _, found := find(text, 0, least)
	return found
}

// Redact takes every such number out of text.
func Redact(text string) string {
	if harmless(text) {
		return text
	}
	from, to, found := find(text, 0, 13)
	if !found {
		return text
	}
	var b strings.Builder
	at := 0
	for found {
		b.WriteString(text[at:from])
		b.WriteString(Mark)
		at = to
		from, to, found = find(text, at, 13)
	}
	b.WriteString(text[at:])
	return b.String()
}

// harmless is a quick look: fewer digits than any card has. A full-width digit
// begins with the byte EF, as other characters do: that errs towards a look
// that is closer.
func harmless(text string) bool {
	digits := 0
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' || c == 0xEF {
			if digits++; digits >= 13 {
				return false
			}
		}
	}
	return true
}

// find gives the first number at or after at: groups of digits, each joined to
// the next by one blank or hyphen, tried from every group on, because "1 4111 …"
// hides a number behind a quantity.
func find(text string, at, least int) (from, to int, found bool) {
	var chain []group
	for {
		g, ok := next(text, at)
		if ok && len(chain) > 0 && separator(text[chain[len(chain)-1].to:g.from]) {
			chain = append(chain, g)
			at = g.to
			continue
		}
		if from, to, found = inChain(chain, least); found || !ok {
			return from, to, found
		}
		chain, at = append(chain[:0], g), g.to
	}
}

// inChain looks for a number that is some neighbouring groups of the chain.
func inChain(chain []group, least int) (from, to int, found bool) {
	for i := range chain {
		digits := ""
		for j := i; j < len(chain) && len(digits) <= 19; j++ {
			digits += chain[j].digits
			if len(digits) >= least && card.LooksLikeNumber(digits) {
				return chain[i].from, chain[j].to, true
			}
		}
	}
	return 0, 0, false
}

// next finds the next group of digits, ASCII or full-width.
func next(text string, at int) (group, bool) {
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		if _, ok := digit(r); ok {
			break
		}
		at += n
	}
	if at >= len(text) {
		return group{}, false
	}
	g := group{from: at}
	var b []byte
	for at < len(text) {
		r, n := utf8.DecodeRuneInString(text[at:])
		d, ok := digit(r)
		if !ok {
			break
		}
		b, at = append(b, d), at+n
	}
	g.to, g.digits = at, string(b)
	return g, true
}

func digit(r rune) (byte, bool) {
	switch {
	case r >= '0' && r <= '9':
		return byte(r), true
	case r >= '０' && r <= '９':
		return byte('0' + r - '０'), true
	}
	return 0, false
}

// separator reports whether people write s between the groups of a card number.
func separator(s string) bool {
	switch s {
	case " ", "-", "　", "－", "+", ".", "_":
		return true
	}
	return false
}
