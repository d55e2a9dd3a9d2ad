package api

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Limits of an order.
const (
	maxLines    = 200
	maxQuantity = 9_999
	maxShipTos  = 20
	maxEmail    = 64 // bytes; the provider's limit
	maxName     = 60 // bytes; the provider's limit: twenty kanji
)

var postalForm = regexp.MustCompile(`^[0-9]{3}-?[0-9]{4}$`)

// order checks the order's form.
func (k *checker) order(o *paymentv1.Order) {
	k.buyer("order.buyer.", o.GetBuyer())
	if o == nil {
		return
	}
	k.when(o.GetTotal() != 0 && !money.Yen(o.GetTotal()).Valid(), "order.total", amountText)
	k.when(len(o.GetLines()) > maxLines, "order.lines", "must be at most 200")
	for i, l := range o.GetLines() {
		k.line(i, l)
	}
	k.destinations(o)
}

// line checks one line; all but physical goods need the contract's flag (R06).
func (k *checker) line(i int, l *paymentv1.OrderLine) {
	fault := func(field, text string) { k.fail(fmt.Sprintf("order.lines[%d].%s", i, field), text) }
	if strings.TrimSpace(l.GetName()) == "" {
		fault("name", "is needed")
	}
	if l.GetQuantity() < 1 || l.GetQuantity() > maxQuantity {
		fault("quantity", "must be 1 to 9,999")
	}
	if l.GetUnitAmount() < 0 || money.Yen(l.GetUnitAmount()) > money.Max {
		fault("unit_amount", "must be a whole number of yen, 0 to 9,999,999")
	}
	switch kind := l.GetKind(); kind {
	case "", "physical":
	case "download", "service", "subscription":
		if !k.contract.Flags.NonPhysical {
			fault("kind", "must be physical: the contract is for physical goods only")
		}
	default:
		fault("kind", "must be physical, download, service or subscription")
	}
}

// buyer needs all that the provider requires, once there is a buyer at all. Only
// TEST does without (a fixed test buyer is sent).
func (k *checker) buyer(at string, b *paymentv1.Buyer) {
	if b == nil {
		for _, f := range []string{"name", "phone", "email"} {
			k.when(k.who.tenant.Environment == shop.Production, at+f, "is needed in PRODUCTION: the provider requires it")
		}
		return
	}
	name := b.GetName()
	k.when(strings.TrimSpace(name) == "", at+"name", "is needed")
	k.when(len(name) > maxName, at+"name", "must have at most 60 bytes: twenty kanji")
	k.when(strings.ContainsFunc(name, halfWidthKana), at+"name", "must not have half-width katakana")
	k.when(!phoneForm(b.GetPhone()), at+"phone", "must be 8 to 13 digits and hyphens")
	k.when(!emailForm(b.GetEmail()), at+"email", "must be an email address of at most 64 characters")
}

// destinations allows one, or several where the contract does (R06).
func (k *checker) destinations(o *paymentv1.Order) {
	all := len(o.GetShippingAddresses())
	k.when(o.GetShippingAddress() != nil && all > 0, "order.shipping_addresses", "must be left out when shipping_address is given")
	k.when(all > 1 && !k.contract.Flags.SeveralShipTos, "order.shipping_addresses", "must be one: the contract is for one destination per order")
	k.when(all > maxShipTos, "order.shipping_addresses", "must be at most 20")
	if a := o.GetShippingAddress(); a != nil {
		k.address("order.shipping_address", a)
	}
	for i, a := range o.GetShippingAddresses() {
		k.address(fmt.Sprintf("order.shipping_addresses[%d]", i), a)
	}
}

func (k *checker) address(at string, a *paymentv1.Address) {
	k.when(a.GetPostalCode() != "" && !postalForm.MatchString(a.GetPostalCode()), at+".postal_code", "must be seven digits, with or without a hyphen")
	k.when(a.GetPhone() != "" && !phoneForm(a.GetPhone()), at+".phone", "must be 8 to 13 digits and hyphens")
}

// phoneForm wants 8 to 13 digits and hyphens.
func phoneForm(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') {
			return false
		}
	}
	return len(s) >= 8 && len(s) <= 13
}

func halfWidthKana(r rune) bool { return r >= '｡' && r <= 'ﾟ' }

// emailForm wants visible ASCII with something before and after the one @.
func emailForm(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && visible(s) && len(s) <= maxEmail && local != "" && domain != "" && !strings.Contains(domain, "@")
}

// maxSlip is how long another carrier's slip may be, in characters.
const maxSlip = 32

// shipment checks carrier and slip as far as form goes; whether a Yamato slip is
// right is decided behind the door.
func (k *checker) shipment(at string, s *paymentv1.Shipment) {
	if _, err := shipping.ParseCarrier(s.GetCarrier()); s.GetCarrier() != "" && err != nil {
		k.fail(at+".carrier", err.Error()+"; such as yamato or other")
	}
	k.when(utf8.RuneCountInString(s.GetSlipNumber()) > maxSlip, at+".slip_number", "must be at most 32 characters")
	k.when(s.GetRegistered() || s.GetCreateTime() != nil, at, "registered and create_time are ours to say")
}
