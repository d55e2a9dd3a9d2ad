package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/shop"
)

// createWith makes a payment with a delivery method.
func (h *house) createWith(t *testing.T, order, delivery string) string {
	t.Helper()
	code, body, _ := h.do(t, "POST", "/v1/payments", fmt.Sprintf(`{"amount":5080,"orderNumber":%q,"cardToken":%q,"deliveryMethod":%q}`, order, approved, delivery), "Idempotency-Key", "create-"+order)
	var p struct{ Name string }
	if err := json.Unmarshal([]byte(body), &p); err != nil || code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	return p.Name
}

func parcel(name, carrier, slip string) *paymentv1.BatchShipItem {
	return &paymentv1.BatchShipItem{Payment: name, Shipment: &paymentv1.Shipment{Carrier: carrier, SlipNumber: slip}}
}

// unnamed is every detail of an error but the request's id.
func unnamed(e *paymentv1.BatchError) string {
	out := fmt.Sprint(e.GetCode(), " ", e.GetMessage())
	for _, d := range e.GetDetails() {
		m, err := d.UnmarshalNew()
		if err != nil {
			return err.Error()
		}
		if info, ok := m.(*errdetails.ErrorInfo); ok {
			delete(info.Metadata, "requestId")
		}
		raw, _ := json.Marshal(m)
		out += fmt.Sprintf("\n%s %s", d.GetTypeUrl(), strings.ReplaceAll(string(raw), `\"`, `"`))
	}
	return out
}

// R31 R33 R34 P60 P70: by every protocol, a batch ships many orders, each with its
// own result: with a slip captured, without one not, another carrier's captured,
// and errors as the call for one payment gives them, each with its details.
func TestBatchShip(t *testing.T) {
	h := open(t)
	h.Key = demoKey
	for i, p := range protocolsOf(t, h) {
		order := func(n int, delivery string) string { return h.createWith(t, fmt.Sprintf("%d-%d", i, n), delivery) }
		slips := [...]string{"4000-0000-0002", "400000000013"}
		items := []*paymentv1.BatchShipItem{
			parcel(order(1, "takkyubin"), "yamato", slips[0]),
			{Payment: order(2, "takkyubin")},
			parcel(order(3, "other"), "other", "X-1"),
			parcel(order(4, "takkyubin"), "yamato", "400000000026"), // its check digit would be 4
			parcel("payments/00000000000000000000", "yamato", slips[1]),
			parcel("nonsense", "", ""),
			parcel(order(7, "takkyubin"), "yamato", slips[0]), // used twice
		}
		ask := &paymentv1.BatchShipPaymentsRequest{Requests: items}
		answer, err := h.protocol(t, p).Call(context.Background(), "BatchShipPayments", ask, http.Header{"Idempotency-Key": {fmt.Sprintf("ship%d", i)}})
		if err != nil || answer.Code != "OK" {
			t.Fatalf("%s: %v %+v", p, err, answer)
		}
		got := answer.Message.(*paymentv1.BatchShipPaymentsResponse)
		var have []string
		for _, r := range got.GetResults() {
			switch {
			case r.GetError() != nil:
				have = append(have, fmt.Sprint("code ", r.GetError().GetCode()))
			default:
				have = append(have, fmt.Sprint(strings.TrimPrefix(r.GetPayment().GetState().String(), "STATE_"), r.GetPayment().GetMissingCaptureConditions()))
			}
		}
		want := []string{"CAPTURED[]", "AUTHORIZED[carrier slip_number]", "CAPTURED[]", "code 3", "code 5", "code 5", "CAPTURED[]"}
		if !slices.Equal(have, want) {
			t.Errorf("%s: %q\nwant %q", p, have, want)
		}
		var warned []string
		for _, w := range got.GetWarnings() {
			warned = append(warned, fmt.Sprint(w.GetKind(), w.GetPlaces()))
			if w.GetMessage() == "" || w.GetMessageJa() == "" {
				t.Errorf("%s: %v", p, w)
			}
		}
		if !slices.Contains(warned, "used_twice[1 7]") || !slices.Contains(warned, "not_yamato[4]") {
			t.Errorf("%s: warned of %q", p, warned)
		}
		for n, at := range []int{3, 4} {
			single, err := h.protocol(t, p).Call(context.Background(), "ShipPayment", &paymentv1.ShipPaymentRequest{Name: items[at].GetPayment(), Shipment: items[at].GetShipment()}, http.Header{"Idempotency-Key": {fmt.Sprintf("single%d-%d", i, n)}})
			if err != nil {
				t.Fatal(err)
			}
			text := unnamed(got.GetResults()[at].GetError())
			if !strings.Contains(text, single.Text) || !strings.Contains(text, single.Local) || !strings.Contains(text, `"reason":"`+single.Reason+`"`) {
				t.Errorf("%s: item %d says %s\nthe call for one: %+v", p, at, text, single)
			}
		}
	}
}

// protocolsOf are the protocols that take calls with side effects.
func protocolsOf(t *testing.T, h *house) (names []string) {
	t.Helper()
	for _, p := range apitest.Protocols(t, h.Target) {
		if p.Serves("BatchShipPayments") {
			names = append(names, p.Name)
		}
	}
	return names
}

// Over REST and Connect the details of an item's error are what an error's
// details always are.
func TestBatchErrorJSON(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/v1/payments:batchCancel", "/kessai.payment.v1.PaymentService/BatchCancelPayments"} {
		code, body, _ := h.do(t, "POST", path, `{"payments":["payments/00000000000000000000"]}`, "Idempotency-Key", "k"+path, "Content-Type", "application/json")
		for _, want := range []string{
			`"code":5`, `"@type":"type.googleapis.com/google.rpc.ErrorInfo"`, `"reason":"NOT_FOUND"`, `"domain":"kessai"`,
			`"@type":"type.googleapis.com/google.rpc.LocalizedMessage"`, `"locale":"ja"`,
		} {
			if !strings.Contains(strings.ReplaceAll(body, `": "`, `":"`), want) || code != http.StatusOK {
				t.Errorf("%s: %d %s lacks %s", path, code, body, want)
			}
		}
	}
}

// R34, promise 4: the key stands for the whole batch. The same batch again, by
// whichever of the two calls, changes nothing; another one under the key is
// refused whole, and names what differs.
func TestBatchKey(t *testing.T) {
	h := open(t)
	h.Key = demoKey
	a, b, c := h.createWith(t, "1", "other"), h.createWith(t, "2", "other"), h.createWith(t, "3", "other")
	send := func(path, body string) (int, string, http.Header) {
		return h.do(t, "POST", "/v1/payments:"+path, body, "Idempotency-Key", "k")
	}
	two := fmt.Sprintf(`{"payments":[%q,%q]}`, a, b)
	if code, body, header := send("batchCancel", two); code != http.StatusOK || strings.Count(body, "STATE_CANCELED") != 4 || header.Get("Idempotency-Replayed") != "" {
		t.Fatalf("%d %v %s", code, header, body)
	}
	history := func() string { return h.get(t, a+"/events") + h.get(t, b+"/events") + h.get(t, c+"/events") }
	before := history()
	if code, body, header := send("batchCancel", two); code != http.StatusOK || strings.Contains(body, "error") || header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("again: %d %v %s", code, header, body)
	}
	if code, body, _ := send("runBatch", `{"cancel":`+two+`}`); code != http.StatusOK || strings.Contains(body, "error") || strings.Count(body, "\n") != 3 {
		t.Errorf("as a stream: %d %s", code, body)
	}
	for _, other := range []string{fmt.Sprintf(`{"payments":[%q,%q,%q]}`, a, b, c), fmt.Sprintf(`{"payments":[%q]}`, b), fmt.Sprintf(`{"payments":[%q,%q]}`, b, a)} {
		if code, body, _ := send("batchCancel", other); code != http.StatusUnprocessableEntity || !strings.Contains(body, `"reason":"IDEMPOTENCY_KEY_REUSED"`) || !strings.Contains(body, `"field":"payments"`) {
			t.Errorf("%s: %d %s", other, code, body)
		}
		if code, body, _ := send("runBatch", `{"cancel":`+other+`}`); code != http.StatusBadRequest || !strings.Contains(body, `"reason":"IDEMPOTENCY_KEY_REUSED"`) {
			t.Errorf("%s: %d %s", other, code, body)
		}
	}
	if now := history(); now != before {
		t.Errorf("%s\nbecame %s", before, now)
	}
}

func (h *house) get(t *testing.T, name string) string {
	t.Helper()
	code, body, _ := h.do(t, "GET", "/v1/"+name, "")
	if code != http.StatusOK {
		t.Fatalf("%s: %d %s", name, code, body)
	}
	return body
}

// P37: in the provider's night a batch that may wait waits, and each item of
// another says when to come back.
func TestBatchReauthorizeAtNight(t *testing.T) {
	h := open(t)
	a, b := h.createWith(t, "1", "other"), h.createWith(t, "2", "other")
	h.set(time.Date(2026, 11, 23, 23, 30, 0, 0, shop.Tokyo))
	_, body, _ := h.do(t, "POST", "/v1/payments:batchReauthorize", fmt.Sprintf(`{"payments":[%q,%q]}`, a, b), "Idempotency-Key", "k")
	if strings.Count(body, `"reason":"OUTSIDE_SERVICE_HOURS"`) != 2 || strings.Count(body, `"retryDelay":"5400s"`) != 2 {
		t.Errorf("%s", body)
	}
	_, body, _ = h.do(t, "POST", "/v1/payments:batchReauthorize", fmt.Sprintf(`{"payments":[%q,%q],"allowDeferral":true}`, a, b), "Idempotency-Key", "l")
	if strings.Count(body, `"scheduledOperation":{"operation":"OPERATION_REAUTHORIZE"`) != 2 || strings.Contains(body, "error") {
		t.Errorf("%s", body)
	}
}

// P60 P70: an error about a slip says what may have been meant, in both languages, in
// a batch and in the calls for one payment.
func TestSlipSuggestions(t *testing.T) {
	h := open(t)
	h.Key = demoKey
	first, second, third := h.createWith(t, "1", "takkyubin"), h.createWith(t, "2", "takkyubin"), h.createWith(t, "3", "takkyubin")
	ship := func(name, verb, slip string) (int, string) {
		code, body, _ := h.do(t, "POST", "/v1/"+name+":"+verb, fmt.Sprintf(`{"shipment":{"slipNumber":%q}}`, slip), "Idempotency-Key", name+verb+slip)
		return code, body
	}
	if code, body := ship(first, "ship", "400000000002"); code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	_, batch, _ := h.do(t, "POST", "/v1/payments:batchShip", fmt.Sprintf(`{"requests":[{"payment":%q,"shipment":{"slipNumber":"400000000031"}}]}`, third), "Idempotency-Key", "k")
	_, one := ship(second, "ship", "400000000031")
	_, corrected := ship(first, "correctShipment", "400000000031")
	for _, body := range []string{batch, one, corrected} {
		for _, want := range []string{`"suggestions":"400000000013`, "did you mean 400000000013", "もしかして：400000000013", "チェックディジット", `"field":"shipment.slip_number"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %s", body, want)
			}
		}
	}
	if _, body := ship(second, "ship", "0000-0000-0000"); !strings.Contains(body, "仮の番号") || !strings.Contains(body, "placeholder") { // P70
		t.Error(body)
	}
	if _, body := ship(second, "ship", "1"); strings.Contains(body, "suggestions") || !strings.Contains(body, "12桁") {
		t.Error(body)
	}
}

// R34: what has no form refuses the batch whole, names the place, and begins
// nothing: a payment twice above all.
func TestBatchForm(t *testing.T) {
	h := open(t)
	h.Key = demoKey
	a := h.createWith(t, "1", "takkyubin")
	before := h.get(t, a+"/events")
	item := `{"payment":"` + a + `"}`
	many := strings.TrimSuffix(strings.Repeat(`{"payment":"p"},`, 1001), ",")
	for _, c := range []struct{ path, body, field string }{
		{"batchShip", `{}`, "requests"},
		{"batchShip", `{"requests":[]}`, "requests"},
		{"batchShip", `{"requests":[` + many + `]}`, "requests"},
		{"batchShip", `{"requests":[` + item + `,{}]}`, "requests[1].payment"},
		{"batchShip", `{"requests":[` + item + `,{"payment":"x"},` + item + `]}`, "requests[2].payment"},
		{"batchShip", `{"requests":[{"payment":"` + a + `","shipment":{"carrier":"Yamato"}}]}`, "requests[0].shipment.carrier"},
		{"batchShip", `{"requests":[{"payment":"` + a + `","shipment":{"slipNumber":"` + strings.Repeat("9", 33) + `"}}]}`, "requests[0].shipment.slip_number"},
		{"batchShip", `{"requests":[{"payment":"` + a + `","shipment":{"registered":true}}]}`, "requests[0].shipment"},
		{"batchShip", `{"requests":[{"payment":"` + a + `","shipment":{"slipNumber":"4111111111111111"}}]}`, "requests[0].shipment.slip_number"},
		{"batchCancel", `{"payments":["` + a + `","` + a + `"]}`, "payments[1]"},
		{"batchCancel", `{"payments":[""]}`, "payments[0]"},
		{"batchCancel", `{}`, "payments"},
		{"batchReauthorize", `{}`, "payments"},
		{"runBatch", `{}`, "batch"},
		{"runBatch", `{"ship":{}}`, "ship.requests"},
		{"runBatch", `{"cancel":{"payments":["` + a + `","` + a + `"]}}`, "cancel.payments[1]"},
		{"runBatch", `{"reauthorize":{"payments":["` + a + `"],"requestId":"another"}}`, "request_id"},
	} {
		code, body, _ := h.do(t, "POST", "/v1/payments:"+c.path, c.body, "Idempotency-Key", "k")
		if code != http.StatusBadRequest || !strings.Contains(body, `"field":"`+c.field+`"`) {
			t.Errorf("%s %.80s: %d %.300s; want %s", c.path, c.body, code, body, c.field)
		}
	}
	if code, body, _ := h.do(t, "POST", "/v1/payments:batchCancel", `{"payments":["`+a+`"]}`); code != http.StatusBadRequest || !strings.Contains(body, "IDEMPOTENCY_KEY_MISSING") {
		t.Errorf("without a key: %d %s", code, body)
	}
	if now := h.get(t, a+"/events"); now != before {
		t.Errorf("%s", now)
	}
}

// R34: a thousand items of the greatest length are taken.
func TestLargestBatch(t *testing.T) {
	h := open(t)
	h.Key = demoKey
	var items []string
	for i := range 1000 {
		items = append(items, fmt.Sprintf("{\n    \"payment\": \"payments/%020d\",\n    \"shipment\": {\n      \"carrier\": %q,\n      \"slipNumber\": %q\n    }\n  }", i, strings.Repeat("c", 32), strings.Repeat("Ａ", 32)))
	}
	code, body, _ := h.do(t, "POST", "/v1/payments:batchShip", "{\"requests\": ["+strings.Join(items, ",\n  ")+"]}", "Idempotency-Key", "k")
	if code != http.StatusOK || strings.Count(body, "NOT_FOUND") != 1000 {
		t.Errorf("%d %.200s", code, body)
	}
}
