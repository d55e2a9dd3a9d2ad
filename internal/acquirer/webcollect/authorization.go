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

// authorization builds the body of A08 (protocol 2.1). The error names the
// field that cannot be sent (P94).
func authorization(m acquirer.Merchant, w acquirer.Wish) (form, error) {
	a := w.Authorization
	if a == nil {
		return nil, invalid(creditToken, "token")
	}
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
		{a.Token.Valid(), "token"},
		{a.ReturnURI == "" || returnOK(m.Environment, a.ReturnURI), "trader_ec_url"},
	}
	for _, c := range checks {
		if !c.ok {
			return nil, invalid(creditToken, c.field)
		}
	}
	f := opening(m, creditToken)
	f.add("device_div", devices[a.Device])
	f.add("order_no", w.Acceptance)
	f.add("settle_price", w.Amount.String())
	f.add("buyer_name_kanji", name)
	f.add("buyer_tel", phone)
	f.add("buyer_email", a.Buyer.Email)
	f.add("pay_way", strconv.Itoa(a.Installments))
	f.addIf("goods_name", goodsText(a.Goods))
	f.addIf("card_code_api", brands[a.Brand])
	f.add("token", a.Token.Reveal())
	f.addIf("trader_ec_url", a.ReturnURI)
	f.add("ec_cart_code", cart)
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
func traderCode(s string) bool {
	if s == "" || len(s) > 20 {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return true
}
