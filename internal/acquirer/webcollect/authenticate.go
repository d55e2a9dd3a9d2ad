package webcollect

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// Limits of what a browser brings back. A genuine form has some 2 KiB; one that
// is made up must not fill the books.
const (
	maxForm   = 16 << 10 // bytes of all names and values
	maxDigits = 9        // of an amount
)

// returned are the fields that a browser brings back, in the order in which A09
// takes them (protocol 2.3). Without may, an empty one is refused.
var returned = []struct {
	posted, sent string
	may          bool
}{
	{"COMP_CD", "comp_cd", false},
	{"TOKEN", "token", false},
	{"CARD_EXP", "card_exp", false},
	{"ITEM_PRICE", "item_price", false},
	{"ITEM_TAX", "item_tax", false},
	{"CUST_CD", "cust_cd", false},
	{"SHOP_ID", "shop_id", false},
	{"TERM_CD", "term_cd", false},
	{"CRD_RES_CD", "crd_res_cd", false},
	{"RES_VE", "res_ve", true},
	{"RES_PA", "res_pa", true},
	{"RES_CODE", "res_code", false},
	{"3D_INF", "three_d_inf", true},
	{"3D_TRAN_ID", "three_d_tran_id", false},
	{"SEND_DT", "send_dt", false},
	{"HASH_VALUE", "hash_value", false},
}

// drawn are the fields in which the gateway writes what it drew or computed: of
// random digits one in some fifty would pass for a card number.
var drawn = map[string]bool{"3D_TRAN_ID": true, "HASH_VALUE": true, "SEND_DT": true}

// What is wrong with a form. The texts carry nothing of it: they are shown.
var (
	errTooLong = errors.New("the form is longer than any that 3-D Secure makes")
	errTwiceIn = errors.New("a field comes twice")
	errLacking = errors.New("a field of 3-D Secure is missing")
	errCard    = errors.New("a field holds a card number: card data have no place here")
	errNumbers = errors.New("result or amount is not a number")
)

// ReadReturn reads the form that the browser brought back from 3-D Secure
// (protocol 5.5). Every value of ours is kept byte for byte, whatever its
// encoding (P46); every other is dropped. It is a claim, and refused only when it
// cannot be one: too long, a field missing or doubled, a card number in it (R02).
func (c *Connector) ReadReturn(form map[string][]string) (payment.Return, error) {
	if err := acceptable(form); err != nil {
		return payment.Return{}, err
	}
	values := map[string][]byte{}
	for _, f := range returned {
		v, there := form[f.posted]
		if f.posted == "TOKEN" && (!there || v[0] == "") {
			v, there = form["CARD_NO"] // the older name; the card number itself is refused above
		}
		switch {
		case !f.may && (!there || v[0] == ""):
			return payment.Return{}, errLacking
		case there:
			values[f.sent] = []byte(v[0])
		}
	}
	amount, ok := total(string(values["item_price"]), string(values["item_tax"]))
	result := string(values["res_code"])
	if !ok || len(result) != 4 || !digits(result) {
		return payment.Return{}, errNumbers
	}
	text, err := json.Marshal(values)
	if err != nil {
		return payment.Return{}, err
	}
	return payment.Return{Result: result, Amount: amount, Values: text}, nil
}

// acceptable looks at the form as a whole, also at fields that nobody knows.
func acceptable(form map[string][]string) error {
	size := 0
	for name, list := range form {
		size += len(name)
		for _, v := range list {
			size += len(v)
		}
		if size > maxForm {
			return errTooLong
		}
	}
	for name, list := range form {
		if len(list) != 1 {
			return errTwiceIn
		}
		if cardNumber(name) || !drawn[name] && cardNumber(list[0]) {
			return errCard
		}
	}
	return nil
}

// cardNumber reports whether a value is a card number, in either encoding (P59).
func cardNumber(s string) bool {
	if !utf8.ValidString(s) {
		if text, err := japanese.ShiftJIS.NewDecoder().String(s); err == nil {
			s = text
		}
	}
	return card.IsNumber(strings.TrimSpace(s))
}

// total is price and tax together.
func total(price, tax string) (money.Yen, bool) {
	if !digits(price) || !digits(tax) || len(price) > maxDigits || len(tax) > maxDigits {
		return 0, false
	}
	p, err := strconv.Atoi(price)
	t, err2 := strconv.Atoi(tax)
	return money.Yen(p + t), err == nil && err2 == nil
}

// authentication builds the body of A09 (protocol 2.3): what the browser brought
// back, as it came, and the token of the challenge.
func authentication(m acquirer.Merchant, w acquirer.Wish) (form, error) {
	a := w.Authentication
	if a == nil || len(a.Token) != maxChallenge || !plain(a.Token, maxChallenge) {
		return nil, invalid(creditToken3D, "three_d_token")
	}
	var values map[string][]byte
	if err := json.Unmarshal(a.Values, &values); err != nil {
		return nil, invalid(creditToken3D, "res_code")
	}
	f := about(m, creditToken3D, w.Acceptance)
	for _, r := range returned {
		v, there := values[r.sent]
		switch {
		case !r.may && len(v) == 0:
			return nil, invalid(creditToken3D, r.sent)
		case there:
			f.add(r.sent, string(v))
		}
	}
	f.add("three_d_token", a.Token)
	return f, nil
}
