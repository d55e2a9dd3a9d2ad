// Package money knows yen: whole, never a fraction, never a float (P82).
package money

import (
	"fmt"
	"strconv"
)

// Yen is an amount in whole Japanese yen.
type Yen int32

// Limits of any amount kessai takes. The provider's fields are seven digits
// wide (protocol 2.1 #5); a contract may set a lower limit.
const (
	Min Yen = 1
	Max Yen = 9_999_999
)

// Valid reports whether y is an amount that can be asked for: 1 to 9,999,999 (P03).
func (y Yen) Valid() bool { return y >= Min && y <= Max }

// String gives the digits alone, as the provider's protocol wants them: "5080".
func (y Yen) String() string { return strconv.Itoa(int(y)) }

// Format gives the amount for people: "¥5,080".
func (y Yen) Format() string {
	s, sign := y.String(), ""
	if y < 0 {
		s, sign = s[1:], "-"
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + "¥" + s
}

// Parse reads plain ASCII digits and nothing else: no sign, comma, decimal
// point, exponent, blank, leading zero or full-width digit (P82, P83).
// The error says what is wrong; the amount is within Min and Max.
func Parse(s string) (Yen, error) {
	if s == "" {
		return 0, fmt.Errorf("amount is empty")
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, fmt.Errorf("amount %q is not whole yen in plain digits", s)
		}
	}
	if s[0] == '0' {
		return 0, fmt.Errorf("amount %q starts with a zero", s)
	}
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || !Yen(n).Valid() {
		return 0, fmt.Errorf("amount %q is outside %d to %d yen", s, Min, Max)
	}
	return Yen(n), nil
}
