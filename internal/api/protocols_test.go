package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

const approved = "SIMAPPROVED00000"

// Every error reads the same by every protocol: code, reason, text, fields,
// retry and Japanese text; REST and Connect have their HTTP status (promise 5,
// P13, P20).
func TestErrorsAreTheSameEverywhere(t *testing.T) {
	night := time.Date(2026, 11, 24, 1, 0, 0, 0, shop.Tokyo)
	other := payment.NewID(noon, 7)
	for _, tc := range []struct {
		err                  error
		code, reason         string
		rest, connect, retry int
		fields               []string
		facts                map[string]string
	}{
		{err: ledger.ErrNotFound, code: "NOT_FOUND", reason: "NOT_FOUND", rest: 404, connect: 404},
		{err: &payment.Refusal{Reason: payment.WrongState, Allowed: []payment.Operation{payment.OpCapture, payment.OpCancel}}, code: "FAILED_PRECONDITION", reason: "WRONG_STATE", rest: 400, connect: 400, facts: map[string]string{"allowed": "capture,cancel"}},
		{err: &payment.Refusal{Reason: payment.OperationPending}, code: "ABORTED", reason: "OPERATION_PENDING", rest: 409, connect: 409, retry: 5},
		{err: &payment.Refusal{Reason: payment.OperationScheduled}, code: "FAILED_PRECONDITION", reason: "OPERATION_SCHEDULED", rest: 400, connect: 400},
		{err: &payment.Refusal{Reason: payment.NeedsAttention}, code: "FAILED_PRECONDITION", reason: "NEEDS_ATTENTION", rest: 400, connect: 400},
		{err: &payment.Refusal{Reason: payment.HoldLapsed}, code: "FAILED_PRECONDITION", reason: "HOLD_LAPSED", rest: 400, connect: 400},
		{err: &payment.Refusal{Reason: payment.CaptureConditions, Missing: []string{"carrier", "slip_number"}}, code: "FAILED_PRECONDITION", reason: "CAPTURE_CONDITIONS", rest: 400, connect: 400, fields: []string{"carrier", "slip_number"}},
		{err: &payment.Refusal{Reason: payment.EtagMismatch}, code: "ABORTED", reason: "ETAG_MISMATCH", rest: 409, connect: 409},
		{err: &payment.Refusal{Reason: payment.OrderNumberTaken, Other: other}, code: "ALREADY_EXISTS", reason: "ORDER_NUMBER_TAKEN", rest: 409, connect: 409, facts: map[string]string{"payment": other.Name()}},
		{err: &payment.Refusal{Reason: payment.OutsideServiceHours, RetryAt: night}, code: "UNAVAILABLE", reason: "OUTSIDE_SERVICE_HOURS", rest: 503, connect: 503, retry: 13 * 60 * 60},
		{err: &payment.Refusal{Reason: payment.TooLate}, code: "FAILED_PRECONDITION", reason: "TOO_LATE", rest: 400, connect: 400},
		{err: &payment.InvalidError{Violations: []payment.Violation{{Field: "amount", Text: "no"}, {Field: "order.lines[0].name", Text: "no"}}}, code: "INVALID_ARGUMENT", reason: "INVALID_REQUEST", rest: 400, connect: 400, fields: []string{"amount", "order.lines[0].name"}},
		{err: &processor.RunningError{RetryAfter: 2 * time.Second}, code: "ABORTED", reason: "REQUEST_RUNNING", rest: 409, connect: 409, retry: 2},
		{err: &processor.KeyReusedError{}, code: "INVALID_ARGUMENT", reason: "IDEMPOTENCY_KEY_REUSED", rest: 422, connect: 400},
		{err: &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Err: errors.New("dial tcp 10.0.0.1:443: refused")}, code: "UNAVAILABLE", reason: "PROVIDER_UNREACHABLE", rest: 503, connect: 503, retry: 5},
		{err: &acquirer.NotSentError{Reason: payment.ProviderBusy, Code: "Z012000007", Retry: time.Minute}, code: "UNAVAILABLE", reason: "PROVIDER_BUSY", rest: 503, connect: 503, retry: 60, facts: map[string]string{"providerCode": "Z012000007"}},
		{err: &acquirer.NotSentError{Reason: payment.ProviderMisconfigured, Code: "A081010203"}, code: "FAILED_PRECONDITION", reason: "PROVIDER_MISCONFIGURED", rest: 400, connect: 400, facts: map[string]string{"providerCode": "A081010203"}},
		{err: errDisk, code: "UNAVAILABLE", reason: "BOOKS_UNAVAILABLE", rest: 503, connect: 503, retry: 5},
		{err: fmt.Errorf("reading: %w", context.DeadlineExceeded), code: "UNAVAILABLE", reason: "BOOKS_UNAVAILABLE", rest: 503, connect: 503, retry: 5},
	} {
		h := open(t)
		h.fake.fail = tc.err
		var first *apitest.Answer
		for _, p := range apitest.Protocols(t, h.Target) {
			method, request := "CapturePayment", proto.Message(&paymentv1.CapturePaymentRequest{Name: other.Name(), RequestId: "k"})
			if !p.Serves(method) {
				method, request = "GetPayment", &paymentv1.GetPaymentRequest{Name: other.Name()}
			}
			got, err := p.Call(t.Context(), method, request, nil)
			if err != nil {
				t.Fatalf("%s: %s: %v", tc.reason, p.Name, err)
			}
			if got.Code != tc.code || got.Reason != tc.reason || got.Domain != "kessai" || got.Retry != tc.retry || got.Local == "" || !cmp.Equal(got.Fields, tc.fields) {
				t.Errorf("%s: %s: %+v", tc.reason, p.Name, got)
			}
			for k, v := range tc.facts {
				if got.Facts[k] != v {
					t.Errorf("%s: %s: metadata %s is %q, not %q", tc.reason, p.Name, k, got.Facts[k], v)
				}
			}
			if got.Facts["requestId"] == "" || got.Header.Get("Request-Id") != got.Facts["requestId"] {
				t.Errorf("%s: %s: request id %q, header %q", tc.reason, p.Name, got.Facts["requestId"], got.Header.Get("Request-Id"))
			}
			if tc.retry > 0 && got.Header.Get("Retry-After") == "" {
				t.Errorf("%s: %s: no Retry-After", tc.reason, p.Name)
			}
			switch {
			case p.Name == "rest" && got.HTTP != tc.rest:
				t.Errorf("%s: REST status %d, want %d", tc.reason, got.HTTP, tc.rest)
			case strings.HasPrefix(p.Name, "connect") && got.HTTP != tc.connect:
				t.Errorf("%s: %s status %d, want %d", tc.reason, p.Name, got.HTTP, tc.connect)
			}
			if first == nil {
				first = &got
			} else if got.Text != first.Text || got.Local != first.Local {
				t.Errorf("%s: %s says %q, others %q", tc.reason, p.Name, got.Text, first.Text)
			}
			for _, leak := range []string{"no space left", "10.0.0.1", "dial", "reading:"} { // P20
				if strings.Contains(got.Text, leak) {
					t.Errorf("%s: %s leaks %q: %s", tc.reason, p.Name, leak, got.Text)
				}
			}
		}
	}
}

// A panic ends its own call only; nobody learns what happened, the log has it
// without the card number (P59, P98).
func TestPanic(t *testing.T) {
	h := open(t)
	h.fake.crash = true
	for _, p := range apitest.Protocols(t, h.Target) {
		got, err := p.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: payment.NewID(noon, 1).Name()}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got.Code != "INTERNAL" || got.Reason != "INTERNAL" || strings.Contains(got.Text, "nil map") || !strings.Contains(got.Text, got.Facts["requestId"]) {
			t.Errorf("%s: %+v", p.Name, got)
		}
	}
	if log := h.log.String(); !strings.Contains(log, "a nil map") || strings.Contains(log, "4111111111111111") {
		t.Errorf("log: %s", log)
	}
}

// One payment goes through its life, each step by another protocol, and each
// protocol shows it alike.
func TestLifeByEveryProtocol(t *testing.T) {
	h := open(t)
	protocols := apitest.Protocols(t, h.Target)
	for i, p := range protocols {
		if !p.Serves("CreatePayment") {
			continue
		}
		order := fmt.Sprintf("order-%d", i)
		call := func(method string, m proto.Message) proto.Message {
			t.Helper()
			got, err := p.Call(t.Context(), method, m, nil)
			if err != nil || got.Code != "OK" {
				t.Fatalf("%s: %s: %v %+v", p.Name, method, err, got)
			}
			return got.Message
		}
		created := call("CreatePayment", &paymentv1.CreatePaymentRequest{
			Amount: 5080, OrderNumber: order, CardToken: approved, RequestId: "c" + order, Customer: "mei_1",
			Order: &paymentv1.Order{Lines: []*paymentv1.OrderLine{{Name: "お茶", Quantity: 2, UnitAmount: 2540}}, Total: 5080},
		}).(*paymentv1.CreatePaymentResponse).GetPayment()
		name := created.GetName()
		if created.GetState() != paymentv1.Payment_STATE_AUTHORIZED || created.GetClientSecret() == "" || created.GetOrder().GetTotal() != 5080 {
			t.Errorf("%s: created %v", p.Name, created)
		}
		call("AdjustPayment", &paymentv1.AdjustPaymentRequest{Name: name, Amount: 4000, RequestId: "a" + order, Etag: created.GetEtag()})
		captured := call("CapturePayment", &paymentv1.CapturePaymentRequest{Name: name, RequestId: "b" + order}).(*paymentv1.CapturePaymentResponse).GetPayment()
		if captured.GetState() != paymentv1.Payment_STATE_CAPTURED || captured.GetCapturedAmount() != 4000 {
			t.Errorf("%s: captured %v", p.Name, captured)
		}
		call("CancelPayment", &paymentv1.CancelPaymentRequest{Name: name, RequestId: "d" + order})
		call("RefreshPayment", &paymentv1.RefreshPaymentRequest{Name: name})
		events := call("ListPaymentEvents", &paymentv1.ListPaymentEventsRequest{Parent: name}).(*paymentv1.ListPaymentEventsResponse).GetEvents()
		if len(events) < 8 || events[0].GetType() != "created" || events[0].GetActor() == "" || events[len(events)-1].GetApprovalNumber() != "" {
			t.Errorf("%s: events %v", p.Name, events)
		}
		var first proto.Message
		for _, q := range protocols {
			got, err := q.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: name}, nil)
			if err != nil || got.Code != "OK" {
				t.Fatalf("%s: %v %+v", q.Name, err, got)
			}
			if first == nil {
				first = got.Message
			}
			if d := cmp.Diff(first, got.Message, protocmp.Transform()); d != "" {
				t.Errorf("%s shows another payment: %s", q.Name, d)
			}
		}
	}
}

// Every answer over HTTP forbids caches to keep it, whatever it is (R10).
func TestNoStore(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", approved)
	for _, path := range []string{"/v1/" + p.GetName(), "/v1/payments", "/healthz", "/openapi.json", "/v1/nothing", "/", "/kessai.payment.v1.PaymentService/Nothing"} {
		_, _, header := h.do(t, "GET", path, "")
		if header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: Cache-Control %q", path, header.Get("Cache-Control"))
		}
	}
	for _, proto := range apitest.Protocols(t, h.Target) {
		got, err := proto.Call(t.Context(), "GetPayment", &paymentv1.GetPaymentRequest{Name: p.GetName()}, nil)
		if err != nil || proto.Name != "grpc" && got.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v %v", proto.Name, err, got.Header)
		}
	}
}

// What nobody serves is said in every protocol's own way, with a reason.
func TestUnknownMethod(t *testing.T) {
	h := open(t)
	for _, tc := range []struct {
		method, path string
		header       []string
		want         int
		allow        string
	}{
		{"POST", "/kessai.payment.v1.PaymentService/Nothing", []string{"Content-Type", "application/json"}, http.StatusNotImplemented, ""},
		{"POST", "/kessai.payment.v2.Nothing/Nothing", []string{"Content-Type", "application/json"}, http.StatusNotFound, ""},
		{"POST", "/v1/payments/x:nothing", nil, http.StatusNotFound, ""},
		{"GET", "/v2/payments", nil, http.StatusNotFound, ""},
		{"GET", "/v1/payments/x/y", nil, http.StatusNotFound, ""},
		{"DELETE", "/v1/payments", nil, http.StatusMethodNotAllowed, "GET, POST"},
		{"OPTIONS", "/v1/payments", nil, http.StatusMethodNotAllowed, "GET, POST"}, // no CORS
		{"POST", "/v1/payments/x", nil, http.StatusMethodNotAllowed, "GET"},
		{"PATCH", "/v1/payments/x:capture", nil, http.StatusMethodNotAllowed, "POST"},
		{"POST", "/v1/payments:export", nil, http.StatusMethodNotAllowed, "GET"},
		{"POST", "/v1/customers/c/cards/1", nil, http.StatusMethodNotAllowed, "DELETE, GET, PATCH"},
		{"POST", "/openapi.json", nil, http.StatusMethodNotAllowed, "GET, HEAD"},
		{"POST", "/healthz", nil, http.StatusMethodNotAllowed, "GET, HEAD"},
	} {
		code, body, header := h.do(t, tc.method, tc.path, "{}", tc.header...)
		if code != tc.want || header.Get("Allow") != tc.allow || !strings.Contains(body, `"UNKNOWN_METHOD"`) && code != http.StatusNotImplemented || header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s %s: %d, allow %q, %s", tc.method, tc.path, code, header.Get("Allow"), body)
		}
	}
}

// P96: a stopping process ends its watches, takes no new ones and says when to come back,
// serves whom a closing door has let in, and is healthy about nothing.
func TestStop(t *testing.T) {
	h := open(t)
	p := h.create(t, "1396", "SILENT0000000000")
	ended := make(chan string, 1)
	go func() {
		r, _ := http.NewRequestWithContext(context.Background(), http.MethodGet, h.URL+"/v1/"+p.GetName()+":watch", nil)
		r.Header.Set("Authorization", "Bearer "+h.Key)
		w, err := http.DefaultClient.Do(r)
		if err != nil {
			ended <- err.Error()
			return
		}
		ended <- lines(w.Body, func(n int) {
			if n == 1 {
				h.api.Stop()
				h.api.Stop()
			}
		})
		_ = w.Body.Close()
	}()
	if got := <-ended; !strings.Contains(got, `{"result":{`) || !strings.Contains(got, `"SHUTTING_DOWN"`) {
		t.Errorf("watch ended with %s", got)
	}
	for _, p := range apitest.Protocols(t, h.Target) {
		got, err := p.Call(t.Context(), "ListPayments", &paymentv1.ListPaymentsRequest{}, nil)
		if err != nil || got.Reason != "" {
			t.Errorf("%s: %v %+v", p.Name, err, got)
		}
	}
	if _, body, _ := h.do(t, "GET", "/v1/"+p.GetName()+":watch", ""); !strings.Contains(body, `"SHUTTING_DOWN"`) {
		t.Errorf("a watch that came late: %s", body)
	}
	if code, _, _ := h.do(t, "GET", "/healthz", ""); code != http.StatusServiceUnavailable {
		t.Errorf("healthz %d", code)
	}
}

// Metrics and traces hear of every call once.
func TestObserve(t *testing.T) {
	seen := make(chan api.Observation, 16)
	h := open(t, func(o *api.Options) { o.Observe = func(x api.Observation) { seen <- x } })
	h.create(t, "1396", approved)
	x := <-seen
	if x.Method != "PaymentService/CreatePayment" || x.Protocol != "grpc" || x.Tenant.Shop != "first" || x.Reason != "" || x.Code != 0 {
		t.Errorf("%+v", x)
	}
	h.do(t, "GET", "/v1/payments/x", "")
	if x = <-seen; x.Protocol != "rest" || x.Reason != "NOT_FOUND" {
		t.Errorf("%+v", x)
	}
	h.do(t, "POST", "/v1/payments", "{")
	if x = <-seen; x.Method != "PaymentService/CreatePayment" || x.Reason != "MALFORMED_REQUEST" {
		t.Errorf("%+v", x)
	}
}
