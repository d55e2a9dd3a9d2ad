package shop

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The widths of B2's columns for the sender, in half-width characters, which
// are bytes in CP932 (protocol section 11, columns 20 to 26 and 40 to 42). What
// B2's characters are is judged where its files are written.
const (
	senderName     = 32
	senderKana     = 50
	senderAddress  = 64
	senderBuilding = 32
	senderPhone    = 15
	billingCode    = 12
	billingClass   = 3
	freightNumber  = 2
)

// sender: what is given fits B2's columns (R19, P94). Nothing is required until
// something is exported.
func (k *checking) sender(s *Sender) {
	const in = "sender"
	text := func(field, value string, most int) {
		k.say(!oneLine(value), in, field, "must be text in one line")
		k.say(units(value) > most, in, field, fmt.Sprintf("is longer than %d full-width characters", most/2))
	}
	text("name", s.Name, senderName)
	text("address", s.Address, senderAddress)
	text("building", s.Building, senderBuilding)
	k.say(!isKana(s.NameKana), in, "name_kana", "is kana, letters and digits")
	k.say(kanaUnits(s.NameKana) > senderKana, in, "name_kana", fmt.Sprintf("is longer than %d half-width characters", senderKana))
	k.say(!isPostal(s.PostalCode), in, "postal_code", "is seven digits, with a hyphen after the third or without")
	k.say(!isPhone(s.Phone), in, "phone", fmt.Sprintf("is up to %d half-width digits and hyphens, a digit first", senderPhone))
	k.say(!onlyDigits(s.BillingCode) || len(s.BillingCode) > billingCode, in, "billing_code", fmt.Sprintf("is up to %d half-width digits", billingCode))
	k.say(s.BillingClass != "" && (!onlyDigits(s.BillingClass) || len(s.BillingClass) != billingClass), in, "billing_class", fmt.Sprintf("is blank or %d half-width digits", billingClass))
	k.say(s.FreightNumber != "" && (!onlyDigits(s.FreightNumber) || len(s.FreightNumber) != freightNumber), in, "freight_number", fmt.Sprintf("is %d half-width digits", freightNumber))
}

// b2: how files are written (R29).
func (k *checking) b2(b *B2) {
	k.say(b.Columns != 0 && b.Columns != 95 && b.Columns != 97, "b2", "columns", "is 95 or 97")
	k.say(len(b.SlipType) > 1 || !visible(b.SlipType), "b2", "slip_type", "is one character: 0 for 発払い")
}

// units counts as B2 does: a half-width character is one, any other two.
func units(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x80 && !(r >= 0xFF61 && r <= 0xFF9F) {
			n++
		}
	}
	return n
}

func oneLine(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) {
			return false
		}
	}
	return utf8.ValidString(s)
}

// voiced kana take two characters in half width.
const voiced = "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ" + "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ"

func kanaUnits(s string) int {
	n := 0
	for _, r := range s {
		if n++; strings.ContainsRune(voiced, r) {
			n++
		}
	}
	return n
}

// isKana: kana of any width, and what may stand between them.
func isKana(s string) bool {
	for _, r := range s {
		kana := r >= 'ぁ' && r <= 'ゔ' || r >= 'ァ' && r <= 'ヴ' || r == 'ー' || r >= 'ｦ' && r <= 'ﾟ'
		word := r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
		if !kana && !word && !strings.ContainsRune(" 　().&/-", r) {
			return false
		}
	}
	return true
}

func isPostal(s string) bool {
	digits := strings.Replace(s, "-", "", 1)
	return s == "" || onlyDigits(digits) && len(digits) == 7 && (len(s) == 7 || s[3] == '-')
}

func isPhone(s string) bool {
	return len(s) <= senderPhone && !strings.HasPrefix(s, "-") && onlyDigits(strings.ReplaceAll(s, "-", ""))
}
