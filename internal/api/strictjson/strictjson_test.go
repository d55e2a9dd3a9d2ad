package strictjson

import (
	"errors"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"pgregory.net/rapid"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
)

// What is refused, where, and whether the fault is the body's or a value's
// (P82, P83).
func TestUnmarshal(t *testing.T) {
	for _, tc := range []struct {
		in, field, text string
		value           bool
	}{
		{in: `{"amount":5080,"orderNumber":"1396"}`},
		{in: `{"amount":"5080","order_number":"1396"}`},
		{in: ` { "amount" : 5080 } ` + "\n"},
		{in: `{"orderNumber":"1e3","cardToken":"5080.0"}`}, // strings may look like numbers
		{in: `{"amount":null,"order":null}`},
		{in: `{"order":{"lines":[{"name":"\u8336","quantity":1}]}}`},
		{in: `{"amount":5080.0}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":5.08e3}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":1E2}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":"5080.0"}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":"\u0035e2"}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":"1,000"}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":"５０８０"}`, field: "amount", text: "plain digits", value: true},
		{in: `{"amount":2147483648}`, field: "amount", text: "too large", value: true},
		{in: `{"order":{"lines":[{"quantity":1},{"quantity":1.5}]}}`, field: "order.lines[1].quantity", text: "plain digits", value: true},
		{in: `{"amount":true}`, field: "amount", text: "whole number"},
		{in: `{"orderNumber":1396}`, field: "order_number", text: "a string"},
		{in: `{"order":[]}`, field: "order", text: "a JSON object"},
		{in: `{"order":{"lines":{}}}`, field: "order.lines", text: "a list"},
		{in: `{"order":{"lines":[null]}}`, field: "order.lines[0]", text: "null"},
		{in: `{"amont":1}`, text: `unknown field "amont"`},
		{in: `{"order":{"tootal":1}}`, field: "order", text: "unknown field"},
		{in: `{"4111111111111111":1}`, text: "an odd name"}, // P59: not repeated
		{in: `{"amount":1,"amount":1}`, field: "amount", text: "twice"},
		{in: `{"amount":1}{}`, text: "more text"},
		{in: `{"amount":1}x`, text: "more text"},
		{in: `{"amount":1`, text: "not valid JSON at byte"},
		{in: `{amount:1}`, text: "not valid JSON at byte"},
		{in: ``, text: "not valid JSON"},
		{in: `[]`, text: "a JSON object"},
		{in: "{\"orderNumber\":\"\xff\"}", text: "UTF-8"},
		{in: `{"orderNumber":"\ud800"}`, text: "can read"},
	} {
		m := &paymentv1.CreatePaymentRequest{}
		err := Unmarshal([]byte(tc.in), m)
		if tc.text == "" {
			if err != nil {
				t.Errorf("%s: %v", tc.in, err)
			}
			continue
		}
		var e *Error
		if !errors.As(err, &e) || e.Field != tc.field || !strings.Contains(e.Error(), tc.text) || e.Value != tc.value {
			t.Errorf("%s: %+v", tc.in, err)
		}
	}
}

// A time is a text with its zone, and nothing else.
func TestTimes(t *testing.T) {
	for in, good := range map[string]bool{
		`"2026-01-31T09:00:00+09:00"`: true, `"2026-01-31T09:00:00Z"`: true, `"2026-01-31T09:00:00.25+09:00"`: true, `null`: true,
		`"2026-01-31"`: false, `"2026-02-30T09:00:00Z"`: false, `"tomorrow"`: false, `""`: false, `1769817600`: false, `{"seconds":1}`: false, `["2026-01-31T09:00:00Z"]`: false,
	} {
		m := &shopv1.CreateAccessKeyRequest{}
		err := Unmarshal([]byte(`{"accessKey":{"expireTime":`+in+`}}`), m)
		var e *Error
		switch {
		case good && err != nil:
			t.Errorf("%s: %v", in, err)
		case good && in != "null" && m.GetAccessKey().GetExpireTime() == nil:
			t.Errorf("%s: was not read", in)
		case !good && (!errors.As(err, &e) || e.Field != "access_key.expire_time" || !strings.Contains(e.Text, "a time such as")):
			t.Errorf("%s: %+v", in, err)
		}
	}
}

// Whatever protobuf writes, we read back as it was.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		m := &paymentv1.CreatePaymentRequest{
			Amount: rapid.Int32().Draw(t, "amount"), OrderNumber: text.Draw(t, "order"), CardToken: text.Draw(t, "token"),
			Order: &paymentv1.Order{Lines: []*paymentv1.OrderLine{{Name: text.Draw(t, "line"), Quantity: rapid.Int32().Draw(t, "quantity")}}, Buyer: &paymentv1.Buyer{Name: text.Draw(t, "buyer")}},
		}
		b, err := protojson.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		got := &paymentv1.CreatePaymentRequest{}
		if err := Unmarshal(b, got); err != nil || !proto.Equal(m, got) {
			t.Fatalf("%s: %v\n%v", b, err, got)
		}
	})
}

// FuzzUnmarshal: no panic; we take nothing that protobuf refuses, read the
// same from what both take, and every refusal is an *Error without digits of
// what was sent.
func FuzzUnmarshal(f *testing.F) {
	for _, s := range []string{`{"amount":5080}`, `{"amount":"1e3"}`, `{"order":{"lines":[{"quantity":1.5}]}}`, `{"a":`, `{"orderNumber":"\ud800"}`, `{"amount":1}{}`, `{"order":{"lines":[null]}}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		ours, theirs := &paymentv1.CreatePaymentRequest{}, &paymentv1.CreatePaymentRequest{}
		err, lenient := Unmarshal(b, ours), protojson.Unmarshal(b, theirs)
		var e *Error
		switch {
		case err == nil && (lenient != nil || !proto.Equal(ours, theirs)):
			t.Errorf("%q: taken as %v, protobuf says %v %v", b, ours, theirs, lenient)
		case err != nil && !errors.As(err, &e):
			t.Errorf("%q: %T", b, err)
		}
	})
}
