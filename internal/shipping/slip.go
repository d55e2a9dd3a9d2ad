// Package shipping knows carriers, delivery methods and Yamato's slip numbers.
package shipping

import (
	"fmt"
	"strings"
)

// Carrier is who takes the parcel: an open set.
type Carrier string

// CarrierYamato is the carrier whose slip number captures a payment (R27).
const CarrierYamato Carrier = "yamato"

// Slip is a Yamato slip number (送り状番号): 12 ASCII digits, the last one the
// first eleven modulo 7 (protocol section 10).
type Slip string

// ParseSlip folds full-width digits, blanks and hyphens, then checks length
// and check digit (P60). The error says which of them failed, and what the
// check digit ought to be.
func ParseSlip(s string) (Slip, error) {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '０' && r <= '９':
			b.WriteRune('0' + r - '０')
		case r == '-' || r == ' ' || r == '　' || r == '－' || r == 'ー':
		default:
			return "", fmt.Errorf("slip number %q has %q in it: only 12 digits are allowed", s, r)
		}
	}
	digits := b.String()
	if len(digits) != 12 {
		return "", fmt.Errorf("slip number %q has %d digits: a Yamato slip has 12", s, len(digits))
	}
	n := 0
	for _, c := range digits[:11] {
		n = (n*10 + int(c-'0')) % 7
	}
	if want := byte('0' + n); digits[11] != want {
		return "", fmt.Errorf("slip number %q fails its check digit: the last digit would be %c", s, want)
	}
	return Slip(digits), nil
}
