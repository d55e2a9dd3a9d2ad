package api_test

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"

	shopv1 "kessai.dev/kessai/gen/kessai/shop/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/registry"
	"kessai.dev/kessai/internal/shop"
)

// Keys of operators, beside those of the harness.
const (
	operatorKey      = "sk_test_operator"
	otherOperatorKey = "sk_test_second_operator"
	liveOperatorKey  = "sk_live_operator"
)

var (
	secondShop = shop.Tenant{Shop: "second", Environment: shop.Test}
	firstLive  = shop.Tenant{Shop: "first", Environment: shop.Production}
)

// openShops starts a door with the real registry behind it, on books of its own.
// The payments are the fake's. With the demo key alone, as a newcomer has it, or
// with PRODUCTION and operators of every tenant.
func openShops(t testing.TB, production bool) (*house, *registry.Registry) {
	t.Helper()
	var shops *registry.Registry
	var h *house
	h = open(t, func(o *api.Options) {
		d := directory(production)
		for id, s := range d.Shops {
			if id == "first" { // the documents' shop
				s.Contracts[shop.Test] = contract("demo")
			}
			s.Name, s.Settings.FeeRate = "お店 "+string(id), shop.DefaultFeeRate
			s.Settings.Methods = []shop.PaymentMethod{{ID: "card", Name: "クレジットカード", Kind: shop.KindCard}}
			for i := range s.Settings.Deliveries {
				s.Settings.Deliveries[i].Name = s.Settings.Deliveries[i].ID
			}
		}
		if production {
			for secret, tenant := range map[string]shop.Tenant{operatorKey: firstShop, otherOperatorKey: secondShop, liveOperatorKey: firstLive} {
				hash := shop.HashKey(secret)
				d.Keys[hash] = &shop.Key{Hash: hash, Tenant: tenant, Scopes: []shop.Scope{shop.Operator}}
			}
		}
		live := shop.NewLive(d)
		shops = openRegistry(t, live, o, listed(func() *fake { return h.fake }))
		o.Directory, o.Shops, o.Webhooks = live, shops, newHooks(t, o, shops)
	})
	return h, shops
}

// listed are the fake's payments, as the registry looks for them (R21).
type listed func() *fake

func (l listed) List(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	return l().List(ctx, processor.Caller{Tenant: q.Tenant}, q)
}

func openRegistry(t testing.TB, live *shop.Live, o *api.Options, payments registry.Payments) *registry.Registry {
	t.Helper()
	dir := t.TempDir()
	books, err := bolt.Open(bolt.Options{Dir: filepath.Join(dir, "ledger"), Clock: o.Clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = books.Close() })
	keys, err := registry.OpenKeys(context.Background(), filepath.Join(dir, "shops.keys"), books)
	if err != nil {
		t.Fatal(err)
	}
	shops, err := registry.Open(context.Background(), registry.Options{Books: books, Payments: payments, Keys: keys, Live: live, Clock: o.Clock, Random: rand.Reader, Logger: o.Logger})
	if err != nil {
		t.Fatal(err)
	}
	return shops
}

// ask makes a call by gRPC that must go well.
func (h *house) ask(t testing.TB, key, method string, request proto.Message) proto.Message {
	t.Helper()
	got, err := apitest.Protocols(t, h.with(key))[0].Call(t.Context(), method, request, nil)
	if err != nil || got.Code != "OK" {
		t.Fatalf("%s: %v %+v", method, err, got)
	}
	return got.Message
}

// shopCalls are all calls of ShopService but the stream, each of which would
// change or read something that is there.
func shopCalls() map[string]proto.Message {
	return map[string]proto.Message{
		"GetSettings":          &shopv1.GetSettingsRequest{},
		"UpdateSettings":       &shopv1.UpdateSettingsRequest{Settings: &shopv1.Settings{FeeRate: proto.Int32(321)}},
		"ListContracts":        &shopv1.ListContractsRequest{},
		"UpdateContract":       &shopv1.UpdateContractRequest{Contract: &shopv1.Contract{Name: "contracts/demo", AccessKey: "2222222"}},
		"ListPaymentMethods":   &shopv1.ListPaymentMethodsRequest{},
		"CreatePaymentMethod":  &shopv1.CreatePaymentMethodRequest{PaymentMethod: &shopv1.PaymentMethod{Title: proto.String("銀行振込"), Kind: "other"}},
		"UpdatePaymentMethod":  &shopv1.UpdatePaymentMethodRequest{PaymentMethod: &shopv1.PaymentMethod{Name: "paymentMethods/card", Title: proto.String("カード")}},
		"OrderPaymentMethods":  &shopv1.OrderPaymentMethodsRequest{Names: []string{"paymentMethods/card"}},
		"DeletePaymentMethod":  &shopv1.DeletePaymentMethodRequest{Name: "paymentMethods/card"},
		"ListDeliveryMethods":  &shopv1.ListDeliveryMethodsRequest{},
		"CreateDeliveryMethod": &shopv1.CreateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Title: proto.String("ネコポス"), Carrier: proto.String("yamato")}},
		"UpdateDeliveryMethod": &shopv1.UpdateDeliveryMethodRequest{DeliveryMethod: &shopv1.DeliveryMethod{Name: "deliveryMethods/other", Title: proto.String("自社便")}},
		"DeleteDeliveryMethod": &shopv1.DeleteDeliveryMethodRequest{Name: "deliveryMethods/other"},
		"ListAccessKeys":       &shopv1.ListAccessKeysRequest{},
		"CreateAccessKey":      &shopv1.CreateAccessKeyRequest{AccessKey: &shopv1.AccessKey{Title: "倉庫", Scopes: []string{"shipping"}}},
		"ExpireAccessKey":      &shopv1.ExpireAccessKeyRequest{Name: "accessKeys/00000000", ExpireTime: timestamppb.New(noon)},
		"ListChanges":          &shopv1.ListChangesRequest{},

		"ListWebhookEndpoints":  &shopv1.ListWebhookEndpointsRequest{},
		"CreateWebhookEndpoint": &shopv1.CreateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Uri: proto.String("https://shop.example/kessai"), Title: proto.String("倉庫")}},
		"UpdateWebhookEndpoint": &shopv1.UpdateWebhookEndpointRequest{WebhookEndpoint: &shopv1.WebhookEndpoint{Name: "webhookEndpoints/0000000000000000", Stopped: proto.Bool(true)}},
		"DeleteWebhookEndpoint": &shopv1.DeleteWebhookEndpointRequest{Name: "webhookEndpoints/0000000000000000"},
		"RotateWebhookSecret":   &shopv1.RotateWebhookSecretRequest{Name: "webhookEndpoints/0000000000000000"},
		"TestWebhookEndpoint":   &shopv1.TestWebhookEndpointRequest{Name: "webhookEndpoints/0000000000000000"},
		"ListWebhookDeliveries": &shopv1.ListWebhookDeliveriesRequest{Parent: "webhookEndpoints/0000000000000000"},
		"ReplayWebhookEvents":   &shopv1.ReplayWebhookEventsRequest{Name: "webhookEndpoints/0000000000000000"},
	}
}

// everyShopCall runs each of them by each protocol.
func everyShopCall(t *testing.T, target apitest.Target, look func(protocol, method string, got apitest.Answer)) {
	t.Helper()
	for _, p := range apitest.Protocols(t, target) {
		for method, request := range shopCalls() {
			if !p.Serves(method) {
				continue
			}
			got, err := p.Call(t.Context(), method, request, nil)
			if err != nil {
				t.Errorf("%s: %s: %v", p.Name, method, err)
			}
			look(p.Name, method, got)
		}
	}
}
