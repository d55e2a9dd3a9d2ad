package api

import (
	"strings"

	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
	"kessai.dev/kessai/internal/card"
)

const (
	maxPrefix = 8  // digits of a card number that may be seen here
	maxHolder = 30 // characters; the provider's limit
)

func (k *checker) cardEntry(r *vaultv1.CreateCardEntryRequest) {
	k.when(r.GetCustomer() != "" && !bareID(r.GetCustomer()), "customer", customerText)
	k.stored("card", r.GetCard())
	k.when(r.GetCard() != "" && r.GetSaveCard(), "save_card", "goes with a card that is typed in, not with a stored one")
	k.amountIfAny("amount", r.GetAmount())
}

// installments takes the beginning of a card number, and never a number (R02):
// one digit too many is refused, and nobody writes down what was sent.
func (k *checker) installments(r *vaultv1.ListInstallmentOptionsRequest) {
	prefix := r.GetCardPrefix()
	digits := strings.Trim(prefix, "0123456789") == ""
	k.when(len(prefix) > maxPrefix || !digits, "card_prefix", "must be at most the first eight digits of a card number; never send more")
	k.amountIfAny("amount", r.GetAmount())
}

func (k *checker) createCard(r *vaultv1.CreateCardRequest) {
	k.named("parent", r.GetParent(), customerName)
	k.when(r.GetCardToken() == "", "card_token", "is needed")
	k.token("card_token", r.GetCardToken())
	k.oneOf("device", r.GetDevice(), "pc", "smartphone")
	k.returnURI("return_uri", r.GetReturnUri())
	k.buyer("buyer.", r.GetBuyer())
}

func (k *checker) updateCard(r *vaultv1.UpdateCardRequest) {
	k.named("name", r.GetName(), storedCardName)
	k.when(r.GetExpiry() == "" && r.GetHolderName() == "", "expiry", "or holder_name is needed")
	k.when(r.GetExpiry() != "" && !expiryForm.MatchString(r.GetExpiry()), "expiry", "must be MM/YY")
	k.when(r.GetHolderName() != "" && !holderForm(r.GetHolderName()), "holder_name", "must be letters, blank, hyphen, dot and comma, 2 to 30")
}

// holderForm wants what is embossed on cards.
func holderForm(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c == ' ', c == '-', c == '.', c == ',':
		default:
			return false
		}
	}
	return len(strings.TrimSpace(s)) >= 2 && len(s) <= maxHolder
}

// numberInName finds a card number between the slashes of a name (P59).
func numberInName(s string) bool {
	for part := range strings.SplitSeq(s, "/") {
		if card.IsNumber(part) {
			return true
		}
	}
	return false
}
