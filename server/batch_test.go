package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// numbered is what differs from door to door in an answer to a batch.
var numbered = regexp.MustCompile(`payments/[0-9a-v]{20}|req_[0-9a-f]{16}|\b[0-9]{12}\b|20[0-9-]{8}T[0-9:.]+Z`)

// TestEveryDoorBatch ships thirty orders in one call by every protocol and
// compares the answers word for word: with a slip and without, other carriers,
// one canceled, one unknown, a wrong number, one slip at two orders, and answers
// of the provider that are lost or of no use. The same batch again, by this call
// or as a stream, asks the provider nothing, by its own log; only what is open is
// asked about.
// R31 R32 R33 R34 P60 P62 P64 P65
func TestEveryDoorBatch(t *testing.T) {
	s := startServer(t)
	run := 0
	everyWire(t, s, demoKey, func(tale *story) {
		run++
		tale.batch(s, run)
	})
}

// batchOrder is one of the thirty, and what becomes of it.
type batchOrder struct {
	delivery, token, mode string
	carrier, slip         string
	want                  string
}

func batchOrders(run int) []batchOrder {
	slip := func(n int) string {
		eleven := int64(40_000_000_000 + run*7_000_000 + n)
		return fmt.Sprintf("%d%d", eleven, eleven%7)
	}
	const approved, shipped, waits, open = "SIMAPPROVED00000", "CAPTURED", "AUTHORIZED [carrier slip_number]", "AUTHORIZED OPERATION_SHIP"
	var all []batchOrder
	for n := range 11 {
		all = append(all, batchOrder{"takkyubin", approved, "", "yamato", slip(n), shipped})
	}
	for range 4 {
		all = append(all, batchOrder{"takkyubin", approved, "AUTHORIZE_AND_CAPTURE", "", "", waits}) // R17 R31
	}
	for range 4 {
		all = append(all, batchOrder{"other", approved, "AUTHORIZE", "other", "X-1", shipped}) // R33
	}
	return append(all,
		batchOrder{"other", approved, "AUTHORIZE_AND_CAPTURE", "other", "", shipped}, // R32
		batchOrder{"takkyubin", approved, "", "", slip(20), shipped},
		batchOrder{"takkyubin", approved, "", "yamato", slip(11)[:11] + "9", "INVALID_REQUEST"}, // P60
		batchOrder{"takkyubin", "SIMLOSTCAPTURE00", "", "yamato", slip(22), shipped},
		batchOrder{"takkyubin", "SIMDROPCAPTURE00", "", "yamato", slip(23), open},
		batchOrder{"takkyubin", "SIMREFUSECAPTURE", "", "yamato", slip(24), open},
		batchOrder{"takkyubin", "SIMLOCKCAPTURE00", "", "yamato", slip(25), open},
		batchOrder{"takkyubin", "canceled", "", "yamato", slip(26), "WRONG_STATE"},
		batchOrder{"", "unknown", "", "yamato", slip(27), "NOT_FOUND"},
		batchOrder{"takkyubin", approved, "", "yamato", slip(28), shipped},
		batchOrder{"takkyubin", approved, "", "yamato", slip(28), shipped}, // P62
	)
}

func (s *story) batch(srv *server, run int) {
	orders := batchOrders(run)
	if len(orders) != 30 {
		s.t.Fatal(len(orders), " orders")
	}
	ask := &paymentv1.BatchShipPaymentsRequest{}
	mine := map[string]bool{} // acceptance numbers whose calls are counted
	for i, o := range orders {
		item := &paymentv1.BatchShipItem{Payment: fmt.Sprintf("payments/%020d", i), Shipment: &paymentv1.Shipment{Carrier: o.carrier, SlipNumber: o.slip}}
		if o.token != "unknown" {
			item.Payment = s.batchPayment(i, o)
			mine[strings.ToUpper(strings.TrimPrefix(item.Payment, "payments/"))] = !strings.Contains(o.want, "OPERATION")
		}
		ask.Requests = append(ask.Requests, item)
	}
	first := s.batchShip(ask)
	for i, o := range orders {
		if got := outcome(first[i]); got != o.want {
			s.t.Errorf("%s: order %d is %s; want %s: %v", s.tag, i, got, o.want, first[i])
		}
	}
	before := srv.simulated(s.t, mine)
	for i, got := range s.batchShip(ask) {
		if outcome(got) != orders[i].want {
			s.t.Errorf("%s: order %d again is %s; want %s", s.tag, i, outcome(got), orders[i].want)
		}
	}
	s.batchFollowed(srv, ask)
	if now := srv.simulated(s.t, mine); now != before {
		s.t.Errorf("%s: the provider was asked again:\n%s\nbefore\n%s", s.tag, now, before)
	}
	ask.Requests = append(ask.Requests, ask.GetRequests()[4])
	a := s.call(s.t.Context(), "BatchShipPayments", s.key("twice"), ask, response("BatchShipPayments"))
	if a.Reason != "INVALID_REQUEST" || fmt.Sprint(a.Fields) != "[requests[30].payment]" {
		s.t.Errorf("%s: one payment twice: %+v", s.tag, a)
	}
}

func (s *story) batchPayment(i int, o batchOrder) string {
	token := o.token
	if token == "canceled" {
		token = "SIMAPPROVED00000"
	}
	as := fmt.Sprintf("o%d", i)
	r := &paymentv1.CreatePaymentRequest{Amount: 5080, OrderNumber: s.tag + as, CardToken: token, DeliveryMethod: o.delivery, CaptureMode: o.mode}
	a := s.call(s.t.Context(), "CreatePayment", s.key(as), r, response("CreatePayment"))
	p, _ := a.Body["payment"].(map[string]any)
	name, _ := p["name"].(string)
	if a.Code != "OK" || name == "" {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
	if o.token == "canceled" {
		s.call(s.t.Context(), "CancelPayment", s.key("c"+as), &paymentv1.CancelPaymentRequest{Name: name}, response("CancelPayment"))
	}
	return name
}

// batchShip sends the batch, notes the answer and gives the results.
func (s *story) batchShip(ask *paymentv1.BatchShipPaymentsRequest) []map[string]any {
	s.t.Helper()
	a := s.call(s.t.Context(), "BatchShipPayments", s.key("batch"), ask, response("BatchShipPayments"))
	var results []map[string]any
	for _, r := range list(a.Body["results"]) {
		results = append(results, r.(map[string]any))
	}
	warned := fmt.Sprint(a.Body["warnings"])
	if a.Code != "OK" || len(results) != len(ask.GetRequests()) || !strings.Contains(warned, "used_twice") || !strings.Contains(warned, "not_yamato") {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
	raw, _ := json.Marshal(blank(a, s.tag).Body)
	s.told = append(s.told, numbered.ReplaceAllString(string(raw), "…"))
	return results
}

// batchFollowed sends the same batch as a stream over REST, whose lines are as
// many as there are items and one.
func (s *story) batchFollowed(srv *server, ask *paymentv1.BatchShipPaymentsRequest) {
	s.t.Helper()
	raw, err := json.Marshal(map[string]any{"ship": plain(s.t, ask)})
	if err != nil {
		s.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodPost, "http://"+srv.addr.String()+"/v1/payments:runBatch", bytes.NewReader(raw))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+demoKey)
	r.Header.Set("Idempotency-Key", s.key("batch"))
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if lines := strings.Count(string(body), `{"result":{`); err != nil || lines != len(ask.GetRequests())+1 {
		s.t.Errorf("%s: %d lines, %v: %.500s", s.tag, lines, err, body)
	}
}

// outcome is the gist of a result.
func outcome(r map[string]any) string {
	if p, ok := r["payment"].(map[string]any); ok {
		out := strings.TrimPrefix(fmt.Sprint(p["state"]), "STATE_")
		for _, more := range []string{"missingCaptureConditions", "pendingOperation"} {
			if p[more] != nil {
				out += " " + fmt.Sprint(p[more])
			}
		}
		return out
	}
	e, _ := r["error"].(map[string]any)
	for _, d := range list(e["details"]) {
		if info := d.(map[string]any); info["reason"] != nil {
			return fmt.Sprint(info["reason"])
		}
	}
	return fmt.Sprint(r)
}

// simulated is what the simulator's own log has of the orders: each call, and
// whether it changed anything.
func (s *server) simulated(t *testing.T, orders map[string]bool) string {
	t.Helper()
	res, err := http.Post("http://"+s.simulatorAddr.String()+"/admin/calls", "application/json", strings.NewReader(`{"limit":8000}`))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var log struct {
		Calls []struct {
			Function, OrderNo, SlipNo, ErrorCode string
			Changed                              bool
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&log); err != nil || len(log.Calls) == 0 {
		t.Fatal(err, len(log.Calls))
	}
	var out strings.Builder
	for _, c := range log.Calls {
		if orders[c.OrderNo] {
			fmt.Fprintln(&out, c)
		}
	}
	return out.String()
}

// plain is a message as an object of JSON.
func plain(t *testing.T, m proto.Message) map[string]any {
	t.Helper()
	raw, err := protojson.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
