// Package shipping knows carriers, delivery methods and Yamato's slip numbers,
// and guards them: what was typed is folded or refused with what would be right,
// and a batch is looked through for numbers that are at the wrong row.
package shipping

// Slip is a Yamato slip number (送り状番号): 12 ASCII digits, the last one the
// first eleven modulo 7 (protocol section 10).
//
// The check digit sees every single wrong digit and every swap of two
// neighbours, except where the two digits differ by 7: 0 and 7, 1 and 8, 2 and
// 9 are the same to it, save in the check digit itself, which is never above 6.
// It does not see digits swapped six places apart, and one in seven of all other
// errors. Nor does it tell carriers apart: Sagawa and Japan Post number parcels
// in the same form.
type Slip string

// slipDigits is how many digits a slip has, serialDigits how many of them count.
const (
	slipDigits   = 12
	serialDigits = 11
)

// Placeholder reports whether the slip is twelve zeros: the one number of equal
// digits that passes the check, and no parcel's (P70).
func (s Slip) Placeholder() bool { return s == "000000000000" }

// serial is the number without its check digit: Yamato counts in it.
func (s Slip) serial() int64 {
	n := int64(0)
	for _, c := range s[:serialDigits] {
		n = n*10 + int64(c-'0')
	}
	return n
}

// checkDigit is what the last digit has to be, after the first eleven.
func checkDigit(digits string) int {
	n := 0
	for _, c := range digits[:serialDigits] {
		n = (n*10 + int(c-'0')) % 7
	}
	return n
}

// checks reports whether twelve ASCII digits end in their check digit.
func checks(digits string) bool { return int(digits[serialDigits]-'0') == checkDigit(digits) }

// ParseSlip reads a slip number as a program sends it: full-width digits, blanks
// and hyphens are folded, then length and check digit are checked (P60). The
// error is a *SlipError. What people and spreadsheets leave in a cell is Fold's.
func ParseSlip(s string) (Slip, error) {
	text := []rune(s)
	slip, err := readSlip(s, text, 0, len(text), plainJoint)
	if err != nil {
		return "", err
	}
	return slip, nil
}

// plainJoint is what ParseSlip takes between digits.
func plainJoint(r rune) bool { return r == '-' || r == ' ' || r == '　' || r == '－' || r == 'ー' }

// readSlip reads the number in text[from:to], a part of said.
func readSlip(said string, text []rune, from, to int, joint func(rune) bool) (Slip, *SlipError) {
	digits, fault := readDigits(text, from, to, joint)
	switch {
	case fault != nil:
	case len(digits.text) == 0:
		fault = &SlipError{Fault: SlipEmpty}
	case len(digits.text) > slipDigits:
		fault = &SlipError{Fault: SlipLength, Digits: len(digits.text), Position: digits.surplus}
	case len(digits.text) < slipDigits:
		fault = &SlipError{Fault: SlipLength, Digits: len(digits.text)}
	case !checks(digits.text):
		fault = &SlipError{Fault: SlipCheckDigit, Want: checkDigit(digits.text), Position: digits.last}
	default:
		return Slip(digits.text), nil
	}
	fault.said = saying(said)
	return "", fault
}

// digitRun is the digits of a text in ASCII, with the places of two of them,
// from 1: the last, and the first too many (0 for none).
type digitRun struct {
	text          string
	last, surplus int
}

func readDigits(text []rune, from, to int, joint func(rune) bool) (digitRun, *SlipError) {
	var run digitRun
	digits := make([]byte, 0, slipDigits)
	for i, r := range text[from:to] {
		switch {
		case r >= '０' && r <= '９':
			r = '0' + r - '０'
		case r >= '0' && r <= '9':
		case joint(r):
			continue
		default:
			return run, &SlipError{Fault: SlipCharacter, Position: from + i + 1, Character: r}
		}
		digits = append(digits, byte(r))
		run.last = from + i + 1
		if len(digits) == slipDigits+1 {
			run.surplus = run.last
		}
	}
	run.text = string(digits)
	return run, nil
}
