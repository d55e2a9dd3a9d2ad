package api_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

const page = "https://shop.example.com"

// forPages is what a client secret may call, with its REST form.
var forPages = map[string]string{
	"ConfirmPayment": "POST /v1/payments/x:confirm", "GetPayment": "GET /v1/payments/x", "WatchPayment": "GET /v1/payments/x:watch",
	"ClaimConversion": "POST /v1/payments/x:claimConversion", "CreateCardEntry": "POST /v1/cardEntries", "ListInstallmentOptions": "GET /v1/installmentOptions",
}

// A page of any shop may ask whether it may call what a client secret may call,
// by every protocol, and nothing else.
func TestPreflight(t *testing.T) {
	h := open(t)
	ask := func(method, path string) (int, http.Header) {
		code, _, header := h.do(t, "OPTIONS", path, "", "Authorization", "", "Origin", page, "Access-Control-Request-Method", method, "Access-Control-Request-Headers", "authorization,content-type")
		return code, header
	}
	for _, m := range apitest.Methods() {
		name := string(m.Name())
		rest, may := forPages[name]
		code, header := ask("POST", "/"+string(m.Parent().FullName())+"/"+name)
		if may != (code == http.StatusNoContent) || may != (header.Get("Access-Control-Allow-Origin") == "*") {
			t.Errorf("%s: %d %v", name, code, header)
		}
		if !may {
			continue
		}
		method, path, _ := strings.Cut(rest, " ")
		code, header = ask(method, path)
		if code != http.StatusNoContent || header.Get("Access-Control-Allow-Methods") != method || header.Get("Access-Control-Max-Age") == "" {
			t.Errorf("%s: %d %v", rest, code, header)
		}
		for _, want := range []string{"authorization", "content-type", "idempotency-key", "connect-protocol-version", "connect-timeout-ms", "grpc-timeout", "x-grpc-web", "x-user-agent"} {
			if !strings.Contains(strings.ToLower(header.Get("Access-Control-Allow-Headers")), want) {
				t.Errorf("%s: %s is not allowed: %v", rest, want, header)
			}
		}
		if header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s: credentials", rest)
		}
	}
	for _, other := range []string{
		"GET /v1/payments", "POST /v1/payments", "DELETE /v1/payments/x", "POST /v1/payments/x:cancel", "GET /v1/payments/x/events", "GET /v1/payments/x:confirm", "GET /v1/payments/x/y:watch",
		"GET /v1/customers/a/cards", "DELETE /v1/customers/a/cards/b", "POST /v1/customers/a/cards", "GET /openapi.json", "GET /healthz", "POST /v1/cardEntries/", "GET /v1/cardEntries",
		"POST /grpc.health.v1.Health/Check", "GET /kessai.payment.v1.PaymentService/ConfirmPayment", "DELETE /kessai.payment.v1.PaymentService/GetPayment",
	} {
		method, path, _ := strings.Cut(other, " ")
		if code, header := ask(method, path); code == http.StatusNoContent || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s: %d %v", other, code, header)
		}
	}
	if code, _, header := h.do(t, "OPTIONS", "/v1/cardEntries", "", "Access-Control-Request-Method", "POST"); code == http.StatusNoContent || header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("without an Origin: %d %v", code, header)
	}
}

// Answers to a client secret may be read by a page, good and bad, by every
// protocol; an answer to a key never, nor one to nobody.
func TestPagesReadAnswersToSecretsOnly(t *testing.T) {
	h := open(t)
	p, other := h.pending(t, "1", ""), h.pending(t, "2", "")
	from := http.Header{"Origin": {page}}
	for _, tc := range []struct {
		name, key, method string
		readable          bool
	}{
		{"a secret", p.GetClientSecret(), "GetPayment", true},
		{"a secret, in vain", other.GetClientSecret(), "GetPayment", true},
		{"a secret, where it may not", p.GetClientSecret(), "CancelPayment", false},
		{"a secret, where it may not read", p.GetClientSecret(), "ListPaymentEvents", false},
		{"a secret of nobody", p.GetClientSecret()[:len(p.GetClientSecret())-2] + "xx", "GetPayment", false},
		{"a key", shopKey, "GetPayment", false},
		{"a key, in vain", otherKey, "GetPayment", false},
		{"a key that does not exist", "sk_test_nobody", "GetPayment", false},
		{"the demo key", demoKey, "GetPayment", false},
		{"nobody", "", "GetPayment", false},
	} {
		for _, protocol := range apitest.Protocols(t, h.with(tc.key)) {
			if protocol.Name == "grpc" || !protocol.Serves(tc.method) {
				continue // no browser speaks to that door
			}
			got, err := protocol.Call(t.Context(), tc.method, apitest.Named(tc.method, p.GetName()), from)
			if err != nil {
				t.Fatalf("%s: %s: %v", tc.name, protocol.Name, err)
			}
			allow, expose := got.Header.Get("Access-Control-Allow-Origin"), got.Header.Get("Access-Control-Expose-Headers")
			if tc.readable != (allow == "*") || tc.readable != strings.Contains(expose, "Grpc-Status-Details-Bin") || got.Header.Get("Access-Control-Allow-Credentials") != "" {
				t.Errorf("%s: %s: %q %q", tc.name, protocol.Name, allow, expose)
			}
			if tc.key == demoKey && got.Reason != "DEMO_KEY_FENCED" {
				t.Errorf("%s: %s: %+v", tc.name, protocol.Name, got)
			}
		}
	}
	// A stream, and a secret that has ended: the page can read that it has.
	secret := "Bearer " + p.GetClientSecret()
	if _, _, header := h.do(t, "POST", "/v1/"+p.GetName()+":confirm", `{"cardToken":"SIMAPPROVED00000"}`, "Authorization", secret, "Origin", page, "Idempotency-Key", "k"); header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("confirm: %v", header)
	}
	if _, _, header := h.do(t, "GET", "/v1/"+p.GetName()+":watch", "", "Authorization", secret, "Origin", page); header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("watch: %v", header)
	}
	if _, _, header := h.do(t, "GET", "/v1/"+p.GetName(), "", "Authorization", secret); header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("without a page: %v", header)
	}
	h.set(noon.Add(payment.CheckoutTTL))
	if code, _, header := h.do(t, "GET", "/v1/"+p.GetName(), "", "Authorization", secret, "Origin", page); code != http.StatusUnauthorized || header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("ended: %d %v", code, header)
	}
}

// The demo key, which everybody knows, is for pages of this machine only (P88).
func TestDemoKeyAndPages(t *testing.T) {
	h := open(t)
	for origin, want := range map[string]string{
		"http://localhost:3000": "OK", "http://127.0.0.1:8080": "OK", "https://[::1]": "OK",
		page: "PERMISSION_DENIED", "null": "PERMISSION_DENIED", "http://localhost.example.com": "PERMISSION_DENIED", "http://10.0.0.1": "PERMISSION_DENIED",
		"file://": "PERMISSION_DENIED", "chrome-extension://localhost": "PERMISSION_DENIED",
	} {
		for _, p := range apitest.Protocols(t, h.with(demoKey)) {
			got, err := p.Call(t.Context(), "ListPayments", &paymentv1.ListPaymentsRequest{}, http.Header{"Origin": {origin}})
			if err != nil || got.Code != want || got.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Errorf("%s: %s: %v %+v", origin, p.Name, err, got)
			}
		}
	}
}

// Fence refuses what the demo key is refused for, and shows nothing then.
func TestFence(t *testing.T) {
	shown := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the demo")) })
	try := func(h *house, headers ...string) (int, string) {
		s := httptest.NewServer(h.api.Fence(shown))
		defer s.Close()
		h.URL = s.URL
		code, body, _ := h.do(t, "GET", "/demo", "", headers...)
		return code, body
	}
	for _, headers := range [][]string{nil, {"Host", "localhost:8080"}, {"Origin", "http://localhost:8080"}} {
		if code, body := try(open(t), headers...); code != http.StatusOK || body != "the demo" {
			t.Errorf("%v: %d %s", headers, code, body)
		}
	}
	for _, headers := range [][]string{
		{"Host", "kessai.example.com"}, {"Host", "127.0.0.1.example.com"}, {"Forwarded", "for=127.0.0.1"}, {"X-Forwarded-For", "127.0.0.1"}, {"Via", "1.1 x"}, {"Origin", page}, {"Origin", "null"},
	} {
		if code, body := try(open(t), headers...); code != http.StatusForbidden || strings.Contains(body, "the demo\n") || strings.Contains(body, "<") {
			t.Errorf("%v: %d %s", headers, code, body)
		}
	}
	for name, change := range map[string]func(*api.Options){
		"no simulator":             func(o *api.Options) { o.SimulatorOnLoopback = false },
		"a listener for everybody": func(o *api.Options) { o.Listen = []string{"0.0.0.0:8080"} },
		"a shop in PRODUCTION":     func(o *api.Options) { o.Directory = directory(true) },
	} {
		if code, body := try(open(t, change)); code != http.StatusForbidden || strings.Contains(body, "<") {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
	h := open(t)
	p := h.pending(t, "1", "")
	if id, _ := payment.ParseName(p.GetName()); h.api.ClientSecret(shop.Tenant{Shop: "first", Environment: shop.Test}, id) != p.GetClientSecret() {
		t.Error("ClientSecret gives another secret than Create")
	}
}
