package card

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// LooksLikeNumber reports whether s, once separators (blank, hyphen) are taken
// out and full-width digits folded, has the length, prefix and check digit of a card number of one
// of the brands. Such a string is refused in any field and redacted in any
// log (P59).
func LooksLikeNumber(s string) bool {
	digits := make([]byte, 0, 20)
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits = append(digits, byte(r))
		case r >= '０' && r <= '９':
			digits = append(digits, byte('0'+r-'０'))
		case r == ' ' || r == '-' || r == '　':
		default:
			return false
		}
		if len(digits) > 19 {
			return false
		}
	}
	// Up to eight digits BrandOf judges a beginning: "4242" is the end of a
	// card, or an order number, and no card.
	return len(digits) > 8 && BrandOf(string(digits)) != BrandUnknown && checkDigit(digits)
}

// IsNumber reports whether s is a card number and nothing else, as people and
// programs write one: in one run of digits, or in the groups that are printed on cards. A
// number that a program makes, such as an order number, rarely has that form by
// chance, while LooksLikeNumber would take one in some hundreds for a card's.
func IsNumber(s string) bool {
	if !LooksLikeNumber(s) {
		return false
	}
	groups := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '-' || r == '　' })
	form := ""
	for _, g := range groups {
		form += strconv.Itoa(utf8.RuneCountInString(g)) + " "
	}
	switch form {
	case "4 4 4 4 ", "4 6 5 ", "4 6 4 ", "4 4 4 4 3 ":
		return true
	}
	return len(groups) == 1 && len(groups[0]) == len(s)
}

// BrandOf judges the brand from the digits of a card number, or of its
// beginning when at least four digits are there (R01). The length is checked
// once more than eight digits are given.
func BrandOf(digits string) Brand {
	if len(digits) < 4 {
		return BrandUnknown
	}
	p := func(n int) int {
		v := 0
		for i := range n {
			if digits[i] < '0' || digits[i] > '9' {
				return -1
			}
			v = v*10 + int(digits[i]-'0')
		}
		return v
	}
	n, full := len(digits), len(digits) > 8
	fits := func(b Brand, lengths ...int) Brand {
		if !full {
			return b
		}
		for _, l := range lengths {
			if n == l {
				return b
			}
		}
		return BrandUnknown
	}
	two, three, four := p(2), p(3), p(4)
	switch {
	case two == 34 || two == 37:
		return fits(BrandAmex, 15)
	case four >= 3528 && four <= 3589:
		return fits(BrandJCB, 16)
	case three >= 300 && three <= 305, three == 309, two == 36, two == 38, two == 39:
		return fits(BrandDiners, 14, 16)
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720:
		return fits(BrandMastercard, 16)
	case two/10 == 4:
		return fits(BrandVisa, 13, 16, 19)
	}
	return BrandUnknown
}

// checkDigit is the Luhn sum over ASCII digits.
func checkDigit(digits []byte) bool {
	sum, double := 0, false
	for i := len(digits) - 1; i >= 0; i-- {
		d := int(digits[i] - '0')
		if double {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		double = !double
	}
	return len(digits) > 0 && sum%10 == 0
}
