package api_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/payment"
)

var update = flag.Bool("update", false, "write golden files and documents anew")

// golden compares with a file of testdata, or of docs.
func golden(t *testing.T, path string, got []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale; go test ./internal/api -update writes it anew. Now:\n%s", path, got)
	}
}

// The README's first call works as it is written, with the content type that
// curl -d makes up.
func TestReadmeCall(t *testing.T) {
	h := open(t)
	code, body, _ := h.do(t, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}`,
		"Authorization", "Bearer "+demoKey, "Idempotency-Key", "a1", "Content-Type", "application/x-www-form-urlencoded")
	if code != http.StatusOK || !strings.Contains(body, `"state":"STATE_AUTHORIZED"`) || !strings.Contains(body, `"amount":5080,`) {
		t.Errorf("%d %s", code, body)
	}
}

// REST is strict: each of these is refused with JSON of our own form, an
// ErrorInfo, and nothing done.
func TestRESTIsStrict(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", approved)
	name := p.GetName()
	calls := len(h.fake.callers)
	good := `{"amount":1,"orderNumber":"2"}`
	for _, tc := range []struct {
		name, method, path, body string
		header                   []string
		code                     int
		reason                   string
	}{
		{"unknown field", "POST", "/v1/payments", `{"amount":1,"orderNumber":"2","ammount":2}`, nil, 400, "MALFORMED_REQUEST"},
		{"unknown field inside", "POST", "/v1/payments", `{"amount":1,"orderNumber":"2","order":{"lines":[{"nam":"x"}]}}`, nil, 400, "MALFORMED_REQUEST"},
		{"a field twice", "POST", "/v1/payments", `{"amount":1,"amount":2,"orderNumber":"2"}`, nil, 400, "MALFORMED_REQUEST"},
		{"a field under both names", "POST", "/v1/payments", `{"amount":1,"orderNumber":"2","order_number":"2"}`, nil, 400, "MALFORMED_REQUEST"},
		{"trailing JSON", "POST", "/v1/payments", good + good, nil, 400, "MALFORMED_REQUEST"},
		{"trailing text", "POST", "/v1/payments", good + " x", nil, 400, "MALFORMED_REQUEST"},
		{"half a body", "POST", "/v1/payments", good[:20], nil, 400, "MALFORMED_REQUEST"},
		{"a list", "POST", "/v1/payments", "[" + good + "]", nil, 400, "MALFORMED_REQUEST"},
		{"a string", "POST", "/v1/payments", `"x"`, nil, 400, "MALFORMED_REQUEST"},
		{"null", "POST", "/v1/payments", `null`, nil, 400, "MALFORMED_REQUEST"},
		{"no UTF-8", "POST", "/v1/payments", "{\"amount\":1,\"orderNumber\":\"\x83\x5c\"}", nil, 400, "MALFORMED_REQUEST"},
		{"half a surrogate", "POST", "/v1/payments", `{"amount":1,"orderNumber":"\ud800"}`, nil, 400, "MALFORMED_REQUEST"},
		{"a form", "POST", "/v1/payments", "amount=1&orderNumber=2", []string{"Content-Type", "application/x-www-form-urlencoded"}, 400, "MALFORMED_REQUEST"},
		{"deep", "POST", "/v1/payments", strings.Repeat(`{"order":`, 5000), nil, 400, "MALFORMED_REQUEST"},
		{"the name in the body", "POST", "/v1/" + name + ":capture", `{"name":"payments/other"}`, nil, 400, "MALFORMED_REQUEST"},
		{"no body", "POST", "/v1/payments", "", nil, 400, "INVALID_REQUEST"},
		{"multipart", "POST", "/v1/payments", good, []string{"Content-Type", "multipart/form-data; boundary=x"}, 415, "MALFORMED_REQUEST"},
		{"xml", "POST", "/v1/payments", good, []string{"Content-Type", "text/xml"}, 415, "MALFORMED_REQUEST"},
		{"no type at all", "POST", "/v1/payments", good, []string{"Content-Type", "/;"}, 415, "MALFORMED_REQUEST"},
		{"too large", "POST", "/v1/payments", strings.Repeat(" ", 10<<20), nil, 413, "REQUEST_TOO_LARGE"},
		{"unknown parameter", "GET", "/v1/payments?page_sise=2", "", nil, 400, "MALFORMED_REQUEST"},
		{"unknown parameter on get", "GET", "/v1/" + name + "?x=1", "", nil, 400, "MALFORMED_REQUEST"},
		{"the name as parameter", "GET", "/v1/" + name + "?name=payments/other", "", nil, 400, "MALFORMED_REQUEST"},
		{"a parameter twice", "GET", "/v1/payments?pageSize=2&pageSize=3", "", nil, 400, "MALFORMED_REQUEST"},
		{"a parameter under both names", "GET", "/v1/payments?pageSize=2&page_size=2", "", nil, 400, "MALFORMED_REQUEST"},
		{"page size in words", "GET", "/v1/payments?pageSize=ten", "", nil, 400, "MALFORMED_REQUEST"},
		{"page size with decimals", "GET", "/v1/payments?pageSize=2.0", "", nil, 400, "MALFORMED_REQUEST"},
		{"page size below one", "GET", "/v1/payments?pageSize=-1", "", nil, 400, "INVALID_REQUEST"},
		{"a bad filter", "GET", "/v1/payments?filter=state", "", nil, 400, "INVALID_REQUEST"},
		{"a bad token", "GET", "/v1/payments?pageToken=x", "", nil, 400, "INVALID_REQUEST"},
		{"a parameter on a verb", "POST", "/v1/" + name + ":capture?amount=1", "", []string{"Idempotency-Key", "k"}, 400, "MALFORMED_REQUEST"},
		{"a verb by GET", "GET", "/v1/" + name + ":capture", "", nil, 404, "NOT_FOUND"},
		{"no name", "GET", "/v1/payments/", "", nil, 404, "NOT_FOUND"},
		{"another name", "GET", "/v1/payments/x", "", nil, 404, "NOT_FOUND"},
		{"a name with more", "GET", "/v1/" + name + "/more", "", nil, 404, "UNKNOWN_METHOD"},
		{"a path up", "GET", "/v1/payments/%2e%2e%2f%2e%2e", "", nil, 404, "UNKNOWN_METHOD"},
		{"a broken escape", "GET", "/v1/payments/%25zz", "", nil, 404, "NOT_FOUND"},
		{"wrong method", "PUT", "/v1/" + name, good, nil, 405, "UNKNOWN_METHOD"},
		{"override by header", "POST", "/v1/" + name, "", []string{"X-HTTP-Method-Override", "GET", "Content-Type", "application/x-www-form-urlencoded"}, 405, "UNKNOWN_METHOD"},
		{"a form post for a read", "POST", "/v1/" + name, "", []string{"Content-Type", "application/x-www-form-urlencoded"}, 405, "UNKNOWN_METHOD"},
	} {
		if tc.path == "/v1/payments" && tc.method == "POST" {
			tc.header = append(tc.header, "Idempotency-Key", "k")
		}
		code, body, header := h.do(t, tc.method, tc.path, tc.body, tc.header...)
		var e struct {
			Code    int
			Message string
			Details []map[string]any
		}
		err := json.Unmarshal([]byte(body), &e)
		if err != nil || code != tc.code || e.Message == "" || len(e.Details) == 0 || e.Details[0]["reason"] != tc.reason || header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s %v", tc.name, code, body, header)
		}
		if strings.Contains(body, "proto:") || strings.Contains(body, "strconv") || strings.Contains(body, "http:") {
			t.Errorf("%s: a driver speaks: %s", tc.name, body)
		}
	}
	for _, c := range h.fake.callers[calls:] {
		if c.Actor != "" && len(h.fake.payments) != 1 {
			t.Errorf("something was done: %v", c)
		}
	}
}

// Connect's JSON door is as strict, and a body that is too large is never a
// 429, which is for rate limits (P13).
func TestConnectIsStrict(t *testing.T) {
	h := open(t)
	path := "/kessai.payment.v1.PaymentService/CreatePayment"
	for name, body := range map[string]string{
		"unknown field": `{"amount":1,"orderNumber":"2","requestId":"k","ammount":2}`,
		"trailing":      `{"amount":1,"orderNumber":"2","requestId":"k"}{}`,
		"half":          `{"amount":1`,
		"empty":         ``,
		"too large":     `{"amount":1,"orderNumber":"` + strings.Repeat("x", 10<<20) + `"}`,
	} {
		code, answer, _ := h.do(t, "POST", path, body, "Content-Type", "application/json")
		if code != http.StatusBadRequest || !strings.Contains(answer, `"invalid_argument"`) || strings.Contains(answer, "proto:") || !strings.Contains(answer, "google.rpc.ErrorInfo") {
			t.Errorf("%s: %d %s", name, code, answer)
		}
	}
	query := url.Values{"connect": {"v1"}, "encoding": {"json"}, "message": {`{"name":"payments/x","nam":1}`}}
	if code, answer, _ := h.do(t, "GET", "/kessai.payment.v1.PaymentService/GetPayment?"+query.Encode(), ""); code != http.StatusBadRequest || !strings.Contains(answer, "unknown field") {
		t.Errorf("GET: %d %s", code, answer)
	}
	for contentType, want := range map[string]int{"text/plain": 415, "application/xml": 415, "application/x-www-form-urlencoded": 415} {
		if code, _, _ := h.do(t, "POST", path, "{}", "Content-Type", contentType); code != want {
			t.Errorf("%s: %d", contentType, code)
		}
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	_, _ = z.Write(make([]byte, 64<<20))
	_ = z.Close()
	if code, answer, _ := h.do(t, "POST", path, bomb.String(), "Content-Type", "application/json", "Content-Encoding", "gzip"); code != http.StatusBadRequest {
		t.Errorf("a bomb: %d %s", code, answer)
	}
	if len(h.fake.callers) != 0 {
		t.Error("something got through")
	}
}

// grpc-go's own door refuses large and broken messages with reasons, too.
func TestGRPCIsStrict(t *testing.T) {
	h := open(t)
	conn, err := grpc.NewClient("passthrough:///"+h.GRPC, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+h.Key)
	_, err = paymentv1.NewPaymentServiceClient(conn).CreatePayment(ctx, &paymentv1.CreatePaymentRequest{OrderNumber: strings.Repeat("x", 2<<20)})
	if s := status.Convert(err); !strings.Contains(s.Message(), "larger than") || len(s.Details()) == 0 {
		t.Errorf("large: %v", err)
	}
	raw := []byte{0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f, 'x'}
	err = conn.Invoke(ctx, "/"+apitest.Service+"/GetPayment", &raw, new([]byte), grpc.ForceCodec(rawCodec{}))
	if s := status.Convert(err); s.Code().String() != "InvalidArgument" || len(s.Details()) == 0 {
		t.Errorf("broken: %v", err)
	}
	err = conn.Invoke(ctx, "/"+apitest.Service+"/Nothing", &raw, new([]byte), grpc.ForceCodec(rawCodec{}))
	if s := status.Convert(err); s.Code().String() != "Unimplemented" || len(s.Details()) == 0 {
		t.Errorf("unknown: %v", err)
	}
}

type rawCodec struct{}

func (rawCodec) Name() string                    { return "proto" }
func (rawCodec) Marshal(v any) ([]byte, error)   { return *v.(*[]byte), nil }
func (rawCodec) Unmarshal(b []byte, v any) error { *v.(*[]byte) = b; return nil }

// A list gives pages, newest first, bound to their filter; a size above 1,000
// is 1,000, and none is 50.
func TestList(t *testing.T) {
	h := open(t)
	for i := range 5 {
		h.set(noon.Add(time.Duration(i) * time.Second))
		h.create(t, fmt.Sprint(i), approved)
	}
	var seen []string
	token := ""
	for {
		q := url.Values{"pageSize": {"2"}, "filter": {"state=STATE_AUTHORIZED"}}
		if token != "" {
			q.Set("pageToken", token)
		}
		code, body, _ := h.do(t, "GET", "/v1/payments?"+q.Encode(), "")
		var page struct {
			Payments      []struct{ OrderNumber string }
			NextPageToken string
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || code != http.StatusOK {
			t.Fatalf("%d %s", code, body)
		}
		for _, p := range page.Payments {
			seen = append(seen, p.OrderNumber)
		}
		if token = page.NextPageToken; token == "" {
			break
		}
		for _, other := range []string{"", "state=STATE_CAPTURED", "state=STATE_AUTHORIZED "} {
			q.Set("pageToken", token)
			q.Set("filter", other)
			if code, body, _ := h.do(t, "GET", "/v1/payments?"+q.Encode(), ""); code != http.StatusBadRequest || !strings.Contains(body, "page_token") {
				t.Errorf("with filter %q: %d %s", other, code, body)
			}
		}
		q.Set("filter", "state=STATE_AUTHORIZED")
		if code, _, _ := h.do(t, "GET", "/v1/payments?"+q.Encode(), "", "Authorization", "Bearer "+otherKey); code != http.StatusBadRequest {
			t.Errorf("by another shop: %d", code)
		}
	}
	if got := strings.Join(seen, " "); got != "4 3 2 1 0" {
		t.Errorf("order %s", got)
	}
	for size, want := range map[string]int{"": 50, "?pageSize=0": 50, "?pageSize=7": 7, "?pageSize=1000": 1000, "?pageSize=100000": 1000} {
		h.do(t, "GET", "/v1/payments"+size, "")
		if got := h.fake.queries[len(h.fake.queries)-1].Limit; got != want {
			t.Errorf("%s: limit %d, want %d", size, got, want)
		}
	}
}

// A watch of what is not there is an error with its status, not a stream.
func TestWatchNothing(t *testing.T) {
	h := open(t)
	code, body, _ := h.do(t, "GET", "/v1/payments/0123456789abcdefghij:watch", "")
	if code != http.StatusNotFound || !strings.Contains(body, `"reason":"NOT_FOUND"`) {
		t.Errorf("%d %s", code, body)
	}
}

// A payment with everything set reads as it always did: what is promised does
// not change by accident.
func TestGoldenPayment(t *testing.T) {
	h := open(t)
	g := h.protocol(t, "grpc")
	got, err := g.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{
		Amount: 5080, OrderNumber: "1396", RequestId: "a1", Customer: "mei_1", DeliveryMethod: "other", CaptureMode: "AUTHORIZE", Device: "smartphone",
		CardToken: "DECLINED00000000", CardHint: &paymentv1.CardSummary{Brand: "jcb", LastFour: "0000", Expiry: "12/30"}, ReturnUri: "https://shop.example.com/back",
		Order: &paymentv1.Order{
			Lines: []*paymentv1.OrderLine{{Name: "煎茶 100g", Quantity: 2, UnitAmount: 2000, Kind: "physical"}, {Name: "送料", Quantity: 1, UnitAmount: 1080}},
			Buyer: &paymentv1.Buyer{Name: "山田花子", NameKana: "ヤマダハナコ", Phone: "03-1234-5678", Email: "hanako@example.com"},
			ShippingAddress: &paymentv1.Address{
				Name: "山田花子", PostalCode: "104-0061", Prefecture: "東京都", City: "中央区", Line1: "銀座1-2-3", Line2: "101", Phone: "03-1234-5678",
			},
			Total: 5080,
		},
	}, nil)
	if err != nil || got.Code != "OK" {
		t.Fatalf("%v %+v", err, got)
	}
	name := got.Message.(*paymentv1.CreatePaymentResponse).GetPayment().GetName()
	h.set(noon.Add(time.Minute))
	h.do(t, "POST", "/v1/"+name+":confirm", `{"cardToken":"`+approved+`","cardHint":{"brand":"visa","lastFour":"1111"}}`, "Idempotency-Key", "a2")
	h.set(noon.Add(time.Hour))
	h.do(t, "POST", "/v1/"+name+":capture", ``, "Idempotency-Key", "a3")
	h.do(t, "POST", "/v1/"+name+":adjust", `{"amount":4000}`, "Idempotency-Key", "a4")
	h.set(time.Date(2026, 11, 23, 23, 30, 0, 0, noon.Location()))
	code, _, _ := h.do(t, "POST", "/v1/"+name+":adjust", `{"amount":3000,"allowDeferral":true}`, "Idempotency-Key", "a5")
	if code != http.StatusOK {
		t.Fatalf("deferred adjustment: %d", code)
	}
	for file, path := range map[string]string{"payment.json": "/v1/" + name, "events.json": "/v1/" + name + "/events"} {
		_, body, _ := h.do(t, "GET", path, "")
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(body), "", "  "); err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", file), append(out.Bytes(), '\n'))
	}
}

// Planted card numbers in every field, header, path and query, by every
// protocol: none is in an answer or in the log (P59).
func TestCanary(t *testing.T) {
	const canary = "4111111111111111"
	h := open(t)
	p := h.create(t, "1396", approved)
	answers := []string{}
	for _, form := range []string{canary, "4111 1111 1111 1111", "４１１１１１１１１１１１１１１１"} {
		for _, path := range []string{"/v1/payments", "/v1/" + p.GetName() + ":confirm", "/kessai.payment.v1.PaymentService/CreatePayment"} {
			for _, body := range []string{
				`{"amount":1,"orderNumber":"%s"}`, `{"cardToken":"%s"}`, `{"amount":1,"orderNumber":"1","customer":"%s"}`, `{"amount":"%s"}`, `{"amount":1,"%s":1}`,
				`{"amount":1,"orderNumber":"1","cardHint":{"lastFour":"%s"}}`, `{"amount":1,"orderNumber":"1","cardHint":{"brand":"%s"}}`, `{"captureMode":"%s"}`, `{"device":"%s"}`,
				`{"amount":1,"orderNumber":"1","order":{"lines":[{"name":"x %s y","quantity":1}]}}`, `{"amount":1,"orderNumber":"1","order":{"buyer":{"name":"%s"}}}`,
				`{"amount":1,"orderNumber":"1","returnUri":"https://shop.example.com/?n=%s"}`, `{"requestId":"%s"}`, `{"deliveryMethod":"%s"}`, `%s`, `{"amount":1,"orderNumber":{"x":"%s"}}`,
			} {
				_, answer, _ := h.do(t, "POST", path, fmt.Sprintf(body, form), "Idempotency-Key", "k", "Content-Type", "application/json")
				answers = append(answers, answer)
			}
		}
		escaped := url.QueryEscape(form)
		for _, path := range []string{"/v1/payments?filter=order_number%3D%22" + escaped + "%22", "/v1/payments?pageToken=" + escaped, "/v1/payments?" + escaped + "=1", "/v1/payments/" + url.PathEscape(form), "/" + url.PathEscape(form), "/v1/payments?pageSize=" + escaped} {
			_, answer, _ := h.do(t, "GET", path, "")
			answers = append(answers, answer)
		}
	}
	for _, header := range []string{"Idempotency-Key", "Authorization", "User-Agent", "X-Request-Id"} {
		_, answer, _ := h.do(t, "POST", "/v1/payments", `{"amount":1,"orderNumber":"9"}`, "Content-Type", "application/json", header, "Bearer "+canary)
		answers = append(answers, answer)
	}
	for _, protocol := range apitest.Protocols(t, h.Target) {
		for _, m := range apitest.Methods() {
			if method := string(m.Name()); method != "WatchPayment" && protocol.Serves(method) {
				got, err := protocol.Call(t.Context(), method, apitest.Named(method, "customers/"+canary+"/cards/"+canary), http.Header{"X-Card": {canary}})
				answers = append(answers, fmt.Sprint(got, err))
			}
		}
	}
	h.fake.fail = fmt.Errorf("the provider said: card %s refused", canary)
	_, answer, _ := h.do(t, "GET", "/v1/"+p.GetName(), "")
	answers = append(answers, answer)
	for _, a := range append(answers, h.log.String()) {
		if strings.Contains(a, canary) || strings.Contains(a, "4111 1111") || strings.Contains(a, "４１１１") {
			t.Errorf("the number is in %s", a)
		}
	}
	if len(answers) < 150 || !strings.Contains(h.log.String(), "the provider said") {
		t.Errorf("only %d answers were looked at", len(answers))
	}
}

// FuzzBody: whatever is posted, nothing panics and the answer is never 5xx.
func FuzzBody(f *testing.F) {
	for _, s := range []string{`{"amount":1,"orderNumber":"2"}`, `{"amount":1e3}`, `{"order":{"lines":[{}]}}`, "\xff", `{"a":`, `{"amount":"\u0031"}`, `null`, `{"order":null,"cardHint":{}}`} {
		f.Add(s, false)
		f.Add(s, true)
	}
	h := open(f)
	f.Fuzz(func(t *testing.T, body string, rest bool) {
		path := "/v1/payments"
		if !rest {
			path = "/kessai.payment.v1.PaymentService/CreatePayment"
		}
		r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+shopKey)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", payment.NewID(noon, uint64(len(body))).Acceptance(1))
		w := httptest.NewRecorder()
		h.api.Handler.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code < 200 {
			t.Errorf("%q: %d %s", body, w.Code, w.Body)
		}
	})
}

// The document at /openapi.json is whole: title, security, the error, and every
// path of the schema.
func TestOpenAPI(t *testing.T) {
	h := open(t)
	code, body, _ := h.do(t, "GET", "/openapi.json", "", "Authorization", "")
	var d struct {
		Info        struct{ Title, Version string }
		Paths       map[string]map[string]struct{ Responses map[string]any }
		Definitions map[string]any
		Security    []any
	}
	if err := json.Unmarshal([]byte(body), &d); err != nil || code != http.StatusOK || d.Info.Title != "kessai" || d.Definitions["Error"] == nil || len(d.Security) == 0 {
		t.Fatalf("%d %v %s", code, err, body)
	}
	operations := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			if operations++; op.Responses["default"] == nil {
				t.Errorf("%s %s has no error answer", method, path)
			}
		}
	}
	if operations != len(apitest.Methods()) {
		t.Errorf("%d operations for %d methods", operations, len(apitest.Methods()))
	}
}
