package main

import (
	"testing"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["RegisterOrder"], paths["ListOrphans"], paths["ListRecoveries"] = "POST /v1/{name}:registerOrder", "GET /v1/orphans", "GET /v1/recoveries"
}

// TestEveryDoorDesk tells by every protocol how a lost order is found by its
// number at the provider and registered once, and compares the answers word for
// word. R39 R40 P36
func TestEveryDoorDesk(t *testing.T) {
	everyWire(t, startServer(t), demoKey, (*story).lostOrder)
}

func (s *story) lostOrder() {
	s.create("L", "la", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "L", CardToken: "SIMAPPROVED00000", Order: &paymentv1.Order{
		Total: 5080, Buyer: &paymentv1.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "h@example.com"},
	}}, "STATE_AUTHORIZED")
	s.create("N", "lb", &paymentv1.CreatePaymentRequest{Amount: 100, OrderNumber: s.tag + "N", CardToken: "SIMDECLINED00000"}, "STATE_DECLINED")
	number, _ := s.do("GetPayment", "", &paymentv1.GetPaymentRequest{Name: s.names["L"]}, "STATE_AUTHORIZED").Body["payment"].(map[string]any)["acceptanceNumber"].(string)
	lost := &ledgerv1.ListOrphansRequest{AcceptanceNumber: number}
	list, _ := s.ask("ListOrphans", "", lost, "orphans").Body["orphans"].([]any)
	if o, _ := list[0].(map[string]any); len(list) != 1 || o["verdict"] != "AUTHORIZED" || o["proposal"] != "REGISTER_OR_CANCEL" || o["payment"].(map[string]any)["order"] == nil {
		s.t.Fatalf("%s: %v", s.tag, list)
	}
	register := func(as, from, etag string) *paymentv1.RegisterOrderRequest {
		return &paymentv1.RegisterOrderRequest{Name: s.names[as], DateFrom: from, Etag: etag}
	}
	s.fails("RegisterOrder", "", register("L", "THEN", ""), "INVALID_REQUEST")
	s.fails("RegisterOrder", "", register("L", "NOW", `"1"`), "ETAG_MISMATCH")
	s.fails("RegisterOrder", "", register("N", "NOW", ""), "WRONG_STATE")
	s.fails("RegisterOrder", "", &paymentv1.RegisterOrderRequest{Name: "payments/00000000000000000000"}, "NOT_FOUND")
	s.do("RegisterOrder", "", register("L", "LOG", ""), "STATE_AUTHORIZED")
	again := s.call(s.t.Context(), "RegisterOrder", "", register("L", "NOW", ""), response("RegisterOrder"))
	p, _ := again.Body["payment"].(map[string]any)
	if p["orderRegistered"] != true || p["orderTime"] != p["createTime"] || again.Body["alreadyRegistered"] == false { // REST answers the payment bare
		s.t.Fatalf("%s: %+v", s.tag, again)
	}
	s.say("ListOrphans", s.call(s.t.Context(), "ListOrphans", "", lost, response("ListOrphans")))
	s.fails("ListOrphans", "", &ledgerv1.ListOrphansRequest{Verdict: "GONE"}, "INVALID_REQUEST")
	s.say("ListRecoveries", s.call(s.t.Context(), "ListRecoveries", "", &ledgerv1.ListRecoveriesRequest{}, response("ListRecoveries")))
	s.say("ListPayments", s.call(s.t.Context(), "ListPayments", "", &paymentv1.ListPaymentsRequest{Filter: `order_registered=true AND order_number="` + s.tag + `L"`}, &paymentv1.ListPaymentsResponse{}))
}
