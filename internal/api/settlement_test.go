package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

func (h *house) operator(t *testing.T, method, path, body string, headers ...string) (int, string, http.Header) {
	t.Helper()
	return h.do(t, method, path, body, append(headers, "Authorization", "Bearer "+demoKey)...)
}

// feeOfFive gives the shop of the harness the manual's fee.
func feeOfFive(o *api.Options) {
	o.Directory.Now().Shops["first"].Settings.FeeRate = shop.DefaultFeeRate
}

// R22: a settlement with its fee, day by day, and what it adds up to.
func TestGetSettlement(t *testing.T) {
	h := open(t, feeOfFive)
	code, body, _ := h.operator(t, "GET", "/v1/settlement?startDate=2026-11-01&endDate=2026-11-30", "")
	want := `{"startDate":"2026-11-01","endDate":"2026-11-30","days":[` +
		`{"date":"2026-11-20","count":3,"amount":"6379","refunded":"0","fee":"318","net":"6061"},` +
		`{"date":"2026-11-21","count":0,"amount":"0","refunded":"300","fee":"-15","net":"-285"}],` +
		`"total":{"date":"","count":3,"amount":"6379","refunded":"300","fee":"303","net":"5776"},"feeRate":500}`
	if code != http.StatusOK || !sameJSON(body, want) {
		t.Errorf("%d %s\nwant %s", code, body, want)
	}
	for query, field := range map[string]string{
		"": "start_date", "?startDate=2026-11-01": "end_date", "?startDate=2026-11-02&endDate=2026-11-01": "end_date",
		"?startDate=2025-11-01&endDate=2026-11-02": "end_date", "?startDate=2026-12-01&endDate=2026-12-02": "start_date", "?startDate=yesterday&endDate=2026-11-02": "start_date",
	} {
		for _, path := range []string{"/v1/settlement", "/v1/settlement:export"} {
			if code, body, _ := h.operator(t, "GET", path+query, ""); code != http.StatusBadRequest || !strings.Contains(body, `"field":"`+field+`"`) {
				t.Errorf("%s%s: %d %s", path, query, code, body)
			}
		}
	}
}

// sameJSON compares without what is left out because it is nothing.
func sameJSON(a, b string) bool {
	var x, y ledgerv1.Settlement
	return protojson.Unmarshal([]byte(a), &x) == nil && protojson.Unmarshal([]byte(b), &y) == nil && proto.Equal(&x, &y)
}

// R22: the file of a settlement over REST, with its name.
func TestExportSettlement(t *testing.T) {
	h := open(t, feeOfFive)
	code, body, header := h.operator(t, "GET", "/v1/settlement:export?startDate=2026-11-01&endDate=2026-11-30", "")
	if code != http.StatusOK || header.Get("Content-Type") != "text/csv; charset=utf-8" || header.Get("Content-Disposition") != `attachment; filename="settlement-20261101-20261130.csv"` {
		t.Errorf("%d %v", code, header)
	}
	lines := strings.Split(body, "\r\n")
	if len(lines) != 6 || !strings.HasPrefix(lines[0], "\uFEFF精算日,") || !strings.HasSuffix(lines[4], ",S-WC0003,WC0003,返金,-300,5.00,-15,-285") {
		t.Errorf("%q", lines)
	}
}

// R22, pitfall feature 17: what is to come, and when.
func TestForecastDeposits(t *testing.T) {
	h := open(t, feeOfFive)
	code, body, _ := h.operator(t, "GET", "/v1/deposits:forecast", "")
	var got struct {
		Deposits []struct {
			Date, ClosingDate, Amount, Fee, Net string
			Count                               int
		}
	}
	err := json.Unmarshal([]byte(body), &got)
	if err != nil || code != http.StatusOK || len(got.Deposits) != 1 {
		t.Fatal(code, body, err)
	}
	if d := got.Deposits[0]; d.Date != "2026-12-15" || d.ClosingDate != "2026-11-30" || d.Count != 3 || d.Amount != "6079" || d.Fee != "303" || d.Net != "5776" {
		t.Errorf("%s", body)
	}
}

// Pitfall feature 17: each row of the statement that does not match has its verdict
// and its words, over every wire; over REST the file itself is the body.
func TestMatchStatement(t *testing.T) {
	h := open(t)
	type row struct {
		Line                                                  int
		Verdict, AcceptanceNumber, Payment, Japanese, English string
		StatementAmount, Amount                               int
	}
	check := func(wire, body string) {
		t.Helper()
		var got struct {
			Rows                                          []row
			Matched                                       int
			MatchedAmount, UnmatchedAmount, MissingAmount string
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || got.Matched != 1 || got.MatchedAmount != "5080" || got.UnmatchedAmount != "991" || len(got.Rows) != 3 || got.MissingAmount != "300" {
			t.Fatalf("%s: %v %s", wire, err, body)
		}
		for i, want := range []row{{3, "AMOUNT_DIFFERS", "WC0002", "", "", "", 990, 999}, {4, "UNKNOWN", "WC0009", "", "", "", 1, 0}, {0, "MISSING", "WC0003", "", "", "", 0, 300}} {
			r := got.Rows[i]
			if r.English == "" || r.Japanese == "" || (r.Payment == "") != (want.Verdict == "UNKNOWN") {
				t.Errorf("%s: %+v", wire, r)
			}
			if r.Japanese, r.English, r.Payment = "", "", ""; r != want {
				t.Errorf("%s: %+v, want %+v", wire, r, want)
			}
		}
	}
	code, body, _ := h.operator(t, "POST", "/v1/statements:match?endDate=2026-11-21", statement, "Content-Type", "text/csv")
	if code != http.StatusOK || strings.Contains(body, "MISSING") { // what was settled and given back in these days may be left out
		t.Fatal(code, body)
	}
	code, body, _ = h.operator(t, "POST", "/v1/statements:match", statement, "Content-Type", "text/csv")
	if code != http.StatusOK {
		t.Fatal(code, body)
	}
	check("rest", body)
	overEveryWire(t, h.with(demoKey), "MatchStatement", &ledgerv1.MatchStatementRequest{Content: []byte(statement)}, check)
	for name, file := range map[string]string{
		"nothing": "", "no header": "WC0001,5080\r\n", "no text": "\xff\xfe\x00", "a quote without an end": "受付番号,金額\r\n\"13", "too many": "受付番号,金額\r\n" + strings.Repeat("1,1\r\n", report.MaxStatementRows+1),
	} {
		if code, body, _ := h.operator(t, "POST", "/v1/statements:match", file, "Content-Type", "text/csv"); code != http.StatusBadRequest || !strings.Contains(body, `"field":"content"`) || !strings.Contains(body, "。") {
			t.Errorf("%s: %d %s", name, code, body)
		}
	}
	if code, body, _ := h.operator(t, "POST", "/v1/statements:match", strings.Repeat("x", 9<<20), "Content-Type", "text/csv"); code != http.StatusRequestEntityTooLarge && code != http.StatusBadRequest {
		t.Errorf("9 MB: %d %s", code, body)
	}
}

// brokenSettlements cannot read the books.
type brokenSettlements struct{}

var errBooks = errors.New("the disk is gone")

func (brokenSettlements) Settlement(context.Context, shop.Tenant, report.Span) (report.Settlement, error) {
	return report.Settlement{}, errBooks
}

func (brokenSettlements) Export(context.Context, shop.Tenant, report.Span, func([]byte) error) error {
	return errBooks
}

func (brokenSettlements) Forecast(context.Context, shop.Tenant) ([]report.Deposit, error) {
	return nil, errBooks
}

func (brokenSettlements) MatchStatement(context.Context, shop.Tenant, []byte, string, string) (report.Statement, error) {
	return report.Statement{}, errBooks
}

// Without the scope, with books that cannot be read, and of another shop nobody is
// told anything (P87, P96).
func TestSettlementRefusals(t *testing.T) {
	h, broken := open(t), open(t, func(o *api.Options) { o.Settlements = brokenSettlements{} })
	for _, call := range [][3]string{
		{"GET", "/v1/settlement?startDate=2026-11-01&endDate=2026-11-30", ""},
		{"GET", "/v1/settlement:export?startDate=2026-11-01&endDate=2026-11-30", ""},
		{"GET", "/v1/deposits:forecast", ""},
		{"POST", "/v1/statements:match", statement},
	} {
		for _, key := range []string{shopKey, parcelKey} {
			if code, body, _ := h.do(t, call[0], call[1], call[2], "Content-Type", "text/csv", "Authorization", "Bearer "+key); code != http.StatusForbidden {
				t.Errorf("%s with %s: %d %s", call[1], key, code, body)
			}
		}
		if code, body, _ := broken.operator(t, call[0], call[1], call[2], "Content-Type", "text/csv"); code != http.StatusServiceUnavailable || !strings.Contains(body, "BOOKS_UNAVAILABLE") || strings.Contains(body, "disk") {
			t.Errorf("%s: %d %s", call[1], code, body)
		}
	}
}
