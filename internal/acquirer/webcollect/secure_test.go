package webcollect

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// R13: what the issuer is told beside A08, and nothing unless 3-D Secure may be
// asked for.
func TestGoldenSecure(t *testing.T) {
	const a08 = "function_div=A08&trader_code=888889999&device_div=2&order_no=WOO-1001&settle_price=3000&buyer_name_kanji=%E9%BB%92%E7%8C%AB%E3%80%80%E5%A4%AA%E9%83%8E&buyer_tel=03-1234-5678&buyer_email=taro%40example.test&pay_way=1&goods_name=%E3%82%8A%E3%82%93%E3%81%94%E3%82%B8%E3%83%A5%E3%83%BC%E3%82%B9+1L%C3%976&card_code_api=9&token=0123456789ABCDEF&trader_ec_url=https%3A%2F%2Fshop.example.test%2F3ds%2Freturn%2F1&ec_cart_code=kessai"
	const contact = "&x3ds2_email_address=taro%40example.test&x3ds2_home_phone_cc=81&x3ds2_home_phone_subscriber=312345678"
	const ship = "&x3ds2_ship_address_city=%E4%B8%AD%E5%A4%AE%E5%8C%BA&x3ds2_ship_address_line1=%E9%8A%80%E5%BA%A7%EF%BC%91%E2%80%90%EF%BC%92&x3ds2_ship_address_line2=%EF%BC%A1%E6%A3%9F&x3ds2_ship_address_post_code=1040061&x3ds2_ship_address_state=13&x3ds2_ship_address_country=392"
	address := payment.Address{Name: "黒猫", PostalCode: "104-0061", Prefecture: "東京都", City: "中央区", Line1: "銀座1-2", Line2: "A棟", Phone: "1"}
	tests := map[string]struct {
		secure bool
		to     *payment.Address
		more   string
	}{
		"not asked":           {false, &address, ""},
		"no parcel":           {true, nil, contact + "&x3ds2_transaction_type=01"},
		"parcel":              {true, &address, contact + ship + "&x3ds2_transaction_type=01"},
		"an empty address":    {true, &payment.Address{Name: "黒猫"}, contact + "&x3ds2_transaction_type=01"},
		"an illegible one":    {true, &payment.Address{City: "😀", Prefecture: "Tokyo", PostalCode: "SW1A 1AA"}, contact + "&x3ds2_transaction_type=01"},
		"the prefecture only": {true, &payment.Address{Prefecture: "北海道"}, contact + "&x3ds2_ship_address_state=01&x3ds2_ship_address_country=392&x3ds2_transaction_type=01"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var body string
			c := connector(t, func(w http.ResponseWriter, r *http.Request) {
				b, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				body = string(b)
				say(w, r, approved)
			})
			w := authorize("WOO-1001")
			w.Authorization.ReturnURI, w.Authorization.Secure, w.Authorization.ShipTo = "https://shop.example.test/3ds/return/1", tt.secure, tt.to
			if _, err := c.Perform(t.Context(), merchant, w); err != nil {
				t.Fatal(err)
			}
			if want := a08 + tt.more; body != want {
				t.Errorf("body\n%s\nwant\n%s", body, want)
			}
		})
	}
}

// R13: phone numbers as 3-D Secure wants them.
func TestSubscriber(t *testing.T) {
	for phone, want := range map[string]string{
		"03-1234-5678": "home 312345678", "090-1234-5678": "mobile 9012345678", "08012345678": "mobile 8012345678", "070-1234-5678": "mobile 7012345678",
		"050-1234-5678": "home 5012345678", "０３－１２３４－５６７８": "home 312345678", "0120-123-456": "home 120123456", "819012345678": " ", "12345678": " ",
		"--------": " ", "0-------": " ", "01------": " ", "": " ", "+81-90-1234-5678": " ", "0123456789012": " ",
	} {
		if kind, number := subscriber(phone); kind+" "+number != want {
			t.Errorf("%s: %s %s, want %s", phone, kind, number, want)
		}
	}
}

// R13: all 47 prefectures, in the order of their official codes.
func TestPrefectures(t *testing.T) {
	if n := len(strings.Fields(prefectures)); n != 47 || len(prefectureCodes) != 47+46 {
		t.Errorf("%d prefectures, %d names", n, len(prefectureCodes))
	}
	for name, want := range map[string]string{"北海道": "01", "青森県": "02", "東京都": "13", "東京": "13", "神奈川県": "14", "京都府": "26", "京都": "26", "大阪": "27", "和歌山県": "30", "福岡県": "40", "沖縄県": "47", " 沖縄 ": "47", "北海": "", "Tokyo": "", "": ""} {
		if got := prefecture(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// R13, P66: addresses are full-width, in the provider's alphabet, and cut at 50
// characters.
func TestAddressText(t *testing.T) {
	for s, want := range map[string]string{
		"銀座1-2-3 ABCﾋﾞﾙ": "銀座１‐２‐３　ＡＢＣビル", "１－２": "１‐２", "髙島屋①": "島屋", "": "", "  x ": "ｘ", "a\nb": "ａ　ｂ",
		strings.Repeat("亜", 51): strings.Repeat("亜", 50), strings.Repeat("亜", 49) + " 亜": strings.Repeat("亜", 49),
	} {
		if got := addressText(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	for s, want := range map[string]string{"104-0061": "1040061", "〒１０４－００６１": "1040061", "1040061": "1040061", "104": "", "10400610": "", "": ""} {
		if got := postCode(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// R13: nothing that a shop may send as an address stops the payment, and no field
// of 3-D Secure is empty or too long.
func FuzzSecureFields(f *testing.F) {
	f.Add("03-1234-5678", "104-0061", "東京都", "中央区", "銀座1-2", "")
	f.Add("0-------", "\xff", "😀", "\x00", strings.Repeat("ｶﾞ", 99), "〒")
	f.Fuzz(func(t *testing.T, phone, zip, state, city, line1, line2 string) {
		fields := secureFields(&acquirer.Authorization{
			Buyer:  payment.Buyer{Phone: phone, Email: "a@b"},
			ShipTo: &payment.Address{PostalCode: zip, Prefecture: state, City: city, Line1: line1, Line2: line2},
		})
		for _, x := range fields {
			if x.value == "" || utf8.RuneCountInString(x.value) > maxAddress || !utf8.ValidString(x.value) {
				t.Errorf("%s is %q", x.name, x.value)
			}
		}
		if v, err := url.ParseQuery(fields.encode()); err != nil || v.Get("x3ds2_transaction_type") != "01" {
			t.Errorf("%v, %v", v, err)
		}
	})
}
