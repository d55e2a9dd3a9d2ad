package api_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/doctor"
	"kessai.dev/kessai/internal/explain"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
	"kessai.dev/kessai/internal/tripwire"
)

// Keys of the harness.
const (
	demoKey   = "sk_test_demo"
	shopKey   = "sk_test_first"
	otherKey  = "sk_test_second"
	liveKey   = "sk_live_first"
	oldKey    = "sk_test_expired"
	parcelKey = "sk_test_parcels"
)

// noon is when every test begins: Monday, noon in Japan.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, shop.Tokyo)

// house is a running door with a fake behind it.
type house struct {
	apitest.Target
	api   *api.API
	fake  *fake
	vault *fakeVault
	log   *safeBuffer

	mu  sync.Mutex
	now time.Time
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) set(t time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = t
}

// safeBuffer is a log that several goroutines write.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func contract(id string) shop.Contract {
	return shop.Contract{ID: id, TraderCode: "888889999", AccessKey: "1111111", HoldDays: 45, Flags: shop.Flags{TestAllowed: true, CaptureByCode99: true, AmountIncrease: true, Reservation: true, StoredCardAlone: true}}
}

// directory has two shops; only the first one has PRODUCTION, and only if asked.
func directory(production bool) *shop.Directory {
	d := &shop.Directory{Shops: map[shop.ID]*shop.Shop{}, Keys: map[[32]byte]*shop.Key{}}
	for _, id := range []shop.ID{"first", "second"} {
		d.Shops[id] = &shop.Shop{
			ID: id, Name: string(id), Contracts: map[shop.Environment]shop.Contract{shop.Test: contract(string(id))},
			Settings: shop.Settings{Sender: sender, Deliveries: []shipping.Method{{ID: "takkyubin", Carrier: shipping.CarrierYamato}, {ID: "other", Carrier: "other"}}},
		}
	}
	add := func(secret string, k shop.Key) {
		k.Hash = shop.HashKey(secret)
		d.Keys[k.Hash] = &k
	}
	first, second := shop.Tenant{Shop: "first", Environment: shop.Test}, shop.Tenant{Shop: "second", Environment: shop.Test}
	add(shopKey, shop.Key{Tenant: first, Scopes: []shop.Scope{shop.Storefront}})
	add(otherKey, shop.Key{Tenant: second, Scopes: []shop.Scope{shop.Storefront}})
	add(oldKey, shop.Key{Tenant: first, Scopes: []shop.Scope{shop.Storefront}, Expires: noon})
	add(parcelKey, shop.Key{Tenant: first, Scopes: []shop.Scope{shop.Shipping}})
	add(demoKey, shop.Key{Tenant: first, Scopes: []shop.Scope{shop.Storefront, shop.Shipping, shop.Operator}, Demo: true})
	if production {
		d.Shops["first"].Contracts[shop.Production] = contract("live")
		add(liveKey, shop.Key{Tenant: shop.Tenant{Shop: "first", Environment: shop.Production}, Scopes: []shop.Scope{shop.Storefront}})
	}
	return d
}

// open starts a door on loopback.
func open(t testing.TB, change ...func(*api.Options)) *house {
	t.Helper()
	h := &house{now: noon, log: &safeBuffer{}}
	o := api.Options{
		Shops: struct{ api.Shops }{}, Directory: directory(false), Clock: h.clock, Key: []byte("a key of the tests, thirty-two bytes"), SimulatorOnLoopback: true,
		Logger: slog.New(tripwire.NewHandler(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
	}
	for _, c := range change {
		c(&o)
	}
	h.fake = newFake(o.Directory.Now(), h.clock)
	h.vault = newFakeVault(h.fake)
	o.Payments, o.Vault, o.Bulk = h.fake, h.vault, bulk.New(bulk.Options{Payments: batchFake{h.fake}})
	if o.Dispatch == nil {
		o.Dispatch = newDesk(h, o.Directory)
	}
	if o.Failures == nil {
		o.Failures = explain.New(failureFake{h.fake}, h.clock)
	}
	if o.Events == nil {
		o.Events = fakeEvents{}
	}
	if o.Radar == nil {
		o.Radar = newRadar(h, &o)
	}
	if o.Desk == nil {
		o.Desk = newLostDesk(t, h, &o)
	}
	if o.Days == nil {
		o.Days = fakeDays{}
	}
	if o.Settlements == nil {
		o.Settlements = newSettlements(t, h, &o)
	}
	o.Moving, o.Reconciler, o.Verifier = newMoving(h, &o), newReconciler(h, &o), proven{}
	o.Doctor = doctor.New(doctor.Options{Payments: h.fake, Directory: o.Directory, Clock: h.clock, Logger: o.Logger, Simulated: true})
	a, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	h.api = a
	srv, err := api.NewHTTPServer("127.0.0.1:0", a.Handler, nil)
	if err != nil {
		t.Fatal(err)
	}
	web, native := listen(t), listen(t)
	go func() { _ = srv.Serve(web) }()
	go func() { _ = a.GRPC.Serve(native) }()
	t.Cleanup(func() {
		a.Stop()
		_ = srv.Close()
		a.GRPC.Stop()
	})
	h.Target = apitest.Target{URL: "http://" + web.Addr().String(), GRPC: native.Addr().String(), Key: shopKey}
	return h
}

func listen(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// do sends one HTTP request with the shop's key; headers come in pairs.
func (h *house) do(t testing.TB, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, h.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+h.Key)
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
			continue
		}
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
			continue
		}
		r.Header.Add(headers[i], headers[i+1])
		if headers[i] == "Authorization" {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	b, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	bothLanguages(t, b)
	return w.StatusCode, string(b), w.Header
}

// protocol finds one of the protocols.
func (h *house) protocol(t testing.TB, name string) apitest.Protocol {
	t.Helper()
	for _, p := range apitest.Protocols(t, h.Target) {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no protocol %q", name)
	return apitest.Protocol{}
}

// create makes a payment by gRPC and fails the test if that fails.
func (h *house) create(t testing.TB, order, token string) *paymentv1.Payment {
	t.Helper()
	a, err := h.protocol(t, "grpc").Call(context.Background(), "CreatePayment",
		&paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: order, CardToken: token, RequestId: "create-" + order}, nil)
	if err != nil || a.Code != "OK" {
		t.Fatalf("create %s: %v %+v", order, err, a)
	}
	return a.Message.(*paymentv1.CreatePaymentResponse).GetPayment()
}
