package webcollect

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
)

// The check sum of this member, by hand: SHA-256 of "42abcd12341111111".
const memberSum = "8af30095069b578c7c5eddef755c9fe738e6ea6c6200be2d05416de89d647cbe"

var (
	shopper = acquirer.Member{ID: "42", Key: "abcd1234"}
	onFile  = acquirer.StoredCard{Member: shopper, Key: "1", LastCredit: "20240102030405"}
)

// charge is the wish to charge the stored card without the shopper.
func charge(number string) acquirer.Wish {
	w := authorize(number)
	w.Authorization.Token, w.Authorization.Stored = "", &onFile
	return w
}

// back is what a browser brings back when all went well.
func back() map[string][]string {
	return map[string][]string{
		"COMP_CD": {"0001"}, "TOKEN": {"aB3dEfGh1JkLmN0p"}, "CARD_EXP": {"1230"}, "ITEM_PRICE": {"0003000"}, "ITEM_TAX": {"0"},
		"CUST_CD": {"C 1+2"}, "SHOP_ID": {"shop/1"}, "TERM_CD": {"T=1&x"}, "CRD_RES_CD": {"\x8a\xbf\x8e\x9a"}, "RES_VE": {"Y"},
		"RES_PA": {""}, "RES_CODE": {"0000"}, "3D_INF": {"eci=05"}, "3D_TRAN_ID": {"AbC+/=%2B"}, "SEND_DT": {"20260401120000"},
		"HASH_VALUE": {"ＡＢ"},
	}
}

// complete is the wish to complete the challenge with a form.
func complete(t *testing.T, form map[string][]string) acquirer.Wish {
	t.Helper()
	ret, err := new(Connector).ReadReturn(form)
	if err != nil {
		t.Fatal(err)
	}
	return acquirer.Wish{
		Operation: payment.OpAuthenticate, Acceptance: "WOO-1001", Amount: 3000,
		Authentication: &acquirer.Authentication{Token: threeDToken, Values: ret.Values},
	}
}

// P46: the bytes of the calls about cards, in the order of the provider's
// documents; what a browser brought back keeps its bytes, also those that are
// not UTF-8. No card number is in any of them (R02).
func TestGoldenCardRequests(t *testing.T) {
	const member = "&trader_code=888889999&member_id=42&authentication_key=abcd1234&check_sum=" + memberSum
	const a01 = "function_div=A01&trader_code=888889999&device_div=2&order_no=WOO-1002&settle_price=3000&buyer_name_kanji=%E9%BB%92%E7%8C%AB%E3%80%80%E5%A4%AA%E9%83%8E&buyer_tel=03-1234-5678&buyer_email=taro%40example.test&auth_div=0&pay_way=1&option_service_div=01&goods_name=%E3%82%8A%E3%82%93%E3%81%94%E3%82%B8%E3%83%A5%E3%83%BC%E3%82%B9+1L%C3%976&card_code_api=9&member_id=42&authentication_key=abcd1234&card_key=1&last_credit_date=20240102030405&check_sum=" + memberSum + "&ec_cart_code=kessai"
	const a09 = "function_div=A09&trader_code=888889999&order_no=WOO-1001&comp_cd=0001&token=aB3dEfGh1JkLmN0p&card_exp=1230&item_price=0003000&item_tax=0&cust_cd=C+1%2B2&shop_id=shop%2F1&term_cd=T%3D1%26x&crd_res_cd=%8A%BF%8E%9A&res_ve=Y&res_pa=&res_code=0000&three_d_inf=eci%3D05&three_d_tran_id=AbC%2B%2F%3D%252B&send_dt=20260401120000&hash_value=%EF%BC%A1%EF%BC%A2&three_d_token=" + threeDToken
	shorter, older := back(), back()
	delete(shorter, "RES_VE")
	delete(shorter, "3D_INF")
	older["CARD_NO"] = older["TOKEN"]
	delete(older, "TOKEN")
	tests := []struct {
		name, path, body string
		do               func(context.Context, *Connector) error
	}{
		{"charge alone", "credit", a01, func(ctx context.Context, c *Connector) error {
			return second(c.Perform(ctx, merchant, charge("WOO-1002")))
		}},
		{"complete", "creditToken3D", a09, func(ctx context.Context, c *Connector) error {
			return second(c.Perform(ctx, merchant, complete(t, back())))
		}},
		{"complete, fields left out", "creditToken3D", strings.NewReplacer("&res_ve=Y", "", "&three_d_inf=eci%3D05", "").Replace(a09), func(ctx context.Context, c *Connector) error {
			return second(c.Perform(ctx, merchant, complete(t, shorter)))
		}},
		{"complete, older name", "creditToken3D", a09, func(ctx context.Context, c *Connector) error {
			return second(c.Perform(ctx, merchant, complete(t, older)))
		}},
		{"list", "creditInfoGet", "function_div=A03" + member, func(ctx context.Context, c *Connector) error { return second(c.Cards(ctx, merchant, shopper)) }},
		{"remove", "creditInfoDelete", "function_div=A05" + member + "&card_key=1&last_credit_date=20240102030405", func(ctx context.Context, c *Connector) error {
			return second(c.RemoveCard(ctx, merchant, onFile))
		}},
		{"update", "creditInfoUpdate", "function_div=A04" + member + "&card_key=1&card_exp=0131&card_owner=TARO+O-NEIL&last_credit_date=20240102030405", func(ctx context.Context, c *Connector) error {
			return second(c.UpdateCard(ctx, merchant, onFile, acquirer.CardChange{Expiry: "01/31", Holder: "TARO O-NEIL"}))
		}},
		{"update, expiry only", "creditInfoUpdate", "function_div=A04" + member + "&card_key=1&card_exp=1230&last_credit_date=20240102030405", func(ctx context.Context, c *Connector) error {
			return second(c.UpdateCard(ctx, merchant, onFile, acquirer.CardChange{Expiry: "12/30"}))
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var path, body string
			c := connector(t, func(w http.ResponseWriter, r *http.Request) {
				b, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				path, body = r.URL.RequestURI(), string(b)
				switch tt.path {
				case "credit", "creditToken3D":
					say(w, r, approved)
				case "creditInfoGet":
					say(w, r, good+"<cardUnit>0</cardUnit>")
				default:
					say(w, r, good)
				}
			})
			if err := tt.do(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if path != "/test_gateway/"+tt.path+".api" || body != tt.body {
				t.Errorf("%s\n%s\nwant\n%s", path, body, tt.body)
			}
		})
	}
}

// P94, P52: what cannot be sent is named, and nothing leaves.
func TestInvalidCardWishes(t *testing.T) {
	c := connector(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("sent: %s", r.URL.Path) })
	perform := func(change func(*acquirer.Wish, *acquirer.StoredCard)) error {
		w, s := charge("A1"), onFile
		w.Authorization.Stored = &s
		change(&w, &s)
		return second(c.Perform(t.Context(), merchant, w))
	}
	long := strings.Repeat("a", 65)
	bad := map[string][]error{
		"member_id": {
			perform(func(_ *acquirer.Wish, s *acquirer.StoredCard) { s.Member.ID = "" }),
			perform(func(_ *acquirer.Wish, s *acquirer.StoredCard) { s.Member.ID = long }),
			second(c.Cards(t.Context(), merchant, acquirer.Member{ID: "mei-1", Key: "abcd1234"})),
		},
		"authentication_key": {
			perform(func(_ *acquirer.Wish, s *acquirer.StoredCard) { s.Member.Key = "abcd12345" }),
			second(c.Cards(t.Context(), merchant, acquirer.Member{ID: "1"})),
		},
		"card_key":         {perform(func(_ *acquirer.Wish, s *acquirer.StoredCard) { s.Key = "4" })},
		"last_credit_date": {perform(func(_ *acquirer.Wish, s *acquirer.StoredCard) { s.LastCredit = "2024-01-02" })},
		"pay_way":          {perform(func(w *acquirer.Wish, _ *acquirer.StoredCard) { w.Authorization.Installments = 4 })},
		"token":            {perform(func(w *acquirer.Wish, _ *acquirer.StoredCard) { w.Authorization.Stored = nil })},
		"three_d_token": {
			second(c.Perform(t.Context(), merchant, wish(payment.OpAuthenticate, "A1"))),
			second(c.Perform(t.Context(), merchant, acquirer.Wish{Operation: payment.OpAuthenticate, Acceptance: "A1", Authentication: &acquirer.Authentication{Token: threeDToken[1:], Values: []byte("{}")}})),
		},
		"comp_cd":  {second(c.Perform(t.Context(), merchant, acquirer.Wish{Operation: payment.OpAuthenticate, Acceptance: "A1", Authentication: &acquirer.Authentication{Token: threeDToken, Values: []byte("{}")}}))},
		"res_code": {second(c.Perform(t.Context(), merchant, acquirer.Wish{Operation: payment.OpAuthenticate, Acceptance: "A1", Authentication: &acquirer.Authentication{Token: threeDToken, Values: []byte("x")}}))},
		"order_no": {func() error {
			w := complete(t, back())
			w.Acceptance = "a"
			return second(c.Perform(t.Context(), merchant, w))
		}()},
		"card_exp":   {second(c.UpdateCard(t.Context(), merchant, onFile, acquirer.CardChange{Expiry: "13/30"})), second(c.UpdateCard(t.Context(), merchant, onFile, acquirer.CardChange{Expiry: "1230"}))},
		"card_owner": {second(c.UpdateCard(t.Context(), merchant, onFile, acquirer.CardChange{Holder: "黒猫"})), second(c.UpdateCard(t.Context(), merchant, onFile, acquirer.CardChange{Holder: strings.Repeat("A", 31)}))},
	}
	for field, list := range bad {
		for _, err := range list {
			isNotSent(t, err, payment.InvalidRequest, field)
		}
	}
	isNotSent(t, second(c.RemoveCard(t.Context(), merchant, acquirer.StoredCard{Member: shopper})), payment.InvalidRequest, "card_key")
	isNotSent(t, second(c.Cards(t.Context(), acquirer.Merchant{}, shopper)), payment.ProviderMisconfigured, "")
}

// P53: a member's key shows in no text, and the words and bytes that are sent
// are the only place where it is.
func TestEntry(t *testing.T) {
	c := dialing(t, Options{})
	const testLib = "https://ptwebcollect.jp/test_gateway/token/js/embeddedTokenLib.js"
	// SHA-256, by hand: "1111111" with the auth_div, before it the member's words.
	tests := []struct {
		name   string
		checks acquirer.Checks
		want   acquirer.Entry
	}{
		{"nothing", acquirer.Checks{}, acquirer.Entry{AuthDiv: "0", OptServDiv: "00", CheckSum: sum("11111110")}},
		{"3-D Secure", acquirer.Checks{Authentication: true}, acquirer.Entry{AuthDiv: "1", OptServDiv: "00", CheckSum: sum("11111111")}},
		{"security code", acquirer.Checks{SecurityCode: true}, acquirer.Entry{AuthDiv: "2", OptServDiv: "00", CheckSum: sum("11111112")}},
		{"both, kept", acquirer.Checks{Authentication: true, SecurityCode: true, Member: &shopper}, acquirer.Entry{AuthDiv: "3", OptServDiv: "01", MemberID: "42", AuthKey: "abcd1234", CheckSum: sum("42abcd123411111113")}},
		{"stored", acquirer.Checks{Authentication: true, Member: &shopper, Stored: &onFile}, acquirer.Entry{AuthDiv: "1", OptServDiv: "01", MemberID: "42", AuthKey: "abcd1234", CheckSum: sum("42abcd123411111111"), CardKey: "1", LastCreditDate: "20240102030405"}},
	}
	for _, tt := range tests {
		tt.want.ScriptURI, tt.want.TraderCode = testLib, "888889999"
		if got, err := c.Entry(merchant, tt.checks); err != nil || got != tt.want {
			t.Errorf("%s: %+v, %v; want %+v", tt.name, got, err, tt.want)
		}
	}
	m := merchant
	m.Environment = "PRODUCTION"
	if e, err := c.Entry(m, acquirer.Checks{}); err != nil || e.ScriptURI != "https://api.kuronekoyamato.co.jp/api/token/js/embeddedTokenLib.js" { // P89
		t.Errorf("%+v, %v", e, err)
	}
}

// P52, P94: no entry for who cannot be told apart, nor for another member's card.
func TestEntryRefused(t *testing.T) {
	c := dialing(t, Options{})
	other := acquirer.Member{ID: "43", Key: "abcd1234"}
	stale := onFile
	stale.LastCredit = "yesterday"
	for name, checks := range map[string]acquirer.Checks{
		"bad member": {Member: &acquirer.Member{ID: "a b", Key: "x"}}, "no key": {Member: &acquirer.Member{ID: "42"}},
		"nobody's card": {Stored: &onFile}, "another's card": {Member: &other, Stored: &onFile}, "no lock": {Member: &shopper, Stored: &stale},
	} {
		if e, err := c.Entry(merchant, checks); err == nil {
			t.Errorf("%s: %+v", name, e)
		} else if strings.Contains(err.Error(), "abcd1234") {
			t.Errorf("%s: %v tells the key", name, err)
		}
	}
	for _, m := range []acquirer.Merchant{{}, {Environment: "TEST"}, {Environment: "TEST", TraderCode: "888889999"}, {Environment: "LIVE", TraderCode: "888889999", AccessKey: "1"}} {
		if e, err := c.Entry(m, acquirer.Checks{}); err == nil {
			t.Errorf("%+v for %+v", e, m)
		}
	}
}
