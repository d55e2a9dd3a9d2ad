package main

import (
	"fmt"
	"testing"

	eventv1 "kessai.dev/kessai/gen/kessai/event/v1"
	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["ListEvents"], paths["ListPaymentErrors"], paths["ExplainPayment"] = "GET /v1/events", "GET /v1/paymentErrors", "GET /v1/{name}:explain"
}

// TestEveryDoorEvents takes payments by every protocol, reads by it what is told of
// them, what failed and why, and compares the answers word for word.
// R41 P32 P78 P79
func TestEveryDoorEvents(t *testing.T) {
	everyWire(t, startServer(t), demoKey, (*story).happened)
}

func (s *story) happened() {
	s.create("E", "ea", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "E", CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	s.do("AdjustPayment", "eb", &paymentv1.AdjustPaymentRequest{Name: s.names["E"], Amount: 4000}, "STATE_AUTHORIZED")
	s.do("CancelPayment", "ec", &paymentv1.CancelPaymentRequest{Name: s.names["E"]}, "STATE_CANCELED")
	s.create("F", "ed", &paymentv1.CreatePaymentRequest{Amount: 100, OrderNumber: s.tag + "F", CardToken: "SIMDECLINED00000"}, "STATE_DECLINED")

	s.toldOf("E", []string{"payment.created 1", "payment.authorized 3", "payment.adjusted 5", "payment.canceled 7"})
	s.toldOf("F", []string{"payment.created 1", "attempt.declined 3"})
	s.fails("ListEvents", "", &eventv1.ListEventsRequest{Cursor: "AAAAAAAAAAAAAAAAAAAAAA"}, "INVALID_REQUEST")

	failed := s.call(s.t.Context(), "ListPaymentErrors", "", &ledgerv1.ListPaymentErrorsRequest{Filter: `order_number="` + s.tag + `F"`}, response("ListPaymentErrors"))
	list, _ := failed.Body["errors"].([]any)
	if len(list) != 1 || list[0].(map[string]any)["payment"] != s.names["F"] || list[0].(map[string]any)["kind"] != "DECLINED" {
		s.t.Fatalf("%s: %+v", s.tag, failed)
	}
	delete(list[0].(map[string]any), "payment")
	s.say("ListPaymentErrors", failed)
	s.fails("ListPaymentErrors", "", &ledgerv1.ListPaymentErrorsRequest{Filter: "kind=LOST"}, "INVALID_REQUEST")

	s.ask("ExplainPayment", "", &ledgerv1.ExplainPaymentRequest{Name: s.names["E"]}, "explanation")
	s.ask("ExplainPayment", "", &ledgerv1.ExplainPaymentRequest{Name: s.names["F"]}, "explanation")
	s.fails("ExplainPayment", "", &ledgerv1.ExplainPaymentRequest{Name: "payments/00000000000000000000"}, "NOT_FOUND")
}

// toldOf reads all events by their cursors and compares those of one payment.
func (s *story) toldOf(as string, want []string) {
	s.t.Helper()
	var have []string
	for request := (&eventv1.ListEventsRequest{PageSize: 3}); ; {
		a := s.call(s.t.Context(), "ListEvents", "", request, response("ListEvents"))
		cursor, _ := a.Body["nextCursor"].(string)
		if a.Code != "OK" || cursor == "" {
			s.t.Fatalf("%s: %+v", s.tag, a)
		}
		events, _ := a.Body["events"].([]any)
		for _, e := range events {
			if m, _ := e.(map[string]any); m["payment"] == s.names[as] {
				have = append(have, fmt.Sprint(m["type"], " ", m["sequence"]))
			}
		}
		if request = (&eventv1.ListEventsRequest{PageSize: 3, Cursor: cursor}); a.Body["more"] != true {
			break
		}
	}
	if fmt.Sprint(have) != fmt.Sprint(want) {
		s.t.Fatalf("%s: told %v, want %v", s.tag, have, want)
	}
}
