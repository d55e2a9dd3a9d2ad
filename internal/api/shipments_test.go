package api_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/api/apitest"
	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/shop"
)

// waiting makes an order that waits for its slip.
func (h *house) waiting(t testing.TB, number, name string) string {
	t.Helper()
	code, body, _ := h.do(t, "POST", "/v1/payments", fmt.Sprintf(`{"amount":5080,"orderNumber":%q,"cardToken":%q,"deliveryMethod":"takkyubin","order":{"lines":[{"name":"靴","quantity":1,"unitAmount":5080}],
		"shippingAddress":{"name":%q,"postalCode":"600-8001","prefecture":"京都府","city":"京都市下京区","line1":"四条通1-2-3","phone":"075-123-4567"}}}`, number, approved, name), "Idempotency-Key", "create-"+number)
	var p struct{ Name string }
	if err := json.Unmarshal([]byte(body), &p); err != nil || code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	return strings.TrimPrefix(p.Name, "payments/")
}

// withSlip is an exported file as B2 gives it back.
func withSlip(content []byte, id, slip string) []byte {
	return bytes.Replace(content, []byte(id+",0,,,"), []byte(id+",0,,"+slip+","), 1)
}

// issued is an exported file as B2 gives it back: with a slip in every row.
func issued(t testing.TB, content string) string {
	t.Helper()
	out := []byte(content)
	for r, n := b2.NewReader(strings.NewReader(content), b2.Limits{}, nil), 40000100000; ; n++ {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return string(out)
		}
		if err != nil {
			t.Fatal(err)
		}
		out = withSlip(out, row.Reference, fmt.Sprintf("%d%d", n, n%7))
	}
}

type importedFile struct {
	Rows []struct {
		Line                                                                int
		Verdict, Reference, Payment, SlipNumber, Message, MessageJa, Reason string
	}
	Counts []struct {
		Verdict string
		Count   int
	}
	Warnings []struct {
		Kind, Message, MessageJa string
		Places                   []int
	}
}

func (f importedFile) verdicts() string {
	words := make([]string, len(f.Rows))
	for i, r := range f.Rows {
		words[i] = r.Verdict
	}
	return strings.Join(words, " ")
}

func readImported(t testing.TB, code int, body string) importedFile {
	t.Helper()
	var f importedFile
	if err := json.Unmarshal([]byte(body), &f); err != nil || code != http.StatusOK {
		t.Fatalf("%d %s", code, body)
	}
	return f
}

// Over REST the file itself is the body, both ways, as curl and browsers send it.
// R29 R30 P65
func TestShipmentFiles(t *testing.T) {
	h := open(t)
	id := h.waiting(t, "1396", "受取 花子")
	h.waiting(t, "1397", "𪚥田 太郎")
	as := []string{"Authorization", "Bearer " + parcelKey}
	code, content, header := h.do(t, "GET", "/v1/shipments:export", "", as...)
	if code != http.StatusOK || header.Get("Content-Type") != "text/csv; charset=Shift_JIS" ||
		header.Get("Content-Disposition") != `attachment; filename="b2-20261123.csv"` || header.Get("B2-Rows") != "1" || header.Get("B2-Findings") != "1" {
		t.Fatalf("%d %v", code, header)
	}
	row, err := b2.NewReader(strings.NewReader(content), b2.Limits{}, nil).Next()
	if err != nil || row.Reference != id || row.Cell(16) != "受取 花子" {
		t.Fatalf("%v %+v", err, row)
	}
	code, body, _ := h.do(t, "GET", "/v1/shipments:export?shipDate=2026-11-24", "", append(as, "Accept", "application/json")...)
	var x struct {
		Content  []byte
		RowCount int
		Findings []struct {
			Payment, OrderNumber, Kind, Message, MessageJa string
			Column                                         int
			Refused                                        bool
		}
	}
	if err := json.Unmarshal([]byte(body), &x); err != nil || code != http.StatusOK || x.RowCount != 1 || len(x.Findings) != 1 {
		t.Fatalf("%d %s", code, body)
	}
	if f := x.Findings[0]; f.OrderNumber != "1397" || f.Kind != "lost" || f.Column != 16 || !f.Refused || f.MessageJa == "" || !bytes.Contains(x.Content, []byte("2026/11/24")) {
		t.Errorf("%+v", f)
	}

	file := string(withSlip([]byte(content), id, "123456789013"))
	for _, kind := range []string{"", "text/csv", "text/csv; charset=Shift_JIS", "application/octet-stream", "application/x-www-form-urlencoded", "application/vnd.ms-excel"} {
		code, body, _ := h.do(t, "POST", "/v1/shipments:import?dryRun=true", file, append(as, "Content-Type", kind)...)
		if f := readImported(t, code, body); f.verdicts() != "would_ship" || f.Rows[0].Payment != "payments/"+id || f.Rows[0].Line != 1 {
			t.Errorf("%q: %s", kind, body)
		}
	}
	code, body, _ = h.do(t, "POST", "/v1/shipments:import", file, append(as, "Content-Type", "application/x-www-form-urlencoded")...)
	if f := readImported(t, code, body); f.verdicts() != "shipped" || len(f.Counts) != 1 || f.Counts[0].Verdict != "shipped" || f.Counts[0].Count != 1 {
		t.Errorf("%s", body)
	}
	encoded := `{"content":"` + base64.StdEncoding.EncodeToString([]byte(file)) + `"}`
	for _, kind := range []string{"application/json", "application/x-www-form-urlencoded"} {
		code, body, _ = h.do(t, "POST", "/v1/shipments:import", encoded, append(as, "Content-Type", kind)...)
		if f := readImported(t, code, body); f.verdicts() != "unchanged" {
			t.Errorf("%s", body)
		}
	}
	if code, content, _ := h.do(t, "GET", `/v1/shipments:export?filter=order_number%3D"1396"`, "", as...); code != http.StatusOK || content != "" {
		t.Errorf("%d %q", code, content)
	}
}

// What cannot be taken is refused in every way that other calls are, and nothing
// is done.
// R19 R30 P68 P88 P91
func TestShipmentFilesRefused(t *testing.T) {
	h := open(t)
	as := "Bearer " + parcelKey
	large := strings.Repeat("x", 12<<20)
	for _, tc := range []struct {
		what, method, path, body string
		header                   []string
		code                     int
		texts                    []string
	}{
		{"no key", "GET", "/v1/shipments:export", "", []string{"Authorization", "Bearer x"}, 401, []string{"UNAUTHENTICATED"}},
		{"no key", "POST", "/v1/shipments:import?what=1", "x", []string{"Authorization", "Bearer x"}, 401, []string{"UNAUTHENTICATED"}},
		{"a shop's key", "POST", "/v1/shipments:import", "x", []string{"Authorization", "Bearer " + shopKey}, 403, []string{"SCOPE_MISSING"}},
		{"query", "GET", "/v1/shipments:export?day=1", "", []string{"Authorization", as}, 400, []string{"known are filter, shipDate"}},
		{"query", "POST", "/v1/shipments:import?dry_run=1", "", []string{"Authorization", as}, 400, []string{"dryRun has a value"}},
		{"twice", "POST", "/v1/shipments:import?dryRun=true", `{"dryRun":true}`, []string{"Authorization", as, "Content-Type", "application/json"}, 400, []string{"given twice"}},
		{"an unknown field", "POST", "/v1/shipments:import", `{"file":""}`, []string{"Authorization", as, "Content-Type", "application/json"}, 400, []string{"MALFORMED_REQUEST", "file"}},
		{"type", "POST", "/v1/shipments:import", "x", []string{"Authorization", as, "Content-Type", "image/png"}, 415, []string{"--data-binary"}},
		{"size", "POST", "/v1/shipments:import", large, []string{"Authorization", as}, 413, []string{"8388608 bytes", "8MB"}},
		{"size of the file", "POST", "/v1/shipments:import", large[:9<<20], []string{"Authorization", as}, 413, []string{"8388608 bytes", "8MB"}},
		{"not B2's", "POST", "/v1/shipments:import", "a,b\r\n", []string{"Authorization", as}, 400, []string{"foreign_columns", "no row was acted on", "基本レイアウト"}},
		{"a workbook", "POST", "/v1/shipments:import", "PK\x03\x04", []string{"Authorization", as}, 400, []string{"workbook", "ブック"}},
		{"no file", "POST", "/v1/shipments:import", "", []string{"Authorization", as}, 400, []string{"content: is needed"}},
		{"day", "GET", "/v1/shipments:export?shipDate=24.11.2026", "", []string{"Authorization", as}, 400, []string{"ship_date", "YYYY-MM-DD"}},
		{"a day gone by", "GET", "/v1/shipments:export?shipDate=2026-11-22", "", []string{"Authorization", as}, 400, []string{"ship_date", "today to 30 days"}},
		{"filter", "GET", "/v1/shipments:export?filter=x", "", []string{"Authorization", as}, 400, []string{"filter", "no such field"}},
		{"method", "PUT", "/v1/shipments:import", "", []string{"Authorization", as}, 405, nil},
	} {
		code, body, header := h.do(t, tc.method, tc.path, tc.body, tc.header...)
		if code != tc.code || header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %s", tc.what, code, body)
		}
		for _, text := range append(tc.texts, "requestId") {
			if tc.code != 404 && !strings.Contains(body, text) {
				t.Errorf("%s: %q is not in %s", tc.what, text, body)
			}
		}
	}
	for _, s := range h.directoryShops() {
		s.Settings.Sender.BillingCode = ""
	}
	code, body, _ := h.do(t, "GET", "/v1/shipments:export", "", "Authorization", as)
	for _, text := range []string{"settings.sender.billing_code", "ショップ設定", `"code":9`} {
		if code != http.StatusBadRequest || !strings.Contains(body, text) {
			t.Errorf("%d %q is not in %s", code, text, body)
		}
	}
}

func (h *house) directoryShops() map[shop.ID]*shop.Shop { return h.fake.directory.Shops }

// Every protocol gives the same file and the same verdicts, and takes 8 MB.
// R29 R30
func TestShipmentsEveryProtocol(t *testing.T) {
	h := open(t)
	id := h.waiting(t, "1396", "受取 花子")
	_, content, _ := h.do(t, "GET", "/v1/shipments:export", "", "Authorization", "Bearer "+parcelKey)
	file := withSlip([]byte(content), id, "123456789013")
	row := string(file[:bytes.IndexByte(file, '\n')+1])
	cells := strings.Split(strings.Replace(row, "123456789013", "", 1), ",")
	cells[84] = strings.Repeat("x", 40_000)
	blank := strings.Join(cells, ",")
	full := []byte(row + strings.Repeat(blank, (8<<20-len(row))/len(blank)))
	target := h.Target
	target.Key = demoKey
	for _, p := range apitest.Protocols(t, target) {
		if p.Name != "rest" { // there the body is the file
			a, err := p.Call(t.Context(), "ExportShipments", &paymentv1.ExportShipmentsRequest{}, nil)
			if x, ok := a.Message.(*paymentv1.ExportShipmentsResponse); err != nil || !ok || string(x.GetContent()) != content || x.GetRowCount() != 1 {
				t.Errorf("%s: %v %+v", p.Name, err, a)
			}
		}
		if !p.Serves("ImportShipments") {
			continue
		}
		a, err := p.Call(t.Context(), "ImportShipments", &paymentv1.ImportShipmentsRequest{Content: full, DryRun: true}, nil)
		x, ok := a.Message.(*paymentv1.ImportShipmentsResponse)
		if err != nil || !ok || len(x.GetRows()) < 2 || x.GetRows()[0].GetVerdict() != "would_ship" || x.GetRows()[1].GetVerdict() != "skipped" {
			t.Errorf("%s: %v %s %s", p.Name, err, a.Code, a.Text)
		}
		a, err = p.Call(t.Context(), "ImportShipments", &paymentv1.ImportShipmentsRequest{Content: append(full, blank...)}, nil)
		if err != nil || a.Reason != "REQUEST_TOO_LARGE" && a.Reason != "INVALID_REQUEST" {
			t.Errorf("%s: %v %s %s", p.Name, err, a.Reason, a.Text)
		}
		if a, err = p.Call(t.Context(), "CreatePayment", &paymentv1.CreatePaymentRequest{OrderNumber: strings.Repeat("x", 2<<20), RequestId: "k"}, nil); err != nil || a.Reason != "REQUEST_TOO_LARGE" {
			t.Errorf("%s: another call takes more than a mebibyte: %v %s %s", p.Name, err, a.Reason, a.Text)
		}
	}
}
