package webcollect

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// What EMV 3-D Secure is told beside the payment (protocol 5): the more an issuer
// knows, the more often it asks nothing. All of it is optional, so what is not
// known, or cannot be expressed, is left out and never stops a payment.
const (
	japan           = "392" // country, ISO 3166
	japanCalling    = "81"
	goodsOrServices = "01" // transaction type
	maxAddress      = 50   // characters of a line
	minSubscriber   = 8    // digits of a phone number without its first 0
	maxSubscriber   = 10
)

// secureFields are the fields of a purchase. There is no billing address and no
// account of the shopper: nothing is said of them.
func secureFields(a *acquirer.Authorization) form {
	var f form
	f.addIf("x3ds2_email_address", a.Buyer.Email)
	if kind, number := subscriber(a.Buyer.Phone); kind != "" {
		f.add("x3ds2_"+kind+"_phone_cc", japanCalling)
		f.add("x3ds2_"+kind+"_phone_subscriber", number)
	}
	if a.ShipTo != nil {
		f = append(f, shipFields(a.ShipTo)...)
	}
	f.add("x3ds2_transaction_type", goodsOrServices)
	return f
}

// shipFields are the address of the parcel; the country only with an address.
func shipFields(to *payment.Address) form {
	const ship = "x3ds2_ship_address_"
	var f form
	f.addIf(ship+"city", addressText(to.City))
	f.addIf(ship+"line1", addressText(to.Line1))
	f.addIf(ship+"line2", addressText(to.Line2))
	f.addIf(ship+"post_code", postCode(to.PostalCode))
	f.addIf(ship+"state", prefecture(to.Prefecture))
	if len(f) > 0 {
		f.add(ship+"country", japan)
	}
	return f
}

// subscriber is a Japanese phone number without its first 0, and what kind it
// is: home or mobile. Empty: it is no number of that form.
func subscriber(phone string) (kind, number string) {
	phone, ok := phoneText(phone)
	number, zero := strings.CutPrefix(strings.ReplaceAll(phone, "-", ""), "0")
	if !ok || !zero || !digits(number) || len(number) < minSubscriber || len(number) > maxSubscriber {
		return "", ""
	}
	switch number[:2] {
	case "70", "80", "90":
		return "mobile", number
	}
	return "home", number
}

// postCode: seven digits, or nothing.
func postCode(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '-' || r == '－' || r == '‐' || r == 'ー' || r == '〒' || unicode.IsSpace(r):
			return -1
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		}
		return r
	}, s)
	if len(s) != 7 || !digits(s) {
		return ""
	}
	return s
}

// addressText is full-width and at most 50 characters, in the provider's
// alphabet; hyphens become one that every system reads alike.
func addressText(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '-', '－', '−', '–':
			return '‐'
		}
		return r
	}, widen(s))
	s = strings.TrimFunc(alphabet(width.Widen.String(s)), unicode.IsSpace)
	if r := []rune(s); len(r) > maxAddress {
		s = strings.TrimRightFunc(string(r[:maxAddress]), unicode.IsSpace)
	}
	return s
}

// prefectures, in the order of their codes (JIS X 0401): 北海道 is 01.
const prefectures = "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県"

// prefectureCodes are the two digits by name, with and without 都, 府 or 県.
var prefectureCodes = func() map[string]string {
	codes := map[string]string{}
	for i, name := range strings.Fields(prefectures) {
		code := string([]byte{byte('0' + (i+1)/10), byte('0' + (i+1)%10)})
		codes[name] = code
		if i > 0 {
			codes[name[:len(name)-len("県")]] = code
		}
	}
	return codes
}()

// prefecture is the code of a prefecture's name, or "".
func prefecture(name string) string { return prefectureCodes[strings.TrimSpace(name)] }
