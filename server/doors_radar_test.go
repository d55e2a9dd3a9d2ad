package main

import (
	"testing"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["ListHolds"], paths["PreviewAdjustment"] = "GET /v1/holds", "GET /v1/{name}:previewAdjustment"
}

// TestEveryDoorRadar tells by every protocol what is held and what a change of
// amount looks like, and compares the answers word for word. P71 P84
func TestEveryDoorRadar(t *testing.T) {
	everyWire(t, startServer(t), demoKey, (*story).ahead)
}

func (s *story) ahead() {
	s.create("H", "ha", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "H", CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	preview := func(as string, amount int32) *paymentv1.PreviewAdjustmentRequest {
		return &paymentv1.PreviewAdjustmentRequest{Name: s.names[as], Amount: amount}
	}
	seen := s.ask("PreviewAdjustment", "", preview("H", 4000), "lines")
	if lines, _ := seen.Body["lines"].([]any); len(lines) != 3 || lines[1].(map[string]any)["amount"] != -5080.0 {
		s.t.Fatalf("%s: %v", s.tag, seen.Body)
	}
	s.ask("PreviewAdjustment", "", preview("H", 5080), "notes")
	s.fails("PreviewAdjustment", "", preview("H", 0), "INVALID_REQUEST")
	s.fails("PreviewAdjustment", "", &paymentv1.PreviewAdjustmentRequest{Name: "payments/00000000000000000000", Amount: 1}, "NOT_FOUND")
	if !s.holds("H") {
		s.t.Fatalf("%s: the hold is not in the list", s.tag)
	}
	s.do("CapturePayment", "hc", &paymentv1.CapturePaymentRequest{Name: s.names["H"]}, "STATE_CAPTURED")
	if s.holds("H") {
		s.t.Fatalf("%s: what is charged is in the list", s.tag)
	}
	s.fails("ListHolds", "", &ledgerv1.ListHoldsRequest{Days: -1}, "INVALID_REQUEST")
	s.fails("ListHolds", "", &ledgerv1.ListHoldsRequest{PageToken: "x"}, "INVALID_REQUEST")
	s.say("ListHolds", s.call(s.t.Context(), "ListHolds", "", &ledgerv1.ListHoldsRequest{Days: 1}, response("ListHolds")))
}

// holds reports whether a payment is in the list, and notes what the list says of
// it.
func (s *story) holds(as string) bool {
	a := s.call(s.t.Context(), "ListHolds", "", &ledgerv1.ListHoldsRequest{PageSize: 1000}, response("ListHolds"))
	for _, h := range list(a.Body["holds"]) {
		hold, _ := h.(map[string]any)
		if hold["payment"] == s.names[as] {
			delete(hold, "payment")
			s.say("ListHolds", answer{Code: a.Code, Body: hold})
			return true
		}
	}
	return false
}
