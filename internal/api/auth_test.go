package api_test

import (
	"crypto/tls"
	"net/http"
	"strings"
	"testing"
	"time"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/payment"
)

// with gives the target with another key.
func (h *house) with(key string) apitest.Target {
	t := h.Target
	t.Key = key
	return t
}

// Who has no good key learns that, and nothing else, by every protocol and
// before the body is looked at (promise 6).
func TestKeys(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", approved)
	for _, tc := range []struct{ name, key, code, reason string }{
		{"good", shopKey, "OK", ""},
		{"none", "", "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"unknown", "sk_test_nobody", "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"expired", oldKey, "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"other scope", parcelKey, "PERMISSION_DENIED", "SCOPE_MISSING"},
		{"other shop", otherKey, "NOT_FOUND", "NOT_FOUND"},
		{"demo on loopback", demoKey, "OK", ""},
		{"two words", "a b", "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"secret of nothing", "cs_" + strings.Repeat("0", 72), "UNAUTHENTICATED", "UNAUTHENTICATED"},
		{"short secret", "cs_", "UNAUTHENTICATED", "UNAUTHENTICATED"},
	} {
		for _, protocol := range apitest.Protocols(t, h.with(tc.key)) {
			got, err := protocol.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: p.GetName()}, nil)
			if err != nil || got.Code != tc.code || got.Reason != tc.reason {
				t.Errorf("%s: %s: %v %+v", tc.name, protocol.Name, err, got)
			}
		}
	}
	calls := len(h.fake.callers)
	for _, header := range [][]string{
		{"Authorization", "Basic " + shopKey},
		{"Authorization", shopKey},
		{"Authorization", "Bearer"},
		{"Authorization", "Bearer  " + shopKey},
		{"Authorization", ""},
	} {
		for _, path := range []string{"/v1/payments", "/kessai.payment.v1.PaymentService/CreatePayment"} {
			code, body, got := h.do(t, "POST", path, `{"amount":"nonsense`, append(header, "Content-Type", "application/json")...)
			if code != http.StatusUnauthorized || !strings.Contains(body, "UNAUTHENTICATED") && !strings.Contains(body, "unauthenticated") {
				t.Errorf("%s %v: %d %s", path, header, code, body)
			}
			if path == "/v1/payments" && got.Get("WWW-Authenticate") == "" {
				t.Errorf("%s: no WWW-Authenticate", path)
			}
		}
	}
	if len(h.fake.callers) != calls {
		t.Error("somebody without a key got through")
	}
}

// Two Authorization headers are one too many.
func TestTwoKeys(t *testing.T) {
	h := open(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.URL+"/v1/payments", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header["Authorization"] = []string{"Bearer " + shopKey, "Bearer " + otherKey}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = w.Body.Close()
	if w.StatusCode != http.StatusUnauthorized {
		t.Errorf("status %d", w.StatusCode)
	}
}

// The demo key, which everybody knows, works on loopback only, without a
// proxy, for the simulator, while every shop is in TEST (promise 6 and 8).
func TestDemoKeyIsFenced(t *testing.T) {
	refused := func(name string, h *house, headers ...string) {
		t.Helper()
		for _, path := range []string{"/v1/payments", "/kessai.payment.v1.PaymentService/ListPayments"} {
			method, body := "GET", ""
			if path != "/v1/payments" {
				method, body = "POST", "{}"
			}
			code, answer, header := h.do(t, method, path, body, append([]string{"Authorization", "Bearer " + demoKey, "Content-Type", "application/json"}, headers...)...)
			if code != http.StatusForbidden {
				t.Errorf("%s: %s: %d %s", name, path, code, answer)
			}
			if header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s: CORS", name)
			}
		}
	}
	h := open(t)
	for _, host := range []string{"localhost:8080", "127.0.0.1", "[::1]:8080", "LOCALHOST"} {
		if code, body, _ := h.do(t, "GET", "/v1/payments", "", "Authorization", "Bearer "+demoKey, "Host", host); code != http.StatusOK {
			t.Errorf("Host %s: %d %s", host, code, body)
		}
	}
	refused("another Host", h, "Host", "kessai.example.com")
	refused("a name that points here", h, "Host", "127.0.0.1.example.com:8080")
	refused("no proper Host", h, "Host", "10.0.0.1")
	for _, header := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "Via", "X-Real-Ip"} {
		refused(header, h, header, "for=127.0.0.1")
	}
	refused("a provider that is not the simulator", open(t, func(o *api.Options) { o.SimulatorOnLoopback = false }))
	refused("a listener for everybody", open(t, func(o *api.Options) { o.Listen = []string{"127.0.0.1:9090", "0.0.0.0:8080"} }))
	refused("a shop in PRODUCTION", open(t, func(o *api.Options) { o.Directory = directory(true) }))

	// The same by grpc-go: a forwarded header as metadata.
	grpcCall := func(header http.Header) apitest.Answer {
		for _, p := range apitest.Protocols(t, h.with(demoKey)) {
			if p.Name == "grpc" {
				got, err := p.Call(t.Context(), "ListPayments", &paymentv1.ListPaymentsRequest{}, header)
				if err != nil {
					t.Fatal(err)
				}
				return got
			}
		}
		panic("no grpc")
	}
	if got := grpcCall(nil); got.Code != "OK" {
		t.Errorf("grpc on loopback: %+v", got)
	}
	if got := grpcCall(http.Header{"X-Forwarded-For": {"10.0.0.1"}}); got.Reason != "DEMO_KEY_FENCED" {
		t.Errorf("grpc behind a proxy: %+v", got)
	}
}

// A client secret reads, watches and confirms its own payment, sees less of it,
// and dies after 24 hours (promise 6).
func TestClientSecret(t *testing.T) {
	h := open(t)
	g := h.protocol(t, "grpc")
	create := func(order string) *paymentv1.Payment {
		got, err := g.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{
			Amount: 5080, OrderNumber: order, RequestId: order, Customer: "mei_1",
			Order: &paymentv1.Order{Buyer: &paymentv1.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "hanako@example.com"}},
		}, nil)
		if err != nil || got.Code != "OK" {
			t.Fatalf("%v %+v", err, got)
		}
		return got.Message.(*paymentv1.CreatePaymentResponse).GetPayment()
	}
	p, another := create("1396"), create("1397")
	secret := p.GetClientSecret()
	if again, _ := g.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{
		Amount: 5080, OrderNumber: "1396", RequestId: "1396", Customer: "mei_1",
		Order: &paymentv1.Order{Buyer: &paymentv1.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "hanako@example.com"}},
	}, nil); again.Message.(*paymentv1.CreatePaymentResponse).GetPayment().GetClientSecret() != secret || again.Header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("a replay gives another secret, or does not say so: %+v", again)
	}

	target := h.with(secret)
	for _, protocol := range apitest.Protocols(t, target) {
		got, err := protocol.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: p.GetName()}, nil)
		if err != nil || got.Code != "OK" {
			t.Fatalf("%s: %v %+v", protocol.Name, err, got)
		}
		seen := got.Message.(*paymentv1.GetPaymentResponse).GetPayment()
		if seen.GetOrder() != nil || seen.GetCustomer() != "" || seen.GetClientSecret() != "" || seen.GetOrderNumber() != "1396" {
			t.Errorf("%s: a browser sees %v", protocol.Name, seen)
		}
		for method, want := range map[string]string{"CapturePayment": "SCOPE_MISSING", "CancelPayment": "SCOPE_MISSING", "RefreshPayment": "SCOPE_MISSING", "AdjustPayment": "SCOPE_MISSING"} {
			if !protocol.Serves(method) {
				continue
			}
			got, err := protocol.Call(t.Context(), method, apitest.Named(method, p.GetName()), nil)
			if err != nil || got.Reason != want {
				t.Errorf("%s: %s: %v %+v", protocol.Name, method, err, got)
			}
		}
		if got, err := protocol.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: another.GetName()}, nil); err != nil || got.Reason != "NOT_FOUND" {
			t.Errorf("%s: another payment: %v %+v", protocol.Name, err, got)
		}
		if got, err := protocol.Call(t.Context(), "ListPaymentEvents", &paymentv1.ListPaymentEventsRequest{Parent: p.GetName()}, nil); err != nil || got.Reason != "SCOPE_MISSING" {
			t.Errorf("%s: events: %v %+v", protocol.Name, err, got)
		}
	}

	// A secret that was altered anywhere is nobody's.
	for i := range len(secret) {
		b := []byte(secret)
		if b[i]++; b[i] == ' '+95 {
			b[i] = '0'
		}
		if code, _, _ := h.do(t, "GET", "/v1/"+p.GetName(), "", "Authorization", "Bearer "+string(b)); code != http.StatusUnauthorized {
			t.Errorf("altered at %d: %d", i, code)
		}
	}

	// A decline reads coarsely in the browser, and whole for the shop (P91).
	confirm := func(key, token string) (int, string) {
		code, body, _ := h.do(t, "POST", "/v1/"+p.GetName()+":confirm", `{"cardToken":"`+token+`"}`, "Authorization", "Bearer "+secret, "Idempotency-Key", key)
		return code, body
	}
	if code, body := confirm("c1", "DECLINED00000000"); code != http.StatusOK || !strings.Contains(body, `"decline":{"reason":"CARD_DECLINED"}`) || strings.Contains(body, "SECURITY_CODE") || strings.Contains(body, "A082") {
		t.Errorf("declined: %d %s", code, body)
	}
	if _, body, _ := h.do(t, "GET", "/v1/"+p.GetName(), ""); !strings.Contains(body, `"decline":{"reason":"SECURITY_CODE_WRONG","hard":true,"providerCode":"A082000005 G60"}`) {
		t.Errorf("the shop sees %s", body)
	}
	if code, body := confirm("c2", approved); code != http.StatusOK || strings.Contains(body, "approvalNumber") || strings.Contains(body, "hanako") {
		t.Errorf("confirmed: %d %s", code, body)
	}
	if code, body := confirm("c3", approved); code != http.StatusBadRequest || !strings.Contains(body, "WRONG_STATE") { // read-only after success
		t.Errorf("confirmed twice: %d %s", code, body)
	}
	if h.fake.callers[len(h.fake.callers)-1].Actor != "browser" {
		t.Errorf("actor %q", h.fake.callers[len(h.fake.callers)-1].Actor)
	}

	h.set(noon.Add(payment.CheckoutTTL - time.Millisecond))
	if code, _, _ := h.do(t, "GET", "/v1/"+p.GetName(), "", "Authorization", "Bearer "+secret); code != http.StatusOK {
		t.Errorf("just before 24 hours: %d", code)
	}
	h.set(noon.Add(payment.CheckoutTTL))
	if code, body, _ := h.do(t, "GET", "/v1/"+p.GetName(), "", "Authorization", "Bearer "+secret); code != http.StatusUnauthorized || !strings.Contains(body, "CLIENT_SECRET_EXPIRED") {
		t.Errorf("after 24 hours: %d %s", code, body)
	}
}

// A secret in the query or the path is no key.
func TestSecretInTheAddress(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", "")
	for _, path := range []string{"/v1/" + p.GetName() + "?clientSecret=" + p.GetClientSecret(), "/v1/" + p.GetName() + "?access_token=" + p.GetClientSecret()} {
		if code, _, _ := h.do(t, "GET", path, "", "Authorization", ""); code != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, code)
		}
	}
}

// Outside loopback a certificate is a must, and nothing older than TLS 1.2 is
// spoken (R09).
func TestServerNeedsTLS(t *testing.T) {
	for addr, ok := range map[string]bool{"127.0.0.1:8080": true, "[::1]:8080": true, "localhost:8080": true, ":8080": false, "0.0.0.0:8080": false, "192.0.2.1:443": false, "kessai.example.com:443": false, "8080": false} {
		if _, err := api.NewHTTPServer(addr, http.NotFoundHandler(), nil); (err == nil) != ok {
			t.Errorf("%s without TLS: %v", addr, err)
		}
		s, err := api.NewHTTPServer(addr, http.NotFoundHandler(), &tls.Config{MinVersion: tls.VersionTLS10})
		if err != nil || s.TLSConfig.MinVersion != tls.VersionTLS12 || s.Protocols.UnencryptedHTTP2() || s.WriteTimeout != 0 || s.ReadHeaderTimeout == 0 {
			t.Errorf("%s with TLS: %v %+v", addr, err, s)
		}
	}
}

// Health and reflection need no key; reflection is off in production.
func TestPublicServices(t *testing.T) {
	for _, production := range []bool{false, true} {
		h := open(t, func(o *api.Options) { o.Production = production })
		code, _, _ := h.do(t, "POST", "/grpc.health.v1.Health/Check", "{}", "Content-Type", "application/json", "Authorization", "")
		if code != http.StatusOK {
			t.Errorf("health: %d", code)
		}
		code, _, _ = h.do(t, "POST", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "", "Content-Type", "application/connect+json", "Authorization", "")
		if found := code != http.StatusNotFound; found == production {
			t.Errorf("production %v: reflection answers %d", production, code)
		}
		for name := range h.api.GRPC.GetServiceInfo() {
			if strings.Contains(name, "reflection") && production {
				t.Errorf("%s on the gRPC door", name)
			}
		}
	}
}

// P08, P96: whoever asks without a key learns whether calls should come here, and what is
// missing, in two languages; a process that drains still serves.
func TestReady(t *testing.T) {
	var list []api.Condition
	h := open(t, func(o *api.Options) { o.Conditions = func() []api.Condition { return list } })
	is := func(path string, want int, texts ...string) {
		t.Helper()
		code, body, header := h.do(t, "GET", path, "", "Authorization", "")
		if code != want || header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d, %v", path, code, header)
		}
		for _, text := range texts {
			if !strings.Contains(body, text) {
				t.Errorf("%s: %s lacks %s", path, body, text)
			}
		}
	}
	is("/readyz", 200, `{"status":"READY"}`)
	list = []api.Condition{{Reason: "SESSIONS_DOWN", English: "e", Japanese: "日"}}
	is("/readyz", 200, `"DEGRADED"`, `{"reason":"SESSIONS_DOWN","message":"e","localizedMessage":"日"}`)
	is("/healthz", 200, `"SERVING"`)
	list = append(list, api.Condition{Reason: "BOOKS_UNAVAILABLE", NotReady: true})
	is("/readyz", 503, `{"status":"NOT_READY","conditions":[{"reason":"BOOKS_UNAVAILABLE"`, "SESSIONS_DOWN")
	is("/healthz", 503, `"NOT_SERVING"`)
	is("/livez", 200, `{"status":"LIVE"}`)
	list = nil
	h.api.Drain()
	is("/readyz", 503, `"NOT_READY"`, `"DRAINING"`, "まもなく停止")
	if code, body, _ := h.do(t, "GET", "/v1/payments", ""); code != 200 {
		t.Errorf("a call while draining: %d %s", code, body)
	}
}
