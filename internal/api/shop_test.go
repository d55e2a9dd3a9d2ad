package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/known/timestamppb"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// The table has every call but the stream.
func TestShopCallsAreAll(t *testing.T) {
	calls := shopCalls()
	for _, m := range apitest.Methods() {
		if m.Parent().FullName() == apitest.ShopService && !m.IsStreamingServer() && calls[string(m.Name())] == nil {
			t.Errorf("%s is not in the table", m.Name())
		}
	}
}

// P57 P88: settings are the operator's alone: a key without that scope, and the
// secret that a browser has, reads and changes nothing, by every call and every
// protocol.
func TestShopScopes(t *testing.T) {
	h, shops := openShops(t, false)
	before, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000)
	secret := h.pending(t, "1396", "mei_1").GetClientSecret()
	for key, want := range map[string]string{shopKey: "SCOPE_MISSING", parcelKey: "SCOPE_MISSING", secret: "SCOPE_MISSING", "": "UNAUTHENTICATED", "sk_test_nobody": "UNAUTHENTICATED"} {
		everyShopCall(t, h.with(key), func(protocol, method string, got apitest.Answer) {
			if got.Reason != want || got.Local == "" {
				t.Errorf("%q: %s: %s: %+v", key, protocol, method, got)
			}
		})
	}
	if after, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000); len(after) != len(before) {
		t.Errorf("somebody changed %+v", after[0])
	}
}

// P52 P89: a key reaches its own shop in its own environment. What another
// tenant has is not found, and nothing there changes.
func TestForeignShops(t *testing.T) {
	h, shops := openShops(t, true)
	made := h.ask(t, liveOperatorKey, "CreateAccessKey", &shopv1.CreateAccessKeyRequest{AccessKey: &shopv1.AccessKey{Scopes: []string{"operator"}}}).(*shopv1.CreateAccessKeyResponse)
	method := h.ask(t, liveOperatorKey, "CreatePaymentMethod", &shopv1.CreatePaymentMethodRequest{PaymentMethod: &shopv1.PaymentMethod{Title: proto.String("銀行振込"), Kind: "other"}}).(*shopv1.CreatePaymentMethodResponse)
	delivery := h.ask(t, liveOperatorKey, "CreateDeliveryMethod", &shopv1.CreateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Title: proto.String("ネコポス"), Carrier: proto.String("yamato")}}).(*shopv1.CreateDeliveryMethodResponse)
	key, bank, nekopos := made.GetAccessKey().GetName(), method.GetPaymentMethod().GetName(), delivery.GetDeliveryMethod().GetName()
	live := registry.Who{Tenant: firstLive}
	before, _ := shops.Changes(t.Context(), live, 0, 1000)
	odd := []string{"", "x", "card", "paymentMethods/", "paymentMethods/a/b", "deliveryMethods/", "accessKeys/", "accessKeys/a.b", "contracts/", "shops/first", "paymentMethods/" + strings.Repeat("x", 65)}
	for _, as := range []string{operatorKey, otherOperatorKey} {
		for _, p := range apitest.Protocols(t, h.with(as)) {
			if p.Name == "connect get" {
				continue
			}
			refused := func(method string, r proto.Message) {
				t.Helper()
				if got, err := p.Call(t.Context(), method, r, nil); err != nil || got.Reason != "NOT_FOUND" || !strings.Contains(got.Text, "access key") {
					t.Errorf("%s: %s %v: %v %+v", p.Name, method, r, err, got)
				}
			}
			refused("UpdateContract", &shopv1.UpdateContractRequest{Contract: &shopv1.Contract{Name: "contracts/live", AccessKey: "2222222"}})
			refused("UpdatePaymentMethod", &shopv1.UpdatePaymentMethodRequest{PaymentMethod: &shopv1.PaymentMethod{Name: bank, Title: proto.String("x")}})
			refused("DeletePaymentMethod", &shopv1.DeletePaymentMethodRequest{Name: bank})
			refused("UpdateDeliveryMethod", &shopv1.UpdateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Name: nekopos, Carrier: proto.String("other")}})
			refused("DeleteDeliveryMethod", &shopv1.DeleteDeliveryMethodRequest{Name: nekopos})
			refused("ExpireAccessKey", &shopv1.ExpireAccessKeyRequest{Name: key})
			for _, name := range odd {
				for m, r := range map[string]proto.Message{
					"DeletePaymentMethod": &shopv1.DeletePaymentMethodRequest{Name: name}, "DeleteDeliveryMethod": &shopv1.DeleteDeliveryMethodRequest{Name: name},
					"ExpireAccessKey": &shopv1.ExpireAccessKeyRequest{Name: name}, "UpdateContract": &shopv1.UpdateContractRequest{Contract: &shopv1.Contract{Name: name}},
				} {
					got, err := p.Call(t.Context(), m, r, nil)
					if refusal := got.Code; err == nil && (refusal == "NOT_FOUND" || name == "" && refusal == "INVALID_ARGUMENT" || p.Name == "rest" && refusal == "UNIMPLEMENTED") {
						continue
					}
					t.Errorf("%s: %s %q: %v %+v", p.Name, m, name, err, got)
				}
			}
		}
	}
	if after, _ := shops.Changes(t.Context(), live, 0, 1000); len(after) != len(before) {
		t.Errorf("somebody changed %+v", after[0])
	}
	for _, as := range []string{operatorKey, otherOperatorKey} { // nor does a list show it
		for _, method := range []string{"ListPaymentMethods", "ListDeliveryMethods", "ListAccessKeys", "ListChanges"} {
			if list := fmt.Sprint(h.ask(t, as, method, shopCalls()[method])); strings.Contains(list, bank) || strings.Contains(list, nekopos) || strings.Contains(list, key) {
				t.Errorf("%s shows %s", method, list)
			}
		}
	}
}

// R12 to R22: the form of every field, by every protocol: what is wrong is named
// by its path, in English and Japanese, and nothing is done.
func TestShopForm(t *testing.T) {
	settings := func(s *shopv1.Settings) proto.Message { return &shopv1.UpdateSettingsRequest{Settings: s} }
	first := func(c *shopv1.Contract) proto.Message {
		c.Name = "contracts/demo"
		return &shopv1.UpdateContractRequest{Contract: c}
	}
	method := func(m *shopv1.PaymentMethod) proto.Message {
		return &shopv1.CreatePaymentMethodRequest{PaymentMethod: m}
	}
	change := func(m *shopv1.PaymentMethod) proto.Message {
		m.Name = "paymentMethods/card"
		return &shopv1.UpdatePaymentMethodRequest{PaymentMethod: m}
	}
	delivery := func(m *shopv1.DeliveryMethod) proto.Message {
		return &shopv1.CreateDeliveryMethodRequest{DeliveryMethod: m}
	}
	key := func(k *shopv1.AccessKey) proto.Message { return &shopv1.CreateAccessKeyRequest{AccessKey: k} }
	word, yen, yes := proto.String, proto.Int32, proto.Bool
	h, shops := openShops(t, false)
	before, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000)
	for _, tc := range []struct {
		fields string
		r      proto.Message
	}{
		{"settings.capture_mode", settings(&shopv1.Settings{CaptureMode: word("LATER")})},               // R16
		{"settings.three_d_secure", settings(&shopv1.Settings{ThreeDSecure: word("SOMETIMES")})},        // R13
		{"settings.three_d_secure", settings(&shopv1.Settings{ThreeDSecure: word("ON")})},               // R13: not in the contract
		{"settings.card_on_file", settings(&shopv1.Settings{CardOnFile: word("MAYBE")})},                // R15
		{"settings.card_on_file", settings(&shopv1.Settings{CardOnFile: word("ALWAYS")})},               // R15: not in the contract
		{"settings.security_code", settings(&shopv1.Settings{SecurityCode: yes(false)})},                // R14: not in the contract
		{"settings.risk_amount", settings(&shopv1.Settings{RiskAmount: yen(-1)})},                       // P03
		{"settings.installment_minimum", settings(&shopv1.Settings{InstallmentMinimum: yen(10000000)})}, // P03
		{"settings.fee_rate", settings(&shopv1.Settings{FeeRate: yen(10001)})},                          // R22
		{"settings.shop_name", settings(&shopv1.Settings{ShopName: word("")})},
		{"settings.shop_name", settings(&shopv1.Settings{ShopName: word("a\nb")})},
		{"settings.sender.postal_code", settings(&shopv1.Settings{Sender: &shopv1.Sender{PostalCode: "1040"}})},     // R19
		{"settings.sender.billing_code", settings(&shopv1.Settings{Sender: &shopv1.Sender{BillingCode: "12a"}})},    // R19
		{"settings.sender.name", settings(&shopv1.Settings{Sender: &shopv1.Sender{Name: strings.Repeat("店", 17)}})}, // R19
		{"settings.b2.columns", settings(&shopv1.Settings{B2: &shopv1.B2{Columns: 96}})},
		{"settings.shop_name", settings(&shopv1.Settings{ShopName: word("4111 1111 1111 1111")})}, // P59
		{"contract.trader_code", first(&shopv1.Contract{TraderCode: "12345"})},                    // R12
		{"contract.access_key", first(&shopv1.Contract{AccessKey: "12 34"})},                      // R12
		{"contract.amount_limit", first(&shopv1.Contract{AmountLimit: yen(-5)})},                  // P03
		{"contract.hold_days", first(&shopv1.Contract{HoldDays: yen(0)})},                         // P84
		{"contract.flags[1]", first(&shopv1.Contract{Flags: []string{"testAllowed", "free"}, SetFlags: true})},
		{"contract.flags[1]", first(&shopv1.Contract{Flags: []string{"vault", "vault"}, SetFlags: true})},
		{"contract.flags", first(&shopv1.Contract{SetFlags: true})}, // R12: TEST is applied for
		{"contract.set_flags", first(&shopv1.Contract{Flags: []string{"testAllowed"}})},
		{"contract.environment", first(&shopv1.Contract{Environment: "PRODUCTION"})},           // P89
		{"payment_method.title", method(&shopv1.PaymentMethod{Kind: "other"})},                 // R20
		{"payment_method.kind", method(&shopv1.PaymentMethod{Title: word("振込")})},              // R20
		{"payment_method.kind", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "cash"})}, // R20
		{"payment_method.kind", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "card"})}, // R07: there is one
		{"payment_method.name", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "other", Name: "bank"})},
		{"payment_method.name", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "other", Name: "paymentMethods/銀行"})},
		{"payment_method.name", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "other", Name: "paymentMethods/card"})},
		{"payment_method.name", method(&shopv1.PaymentMethod{Title: word("x"), Kind: "other", Name: "paymentMethods/4111111111111111"})}, // P59
		{"payment_method.title", change(&shopv1.PaymentMethod{Title: word(" ")})},
		{"payment_method.description", change(&shopv1.PaymentMethod{Description: word(strings.Repeat("あ", 4001))})},
		{"payment_method.description", change(&shopv1.PaymentMethod{Description: word("<b>4111-1111-1111-1111</b>")})}, // P59
		{"payment_method.description", change(&shopv1.PaymentMethod{Description: word("4111-1111\n1111-1111")})},       // P59
		{"payment_method.description", change(&shopv1.PaymentMethod{Description: word("bell\a")})},
		{"payment_method.title", change(&shopv1.PaymentMethod{Title: word("two\nlines")})},
		{"payment_method.kind", change(&shopv1.PaymentMethod{Kind: "other"})},
		{"names", &shopv1.OrderPaymentMethodsRequest{}},
		{"names", &shopv1.OrderPaymentMethodsRequest{Names: []string{"card"}}},
		{"names", &shopv1.OrderPaymentMethodsRequest{Names: []string{"paymentMethods/card", "paymentMethods/card"}}},
		{"delivery_method.title delivery_method.carrier", delivery(&shopv1.DeliveryMethod{})}, // R19
		{"delivery_method.carrier", delivery(&shopv1.DeliveryMethod{Title: word("宅急便"), Carrier: word("Yamato")})},
		{"delivery_method.name", delivery(&shopv1.DeliveryMethod{Title: word("x"), Carrier: word("other"), Name: "deliveryMethods/"})},
		{"delivery_method.name", delivery(&shopv1.DeliveryMethod{Title: word("x"), Carrier: word("other"), Name: "deliveryMethods/takkyubin"})},
		{"access_key.scopes", key(&shopv1.AccessKey{Title: "x"})},
		{"access_key.scopes[1]", key(&shopv1.AccessKey{Scopes: []string{"shipping", "root"}})},
		{"access_key.scopes[1]", key(&shopv1.AccessKey{Scopes: []string{"shipping", "shipping"}})},
		{"access_key.expire_time", key(&shopv1.AccessKey{Scopes: []string{"shipping"}, ExpireTime: timestamppb.New(noon.Add(-time.Second))})},
		{"access_key.secret", key(&shopv1.AccessKey{Scopes: []string{"shipping"}, Secret: "sk_test_mine"})},
		{"access_key.name", key(&shopv1.AccessKey{Scopes: []string{"shipping"}, Name: "accessKeys/mine"})},
		{"page_size", &shopv1.ListChangesRequest{PageSize: -1}},
		{"page_token", &shopv1.ListChangesRequest{PageToken: "AAAA"}},
	} {
		name := string(tc.r.ProtoReflect().Descriptor().Name())
		name = strings.TrimSuffix(name, "Request")
		for _, p := range apitest.Protocols(t, h.with(demoKey)) {
			if !p.Serves(name) {
				continue
			}
			got, err := p.Call(t.Context(), name, tc.r, nil)
			if err != nil || got.Reason != "INVALID_REQUEST" || strings.Join(got.Fields, " ") != tc.fields || got.Local == "" || strings.Contains(got.Text, "4111") {
				t.Errorf("%s: %s %v: want %s: %v %+v", p.Name, name, tc.r, tc.fields, err, got)
			}
		}
	}
	if after, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000); len(after) != len(before) {
		t.Errorf("something got through: %+v", after[0])
	}
}

// R20: a description may have lines.
func TestDescriptionLines(t *testing.T) {
	h, _ := openShops(t, false)
	const lines = "<ul>\n\t<li>前払い</li>\r\n</ul>"
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if !p.Serves("UpdatePaymentMethod") {
			continue
		}
		got, err := p.Call(t.Context(), "UpdatePaymentMethod", &shopv1.UpdatePaymentMethodRequest{PaymentMethod: &shopv1.PaymentMethod{Name: "paymentMethods/card", Description: proto.String(lines)}}, nil)
		if err != nil || got.Code != "OK" || strings.Count(got.Message.(*shopv1.UpdatePaymentMethodResponse).GetPaymentMethod().GetDescription(), "\n") != 2 {
			t.Errorf("%s: %v %+v", p.Name, err, got)
		}
	}
}

// R02 P59: a card number in any text of any call is refused, repeated by nobody
// and written down nowhere.
func TestShopTakesNoCard(t *testing.T) {
	const canary = "4111111111111111"
	h, shops := openShops(t, false)
	before, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000)
	texts := 0
	for _, m := range apitest.Methods() {
		if m.Parent().FullName() != apitest.ShopService || m.IsStreamingServer() {
			continue
		}
		for _, r := range withText(m.Input(), canary) {
			texts++
			for _, p := range apitest.Protocols(t, h.with(demoKey)) {
				if !p.Serves(string(m.Name())) {
					continue
				}
				got, err := p.Call(t.Context(), string(m.Name()), r, nil)
				if err != nil || got.Code == "OK" || p.Name != "rest" && got.Reason != "INVALID_REQUEST" {
					t.Errorf("%s: %s took %v: %v %+v", p.Name, m.Name(), r, err, got)
				}
				if strings.Contains(fmt.Sprint(got), canary) {
					t.Errorf("%s: %s repeats the number: %+v", p.Name, m.Name(), got)
				}
			}
		}
	}
	if after, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000); len(after) != len(before) || texts < 40 {
		t.Errorf("%d texts were tried, and there are %d changes", texts, len(after)-len(before))
	}
	if strings.Contains(h.log.String(), canary) {
		t.Error("the number is in the log")
	}
}

// withText makes a message for every text that one of this kind can have, with
// just that one.
func withText(d protoreflect.MessageDescriptor, text string) (all []proto.Message) {
	kind, err := protoregistry.GlobalTypes.FindMessageByName(d.FullName())
	if err != nil {
		panic(err)
	}
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		var values []protoreflect.Value
		switch {
		case f.Kind() == protoreflect.StringKind:
			values = append(values, protoreflect.ValueOfString(text))
		case f.Message() != nil:
			for _, m := range withText(f.Message(), text) {
				values = append(values, protoreflect.ValueOfMessage(m.ProtoReflect()))
			}
		}
		for _, v := range values {
			m := kind.New()
			if f.IsList() {
				m.Mutable(f).List().Append(v)
			} else {
				m.Set(f, v)
			}
			all = append(all, m.Interface())
		}
	}
	return all
}

// A time that no calendar has does not get through where it can be written.
func TestShopTimes(t *testing.T) {
	h, _ := openShops(t, false)
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if strings.Contains(p.Name, "json") || p.Name == "connect get" || p.Name == "rest" {
			continue // JSON cannot say it
		}
		for method, r := range map[string]proto.Message{
			"CreateAccessKey": &shopv1.CreateAccessKeyRequest{AccessKey: &shopv1.AccessKey{Scopes: []string{"shipping"}, ExpireTime: &timestamppb.Timestamp{Nanos: -1}}},
			"ExpireAccessKey": &shopv1.ExpireAccessKeyRequest{Name: "accessKeys/00000000", ExpireTime: &timestamppb.Timestamp{Seconds: 1 << 60}},
		} {
			got, err := p.Call(t.Context(), method, r, nil)
			if err != nil || len(got.Fields) != 1 || !strings.HasSuffix(got.Fields[0], "expire_time") {
				t.Errorf("%s: %s: %v %+v", p.Name, method, err, got)
			}
		}
	}
}

// Over REST a body that is one field of the request is read as strictly as any,
// and its faults name the field as elsewhere (P82, P83).
func TestShopBodies(t *testing.T) {
	h, _ := openShops(t, false)
	h.Key = demoKey
	for _, tc := range []struct{ method, path, body, want string }{
		{"PATCH", "/v1/settings", `{"feeRate":5e2}`, `"field":"settings.fee_rate"`},
		{"PATCH", "/v1/settings", `{"sender":{"name":1}}`, `"field":"settings.sender.name"`},
		{"PATCH", "/v1/settings", `{"feeRates":5}`, `unknown field`},
		{"PATCH", "/v1/settings", `{"settings":{"feeRate":5}}`, `unknown field`},
		{"PATCH", "/v1/settings", `{`, `not valid JSON`},
		{"PATCH", "/v1/settings", ``, `"field":"settings"`},
		{"PATCH", "/v1/contracts/demo", `{"name":"contracts/live"}`, `is given by the path`},
		{"PATCH", "/v1/paymentMethods/card", `{"name":"paymentMethods/bank","title":"x"}`, `"field":"payment_method.name"`},
		{"PATCH", "/v1/settings?feeRate=5", `{}`, `query parameter`},
		{"POST", "/v1/accessKeys", `{"accessKey":{"scopes":["shipping"],"expireTime":"tomorrow"}}`, `"field":"access_key.expire_time"`},
		{"POST", "/v1/accessKeys", `{"accessKey":{"scopes":["shipping"],"expireTime":{"seconds":1}}}`, `must be a time`},
	} {
		code, body, header := h.do(t, tc.method, tc.path, tc.body)
		if code != http.StatusBadRequest || !strings.Contains(body, tc.want) || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: %d %s", tc.path, tc.body, code, body)
		}
	}
	if code, body, _ := h.do(t, "PATCH", "/v1/settings", `{"feeRate":480,"sender":{"name":"店"},"shopName":null}`); code != http.StatusOK || !strings.Contains(body, `"feeRate":480`) || !strings.Contains(body, `"shopName":"お店 first"`) {
		t.Errorf("%d %s", code, body)
	}
	if code, body, _ := h.do(t, "POST", "/v1/accessKeys", `{"accessKey":{"scopes":["shipping"],"expireTime":"2026-12-31T23:59:59.5+09:00"}}`); code != http.StatusOK || !strings.Contains(body, `"secret":"sk_test_`) {
		t.Errorf("%d %s", code, body)
	}
}

// R12 P98: an access key of the provider goes in and never comes out: not in an
// answer, an error, the trail or the log, however the request is spoiled.
func TestAccessKeyNeverShows(t *testing.T) {
	const canary = "7654321987"
	h, _ := openShops(t, false)
	var seen []string
	for _, p := range apitest.Protocols(t, h.with(demoKey)) {
		if !p.Serves("UpdateContract") {
			continue
		}
		for _, c := range []*shopv1.Contract{
			{Name: "contracts/demo", AccessKey: canary},
			{Name: "contracts/demo", AccessKey: canary, TraderCode: "1"},
			{Name: "contracts/demo", AccessKey: canary, HoldDays: proto.Int32(-1)},
			{Name: "contracts/demo", AccessKey: canary + " " + canary},
			{Name: "contracts/demo", AccessKey: canary + strings.Repeat("1", 300)},
			{Name: "contracts/nothing", AccessKey: canary},
			{Name: "contracts/demo", AccessKey: canary, Environment: "PRODUCTION"},
		} {
			got, err := p.Call(t.Context(), "UpdateContract", &shopv1.UpdateContractRequest{Contract: c}, nil)
			seen = append(seen, fmt.Sprint(got, err))
		}
		for method, r := range shopCalls() {
			if p.Serves(method) && (strings.HasPrefix(method, "List") || strings.HasPrefix(method, "Get")) {
				got, err := p.Call(t.Context(), method, r, nil)
				seen = append(seen, fmt.Sprint(got, err))
			}
		}
	}
	h.Key = demoKey
	for _, body := range []string{`{"accessKey":"` + canary, `{"accessKey":["` + canary + `"]}`, `{"accessKey":` + canary + `}`, `{"` + canary + `":1}`, `{"accessKey":"` + canary + `","accessKey":"` + canary + `"}`} {
		_, answer, _ := h.do(t, "PATCH", "/v1/contracts/demo", body)
		seen = append(seen, answer)
	}
	for _, s := range append(seen, h.log.String()) {
		if strings.Contains(s, canary) {
			t.Errorf("the key is in %s", s)
		}
	}
	list := h.ask(t, demoKey, "ListChanges", &shopv1.ListChangesRequest{PageSize: 1}).(*shopv1.ListChangesResponse).GetChanges()
	if len(list) != 1 || list[0].GetResource() != "contracts/demo" || len(list[0].GetFields()) != 1 || list[0].GetFields()[0].GetField() != "accessKey" {
		t.Errorf("the trail has %v", list)
	}
}

// P36: an etag that is given must be the current one; none takes what is there.
func TestShopEtag(t *testing.T) {
	h, _ := openShops(t, false)
	for i, p := range apitest.Protocols(t, h.with(demoKey)) {
		if !p.Serves("UpdateSettings") {
			continue
		}
		rate := func(n int32, etag string) apitest.Answer {
			got, err := p.Call(t.Context(), "UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: &shopv1.Settings{FeeRate: proto.Int32(n), Etag: etag}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		read := rate(int32(100+10*i), "").Message.(*shopv1.UpdateSettingsResponse).GetSettings()
		written := rate(int32(101+10*i), read.GetEtag())
		if written.Code != "OK" || written.Message.(*shopv1.UpdateSettingsResponse).GetSettings().GetEtag() == read.GetEtag() {
			t.Errorf("%s: %+v", p.Name, written)
		}
		stale := rate(1, read.GetEtag())
		if stale.Code != "ABORTED" || stale.Reason != "ETAG_MISMATCH" || !strings.Contains(stale.Local, "読み直して") || !strings.Contains(stale.Text, "read it again") || p.Name == "rest" && stale.HTTP != http.StatusConflict {
			t.Errorf("%s: %+v", p.Name, stale)
		}
	}
}

// P87: the trail comes in pages, newest first, each entry once; a page's token is
// good for its own tenant only, and for no list of payments.
func TestChangesPages(t *testing.T) {
	h, shops := openShops(t, true)
	for i := range 7 {
		h.ask(t, operatorKey, "UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: &shopv1.Settings{FeeRate: proto.Int32(int32(i))}})
	}
	all, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000)
	for _, p := range apitest.Protocols(t, h.with(operatorKey)) {
		for _, size := range []int32{1, 2, 3, int32(len(all)), int32(len(all)) + 1, 5000, 0} {
			var seen []int32
			for token, pages := "", 0; ; pages++ {
				got, err := p.Call(t.Context(), "ListChanges", &shopv1.ListChangesRequest{PageSize: size, PageToken: token}, nil)
				if err != nil || got.Code != "OK" || pages > len(all) {
					t.Fatalf("%s: %v %+v", p.Name, err, got)
				}
				page := got.Message.(*shopv1.ListChangesResponse)
				for _, c := range page.GetChanges() {
					seen = append(seen, c.GetSequence())
				}
				if token = page.GetNextPageToken(); token == "" {
					break
				}
			}
			if len(seen) != len(all) || !slices.IsSortedFunc(seen, func(a, b int32) int { return int(b - a) }) || seen[len(seen)-1] != 1 {
				t.Errorf("%s: pages of %d gave %v", p.Name, size, seen)
			}
		}
	}
	token := h.ask(t, operatorKey, "ListChanges", &shopv1.ListChangesRequest{PageSize: 2}).(*shopv1.ListChangesResponse).GetNextPageToken()
	spoilt := []byte(token)
	spoilt[3]++
	for key, token := range map[string]string{otherOperatorKey: token, liveOperatorKey: token, operatorKey: string(spoilt)} {
		got, err := apitest.Protocols(t, h.with(key))[0].Call(t.Context(), "ListChanges", &shopv1.ListChangesRequest{PageToken: token}, nil)
		if err != nil || !slices.Equal(got.Fields, []string{"page_token"}) {
			t.Errorf("%s: %v %+v", key, err, got)
		}
	}
	if code, body, _ := h.do(t, "GET", "/v1/payments?pageToken="+token, ""); code != http.StatusBadRequest {
		t.Errorf("payments took it: %d %s", code, body)
	}
}

// failing is a registry all of whose calls fail.
type failing struct {
	api.Shops
	err error
}

func (f failing) Settings(registry.Who) (registry.Settings, error) { return registry.Settings{}, f.err }

func (f failing) ChangeSettings(context.Context, registry.Who, string, func(*registry.Settings) error) (registry.Settings, error) {
	return registry.Settings{}, f.err
}

func (f failing) ChangeMethods(context.Context, registry.Who, func([]shop.PaymentMethod) ([]shop.PaymentMethod, error)) ([]shop.PaymentMethod, error) {
	return nil, f.err
}

func (f failing) ExpireKey(context.Context, registry.Who, string, time.Time) (registry.Key, error) {
	return registry.Key{}, f.err
}

func (f failing) ChangeContract(context.Context, registry.Who, string, func(*shop.Contract) error) (registry.Contract, error) {
	return registry.Contract{}, f.err
}

// P13 P20 R21: whatever goes wrong behind the door has its code and reason by
// every protocol, says what to do in English and Japanese, and gives nothing of
// the inside away.
func TestShopErrors(t *testing.T) {
	refusal := &payment.Refusal{Reason: payment.WrongState, Text: "stop it instead"}
	for _, tc := range []struct {
		err                       error
		method, code, reason, say string
	}{
		{ledger.ErrStale, "UpdateSettings", "ABORTED", "ETAG_MISMATCH", "読み直して"},
		{refusal, "DeletePaymentMethod", "FAILED_PRECONDITION", "WRONG_STATE", "停止してください"},
		{refusal, "ExpireAccessKey", "FAILED_PRECONDITION", "WRONG_STATE", "別のキーで"},
		{&payment.Refusal{Reason: payment.NotAllowedByContract, Text: "stop it instead"}, "UpdateContract", "FAILED_PRECONDITION", "NOT_ALLOWED_BY_CONTRACT", "設定ファイル"},
		{ledger.ErrNotFound, "GetSettings", "NOT_FOUND", "NOT_FOUND", "該当する"},
		{errors.New("write /data/ledger: no space left"), "UpdateSettings", "UNAVAILABLE", "BOOKS_UNAVAILABLE", "しばらく"},
		{errors.New("write /data/ledger: no space left"), "GetSettings", "UNAVAILABLE", "BOOKS_UNAVAILABLE", "しばらく"},
	} {
		h := open(t, func(o *api.Options) { o.Shops = failing{err: tc.err} })
		for _, p := range apitest.Protocols(t, h.with(demoKey)) {
			if !p.Serves(tc.method) {
				continue
			}
			got, err := p.Call(t.Context(), tc.method, shopCalls()[tc.method], nil)
			if err != nil || got.Code != tc.code || got.Reason != tc.reason || got.Text == "" || !strings.Contains(got.Local, tc.say) || strings.Contains(got.Text, "no space") {
				t.Errorf("%v: %s: %v %+v", tc.err, p.Name, err, got)
			}
		}
	}
}

// What is read and sent back as it was changes nothing, and is no fault.
func TestShopRoundTrip(t *testing.T) {
	h, shops := openShops(t, false)
	before, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000)
	v := h.ask(t, demoKey, "GetSettings", &shopv1.GetSettingsRequest{}).(*shopv1.GetSettingsResponse).GetSettings()
	if v.GetCaptureMode() != "AUTHORIZE" || v.GetThreeDSecure() != "OFF" || v.GetCardOnFile() != "NEVER" || !v.GetSecurityCode() || v.GetFeeRate() != 500 || !v.GetOrderRegistration() || v.GetB2().GetColumns() != 95 {
		t.Errorf("a shop begins with %v", v) // R13 to R16, R22, R40
	}
	h.ask(t, demoKey, "UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: v})
	for _, c := range h.ask(t, demoKey, "ListContracts", &shopv1.ListContractsRequest{}).(*shopv1.ListContractsResponse).GetContracts() {
		h.ask(t, demoKey, "UpdateContract", &shopv1.UpdateContractRequest{Contract: c})
	}
	for _, m := range h.ask(t, demoKey, "ListPaymentMethods", &shopv1.ListPaymentMethodsRequest{}).(*shopv1.ListPaymentMethodsResponse).GetPaymentMethods() {
		h.ask(t, demoKey, "UpdatePaymentMethod", &shopv1.UpdatePaymentMethodRequest{PaymentMethod: m})
	}
	for _, m := range h.ask(t, demoKey, "ListDeliveryMethods", &shopv1.ListDeliveryMethodsRequest{}).(*shopv1.ListDeliveryMethodsResponse).GetDeliveryMethods() {
		h.ask(t, demoKey, "UpdateDeliveryMethod", &shopv1.UpdateDeliveryMethodRequest{DeliveryMethod: m})
	}
	if after, _ := shops.Changes(t.Context(), registry.Who{Tenant: firstShop}, 0, 1000); !reflect.DeepEqual(before, after) {
		t.Errorf("it is a change: %+v", after[0])
	}
}

// The real one fits.
var _ api.Shops = (*registry.Registry)(nil)
