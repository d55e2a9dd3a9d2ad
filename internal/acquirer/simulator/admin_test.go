package simulator

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// post sends JSON to an operator's endpoint and decodes the answer.
func (w *world) post(path, body string, out any) int {
	w.t.Helper()
	resp, err := http.Post(w.server.URL+path, "application/json", strings.NewReader(body))
	if err != nil {
		w.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || out != nil && json.Unmarshal(text, out) != nil {
		w.t.Fatalf("%s: %s %v", path, text, err)
	}
	return resp.StatusCode
}

func (w *world) admin(path, body string, out any) {
	w.t.Helper()
	if status := w.post(path, body, out); status != http.StatusOK {
		w.t.Fatalf("%s %s: HTTP %d", path, body, status)
	}
}

func TestAdmin(t *testing.T) {
	w := newWorld(t)
	var clock struct {
		Now    time.Time
		Offset string
	}
	w.admin("/admin/clock", `{}`, &clock)
	if !clock.Now.Equal(noon) || clock.Offset != "0s" {
		t.Error(clock)
	}
	w.admin("/admin/clock", `{"advance":"61s"}`, &clock)
	w.admin("/admin/clock", `{"advance":"-1s"}`, &clock)
	if !clock.Now.Equal(noon.Add(time.Minute)) || clock.Offset != "1m0s" {
		t.Error(clock)
	}
	w.admin("/admin/clock", `{"offset":"24h"}`, &clock)
	if !clock.Now.Equal(noon.Add(day)) {
		t.Error(clock)
	}
	w.admin("/admin/clock", `{"now":"2026-04-01T23:10:00+09:00"}`, &clock)
	w.ok("A08")
	w.refused("A070000000", "A07")
	w.admin("/admin/clock", `{"now":"2026-04-02T01:00:00+09:00"}`, &clock)
	w.ok("A07")

	w.ok("E01")
	w.admin("/admin/settle", `{"orderNo":"K1"}`, nil)
	w.wantStatus("K1", "31")
	if status := w.post("/admin/settle", `{"orderNo":"K1"}`, nil); status != http.StatusBadRequest {
		t.Error(status)
	}
	if status := w.post("/admin/settle", `{"orderNo":"K9"}`, nil); status != http.StatusNotFound {
		t.Error(status)
	}
	w.admin("/admin/status", `{"orderNo":"K1","status":40}`, nil) // done in the provider's own console
	w.wantStatus("K1", "40")

	for _, bad := range []string{`{"orderNo":"K1"}`, `{"orderNo":"K1","status":77}`, `{"orderNo":"K1","status":4,"traderCode":"x"}`} {
		if status := w.post("/admin/status", bad, nil); status != http.StatusBadRequest {
			t.Errorf("%s: HTTP %d", bad, status)
		}
	}

	var token struct {
		Token   string
		Expires time.Time
	}
	w.admin("/admin/token", `{"cardNo":"0000000000130001","cardExp":"1230"}`, &token)
	if !token.Expires.Equal(w.Now().Add(30 * time.Minute)) {
		t.Error(token)
	}
	if r := w.refused("A082000010", "A08", "order_no", "K2", "token", token.Token); r.CreditErrorCode != "G55" {
		t.Error(r.raw)
	}
	for _, bad := range []string{
		`{"cardNo":"4999999999999999","cardExp":"1230"}`, `{"cardNo":"0000000000000001","cardExp":"1330"}`,
		`{"cardNo":"0000000000000001","cardExp":"1230","authDiv":"9"}`, `{"traderCode":"000000000","cardNo":"0000000000000001","cardExp":"1230"}`,
		`{"cardNo":"0000000000000001","cardExp":"1230","optServDiv":"01"}`, `{"cardKey":"1","optServDiv":"01","memberId":"1","authKey":"1"}`,
		`{"card":"0000000000000001"}`, `[]`, ``,
	} {
		if status := w.post("/admin/token", bad, nil); status != http.StatusBadRequest {
			t.Errorf("%s: HTTP %d", bad, status)
		}
	}

	w.admin("/admin/merchant", `{"traderCode":"888880007","accessKey":"1111111","vault":false}`, nil)
	w.refused("A032000001", "A03", "trader_code", "888880007")
	w.ok("A08", "trader_code", "888880007")
	for _, bad := range []string{`{"traderCode":"8","accessKey":"7"}`, `{"traderCode":"888880008"}`, `{"traderCode":"888880008","accessKey":"7","gold":true}`} {
		if status := w.post("/admin/merchant", bad, nil); status != http.StatusBadRequest {
			t.Errorf("%s: HTTP %d", bad, status)
		}
	}

	var faults Faults
	w.admin("/admin/faults", `{"seed":5,"rates":{"lostAnswer":1}}`, &faults)
	w.unanswered("E04")
	w.admin("/admin/faults", `{}`, &faults)
	w.ok("E04")
	w.admin("/admin/rude", `{"seed":9}`, &faults)
	if faults.Seed != 9 || len(faults.Rates) == 0 {
		t.Error(faults)
	}
	if status := w.post("/admin/faults", `{"rates":{"x":1}}`, nil); status != http.StatusBadRequest {
		t.Error(status)
	}
	var stories struct{ Scenarios []Scenario }
	w.admin("/admin/scenarios", `{}`, &stories)
	if len(stories.Scenarios) != len(scenarioList) || stories.Scenarios[0].Token != "SIMAPPROVED00000" {
		t.Error(stories)
	}
	var list struct{ Transactions []Transaction }
	w.admin("/admin/transactions", `{"search":"K1"}`, &list)
	if len(list.Transactions) != 2 || list.Transactions[0].TraderCode != "888880007" || list.Transactions[1].Status != 40 {
		t.Error(list)
	}
	w.admin("/admin/reset", `{}`, nil)
	w.admin("/admin/transactions", `{}`, &list)
	if len(list.Transactions) != 0 {
		t.Error(list)
	}
}

// The log counts what reached the provider, for each acceptance number, also
// what it did not answer.
func TestCallLog(t *testing.T) {
	w := newWorld(t)
	w.unanswered("A08", "token", "SIMLOSTANSWER000")
	w.ok("E04")
	w.refused("A082000003", "A08")
	w.ok("E01")
	w.refused("A081010404", "A08", "order_no", "k1")
	var log struct {
		Calls []Call
		Count int
	}
	w.admin("/admin/calls", `{"orderNo":"K1"}`, &log)
	if log.Count != 4 {
		t.Fatalf("%+v", log)
	}
	first, last := log.Calls[0], log.Calls[3]
	if first.Function != "A08" || first.Answer != "lost" || first.Status != 4 || first.Amount != 3000 || !first.Changed || !first.Time.Equal(noon) {
		t.Errorf("%+v", first)
	}
	if log.Calls[2].ErrorCode != "A082000003" || log.Calls[2].Changed || last.Status != 30 || last.SlipNo != "123456789013" {
		t.Errorf("%+v", log.Calls)
	}
	w.admin("/admin/calls", `{"orderNo":"K1","function":"A08"}`, &log)
	if log.Count != 2 {
		t.Errorf("%+v", log)
	}
	log.Calls = nil
	w.admin("/admin/calls", `{"limit":1}`, &log)
	if log.Count != 1 || log.Calls[0].ErrorCode != "A081010404" || log.Calls[0].OrderNo != "" {
		t.Errorf("%+v", log)
	}
}

// A page of another origin can make a browser send a form or text, not JSON.
func TestAdminTakesOnlyJSON(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []string{"text/plain", urlencoded, ""} {
		resp, err := http.Post(w.server.URL+"/admin/reset", kind, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusUnsupportedMediaType {
			t.Errorf("%q: HTTP %d", kind, resp.StatusCode)
		}
	}
	for path, want := range map[string]int{"/admin/reset": 415, "/admin/nothing": 404, "/nothing": 404, "/favicon.ico": 404} {
		resp, err := http.Get(w.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: HTTP %d", path, resp.StatusCode)
		}
	}
}

// The merchant page shows orders, newest first, in both languages, with the
// buyer's name masked and nothing else of the buyer; all text is escaped.
func TestPage(t *testing.T) {
	w := newWorld(t)
	get := func(query string) string {
		resp, err := http.Get(w.server.URL + "/" + query)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.Header.Get("Content-Security-Policy") == "" || resp.Header.Get("Cache-Control") != "no-store" { // R10
			t.Error(resp.Header)
		}
		body, _ := io.ReadAll(resp.Body)
		return string(body)
	}
	if !strings.Contains(get(""), "no transactions") {
		t.Error("nothing is shown for nothing")
	}
	w.ok("A08", "order_no", "P-<1>")
	w.ok("A08", "order_no", "P-2", "settle_price", "1234567", "buyer_name_kanji", "<b>")
	w.ok("E01", "order_no", "P-2")
	all := get("")
	if strings.Index(all, "P-2<") > strings.Index(all, "P-&lt;1&gt;") || !strings.Contains(all, "P-&lt;1&gt;") {
		t.Error("not newest first, or not escaped")
	}
	for _, want := range []string{"1,234,567", "精算確定待ち", "awaiting settlement", "123456789013", "山＊＊", "2026-04-01 12:00:00", "SIMLOSTANSWER000", "000000000010xxxx"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s on the page", want)
		}
	}
	for _, secret := range []string{"山田", "花子", "1234-5678", "hanako", "みかん", "<b>"} {
		if strings.Contains(all, secret) {
			t.Errorf("%s on the page", secret)
		}
	}
	if one := get("?order_no=P-2"); strings.Contains(one, "P-&lt;1") || !strings.Contains(one, "P-2<") {
		t.Error("the search finds too much or too little")
	}
	if one := get("?slip_no=123456789013"); !strings.Contains(one, "P-2<") {
		t.Error("no parcel behind the tracking page")
	}
	if err := w.SetFaults(RudeFaults(4711)); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(get(""), "seed 4711") {
		t.Error("the seed is not shown")
	}
}
