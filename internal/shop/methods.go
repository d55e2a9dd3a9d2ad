package shop

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"kessai.dev/kessai/internal/shipping"
)

// Limits of what an operator names.
const (
	MaxName        = 64   // characters of a shop's or a method's name
	MaxDescription = 2000 // characters of a payment method's description
	MaxMethods     = 50   // payment methods, and delivery methods
	maxID          = 64
)

// methods: each payment method has an id of its own and a name, at most one
// settles by card (R07), and that one only if the contract is complete (R20).
func (k *checking) methods(list []PaymentMethod, c *Contract) {
	const in = "payment_methods"
	k.say(len(list) > MaxMethods, in, "", fmt.Sprintf("at most %d", MaxMethods))
	seen, cards := map[string]bool{}, 0
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", in, i)
		k.named(at, m.ID, m.Name, seen)
		k.say(utf8.RuneCountInString(m.Description) > MaxDescription, at, "description", fmt.Sprintf("has more than %d characters", MaxDescription))
		if m.Kind != KindCard && m.Kind != KindOther {
			k.say(true, at, "kind", fmt.Sprintf("%q: want card or other", m.Kind))
		}
		if m.Kind == KindCard {
			cards++
			k.say(cards > 1, at, "kind", "at most one is of kind card: change the one that is there")
			k.say(cards == 1 && (c.AccessKey == "" || c.Check() != nil), at, "kind", fmt.Sprintf("card needs contract %q to be complete: give it the trader code of nine digits and the access key first", c.ID))
		}
	}
}

// deliveries: each delivery method has an id of its own, a name, and a carrier
// (R19). With none there is nothing to assign.
func (k *checking) deliveries(list []shipping.Method) {
	const in = "delivery_methods"
	k.say(len(list) > MaxMethods, in, "", fmt.Sprintf("at most %d", MaxMethods))
	seen := map[string]bool{}
	for i, m := range list {
		at := fmt.Sprintf("%s[%d]", in, i)
		k.named(at, m.ID, m.Name, seen)
		if _, err := shipping.ParseCarrier(string(m.Carrier)); err != nil {
			k.say(true, at, "carrier", err.Error())
		}
	}
}

// named: an id of its own, and a name.
func (k *checking) named(at, id, name string, seen map[string]bool) {
	k.say(!isID(id), at, "id", fmt.Sprintf("%q: want 1 to %d letters, digits, - and _", id, maxID))
	k.say(seen[id], at, "id", fmt.Sprintf("%q is there twice", id))
	k.say(!IsName(name), at, "title", fmt.Sprintf("is needed: 1 to %d characters in one line", MaxName))
	seen[id] = true
}

func isID(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_') {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}

// IsName reports whether s can be a shop's or a method's name: 1 to MaxName
// characters in one line, not only blanks.
func IsName(s string) bool {
	blank := true
	for _, r := range s {
		if unicode.IsControl(r) {
			return false
		}
		blank = blank && unicode.IsSpace(r)
	}
	return !blank && utf8.ValidString(s) && utf8.RuneCountInString(s) <= MaxName
}
