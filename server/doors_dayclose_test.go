package main

import (
	"testing"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["GetDayClose"], paths["ListDayCloses"] = "GET /v1/{name}", "GET /v1/dayCloses"
}

// TestEveryDoorDays moves money and reads, by every protocol, what that does to the
// day; it compares the answers word for word. R22
func TestEveryDoorDays(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, func(tale *story) { tale.closes(s.clock().Format("2006-01-02")) })
}

func (s *story) closes(today string) {
	before := s.movements(today)
	s.create("D", "da", &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "D", CardToken: "SIMAPPROVED00000"}, "STATE_AUTHORIZED")
	s.do("CapturePayment", "dc", &paymentv1.CapturePaymentRequest{Name: s.names["D"]}, "STATE_CAPTURED")
	s.do("AdjustPayment", "dj", &paymentv1.AdjustPaymentRequest{Name: s.names["D"], Amount: 4000}, "STATE_CAPTURED")
	s.do("CancelPayment", "dx", &paymentv1.CancelPaymentRequest{Name: s.names["D"]}, "STATE_CANCELED")
	after := s.movements(today)
	for kind, want := range map[string][2]int{"AUTHORIZED": {5080, 0}, "CAPTURED": {-5080, 5080}, "ADJUSTED": {0, -1080}, "REFUNDED": {0, -4000}} {
		if got := [2]int{after[kind][0] - before[kind][0], after[kind][1] - before[kind][1]}; got != want {
			s.t.Fatalf("%s: %s moved %v, want %v", s.tag, kind, got, want)
		}
	}
	a := s.call(s.t.Context(), "ListDayCloses", "", &ledgerv1.ListDayClosesRequest{PageSize: 1}, response("ListDayCloses"))
	if days := list(a.Body["dayCloses"]); len(days) != 1 || days[0].(map[string]any)["name"] != "dayCloses/"+today || a.Body["nextPageToken"] != nil && a.Body["nextPageToken"] != "" {
		s.t.Fatalf("%s: %v", s.tag, a)
	}
	s.fails("GetDayClose", "", &ledgerv1.GetDayCloseRequest{Name: "dayCloses/1999-01-01"}, "NOT_FOUND")
	s.fails("GetDayClose", "", &ledgerv1.GetDayCloseRequest{Name: "dayCloses/2999-01-01"}, "INVALID_REQUEST")
	s.fails("ListDayCloses", "", &ledgerv1.ListDayClosesRequest{PageSize: 93}, "INVALID_REQUEST")
	s.fails("ListDayCloses", "", &ledgerv1.ListDayClosesRequest{PageToken: "x"}, "INVALID_REQUEST")
}

// movements are today's by kind: held and charged.
func (s *story) movements(today string) map[string][2]int {
	s.t.Helper()
	a := s.call(s.t.Context(), "GetDayClose", "", &ledgerv1.GetDayCloseRequest{Name: "dayCloses/" + today}, response("GetDayClose"))
	if a.Code == "NotFound" { // nothing has happened yet
		return map[string][2]int{}
	}
	day, _ := a.Body["dayClose"].(map[string]any)
	if a.Code != "OK" || day["closed"] == true {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
	all := map[string][2]int{}
	for _, v := range movementsOf(day) {
		n := [2]int{}
		for i, side := range []string{"held", "charged"} {
			if v[side] != nil { // nothing is left out
				n[i] = whole(s.t, v[side])
			}
		}
		all[v["kind"].(string)] = n
	}
	return all
}
