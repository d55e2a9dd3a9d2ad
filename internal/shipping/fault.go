package shipping

import (
	"fmt"
	"unicode"
	"unicode/utf8"
)

// SlipFault says what is wrong with a slip number, for a caller who translates
// it. The words are stable.
type SlipFault string

// What can be wrong with a slip number (P60, P63, P67).
const (
	SlipEmpty      SlipFault = "empty"       // nothing is there: it never erases a slip
	SlipLength     SlipFault = "length"      // not 12 digits
	SlipCharacter  SlipFault = "character"   // something that is no part of a slip number
	SlipCheckDigit SlipFault = "check_digit" // the last digit does not fit the others
	SlipRounded    SlipFault = "rounded"     // a spreadsheet made it a power of ten: its digits are lost
)

// SlipError is a text that is no slip number.
type SlipError struct {
	Fault SlipFault
	// Position is where the fault is in the text as it was given, in characters
	// from 1: the wrong character, the first digit too many, or the check digit.
	// 0 where there is no such place.
	Position  int
	Character rune // with SlipCharacter: the wrong one
	Digits    int  // with SlipLength: how many there are
	Want      int  // with SlipCheckDigit: what it would be if the rest is right, 0 to 6

	said string // the text for people, empty if it must not be repeated
}

// Error says what is wrong in English. It repeats the text only if that is
// short and has too few digits to be a card number put into the wrong cell.
func (e *SlipError) Error() string {
	switch e.Fault {
	case SlipCharacter:
		return fmt.Sprintf("slip number%s has %q in it: only 12 digits are allowed", e.said, e.Character)
	case SlipCheckDigit:
		return fmt.Sprintf("slip number%s fails its check digit: the last digit would be %d", e.said, e.Want)
	case SlipRounded:
		return fmt.Sprintf("slip number%s was rounded by a spreadsheet: its digits are lost; take it from the original, as text", e.said)
	}
	return fmt.Sprintf("slip number%s has %d digits: a Yamato slip has 12", e.said, e.Digits)
}

// Japanese says the same in Japanese.
func (e *SlipError) Japanese() string {
	switch e.Fault {
	case SlipEmpty:
		return "送り状番号がありません"
	case SlipCharacter:
		return fmt.Sprintf("送り状番号%sに「%c」が含まれています。数字12桁で入力してください", e.said, e.Character)
	case SlipCheckDigit:
		return fmt.Sprintf("送り状番号%sのチェックディジットが合いません（末尾は%dになるはずです）。送り状と照合してください", e.said, e.Want)
	case SlipRounded:
		return fmt.Sprintf("送り状番号%sは表計算ソフトで丸められ、桁が失われています。元のデータから文字列として入力し直してください", e.said)
	}
	return fmt.Sprintf("送り状番号%sは%d桁です。ヤマト運輸の送り状番号は12桁です", e.said, e.Digits)
}

// Texts longer than this, or with as many digits as a card number, are not
// repeated in an error.
const (
	maxSaid       = 64
	maxSaidDigits = 13
)

// saying gives the text as an error may repeat it: quoted, or not at all.
func saying(s string) string {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits > maxSaidDigits || utf8.RuneCountInString(s) > maxSaid {
		return ""
	}
	return fmt.Sprintf(" %q", s)
}
