package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// shown is a payment as REST shows it, as far as these tests look.
type shown struct {
	Name, State, OrderState, ShipDate, Etag string
	Amount                                  int
	Order                                   struct {
		Total int
		Buyer struct{ Name string }
	}
}

func (h *house) rest(t *testing.T, want int, method, path, body string, header ...string) shown {
	t.Helper()
	code, answer, _ := h.do(t, method, path, body, append([]string{"Authorization", "Bearer " + demoKey}, header...)...)
	if code != want {
		t.Fatalf("%s %s %s: %d %s", method, path, body, code, answer)
	}
	var p shown
	if err := json.Unmarshal([]byte(answer), &p); err != nil && code == http.StatusOK {
		t.Fatal(err)
	}
	return p
}

// R35: the history says what was said of the order, and only that.
func TestOrderInHistory(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":500,"orderNumber":"1"}`, "Idempotency-Key", "a")
	h.rest(t, 200, "PATCH", "/v1/"+p.Name+"/order", `{"state":"CANCELED"}`)
	h.rest(t, 200, "PATCH", "/v1/"+p.Name+"/order", `{"state":"OPEN","total":0}`)
	_, history, _ := h.do(t, "GET", "/v1/"+p.Name+"/events", "", "Authorization", "Bearer "+demoKey)
	first, second := strings.Index(history, `"orderState":"CANCELED"`), strings.Index(history, `"orderState":"OPEN","orderTotal":0`)
	if first < 0 || second < first || strings.Count(history, "orderTotal") != 1 {
		t.Error(history)
	}
}

// R36 R37: the order is updated without a key; what is left out stays, and money
// never moves; the payment shows both.
func TestUpdateOrder(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000","order":{"total":5080,"buyer":{"name":"山田花子","phone":"03-1234-5678","email":"h@example.com"}}}`, "Idempotency-Key", "a")
	if p.OrderState != "OPEN" || p.Order.Total != 5080 {
		t.Fatalf("%+v", p)
	}
	at := "/v1/" + p.Name + "/order"
	if p = h.rest(t, 200, "PATCH", at, `{"state":"CANCELED","total":4000}`); p.OrderState != "CANCELED" || p.Order.Total != 4000 || p.Order.Buyer.Name != "山田花子" || p.State != "STATE_AUTHORIZED" || p.Amount != 5080 {
		t.Errorf("%+v", p)
	}
	etag := p.Etag
	if p = h.rest(t, 200, "PATCH", at, `{"total":0}`); p.OrderState != "CANCELED" || p.Order.Total != 0 {
		t.Errorf("%+v", p)
	}
	h.rest(t, http.StatusConflict, "PATCH", at, `{"state":"OPEN","etag":`+string(quoted(etag))+`}`) // P36
	if p = h.rest(t, 200, "PATCH", at, `{"state":"OPEN"}`); p.OrderState != "OPEN" || p.Order.Total != 0 {
		t.Errorf("%+v", p)
	}
	for _, bad := range []string{`{"state":"SHIPPED"}`, `{"total":-1}`, `{"total":10000000}`, `{"status":"OPEN"}`} {
		h.rest(t, http.StatusBadRequest, "PATCH", at, bad)
	}
	h.rest(t, http.StatusNotFound, "PATCH", "/v1/payments/00000000000000000000/order", `{"state":"OPEN"}`)
	bare := h.rest(t, 200, "POST", "/v1/payments", `{"amount":500,"orderNumber":"2"}`, "Idempotency-Key", "b") // no order was given
	if p = h.rest(t, 200, "PATCH", "/v1/"+bare.Name+"/order", `{"total":700}`); p.Order.Total != 700 {
		t.Errorf("%+v", p)
	}
}

func quoted(s string) []byte { b, _ := json.Marshal(s); return b }

// R36: a canceled order is not shipped; both languages hear of it, and the text
// says what to do.
func TestCanceledOrderIsNotShipped(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin"}`, "Idempotency-Key", "a")
	h.rest(t, 200, "PATCH", "/v1/"+p.Name+"/order", `{"state":"CANCELED"}`)
	code, answer, _ := h.do(t, "POST", "/v1/"+p.Name+":ship", `{"shipment":{"carrier":"yamato","slipNumber":"123456789013"}}`, "Authorization", "Bearer "+demoKey, "Idempotency-Key", "b")
	if code != http.StatusBadRequest || !strings.Contains(answer, "WRONG_STATE") || !strings.Contains(answer, "OPEN") || !strings.Contains(answer, "注文が取り消されています") {
		t.Errorf("%d %s", code, answer)
	}
}

// Promise 2: a reservation is AUTHORIZED with its ship date, which E03 changes.
func TestReservation(t *testing.T) {
	h := open(t)
	p := h.rest(t, 200, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"1","customer":"m-1","card":"k1","shipDate":"2026-12-24"}`, "Idempotency-Key", "a")
	if p.State != "STATE_AUTHORIZED" || p.ShipDate != "2026-12-24" {
		t.Fatalf("%+v", p)
	}
	if p = h.rest(t, 200, "POST", "/v1/"+p.Name+":reschedule", `{"shipDate":"2026-12-26"}`, "Idempotency-Key", "b"); p.ShipDate != "2026-12-26" {
		t.Errorf("%+v", p)
	}
	h.rest(t, http.StatusBadRequest, "POST", "/v1/"+p.Name+":reschedule", `{"shipDate":"2026-12-26"}`) // it moves money's time: a key is needed
	for i, bad := range []string{`{}`, `{"shipDate":"26.12.2026"}`, `{"shipDate":"2026-11-22"}`} {
		h.rest(t, http.StatusBadRequest, "POST", "/v1/"+p.Name+":reschedule", bad, "Idempotency-Key", "c"+string(rune('0'+i)))
	}
	h.rest(t, http.StatusBadRequest, "POST", "/v1/payments", `{"amount":5080,"orderNumber":"2","cardToken":"SIMAPPROVED00000","shipDate":"2026-12-24"}`, "Idempotency-Key", "d")
}
