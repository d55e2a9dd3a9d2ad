package webcollect

import (
	"net/url"
	"strconv"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/shop"
)

// cart is our ec_cart_code: it names the software to the provider.
const cart = "kessai"

// devices are the device_div by our word (protocol 2.1 #3).
var devices = map[string]string{"smartphone": "1", "pc": "2"}

// brands are the card_code_api by brand (protocol 9). An unknown brand is not
// sent: the gateway finds out by itself.
var brands = map[card.Brand]string{
	card.BrandVisa: "9", card.BrandMastercard: "10", card.BrandJCB: "3", card.BrandDiners: "2", card.BrandAmex: "12",
}

const maxReturn = 128 // characters of trader_ec_url

// authorization builds the body of A08 (protocol 2.1), or of A01 for a stored
// card that is charged without the shopper (protocol 2.2). The error names the
// field that cannot be sent (P94).
func authorization(m acquirer.Merchant, w acquirer.Wish) (function, form, error) {
	a := w.Authorization
	switch {
	case a == nil:
		return creditToken, nil, invalid(creditToken, "token")
	case a.Token == "" && a.Stored != nil:
		f, err := byStoredCard(m, w)
		return creditStored, f, err
	}
	f, err := byToken(m, w)
	return creditToken, f, err
}

// byToken is the body of A08. What the browser chose about security code, 3-D
// Secure and storing is bound into the token.
func byToken(m acquirer.Merchant, w acquirer.Wish) (form, error) {
	a := w.Authorization
	f, err := purchase(m, creditToken, w)
	switch {
	case err != nil:
		return nil, err
	case !a.Token.Valid():
		return nil, invalid(creditToken, "token")
	case a.ReturnURI != "" && !returnOK(m.Environment, a.ReturnURI):
		return nil, invalid(creditToken, "trader_ec_url")
	}
	f.add("pay_way", strconv.Itoa(a.Installments))
	f.addIf("goods_name", goodsText(a.Goods))
	f.addIf("card_code_api", brands[a.Brand])
	f.add("token", a.Token.Reveal())
	f.addIf("trader_ec_url", a.ReturnURI)
	f.addIf("scheduled_shipping_date", wireDay(a.ShipDate))
	f.add("ec_cart_code", cart)
	if a.Secure {
		f = append(f, secureFields(a)...)
	}
	return f, nil
}

// byStoredCard is the body of A01: member, key and lock instead of a card. A
// card number is never sent by us (R02). Nobody is there to be authenticated,
// hence auth_div 0.
func byStoredCard(m acquirer.Merchant, w acquirer.Wish) (form, error) {
	a := w.Authorization
	f, err := purchase(m, creditStored, w)
	if err != nil {
		return nil, err
	}
	if bad := storedField(a.Stored); bad != "" {
		return nil, invalid(creditStored, bad)
	}
	f.add("auth_div", divNone)
	f.add("pay_way", strconv.Itoa(a.Installments))
	f.add("option_service_div", optionService)
	f.addIf("goods_name", goodsText(a.Goods))
	f.addIf("card_code_api", brands[a.Brand])
	f.add("member_id", a.Stored.Member.ID)
	f.add("authentication_key", a.Stored.Member.Key.Reveal())
	f.add("card_key", a.Stored.Key)
	f.add("last_credit_date", a.Stored.LastCredit)
	f.addIf("scheduled_shipping_date", wireDay(a.ShipDate))
	f.add("check_sum", checkSum(m, a.Stored.Member, ""))
	f.add("ec_cart_code", cart)
	return f, nil
}

// purchase is what A01 and A08 have in common, from the device to the buyer.
func purchase(m acquirer.Merchant, fn function, w acquirer.Wish) (form, error) {
	a := w.Authorization
	name, nameOK := nameText(a.Buyer.Name)
	phone, phoneOK := phoneText(a.Buyer.Phone)
	checks := []struct {
		ok    bool
		field string
	}{
		{devices[a.Device] != "", "device_div"},
		{w.Amount.Valid(), "settle_price"},
		{nameOK, "buyer_name_kanji"},
		{phoneOK, "buyer_tel"},
		{emailOK(a.Buyer.Email), "buyer_email"},
		{card.ValidCount(a.Installments), "pay_way"},
		{a.ShipDate == "" || wireDay(a.ShipDate) != "", "scheduled_shipping_date"},
	}
	for _, c := range checks {
		if !c.ok {
			return nil, invalid(fn, c.field)
		}
	}
	f := opening(m, fn)
	f.add("device_div", devices[a.Device])
	f.add("order_no", w.Acceptance)
	f.add("settle_price", w.Amount.String())
	f.add("buyer_name_kanji", name)
	f.add("buyer_tel", phone)
	f.add("buyer_email", a.Buyer.Email)
	return f, nil
}

// returnOK: https, at most 128 characters (P51). A test on this machine may
// do without TLS, as the rest of it does.
func returnOK(e shop.Environment, s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || !plain(s, maxReturn) {
		return false
	}
	return u.Scheme == "https" || e == shop.Test && u.Scheme == "http" && loopback(u.Hostname())
}

// orderNumber: 1 to 23 characters of digits, capitals and eight marks (protocol 2.0).
func orderNumber(s string) bool {
	if s == "" || len(s) > 23 {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || strings.IndexByte("#-*/<>:@", c) >= 0) {
			return false
		}
	}
	return true
}

// traderCode: letters and digits (protocol 2.0).
func traderCode(s string) bool { return alphanumeric(s, 20) }
