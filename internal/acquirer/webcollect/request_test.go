package webcollect

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// The bytes of each request, in the order of the provider's documents.
func TestGoldenRequests(t *testing.T) {
	const a08 = "function_div=A08&trader_code=888889999&device_div=2&order_no=WOO-1001&settle_price=3000&buyer_name_kanji=%E9%BB%92%E7%8C%AB%E3%80%80%E5%A4%AA%E9%83%8E&buyer_tel=03-1234-5678&buyer_email=taro%40example.test&pay_way=1&goods_name=%E3%82%8A%E3%82%93%E3%81%94%E3%82%B8%E3%83%A5%E3%83%BC%E3%82%B9+1L%C3%976&card_code_api=9&token=0123456789ABCDEF&ec_cart_code=kessai"
	const bare = "function_div=A08&trader_code=888889999&device_div=2&order_no=WOO-1001&settle_price=3000&buyer_name_kanji="
	changed := func(change func(*acquirer.Authorization)) func(context.Context, *Connector) error {
		w := authorize("WOO-1001")
		change(w.Authorization)
		return func(ctx context.Context, c *Connector) error { return second(c.Perform(ctx, merchant, w)) }
	}
	do := func(w acquirer.Wish) func(context.Context, *Connector) error {
		return func(ctx context.Context, c *Connector) error { return second(c.Perform(ctx, merchant, w)) }
	}
	tests := []struct {
		name, path, body string
		do               func(context.Context, *Connector) error
	}{
		{"authorize", "creditToken", a08, do(authorize("WOO-1001"))},
		{"installments", "creditToken", strings.Replace(a08, "pay_way=1", "pay_way=3", 1), changed(func(a *acquirer.Authorization) { a.Installments = 3 })}, // P100
		{"smartphone", "creditToken", strings.Replace(a08, "device_div=2", "device_div=1", 1), changed(func(a *acquirer.Authorization) { a.Device = "smartphone" })},
		{"unknown brand", "creditToken", strings.Replace(a08, "&card_code_api=9", "", 1), changed(func(a *acquirer.Authorization) { a.Brand = card.BrandUnknown })},
		{"amex", "creditToken", strings.Replace(a08, "api=9", "api=12", 1), changed(func(a *acquirer.Authorization) { a.Brand = card.BrandAmex })},
		{
			"return", "creditToken", strings.Replace(a08, "&ec_cart", "&trader_ec_url=https%3A%2F%2Fshop.example.test%2Fr%3Fa%3D1%26b%3D2&ec_cart", 1),
			changed(func(a *acquirer.Authorization) { a.ReturnURI = "https://shop.example.test/r?a=1&b=2" }),
		},
		{
			"reservation", "creditToken", strings.Replace(a08, "&ec_cart", "&scheduled_shipping_date=20261224&ec_cart", 1),
			changed(func(a *acquirer.Authorization) { a.ShipDate = "2026-12-24" }),
		},
		{"another ship date", "changeDate", "function_div=E03&trader_code=888889999&order_no=WOO-1001&scheduled_shipping_date=20261226", do(acquirer.Wish{Operation: payment.OpReschedule, Acceptance: "WOO-1001", ShipDate: "2026-12-26"})},
		{"no goods", "creditToken", a08[:strings.Index(a08, "&goods_name")] + a08[strings.Index(a08, "&card_code"):], changed(func(a *acquirer.Authorization) { a.Goods = "" })},
		{
			"hard names", "creditToken", bare + "%E5%B1%B1%E3%80%80+%E9%87%8E%E3%80%80%E5%AE%B6%E3%80%80%E8%AA%B2%E3%82%AF%E3%83%AD%E3%83%8D%E3%82%B3&buyer_tel=03-1234-5678&buyer_email=taro%40example.test&pay_way=1&goods_name=%E6%B3%A2%E3%80%80%E7%B7%9A%E3%80%80%21&card_code_api=9&token=0123456789ABCDEF&ec_cart_code=kessai",
			changed(func(a *acquirer.Authorization) {
				a.Buyer.Name, a.Goods = "山髙 野𠮷家①課ｸﾛﾈｺ", "波〜線😀!"
			}),
		}, // P66, P94
		{"capture", "shipmentEntry", "function_div=E01&trader_code=888889999&order_no=WOO-1001&slip_no=WOO-1001&delivery_service_code=99", do(wish(payment.OpCapture, "WOO-1001"))},
		{"adjust", "creditChangePrice", "function_div=A07&trader_code=888889999&order_no=WOO-1001&new_price=2500", do(adjust("WOO-1001"))},
		{"cancel", "creditCancel", "function_div=A06&trader_code=888889999&order_no=WOO-1001", do(wish(payment.OpCancel, "WOO-1001"))},
		{"reauthorize", "reAuth", "function_div=A11&trader_code=888889999&order_no=WOO-1001", do(wish(payment.OpReauthorize, "WOO-1001"))},
		{"marks", "creditCancel", "function_div=A06&trader_code=888889999&order_no=A1%23-%2A%2F%3C%3E%3A%40", do(wish(payment.OpCancel, "A1#-*/<>:@"))},
		{"inquire", "tradeInfo", "function_div=E04&trader_code=888889999&order_no=WOO-1001", func(ctx context.Context, c *Connector) error { return second(c.Inquire(ctx, merchant, "WOO-1001")) }},
		{
			"slip", "shipmentEntry", "function_div=E01&trader_code=888889999&order_no=WOO-1001&slip_no=123456789013&delivery_service_code=00",
			func(ctx context.Context, c *Connector) error {
				return second(c.EnterShipment(ctx, merchant, "WOO-1001", "123456789013"))
			},
		},
		{
			"slip off", "shipmentCancel", "function_div=E02&trader_code=888889999&order_no=WOO-1001&slip_no=123456789013",
			func(ctx context.Context, c *Connector) error {
				return second(c.CancelShipment(ctx, merchant, "WOO-1001", "123456789013"))
			},
		},
		{
			"confirmation off", "shipmentCancel", "function_div=E02&trader_code=888889999&order_no=WOO-1001&slip_no=WOO-1001",
			func(ctx context.Context, c *Connector) error {
				return second(c.CancelShipment(ctx, merchant, "WOO-1001", "WOO-1001"))
			},
		},
		{
			"reschedule", "changeDate", "function_div=E03&trader_code=888889999&order_no=WOO-1001&scheduled_shipping_date=20260410",
			func(ctx context.Context, c *Connector) error { // P84: the day is Japan's
				return second(c.Reschedule(ctx, merchant, "WOO-1001", time.Date(2026, 4, 9, 15, 0, 0, 0, time.UTC)))
			},
		},
		{"caller", "traderIp", "function_div=H01&trader_code=888889999", func(ctx context.Context, c *Connector) error { return second(c.CallerAddress(ctx, merchant)) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var line, body, kind, cookie string
			c := connector(t, func(w http.ResponseWriter, r *http.Request) {
				line, kind, cookie = r.Method+" "+r.URL.RequestURI(), r.Header.Get("Content-Type"), r.Header.Get("Cookie")
				b, err := io.ReadAll(r.Body)
				if err != nil {
					t.Error(err)
				}
				body = string(b)
				http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
				switch {
				case tt.path == "tradeInfo":
					say(w, r, good+"<resultCount>0</resultCount>")
				case tt.path == "traderIp":
					say(w, r, good+"<ipAddress>192.0.2.1</ipAddress>")
				case tt.path == "creditToken" || tt.path == "reAuth":
					say(w, r, approved)
				default:
					say(w, r, good)
				}
			})
			for range 2 { // the second time shows that no cookie is kept
				if err := tt.do(t.Context(), c); err != nil {
					t.Fatal(err)
				}
			}
			if line != "POST /test_gateway/"+tt.path+".api" || kind != "application/x-www-form-urlencoded; charset=UTF-8" || cookie != "" {
				t.Errorf("%s, %s, cookie %q", line, kind, cookie)
			}
			if body != tt.body {
				t.Errorf("body\n%s\nwant\n%s", body, tt.body)
			}
		})
	}
}

func second[T any](_ T, err error) error { return err }

// P89: the environment of the payment chooses where a call goes; H01 lives at
// the test gateway only.
func TestEnvironments(t *testing.T) {
	var path string
	c := connector(t, func(w http.ResponseWriter, r *http.Request) {
		path = r.URL.Path
		say(w, r, good+"<resultCount>0</resultCount><ipAddress>192.0.2.1</ipAddress>")
	})
	m := merchant
	m.Environment = shop.Production
	if _, err := c.Inquire(t.Context(), m, "A"); err != nil || path != "/api/tradeInfo" {
		t.Errorf("%s, %v", path, err)
	}
	if addr, err := c.CallerAddress(t.Context(), m); err != nil || path != "/test_gateway/traderIp.api" || addr.String() != "192.0.2.1" {
		t.Errorf("%s, %v, %v", path, addr, err)
	}
	m.Environment, path = "", ""
	if _, err := c.Inquire(t.Context(), m, "A"); path != "" {
		t.Errorf("%s, %v", path, err)
	} else {
		isNotSent(t, err, payment.ProviderMisconfigured, "")
	}
}

// P94, P51, P15: what cannot be sent is named, and nothing leaves.
func TestInvalidWishes(t *testing.T) {
	c := connector(t, func(_ http.ResponseWriter, r *http.Request) { t.Errorf("sent: %s", r.URL.Path) })
	change := func(f func(*acquirer.Wish)) acquirer.Wish {
		w := authorize("A1")
		f(&w)
		return w
	}
	tests := []struct {
		wish  acquirer.Wish
		field string
	}{
		{change(func(w *acquirer.Wish) { w.Acceptance = "" }), "order_no"},
		{change(func(w *acquirer.Wish) { w.Acceptance = "abc" }), "order_no"},
		{change(func(w *acquirer.Wish) { w.Acceptance = strings.Repeat("A", 24) }), "order_no"},
		{change(func(w *acquirer.Wish) { w.Amount = 0 }), "settle_price"}, // P03
		{change(func(w *acquirer.Wish) { w.Amount = -1 }), "settle_price"},
		{change(func(w *acquirer.Wish) { w.Amount = 10_000_000 }), "settle_price"},
		{change(func(w *acquirer.Wish) { w.Authorization = nil }), "token"},
		{change(func(w *acquirer.Wish) { w.Authorization.Token = "short" }), "token"},
		{change(func(w *acquirer.Wish) { w.Authorization.Device = "" }), "device_div"},
		{change(func(w *acquirer.Wish) { w.Authorization.Installments = 0 }), "pay_way"},
		{change(func(w *acquirer.Wish) { w.Authorization.Installments = 4 }), "pay_way"},
		{change(func(w *acquirer.Wish) { w.Authorization.Buyer.Name = "😀" }), "buyer_name_kanji"},
		{change(func(w *acquirer.Wish) { w.Authorization.Buyer.Phone = "1" }), "buyer_tel"},
		{change(func(w *acquirer.Wish) { w.Authorization.Buyer.Email = "taro" }), "buyer_email"},
		{change(func(w *acquirer.Wish) { w.Authorization.ReturnURI = "http://shop.example.test/" }), "trader_ec_url"},
		{change(func(w *acquirer.Wish) {
			w.Authorization.ReturnURI = "https://shop.example.test/" + strings.Repeat("a", 103)
		}), "trader_ec_url"},
		{acquirer.Wish{Operation: payment.OpAdjust, Acceptance: "A1"}, "new_price"},
		{wish(payment.OpCancel, "a1"), "order_no"},
	}
	for _, tt := range tests {
		_, err := c.Perform(t.Context(), merchant, tt.wish)
		isNotSent(t, err, payment.InvalidRequest, tt.field)
	}
	_, err := c.EnterShipment(t.Context(), merchant, "A1", "123456789012") // P60
	isNotSent(t, err, payment.InvalidRequest, "slip_no")
	_, err = c.CancelShipment(t.Context(), merchant, "A1", "A2")
	isNotSent(t, err, payment.InvalidRequest, "slip_no")
	_, err = c.Reschedule(t.Context(), merchant, "A1", noon.AddDate(0, 0, -1))
	isNotSent(t, err, payment.InvalidRequest, "scheduled_shipping_date")
	_, err = c.Perform(t.Context(), acquirer.Merchant{Environment: shop.Test}, authorize("A1"))
	isNotSent(t, err, payment.ProviderMisconfigured, "trader_code")
}

// R09, P86: no base without TLS but towards this machine, and none that
// carries anything else.
func TestBases(t *testing.T) {
	for _, bad := range []string{
		"http://ptwebcollect.jp/test_gateway", "ptwebcollect.jp", "ftp://127.0.0.1/", "https://", "https://u:p@example.test/x",
		"https://example.test/x?y=1", "https://example.test/x#y", "http://127.0.0.1.example.test/", "http://10.0.0.1/", "::",
	} {
		if _, err := New(Options{TestBase: bad}); err == nil {
			t.Errorf("test base %s is taken", bad)
		}
		if _, err := New(Options{ProductionBase: bad}); err == nil {
			t.Errorf("production base %s is taken", bad)
		}
	}
	for _, fine := range []string{"", "http://127.0.0.1:8099/test_gateway", "http://localhost:8099/test_gateway/", "http://[::1]:1/x", "https://example.test"} {
		c, err := New(Options{TestBase: fine})
		if err != nil {
			t.Errorf("%s: %v", fine, err)
			continue
		}
		if a, _ := c.address(shop.Test, tradeInfo); strings.Contains(a, "//tradeInfo") || !strings.HasSuffix(a, "/tradeInfo.api") {
			t.Error(a)
		}
	}
	c, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	test, _ := c.address(shop.Test, creditToken)
	production, _ := c.address(shop.Production, creditToken)
	if test != "https://ptwebcollect.jp/test_gateway/creditToken.api" || production != "https://api.kuronekoyamato.co.jp/api/creditToken" {
		t.Errorf("%s, %s", test, production)
	}
}
