package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	vaultv1 "kessai.dev/kessai/gen/kessai/vault/v1"
)

// shopPaths are the REST forms of ShopService's calls.
var shopPaths = map[string]string{
	"GetSettings": "GET /v1/settings", "UpdateSettings": "PATCH /v1/settings", "ListContracts": "GET /v1/contracts", "UpdateContract": "PATCH /v1/{name}",
	"ListPaymentMethods": "GET /v1/paymentMethods", "CreatePaymentMethod": "POST /v1/paymentMethods", "UpdatePaymentMethod": "PATCH /v1/{name}",
	"OrderPaymentMethods": "POST /v1/paymentMethods:order", "DeletePaymentMethod": "DELETE /v1/{name}",
	"ListDeliveryMethods": "GET /v1/deliveryMethods", "CreateDeliveryMethod": "POST /v1/deliveryMethods", "UpdateDeliveryMethod": "PATCH /v1/{name}", "DeleteDeliveryMethod": "DELETE /v1/{name}",
	"ListAccessKeys": "GET /v1/accessKeys", "CreateAccessKey": "POST /v1/accessKeys", "ExpireAccessKey": "POST /v1/{name}:expire", "ListChanges": "GET /v1/changes",
}

// bodies are the fields that are the body of a call over REST.
var bodies = map[string]string{"UpdateSettings": "settings", "UpdateContract": "contract", "UpdatePaymentMethod": "paymentMethod", "UpdateDeliveryMethod": "deliveryMethod"}

func pathOf(method string) string {
	if path, ok := shopPaths[method]; ok {
		return path
	}
	return paths[method]
}

// TestEveryDoorShop tells by every protocol, each with a server of its own, how a
// shop is set up while it sells; and compares the answers word for word.
// R07 R12 R14 R15 R16 R17 R19 R20 R21 R22 P36 P57 P87 P98
func TestEveryDoorShop(t *testing.T) {
	names := wires(t, startServer(t), demoKey)
	var first []string
	for name := range names {
		s := startServer(t)
		tale := &shopStory{story: &story{t: t, call: wires(t, s, demoKey)[name], tag: strings.ReplaceAll(name, " ", "-"), names: map[string]string{}}}
		tale.as = func(key string) *shopStory {
			other := *tale.story
			other.call = wires(t, s, key)[name]
			return &shopStory{story: &other}
		}
		tale.settings()
		tale.contract()
		tale.paymentMethods()
		tale.deliveries()
		tale.accessKeys()
		tale.trail()
		for i := range tale.told {
			tale.told[i] = strings.ReplaceAll(tale.told[i], s.simulatorAddr.String(), "simulator")
		}
		if first == nil {
			first = tale.told
		}
		for i := range max(len(first), len(tale.told)) {
			if at(first, i) != at(tale.told, i) {
				t.Fatalf("%s differs at call %d:\n%s\n%s", name, i, at(first, i), at(tale.told, i))
			}
		}
	}
	for _, line := range first {
		t.Log(line)
	}
}

// shopStory is a story about a shop.
type shopStory struct {
	*story
	as      func(key string) *shopStory
	secrets []string // nobody may see them again
}

// message makes a call and gives one field of its answer.
func (s *shopStory) message(method string, r proto.Message, field string) map[string]any {
	s.t.Helper()
	m, ok := s.ask(method, "", r, field).Body[field].(map[string]any)
	if !ok {
		s.t.Fatalf("%s %s: no %s", s.tag, method, field)
	}
	return m
}

// list gives the names, or another field, of a list.
func (s *shopStory) list(method string, r proto.Message, list, field string) []string {
	s.t.Helper()
	items, _ := s.ask(method, "", r, list).Body[list].([]any)
	var out []string
	for _, i := range items {
		text, _ := i.(map[string]any)[field].(string)
		out = append(out, text)
	}
	return out
}

// refused fails with a reason, and names the fields.
func (s *shopStory) refused(method string, r proto.Message, reason string, fields ...string) {
	s.t.Helper()
	a := s.call(s.t.Context(), method, "", r, response(method))
	if a.Reason != reason || !slices.Equal(a.Fields, fields) {
		s.t.Fatalf("%s %s: %+v; want %s %v", s.tag, method, a, reason, fields)
	}
	s.say(method, a)
}

func (s *shopStory) expect(what string, got, want any) {
	s.t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		s.t.Fatalf("%s: %s: %v; want %v", s.tag, what, got, want)
	}
}

func (s *shopStory) settings() {
	update := func(v *shopv1.Settings) proto.Message { return &shopv1.UpdateSettingsRequest{Settings: v} }
	began := s.message("GetSettings", &shopv1.GetSettingsRequest{}, "settings")
	s.expect("the mode it begins with", began["captureMode"], "AUTHORIZE")
	s.expect("the rate it begins with", began["feeRate"], 500)
	etag, _ := began["etag"].(string)
	changed := s.message("UpdateSettings", update(&shopv1.Settings{FeeRate: proto.Int32(480), Installments: proto.Bool(false), Etag: etag}), "settings")
	s.expect("the rate", changed["feeRate"], 480)
	s.expect("what was left out", changed["shopName"], began["shopName"])
	s.refused("UpdateSettings", update(&shopv1.Settings{FeeRate: proto.Int32(470), Etag: etag}), "ETAG_MISMATCH") // P36
	s.refused("UpdateSettings", update(&shopv1.Settings{SecurityCode: proto.Bool(false), FeeRate: proto.Int32(-1)}), "INVALID_REQUEST", "settings.fee_rate")
	s.refused("UpdateSettings", update(&shopv1.Settings{SecurityCode: proto.Bool(false), ShopName: proto.String("x")}), "INVALID_REQUEST", "settings.security_code") // R14
	after := s.message("GetSettings", &shopv1.GetSettingsRequest{}, "settings")
	s.expect("what was refused", after["etag"], changed["etag"])
}

func (s *shopStory) contract() {
	list, _ := s.ask("ListContracts", "", &shopv1.ListContractsRequest{}, "contracts").Body["contracts"].([]any)
	s.expect("the contracts", len(list), 1)
	shown, _ := list[0].(map[string]any)
	s.expect("the access key", shown["accessKey"], nil) // P98
	var flags []string
	for _, f := range shown["flags"].([]any) {
		flags = append(flags, f.(string))
	}
	name, _ := shown["name"].(string)
	update := func(c *shopv1.Contract) proto.Message {
		c.Name = name
		return &shopv1.UpdateContractRequest{Contract: c}
	}
	without := slices.DeleteFunc(slices.Clone(flags), func(f string) bool { return f == "vault" })
	s.refused("UpdateContract", update(&shopv1.Contract{Flags: without, SetFlags: true}), "INVALID_REQUEST", "contract.flags") // R15: cards are kept
	s.refused("UpdateContract", update(&shopv1.Contract{TraderCode: "12"}), "INVALID_REQUEST", "contract.trader_code")
	s.refused("UpdateContract", &shopv1.UpdateContractRequest{Contract: &shopv1.Contract{Name: "contracts/demo-3ds", HoldDays: proto.Int32(1)}}, "NOT_FOUND") // P89
	s.message("UpdateContract", update(&shopv1.Contract{Flags: append(flags, "noSecurityCode"), SetFlags: true}), "contract")
	s.message("UpdateSettings", &shopv1.UpdateSettingsRequest{Settings: &shopv1.Settings{SecurityCode: proto.Bool(false)}}, "settings") // R14
	s.secrets = append(s.secrets, "1111112")
	s.message("UpdateContract", update(&shopv1.Contract{AccessKey: "1111112"}), "contract")
	s.message("UpdateContract", update(&shopv1.Contract{AccessKey: demoAccessKey}), "contract")
	s.secrets = append(s.secrets, demoAccessKey)
}

// offered are the payment methods that the checkout of a new payment shows.
func (s *shopStory) offered(order string) []string {
	s.t.Helper()
	s.create(order, order, &paymentv1.CreatePaymentRequest{Amount: 100, OrderNumber: s.tag + order}, "STATE_PENDING")
	entry := s.message("CreateCardEntry", &vaultv1.CreateCardEntryRequest{Payment: s.names[order]}, "cardEntry")
	methods, _ := entry["paymentMethods"].([]any)
	var out []string
	for _, m := range methods {
		shown := m.(map[string]any)
		out = append(out, fmt.Sprint(shown["id"], ":", shown["name"]))
		if html, ok := shown["descriptionHtml"].(string); ok && (strings.Contains(html, "script") || strings.Contains(html, "onclick")) {
			s.t.Fatalf("%s: the checkout has %s", s.tag, html)
		}
	}
	return out
}

func (s *shopStory) paymentMethods() {
	const bank, card = "paymentMethods/bank", "paymentMethods/card"
	create := func(m *shopv1.PaymentMethod) proto.Message {
		return &shopv1.CreatePaymentMethodRequest{PaymentMethod: m}
	}
	update := func(m *shopv1.PaymentMethod) proto.Message {
		return &shopv1.UpdatePaymentMethodRequest{PaymentMethod: m}
	}
	list := func() []string {
		return s.list("ListPaymentMethods", &shopv1.ListPaymentMethodsRequest{}, "paymentMethods", "name")
	}
	s.expect("the methods", list(), []string{card})
	made := s.message("CreatePaymentMethod", create(&shopv1.PaymentMethod{
		Name: bank, Title: proto.String("銀行振込"), Kind: "other",
		Description: proto.String(`<p onclick="x()">前払いです。<script>alert(1)</script></p>` + "\n" + `<a href="javascript:x()">a</a><ul><li>三日以内</li></ul>`),
	}), "paymentMethod")
	html, _ := made["description"].(string)
	if !strings.Contains(html, "<p>前払いです。</p>") || !strings.Contains(html, "<li>三日以内</li>") || strings.Contains(html, "script") || strings.Contains(html, "onclick") { // R20
		s.t.Fatalf("%s: the description is %s", s.tag, html)
	}
	s.refused("CreatePaymentMethod", create(&shopv1.PaymentMethod{Title: proto.String("別のカード"), Kind: "card"}), "INVALID_REQUEST", "payment_method.kind")           // R07
	s.refused("CreatePaymentMethod", create(&shopv1.PaymentMethod{Name: bank, Title: proto.String("振込"), Kind: "other"}), "INVALID_REQUEST", "payment_method.name") // its own id
	s.refused("UpdatePaymentMethod", update(&shopv1.PaymentMethod{Name: bank, Kind: "card"}), "INVALID_REQUEST", "payment_method.kind")
	s.expect("the checkout", s.offered("M1"), []string{"card:クレジットカード", "bank:銀行振込"})
	s.refused("OrderPaymentMethods", &shopv1.OrderPaymentMethodsRequest{Names: []string{bank}}, "INVALID_REQUEST", "names")
	s.list("OrderPaymentMethods", &shopv1.OrderPaymentMethodsRequest{Names: []string{bank, card}}, "paymentMethods", "name")
	s.message("UpdatePaymentMethod", update(&shopv1.PaymentMethod{Name: card, Title: proto.String("カード")}), "paymentMethod")
	s.expect("the checkout in its new order", s.offered("M2"), []string{"bank:銀行振込", "card:カード"})
	s.message("UpdatePaymentMethod", update(&shopv1.PaymentMethod{Name: bank, Stopped: proto.Bool(true)}), "paymentMethod")
	s.expect("the checkout without what is stopped", s.offered("M3"), []string{"card:カード"})
	s.expect("the list with it", list(), []string{bank, card})
	s.refused("DeletePaymentMethod", &shopv1.DeletePaymentMethodRequest{Name: card}, "WRONG_STATE") // R21
	s.done("DeletePaymentMethod", &shopv1.DeletePaymentMethodRequest{Name: bank})
	s.refused("DeletePaymentMethod", &shopv1.DeletePaymentMethodRequest{Name: bank}, "NOT_FOUND")
	s.expect("the list in the end", list(), []string{card})
}

// done makes a call whose answer is empty.
func (s *shopStory) done(method string, r proto.Message) {
	s.t.Helper()
	a := s.call(s.t.Context(), method, "", r, response(method))
	if a.Code != "OK" || len(a.Body) != 0 {
		s.t.Fatalf("%s %s: %+v", s.tag, method, a)
	}
	s.say(method, a)
}

func (s *shopStory) deliveries() {
	const nekopos = "deliveryMethods/nekopos"
	update := func(m *shopv1.DeliveryMethod) proto.Message {
		m.Name = nekopos
		return &shopv1.UpdateDeliveryMethodRequest{DeliveryMethod: m}
	}
	buy := func(as, state string) {
		s.t.Helper()
		s.create(as, as, &paymentv1.CreatePaymentRequest{
			Amount: 700, OrderNumber: s.tag + as, CardToken: "SIMAPPROVED00000", DeliveryMethod: "nekopos", CaptureMode: "AUTHORIZE_AND_CAPTURE",
		}, state)
	}
	s.expect("the methods", s.list("ListDeliveryMethods", &shopv1.ListDeliveryMethodsRequest{}, "deliveryMethods", "name"), []string{"deliveryMethods/takkyubin", "deliveryMethods/other"})
	s.refused("CreateDeliveryMethod", &shopv1.CreateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Name: nekopos, Title: proto.String("ネコポス"), Carrier: proto.String("クロネコ")}}, "INVALID_REQUEST", "delivery_method.carrier")
	s.message("CreateDeliveryMethod", &shopv1.CreateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Name: nekopos, Title: proto.String("ネコポス"), Carrier: proto.String("yamato")}}, "deliveryMethod")
	buy("D1", "STATE_AUTHORIZED") // R17
	s.fails("CapturePayment", "D1c", &paymentv1.CapturePaymentRequest{Name: s.names["D1"]}, "CAPTURE_CONDITIONS")
	s.message("UpdateDeliveryMethod", update(&shopv1.DeliveryMethod{Carrier: proto.String("other")}), "deliveryMethod")
	buy("D2", "STATE_CAPTURED")                                                                                   // R16
	s.fails("CapturePayment", "D1d", &paymentv1.CapturePaymentRequest{Name: s.names["D1"]}, "CAPTURE_CONDITIONS") // R19: it keeps what was true at purchase
	s.message("UpdateDeliveryMethod", update(&shopv1.DeliveryMethod{Title: proto.String("ポスト投函")}), "deliveryMethod")
	s.done("DeleteDeliveryMethod", &shopv1.DeleteDeliveryMethodRequest{Name: nekopos})
	s.refused("UpdateDeliveryMethod", update(&shopv1.DeliveryMethod{Title: proto.String("x")}), "NOT_FOUND")
	s.fails("CreatePayment", "D3", &paymentv1.CreatePaymentRequest{Amount: 700, OrderNumber: s.tag + "D3", DeliveryMethod: "nekopos"}, "INVALID_REQUEST")
	s.fails("CapturePayment", "D1e", &paymentv1.CapturePaymentRequest{Name: s.names["D1"]}, "CAPTURE_CONDITIONS")
}

func (s *shopStory) accessKeys() {
	make := func(title string, scopes ...string) (name string, as *shopStory) {
		s.t.Helper()
		made := s.message("CreateAccessKey", &shopv1.CreateAccessKeyRequest{AccessKey: &shopv1.AccessKey{Title: title, Scopes: scopes}}, "accessKey")
		secret, _ := made["secret"].(string)
		if !strings.HasPrefix(secret, "sk_test_") || len(secret) < 50 {
			s.t.Fatalf("%s: the secret is %q", s.tag, secret)
		}
		s.secrets = append(s.secrets, secret)
		name, _ = made["name"].(string)
		return name, s.as(secret)
	}
	read := func(as *shopStory, code string) {
		s.t.Helper()
		a := as.call(s.t.Context(), "GetSettings", "", &shopv1.GetSettingsRequest{}, response("GetSettings"))
		if a.Code != code {
			s.t.Fatalf("%s: %+v; want %s", s.tag, a, code)
		}
	}
	warehouse, porter := make("倉庫", "shipping")
	read(porter, "PermissionDenied") // P57
	porter.do("ShipPayment", "K1", &paymentv1.ShipPaymentRequest{Name: s.names["D1"], Shipment: &paymentv1.Shipment{Carrier: "yamato", SlipNumber: "123456789013"}}, "STATE_CAPTURED")

	// The old one ends a little after its successor began.
	successor, next := make("後任", "operator", "shipping")
	expire := func(as *shopStory, name string, at *timestamppb.Timestamp) {
		s.t.Helper()
		as.ask("ExpireAccessKey", "", &shopv1.ExpireAccessKeyRequest{Name: name, ExpireTime: at}, "accessKey")
	}
	expire(next, warehouse, timestamppb.New(dayClock()().Add(time.Hour)))
	read(next, "OK")
	read(porter, "PermissionDenied") // it is known still
	next.refused("ExpireAccessKey", &shopv1.ExpireAccessKeyRequest{Name: successor}, "WRONG_STATE")
	expire(next, warehouse, nil)
	read(porter, "Unauthenticated")
	read(next, "OK")
	s.refused("CreateAccessKey", &shopv1.CreateAccessKeyRequest{AccessKey: &shopv1.AccessKey{Scopes: []string{"everything"}}}, "INVALID_REQUEST", "access_key.scopes[0]")
	names := s.list("ListAccessKeys", &shopv1.ListAccessKeysRequest{}, "accessKeys", "name")
	if len(names) != 3 || !slices.Contains(names, warehouse) || !slices.Contains(names, successor) {
		s.t.Fatalf("%s: keys %v", s.tag, names)
	}
	i := slices.IndexFunc(names, func(n string) bool { return n != warehouse && n != successor })
	next.refused("ExpireAccessKey", &shopv1.ExpireAccessKeyRequest{Name: names[i]}, "WRONG_STATE") // the config file's
	s.refused("ExpireAccessKey", &shopv1.ExpireAccessKeyRequest{Name: "accessKeys/00000000"}, "NOT_FOUND")
	expire(s, successor, nil)
	read(next, "Unauthenticated")
}

// trail reads all pages: everything above is in it, newest first, with who did it
// and both values, and without a secret (P87, P98).
func (s *shopStory) trail() {
	var changes []map[string]any
	for token := ""; ; {
		a := s.call(s.t.Context(), "ListChanges", "", &shopv1.ListChangesRequest{PageSize: 5, PageToken: token}, response("ListChanges"))
		list, _ := a.Body["changes"].([]any)
		if a.Code != "OK" || len(list) == 0 {
			s.t.Fatalf("%s: %+v", s.tag, a)
		}
		raw, _ := json.Marshal(a)
		for _, secret := range s.secrets {
			if strings.Contains(string(raw), secret) {
				s.t.Fatalf("%s: the trail has a secret: %s", s.tag, raw)
			}
		}
		for _, c := range list {
			changes = append(changes, c.(map[string]any))
		}
		if token, _ = a.Body["nextPageToken"].(string); token == "" {
			break
		}
	}
	slices.Reverse(changes)
	var lines []string
	for i, c := range changes {
		s.expect("the number", c["sequence"], i+1)
		resource, _ := c["resource"].(string)
		if strings.HasPrefix(resource, "accessKeys/") {
			resource = "accessKeys"
		}
		line := fmt.Sprint(c["action"], " ", resource)
		fields, _ := c["fields"].([]any)
		for _, f := range fields {
			f := f.(map[string]any)
			if f["field"] == "expireTime" {
				f = map[string]any{"field": "expireTime"}
			}
			line += fmt.Sprintf(" %v=%v>%v", f["field"], f["before"], f["after"])
		}
		if actor, _ := c["actor"].(string); !strings.HasPrefix(actor, "key:") && i > 5 {
			s.t.Fatalf("%s: %s did %s", s.tag, actor, line)
		}
		lines = append(lines, line)
	}
	all := strings.Join(lines, "\n")
	for _, want := range []string{
		"created contracts/demo", "created settings", "created paymentMethods/card", "created deliveryMethods/takkyubin",
		"updated settings installments=true>false feeRate=500>480", "updated settings securityCode=true>false", "updated contracts/demo accessKey=<nil>><nil>", "updated contracts/demo flags=",
		"created paymentMethods/bank title=<nil>>銀行振込", "updated paymentMethods order=card bank>bank card", "updated paymentMethods/card title=クレジットカード>カード",
		"updated paymentMethods/bank stopped=false>true", "deleted paymentMethods/bank",
		"created deliveryMethods/nekopos title=<nil>>ネコポス carrier=<nil>>yamato", "updated deliveryMethods/nekopos carrier=yamato>other", "deleted deliveryMethods/nekopos",
		"created accessKeys title=<nil>>倉庫 scopes=<nil>>shipping", "updated accessKeys expireTime",
	} {
		if !strings.Contains(all, want) {
			s.t.Fatalf("%s: the trail lacks %q:\n%s", s.tag, want, all)
		}
	}
	s.told = append(s.told, all)
}
