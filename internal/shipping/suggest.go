package shipping

import (
	"cmp"
	"slices"
)

// Correction says how a suggested slip differs from what was typed, for a caller
// who translates it. The words are stable.
type Correction string

// The mistakes that are looked for.
const (
	CorrectSwap    Correction = "swap"    // two neighbours were swapped
	CorrectDigit   Correction = "digit"   // one digit was another
	CorrectMissing Correction = "missing" // one digit was left out
	CorrectExtra   Correction = "extra"   // one digit was typed twice, or is too many
)

// Suggestion is a slip number that may have been meant. It is a question to a
// person; nothing applies it.
type Suggestion struct {
	Slip       Slip
	Correction Correction
	// Position is the digit's place from 1: in the slip, and for CorrectExtra in
	// the digits as typed. Of swapped neighbours it is the first.
	Position int
}

// MaxSuggestions is how many slips are suggested at most.
const MaxSuggestions = 3

// Suggest gives the slips that may have been meant by a text that has a wrong
// check digit, or 11 or 13 digits (P60); likeliest first, at most three. It is
// nil for every other text, a slip that passes its check included.
//
// With hints only slips that fit them are suggested: those issued and not yet
// taken, then free numbers close to a taken one (a run of slips is numbered in
// sequence), the tightest gap first, then, if there is room, numbers that are taken, as by
// another order of a bundle. If the neighbours on both sides are known, all round is
// taken and nothing else is issued, the true slip is always among them; if many
// numbers near it are free, it may be the fourth.
//
// Without hints a dozen corrections or more are equally likely. Then they are
// given only if there are no more than three, and otherwise none: three out of
// twenty would be a guess.
func (h *Hints) Suggest(text string) []Suggestion {
	runes := []rune(text)
	from, to := unwrap(runes)
	digits, fault := readDigits(runes, from, to, joint)
	if fault != nil {
		return nil
	}
	return h.rank(corrections(digits.text))
}

// correction is one way in which the digits may have come about. The lower the
// likelihood's number, the likelier.
type correction struct {
	Suggestion
	likelihood int
}

// corrections gives every slip with a right check digit that is one mistake away
// from the digits, once, as the likeliest mistake that leads to it. Twelve zeros
// are nobody's slip.
func corrections(digits string) []correction {
	var all []correction
	switch len(digits) {
	case slipDigits:
		if checks(digits) {
			return nil
		}
		all = append(swapped(digits), replaced(digits)...)
	case slipDigits - 1:
		all = completed(digits)
	case slipDigits + 1:
		all = shortened(digits)
	}
	all = slices.DeleteFunc(all, func(c correction) bool { return !checks(string(c.Slip)) || c.Slip.Placeholder() })
	slices.SortStableFunc(all, func(a, b correction) int {
		return cmp.Or(cmp.Compare(a.Slip, b.Slip), cmp.Compare(a.likelihood, b.likelihood))
	})
	return slices.CompactFunc(all, func(a, b correction) bool { return a.Slip == b.Slip })
}

func swapped(digits string) (all []correction) {
	for i := range len(digits) - 1 {
		if digits[i] != digits[i+1] {
			s := digits[:i] + digits[i+1:i+2] + digits[i:i+1] + digits[i+2:]
			all = append(all, correction{Suggestion{Slip(s), CorrectSwap, i + 1}, 0})
		}
	}
	return all
}

func replaced(digits string) (all []correction) {
	for i := range len(digits) {
		for d := '0'; d <= '9'; d++ {
			if s := digits[:i] + string(d) + digits[i+1:]; s != digits {
				all = append(all, correction{Suggestion{Slip(s), CorrectDigit, i + 1}, 1})
			}
		}
	}
	return all
}

// completed puts one digit in. The likeliest lost is a zero in front, which a
// spreadsheet drops (P67), then one of a pair.
func completed(digits string) (all []correction) {
	for i := 0; i <= len(digits); i++ {
		for d := '0'; d <= '9'; d++ {
			c := correction{Suggestion{Slip(digits[:i] + string(d) + digits[i:]), CorrectMissing, i + 1}, 2}
			switch {
			case i == 0 && d == '0':
				c.likelihood = 0
			case i > 0 && digits[i-1] == byte(d), i < len(digits) && digits[i] == byte(d):
				c.likelihood = 1
			}
			all = append(all, c)
		}
	}
	return all
}

// shortened takes one digit out, of a pair most likely.
func shortened(digits string) (all []correction) {
	for i := range len(digits) {
		c := correction{Suggestion{Slip(digits[:i] + digits[i+1:]), CorrectExtra, i + 1}, 1}
		if i > 0 && digits[i-1] == digits[i] || i+1 < len(digits) && digits[i+1] == digits[i] {
			c.likelihood = 0
		}
		all = append(all, c)
	}
	return all
}
