package main

import (
	"net/http"
	"strings"
	"testing"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["ListDifferences"], paths["ResolveDifference"], paths["ListReconciliations"] = "GET /v1/differences", "POST /v1/{name}:resolve", "GET /v1/reconciliations"
}

// TestEveryDoorReconcile cancels a payment at the provider's console, and by every
// protocol finds that, resolves it, and compares the answers word for word.
// R42
func TestEveryDoorReconcile(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, func(tale *story) { tale.differs(s) })
}

func (s *story) differs(to *server) {
	s.create("D", "da", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "D", CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	number := strings.ToUpper(strings.TrimPrefix(s.names["D"], "payments/"))
	if status := console(s.t, to, "status", `{"orderNo":"`+number+`","status":40}`); status != http.StatusOK {
		s.t.Fatal(status)
	}
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["D"]}, "STATE_AUTHORIZED")
	list, _ := s.ask("ListDifferences", "", &ledgerv1.ListDifferencesRequest{}, "differences").Body["differences"].([]any)
	d, _ := list[0].(map[string]any)
	if len(list) != 1 || d["cause"] != "DONE_AT_PROVIDER" || d["proposal"] != "TAKE_OVER" || d["amount"] != 5080.0 || d["english"] == nil || d["japanese"] == nil {
		s.t.Fatalf("%s: %v", s.tag, list)
	}
	name, _ := d["name"].(string)
	s.fails("ResolveDifference", "", &ledgerv1.ResolveDifferenceRequest{Name: name, Resolution: "MAYBE"}, "INVALID_REQUEST")
	s.fails("ResolveDifference", "", &ledgerv1.ResolveDifferenceRequest{Name: name, Resolution: "KEEP", Etag: `"1"`}, "ETAG_MISMATCH")
	s.fails("ResolveDifference", "", &ledgerv1.ResolveDifferenceRequest{Name: "differences/00000000000000000000", Resolution: "KEEP"}, "NOT_FOUND")
	s.do("ResolveDifference", "", &ledgerv1.ResolveDifferenceRequest{Name: name, Resolution: "TAKE_OVER", Note: "電話で確認"}, "STATE_CANCELED")
	s.fails("ResolveDifference", "", &ledgerv1.ResolveDifferenceRequest{Name: name, Resolution: "TAKE_OVER"}, "WRONG_STATE")
	s.say("ListPaymentEvents", s.call(s.t.Context(), "ListPaymentEvents", "", &paymentv1.ListPaymentEventsRequest{Parent: s.names["D"]}, response("ListPaymentEvents")))
	s.fails("ListReconciliations", "", &ledgerv1.ListReconciliationsRequest{PageToken: "nonsense"}, "INVALID_REQUEST")
}

// console is one call of the provider's console.
func console(t *testing.T, s *server, path, body string) int {
	t.Helper()
	res, err := http.Post("http://"+s.simulatorAddr.String()+"/admin/"+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}
