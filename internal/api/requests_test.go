package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
)

// Every amount that is not whole yen in plain digits, 1 to 9,999,999, is
// refused by one rule, by REST and Connect alike, names its field, and reaches
// nobody (P03, P82, P83). A number in quotes is a number, as protobuf's JSON
// has it.
func TestAmounts(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", approved)
	calls := len(h.fake.callers)
	bad := []string{
		"0", "-1", "-5080", "10000000", "2147483647", "2147483648", "99999999999999999999", "5080.5", "5080.0", "1e3", "1E3", "5.08e3", "-0", "0.1",
		`"5080.0"`, `"1e3"`, `"1,000"`, `"５０８０"`, `"1000.00"`, `" 5080"`, `"5080 "`, `"+5080"`, `"05080"`, `""`, `"0x1f"`, `"¥5080"`, `"5\u00300e1"`, `"-5080"`,
		"true", "[5080]", `{"units":5080}`, `"NaN"`, "1e999", `"1e400"`,
	}
	for _, amount := range bad {
		for path, body := range map[string]string{
			"/v1/payments":                                      `{"amount":%s,"orderNumber":"7"}`,
			"/v1/" + p.GetName() + ":adjust":                    `{"amount":%s}`,
			"/kessai.payment.v1.PaymentService/CreatePayment":   `{"amount":%s,"orderNumber":"7"}`,
			"/kessai.payment.v1.PaymentService/AdjustPayment":   `{"name":"` + p.GetName() + `","amount":%s}`,
			"/kessai.payment.v1.PaymentService/CreatePayment?":  `{"amount":7,"orderNumber":"7","order":{"total":%s,"lines":[]}}`,
			"/kessai.payment.v1.PaymentService/CreatePayment?x": `{"amount":7,"orderNumber":"7","order":{"lines":[{"name":"a","quantity":1,"unitAmount":%s}]}}`,
		} {
			if zero := amount == "0" || amount == "-0"; zero && strings.Contains(path, "?") {
				continue // a total of zero is none; a line may cost nothing
			}
			code, answer, _ := h.do(t, "POST", path, fmt.Sprintf(body, amount), "Content-Type", "application/json", "Idempotency-Key", "k"+fmt.Sprint(len(amount)))
			field := "amount"
			if strings.Contains(body, "total") {
				field = "order.total"
			} else if strings.Contains(body, "unitAmount") {
				field = "order.lines[0].unit_amount"
			}
			if code != http.StatusBadRequest || !strings.Contains(answer, field) {
				t.Errorf("%s with %s: %d %s", path, amount, code, answer)
			}
		}
	}
	if len(h.fake.callers) != calls {
		t.Error("an amount got through")
	}
	for i, amount := range []string{"1", `"5080"`, "9999999"} {
		code, answer, _ := h.do(t, "POST", "/v1/payments", fmt.Sprintf(`{"amount":%s,"orderNumber":"n%d"}`, amount, i), "Idempotency-Key", fmt.Sprintf("good%d", i))
		if code != http.StatusOK || !strings.Contains(answer, `"amount":`+strings.Trim(amount, `"`)+",") {
			t.Errorf("%s: %d %s", amount, code, answer)
		}
	}
}

func create(change func(*paymentv1.CreatePaymentRequest)) *paymentv1.CreatePaymentRequest {
	r := &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: "1396", RequestId: "a1"}
	change(r)
	return r
}

func buyer(change func(*paymentv1.Buyer)) *paymentv1.Order {
	b := &paymentv1.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "hanako@example.com"}
	change(b)
	return &paymentv1.Order{Buyer: b}
}

// The form of every field is checked at the door, by every protocol: what is
// wrong is named by its path, all at once, and nothing is done.
func TestForm(t *testing.T) {
	line := func(l *paymentv1.OrderLine) *paymentv1.Order {
		return &paymentv1.Order{Lines: []*paymentv1.OrderLine{l}}
	}
	long := strings.Repeat("あ", 65)
	type Create = paymentv1.CreatePaymentRequest
	for _, tc := range []struct {
		field string // the one violation; empty: fine
		r     *Create
	}{
		{"", create(func(r *Create) { r.OrderNumber = strings.Repeat("あ", 64) })},
		{"order_number", create(func(r *Create) { r.OrderNumber = "" })},
		{"order_number", create(func(r *Create) { r.OrderNumber = long })},
		{"order_number", create(func(r *Create) { r.OrderNumber = "a\nb" })},
		{"order_number", create(func(r *Create) { r.OrderNumber = " 1396" })},
		{"order_number", create(func(r *Create) { r.OrderNumber = "4111-1111-1111-1111" })}, // P59
		{"", create(func(r *Create) { r.CardToken = approved })},
		{"card_token", create(func(r *Create) { r.CardToken = "short" })},
		{"card_token", create(func(r *Create) { r.CardToken = "4111111111111111" })}, // P59
		{"", create(func(r *Create) { r.Customer = "mei-1_X" })},
		{"customer", create(func(r *Create) { r.Customer = "mei 1" })},
		{"customer", create(func(r *Create) { r.Customer = strings.Repeat("x", 65) })},
		{"", create(func(r *Create) { r.CaptureMode = "AUTHORIZE_AND_CAPTURE" })},
		{"capture_mode", create(func(r *Create) { r.CaptureMode = "authorize" })},
		{"", create(func(r *Create) { r.InstallmentCount = 1 })},
		{"installment_count", create(func(r *Create) { r.InstallmentCount = 4 })},
		{"installment_count", create(func(r *Create) { r.InstallmentCount = -1 })},
		{"", create(func(r *Create) { r.Device = "smartphone" })},
		{"device", create(func(r *Create) { r.Device = "phone" })},
		{"", create(func(r *Create) { r.CardHint = &paymentv1.CardSummary{Brand: "visa", LastFour: "1111", Expiry: "12/30"} })},
		{"card_hint.brand", create(func(r *Create) { r.CardHint = &paymentv1.CardSummary{Brand: "VISA"} })},
		{"card_hint.last_four", create(func(r *Create) { r.CardHint = &paymentv1.CardSummary{LastFour: "4111111111111111"} })}, // P59
		{"card_hint.expiry", create(func(r *Create) { r.CardHint = &paymentv1.CardSummary{Expiry: "13/30"} })},
		{"", create(func(r *Create) { r.ReturnUri = "https://shop.example.com/back?x=1" })},
		{"", create(func(r *Create) { r.ReturnUri = "http://localhost:3000/back" })},
		{"return_uri", create(func(r *Create) { r.ReturnUri = "http://shop.example.com/back" })}, // R09
		{"return_uri", create(func(r *Create) { r.ReturnUri = "javascript:alert(1)" })},
		{"return_uri", create(func(r *Create) { r.ReturnUri = "https://user:pass@shop.example.com/" })},
		{"return_uri", create(func(r *Create) { r.ReturnUri = "https://shop.example.com/" + strings.Repeat("x", 110) })},
		{"delivery_method", create(func(r *Create) { r.DeliveryMethod = long })},
		{"", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "茶", Quantity: 1, Kind: "physical"}) })},
		{"order.lines[0].kind", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "本", Quantity: 1, Kind: "download"}) })}, // R06
		{"order.lines[0].kind", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "本", Quantity: 1, Kind: "book"}) })},
		{"order.lines[0].quantity", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "茶"}) })},
		{"order.lines[0].name", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: " ", Quantity: 1}) })},
		{"order.lines[0].name", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "card 4111 1111 1111 1111", Quantity: 1}) })}, // P59
		{"", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "JAN 4222222222222", Quantity: 1}) })},                           // an article number is no card
		{"order.lines[0].unit_amount", create(func(r *Create) { r.Order = line(&paymentv1.OrderLine{Name: "茶", Quantity: 1, UnitAmount: -1}) })}, // P03
		{"order.total", create(func(r *Create) { r.Order = &paymentv1.Order{Total: -1} })},
		{"", create(func(r *Create) { r.Order = buyer(func(*paymentv1.Buyer) {}) })},
		{"order.buyer.name", create(func(r *Create) { r.Order = buyer(func(b *paymentv1.Buyer) { b.Name = strings.Repeat("山", 21) }) })},
		{"order.buyer.name", create(func(r *Create) { r.Order = buyer(func(b *paymentv1.Buyer) { b.Name = "ﾔﾏﾀﾞ" }) })},
		{"order.buyer.phone", create(func(r *Create) { r.Order = buyer(func(b *paymentv1.Buyer) { b.Phone = "+81 3" }) })},
		{"order.buyer.email", create(func(r *Create) { r.Order = buyer(func(b *paymentv1.Buyer) { b.Email = "hanako" }) })},
		{"order.buyer.email", create(func(r *Create) {
			r.Order = buyer(func(b *paymentv1.Buyer) { b.Email = strings.Repeat("x", 60) + "@a.jp" })
		})},
		{"order.shipping_addresses", create(func(r *Create) { r.Order = &paymentv1.Order{ShippingAddresses: []*paymentv1.Address{{}, {}}} })}, // R06
		{"", create(func(r *Create) {
			r.Order = &paymentv1.Order{ShippingAddresses: []*paymentv1.Address{{PostalCode: "104-0061"}}}
		})},
		{"order.shipping_addresses", create(func(r *Create) {
			r.Order = &paymentv1.Order{ShippingAddress: &paymentv1.Address{}, ShippingAddresses: []*paymentv1.Address{{}}}
		})},
		{"order.shipping_address.postal_code", create(func(r *Create) { r.Order = &paymentv1.Order{ShippingAddress: &paymentv1.Address{PostalCode: "1040"}} })},
		{"order.shipping_address.phone", create(func(r *Create) { r.Order = &paymentv1.Order{ShippingAddress: &paymentv1.Address{Phone: "x"}} })},
		{"request_id", create(func(r *Create) { r.RequestId = strings.Repeat("x", 256) })},
		{"request_id", create(func(r *Create) { r.RequestId = "a b" })},
		{"request_id", create(func(r *Create) { r.RequestId = "キー" })},
		{"request_id", create(func(r *Create) { r.RequestId = "4111111111111111" })}, // P59
	} {
		h := open(t)
		for _, p := range apitest.Protocols(t, h.Target) {
			if !p.Serves("CreatePayment") {
				continue
			}
			got, err := p.Call(t.Context(), "CreatePayment", tc.r, nil)
			switch {
			case err != nil:
				t.Errorf("%s: %v", p.Name, err)
			case tc.field == "" && got.Code != "OK":
				t.Errorf("%s: %v: %+v", p.Name, tc.r, got)
			case tc.field != "" && (got.Reason != "INVALID_REQUEST" || len(got.Fields) != 1 || got.Fields[0] != tc.field || got.Code != "INVALID_ARGUMENT"):
				t.Errorf("%s: %v: want %s: %+v", p.Name, tc.r, tc.field, got)
			}
			if strings.Contains(got.Text, "4111") {
				t.Errorf("%s: the text repeats the number: %s", p.Name, got.Text)
			}
		}
		if tc.field != "" && len(h.fake.callers) != 0 {
			t.Errorf("%v got through", tc.r)
		}
	}
}

// A contract's flags lift R06.
func TestContractLiftsR06(t *testing.T) {
	h := open(t, func(o *api.Options) {
		c := o.Directory.Now().Shops["first"].Contracts["TEST"]
		c.Flags.NonPhysical, c.Flags.SeveralShipTos = true, true
		o.Directory.Now().Shops["first"].Contracts["TEST"] = c
	})
	got, err := h.protocol(t, "grpc").Call(t.Context(), "CreatePayment", create(func(r *paymentv1.CreatePaymentRequest) {
		r.Order = &paymentv1.Order{Lines: []*paymentv1.OrderLine{{Name: "本", Quantity: 1, Kind: "download"}}, ShippingAddresses: []*paymentv1.Address{{City: "中央区"}, {City: "港区"}}}
	}), nil)
	if err != nil || got.Code != "OK" || len(got.Message.(*paymentv1.CreatePaymentResponse).GetPayment().GetOrder().GetShippingAddresses()) != 2 {
		t.Errorf("%v %+v", err, got)
	}
}

// The buyer may be left out in TEST only; half a buyer is none anywhere
// (promise 3).
func TestBuyer(t *testing.T) {
	h := open(t, func(o *api.Options) { o.Directory = directory(true) })
	all := []string{"order.buyer.name", "order.buyer.phone", "order.buyer.email"}
	for _, tc := range []struct {
		key    string
		order  *paymentv1.Order
		fields []string
	}{
		{shopKey, nil, nil},
		{shopKey, &paymentv1.Order{Total: 1}, nil},
		{shopKey, &paymentv1.Order{Buyer: &paymentv1.Buyer{}}, all},
		{liveKey, nil, all},
		{liveKey, &paymentv1.Order{Total: 1}, all},
		{liveKey, &paymentv1.Order{Buyer: &paymentv1.Buyer{Name: "山田花子"}}, all[1:]},
		{liveKey, buyer(func(*paymentv1.Buyer) {}), nil},
	} {
		for _, p := range apitest.Protocols(t, h.with(tc.key)) {
			if p.Name != "grpc" {
				continue
			}
			r := create(func(r *paymentv1.CreatePaymentRequest) {
				r.Order, r.RequestId = tc.order, fmt.Sprintf("%x", proto.Size(tc.order))
				r.OrderNumber = r.GetRequestId()
			})
			got, err := p.Call(t.Context(), "CreatePayment", r, nil)
			if err != nil || fmt.Sprint(got.Fields) != fmt.Sprint(tc.fields) {
				t.Errorf("%s %v: %v %+v", tc.key, tc.order, err, got)
			}
		}
	}
}

// Header and field are the same key; every call that moves money needs one;
// the same key with another request names what differs; a replay says so
// (promise 4, P04, P12).
func TestIdempotencyKeys(t *testing.T) {
	h := open(t)
	for _, p := range apitest.Protocols(t, h.Target) {
		if !p.Serves("CreatePayment") {
			continue
		}
		order := strings.ReplaceAll(p.Name, " ", "-")
		call := func(amount int32, field string, header ...string) apitest.Answer {
			t.Helper()
			hd := http.Header{}
			for _, v := range header {
				hd.Add("Idempotency-Key", v)
			}
			got, err := p.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{Amount: amount, OrderNumber: order, CardToken: approved, RequestId: field}, hd)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := call(5080, ""); got.Reason != "IDEMPOTENCY_KEY_MISSING" || got.Fields[0] != "request_id" {
			t.Errorf("%s: none: %+v", p.Name, got)
		}
		if got := call(5080, "a"+order, "b"+order); got.Reason != "INVALID_REQUEST" || got.Fields[0] != "request_id" {
			t.Errorf("%s: two that differ: %+v", p.Name, got)
		}
		if got := call(5080, "", "a"+order, "b"+order); got.Reason != "INVALID_REQUEST" {
			t.Errorf("%s: two headers that differ: %+v", p.Name, got)
		}
		if got := call(5080, "", "a"+order); got.Code != "OK" || got.Header.Get("Idempotency-Replayed") != "" {
			t.Errorf("%s: header: %+v", p.Name, got)
		}
		if got := call(5080, "a"+order); got.Code != "OK" || got.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s: field after header: %+v", p.Name, got)
		}
		if got := call(5080, "a"+order, "a"+order); got.Code != "OK" || got.Header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s: both: %+v", p.Name, got)
		}
		got := call(5081, "a"+order)
		if got.Reason != "IDEMPOTENCY_KEY_REUSED" || len(got.Fields) != 1 || got.Fields[0] != "amount" || p.Name == "rest" && got.HTTP != http.StatusUnprocessableEntity {
			t.Errorf("%s: another request: %+v", p.Name, got)
		}
		if got := call(5081, "c"+order); got.Reason != "ORDER_NUMBER_TAKEN" || got.Facts["payment"] == "" {
			t.Errorf("%s: another key: %+v", p.Name, got)
		}
	}
	for _, m := range apitest.Methods() {
		method, request := string(m.Name()), apitest.Named(string(m.Name()), "payments/0123456789abcdefghij")
		if m.Parent().FullName() == apitest.VaultService {
			request = apitest.Named(method, "customers/mei_1")
		}
		f := m.Input().Fields().ByName("request_id")
		if f == nil {
			continue
		}
		request.ProtoReflect().Clear(f)
		if method == "CreatePayment" {
			request = &paymentv1.CreatePaymentRequest{Amount: 1, OrderNumber: "1"}
		}
		got, err := apitest.Protocols(t, h.with(demoKey))[0].Call(t.Context(), method, request, nil)
		if err != nil || got.Reason != "IDEMPOTENCY_KEY_MISSING" || got.Code != "INVALID_ARGUMENT" {
			t.Errorf("%s without a key: %v %+v", method, err, got)
		}
	}
}
