package main

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

func init() {
	paths["GetSettlement"], paths["ForecastDeposits"], paths["MatchStatement"] = "GET /v1/settlement", "GET /v1/deposits:forecast", "POST /v1/statements:match"
}

// TestEveryDoorSettlement has the provider settle a payment, and by every protocol
// reads what that comes to, with the fee, when the money is to come, and where a
// statement says otherwise; it compares the answers word for word. R22 P23
func TestEveryDoorSettlement(t *testing.T) {
	s := startServer(t)
	everyWire(t, s, demoKey, func(tale *story) { tale.settles(s) })
	settledFile(t, s)
	newRate(t, s)
}

// newRate changes the fee rate: what was settled before stays as it was, to the yen,
// since the audit trail knows the rate of then. R22
func newRate(t *testing.T, s *server) {
	t.Helper()
	p := &process{t: t, base: "http://" + s.addr.String()}
	day := s.clock().Format(time.DateOnly)
	read := func() (rate, total any) {
		settlement := p.must("GET", "/v1/settlement?startDate="+day+"&endDate="+day, "", "")
		return settlement["feeRate"], settlement["total"]
	}
	_, before := read()
	p.must("PATCH", "/v1/settings", "", `{"feeRate":1000}`)
	if rate, after := read(); rate != 1000.0 || fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("%v came to %v at the rate %v", before, after, rate)
	}
}

func (s *story) settles(to *server) {
	day := to.clock().Format("2006-01-02")
	ask := &ledgerv1.GetSettlementRequest{StartDate: day, EndDate: day}
	before, coming := s.total(ask), s.expected()
	s.create("S", "sa", &paymentv1.CreatePaymentRequest{Amount: 5085, OrderNumber: s.tag + "S", CardToken: "SIMAPPROVED00000", CaptureMode: "AUTHORIZE_AND_CAPTURE"}, "STATE_CAPTURED")
	if s.expected()-coming != 5085 {
		s.t.Fatalf("%s: what is charged is not expected", s.tag)
	}
	number := strings.ToUpper(strings.TrimPrefix(s.names["S"], "payments/"))
	s.matches(number+",5085", "NOT_SETTLED")
	if status := console(s.t, to, "settle", `{"orderNo":"`+number+`"}`); status != http.StatusOK {
		s.t.Fatal(status)
	}
	s.do("RefreshPayment", "", &paymentv1.RefreshPaymentRequest{Name: s.names["S"]}, "STATE_SETTLED")
	s.do("AdjustPayment", "sb", &paymentv1.AdjustPaymentRequest{Name: s.names["S"], Amount: 4000}, "STATE_SETTLED")
	for i, want := range []int{1, 5085, 1085, 200, 2800} { // 5 % of 4,000 is left of the fee
		if got := s.total(ask)[i] - before[i]; got != want {
			s.t.Fatalf("%s: the settlement grew by %d, want %d (%d)", s.tag, got, want, i)
		}
	}
	if s.expected() != coming {
		s.t.Fatalf("%s: what is settled is still expected", s.tag)
	}
	s.matches(number+",5085\r\n"+number+",-1085", "")
	s.matches(number+",4000", "")
	s.matches(number+",3999", "AMOUNT_DIFFERS")
	s.matches(number+",4000\r\n"+number+",4000", "REPEATED")
	s.matches("WC-1,1", "UNKNOWN")
	s.matches(number+",4.0E+3", "UNREADABLE")
	s.fails("GetSettlement", "", &ledgerv1.GetSettlementRequest{StartDate: day}, "INVALID_REQUEST")
	s.fails("MatchStatement", "", &ledgerv1.MatchStatementRequest{Content: []byte("a,b\r\n")}, "INVALID_REQUEST")
}

// total is the settlement's: count, amount, refunded, fee, and the net less 1,000.
func (s *story) total(ask *ledgerv1.GetSettlementRequest) (n [5]int) {
	s.t.Helper()
	a := s.call(s.t.Context(), "GetSettlement", "", ask, response("GetSettlement"))
	settlement, _ := a.Body["settlement"].(map[string]any)
	total, _ := settlement["total"].(map[string]any)
	if a.Code != "OK" || settlement["feeRate"] != 500.0 || total == nil {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
	for i, field := range []string{"count", "amount", "refunded", "fee", "net"} {
		if total[field] != nil { // nothing is left out
			n[i] = whole(s.t, total[field])
		}
	}
	if n[4] != n[1]-n[2]-n[3] {
		s.t.Fatalf("%s: %v", s.tag, n)
	}
	n[4] -= n[0] * 1000
	return n
}

func whole(t *testing.T, v any) int {
	t.Helper()
	n, err := strconv.Atoi(fmt.Sprint(v))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// expected is how many yen are charged and not settled, by the forecast.
func (s *story) expected() (n int) {
	s.t.Helper()
	a := s.call(s.t.Context(), "ForecastDeposits", "", &ledgerv1.ForecastDepositsRequest{}, response("ForecastDeposits"))
	if a.Code != "OK" {
		s.t.Fatalf("%s: %+v", s.tag, a)
	}
	for _, d := range list(a.Body["deposits"]) {
		if e := d.(map[string]any)["expected"]; e != nil {
			n += whole(s.t, e)
		}
	}
	return n
}

// matches holds a statement against the books; its days are before all of them, so
// that it lacks nothing.
func (s *story) matches(rows, verdict string) {
	s.t.Helper()
	a := s.call(s.t.Context(), "MatchStatement", "", &ledgerv1.MatchStatementRequest{Content: []byte("受付番号,金額\r\n" + rows + "\r\n"), StartDate: "2026-11-01", EndDate: "2026-11-02"}, response("MatchStatement"))
	told := list(a.Body["rows"])
	if a.Code != "OK" || verdict == "" && len(told) > 0 || verdict != "" && (len(told) != 1 || told[0].(map[string]any)["verdict"] != verdict) {
		s.t.Fatalf("%s: %s: %+v, want %s", s.tag, rows, a, verdict)
	}
	for _, r := range told {
		delete(r.(map[string]any), "payment")
	}
	s.say("MatchStatement", a)
}

// settledFile reads the same settlement as a file by REST and by gRPC; held against the books as a
// statement, it lacks nothing and has nothing too much.
func settledFile(t *testing.T, s *server) {
	t.Helper()
	day := s.clock().Format("2006-01-02")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.addr.String()+"/v1/settlement:export?startDate="+day+"&endDate="+day, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+demoKey)
	res, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	file, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatal(res.Status, err)
	}
	conn, err := grpc.NewClient("passthrough:///"+s.grpcAddr.String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	ctx := metadata.AppendToOutgoingContext(t.Context(), "authorization", "Bearer "+demoKey)
	books := ledgerv1.NewLedgerServiceClient(conn)
	st, err := books.ExportSettlement(ctx, &ledgerv1.ExportSettlementRequest{StartDate: day, EndDate: day})
	if err != nil {
		t.Fatal(err)
	}
	var pieces []byte
	var name string
	for {
		m, err := st.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		pieces, name = append(pieces, m.GetContent()...), name+m.GetFileName()
	}
	plain := strings.ReplaceAll(day, "-", "")
	if string(pieces) != string(file) || name != "settlement-"+plain+"-"+plain+".csv" {
		t.Errorf("%s: %q by gRPC, %q by REST", name, pieces, file)
	}
	m, err := books.MatchStatement(ctx, &ledgerv1.MatchStatementRequest{Content: file})
	if err != nil || len(m.GetRows()) > 0 || m.GetMatched() != 16 || m.GetMatchedAmount() != 8*4000 {
		t.Errorf("%v %v", m, err)
	}
}
