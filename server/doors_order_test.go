package main

import (
	"fmt"
	"testing"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["UpdateOrder"], paths["ReschedulePayment"] = "PATCH /v1/{name}/order", "POST /v1/{name}:reschedule"
	paths["ShipPayment"], paths["CorrectShipment"] = "POST /v1/{name}:ship", "POST /v1/{name}:correctShipment"
}

// TestEveryDoorOrder tells by every protocol how the order and the money go
// their own ways, how orders share a slip, and how a reservation gets another
// planned ship date; and compares the answers word for word.
// R28 R36 R37 P36 P38
func TestEveryDoorOrder(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, (*story).orders)
	slips := 0
	everyWire(t, s, demoKey, func(tale *story) { slips++; tale.bundle(slips) })
	everyWire(t, s, demoKey, (*story).reservation)
}

func (s *story) orders() {
	create := &paymentv1.CreatePaymentRequest{
		Amount: 5080, OrderNumber: s.tag + "O", CardToken: "SIMAPPROVED00000", DeliveryMethod: "takkyubin", Order: &paymentv1.Order{Total: 5080},
	}
	s.create("O", "oa", create, "STATE_AUTHORIZED")
	update := func(state string, total *int32) *paymentv1.UpdateOrderRequest {
		return &paymentv1.UpdateOrderRequest{Name: s.names["O"], State: state, Total: total}
	}
	a := s.do("UpdateOrder", "", update("CANCELED", proto.Int32(0)), "STATE_AUTHORIZED")
	p := a.Body["payment"].(map[string]any)
	if p["orderState"] != "CANCELED" || p["amount"] != 5080.0 {
		s.t.Fatalf("%s: %v", s.tag, p)
	}
	s.do("UpdateOrder", "", update("CANCELED", nil), "STATE_AUTHORIZED") // the same again
	s.fails("UpdateOrder", "", update("SENT", nil), "INVALID_REQUEST")
	s.fails("UpdateOrder", "", &paymentv1.UpdateOrderRequest{Name: s.names["O"], State: "OPEN", Etag: `"1"`}, "ETAG_MISMATCH")
	ship := &paymentv1.ShipPaymentRequest{Name: s.names["O"], Shipment: &paymentv1.Shipment{Carrier: "yamato"}}
	s.fails("ShipPayment", "ob", ship, "WRONG_STATE")
	s.do("UpdateOrder", "", update("OPEN", proto.Int32(4000)), "STATE_AUTHORIZED")
	s.do("ShipPayment", "oc", ship, "STATE_AUTHORIZED")
	s.do("CancelPayment", "od", &paymentv1.CancelPaymentRequest{Name: s.names["O"]}, "STATE_CANCELED")
	s.do("UpdateOrder", "", update("", proto.Int32(100)), "STATE_CANCELED")
}

// bundle puts two orders on one slip: after that neither changes its amount or
// its slip, here and at the provider. Each protocol has slips of its own.
func (s *story) bundle(n int) {
	slip := func(k int) *paymentv1.Shipment {
		serial := 30_000_000_000 + 10*n + k
		return &paymentv1.Shipment{Carrier: "yamato", SlipNumber: fmt.Sprintf("%d%d", serial, serial%7)}
	}
	for _, as := range []string{"E", "F"} {
		s.create(as, "b"+as, &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + as, CardToken: "SIMAPPROVED00000", DeliveryMethod: "takkyubin"}, "STATE_AUTHORIZED")
		a := s.call(s.t.Context(), "ShipPayment", s.key("c"+as), &paymentv1.ShipPaymentRequest{Name: s.names[as], Shipment: slip(0)}, response("ShipPayment"))
		if p, _ := a.Body["payment"].(map[string]any); p["state"] != "STATE_CAPTURED" {
			s.t.Fatalf("%s: %+v", s.tag, a)
		}
	}
	s.fails("AdjustPayment", "d", &paymentv1.AdjustPaymentRequest{Name: s.names["E"], Amount: 4000}, "BUNDLED")
	s.fails("CorrectShipment", "e", &paymentv1.CorrectShipmentRequest{Name: s.names["F"], Shipment: slip(1)}, "BUNDLED")
	refresh := s.call(s.t.Context(), "RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["E"]}, response("RefreshPayment"))
	if p, _ := refresh.Body["payment"].(map[string]any); p["state"] != "STATE_CAPTURED" || p["attention"] != nil {
		s.t.Errorf("%s: %+v", s.tag, refresh)
	}
}

func (s *story) reservation() {
	date := func(d string) *paymentv1.CreatePaymentRequest {
		return &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + "V", Customer: "m-" + s.tag, CardToken: "SIMAPPROVED00000", SaveCard: true, ShipDate: d}
	}
	s.fails("CreatePayment", "va", date("2026-12-01"), "INVALID_REQUEST") // nine days ahead
	s.create("V", "vb", date("2026-12-24"), "STATE_AUTHORIZED")
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["V"]}, "STATE_AUTHORIZED")
	move := func(d string) *paymentv1.ReschedulePaymentRequest {
		return &paymentv1.ReschedulePaymentRequest{Name: s.names["V"], ShipDate: d}
	}
	a := s.do("ReschedulePayment", "vc", move("2026-12-26"), "STATE_AUTHORIZED")
	if p := a.Body["payment"].(map[string]any); p["shipDate"] != "2026-12-26" || p["pendingOperation"] != nil {
		s.t.Fatalf("%s: %v", s.tag, p)
	}
	s.fails("ReschedulePayment", "vd", move("2027-03-01"), "INVALID_REQUEST")
	s.fails("ReschedulePayment", "", move("2026-12-27"), "IDEMPOTENCY_KEY_MISSING")
	s.fails("CapturePayment", "ve", &paymentv1.CapturePaymentRequest{Name: s.names["V"]}, "WRONG_STATE") // it is no hold yet
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["V"]}, "STATE_AUTHORIZED")
	s.do("ReschedulePayment", "vf", move("2026-11-23"), "STATE_AUTHORIZED")                              // so near that it becomes a hold
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["V"]}, "STATE_AUTHORIZED") // which is seen
	s.do("CapturePayment", "vg", &paymentv1.CapturePaymentRequest{Name: s.names["V"]}, "STATE_CAPTURED")
}
