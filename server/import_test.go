package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/text/encoding/japanese"

	"kessai.dev/kessai/internal/acquirer/simulator"
	"kessai.dev/kessai/internal/b2"
)

// The file of the acceptance: 1,000 rows, every twentieth damaged.
const (
	fileRows    = 1000
	damageEvery = 20
	killAt      = 500
)

// damage is what a spreadsheet makes of a cell, and how it must be named.
type damage struct {
	column int
	cell   string
	kind   b2.Kind
}

// damages are all that b2's own table knows to refuse.
var damages = []damage{
	{4, "12345678903", b2.SlipZeroLost},
	{4, "1.23457E+11", b2.SlipNumber},
	{4, "4.71E+11", b2.SlipNumber},
	{4, "1.23456789013E+11", b2.SlipNumber},
	{4, "1E+11", b2.SlipNumber},
	{4, "１.２３E+11", b2.SlipNumber},
	{4, "123456789013.0", b2.SlipNumber},
	{4, "123,456,789,013", b2.SlipNumber},
	{4, "123456789012", b2.SlipWrong},
	{4, "1234567890130", b2.SlipWrong},
	{4, "'123456789013", b2.SlipWrong},
	{4, `="123456789013"`, b2.SlipWrong},
	{4, "なし", b2.SlipWrong},
	{4, "#########", b2.Hashes},
	{4, "2024/1/5", b2.SlipDate},
	{4, "1月5日", b2.SlipDate},
	{4, "5-Jan", b2.SlipDate},
	{4, "45000", b2.SlipDate},
	{1, "", b2.NoReference},
	{1, "1.23457E+14", b2.ReferenceNumber},
	{1, "1E+15", b2.ReferenceNumber},
	{1, "1396.0", b2.ReferenceNumber},
	{1, "2024/1/5", b2.ReferenceDate},
	{1, "1月5日", b2.ReferenceDate},
	{1, "####", b2.Hashes},
	{5, "45000", b2.DateSerial},
	{5, "45000.5", b2.DateSerial},
	{5, "1/5/2024", b2.DateWrong},
	{5, "5-Jan-24", b2.DateWrong},
	{5, "2026/02/30", b2.DateWrong},
	{5, "########", b2.Hashes},
}

// besideSimulator runs the simulator in this process, so that it outlives the
// server that is killed, and calls on with the number of each E01 that came.
func besideSimulator(t *testing.T, on func(n int64)) (*simulator.Simulator, string) {
	t.Helper()
	sim, err := simulator.Open(simulator.Options{Path: filepath.Join(t.TempDir(), "simulator.db")})
	if err != nil {
		t.Fatal(err)
	}
	var entered atomic.Int64
	inner := sim.Handler()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		inner.ServeHTTP(w, r)
		if strings.HasSuffix(r.URL.Path, "/shipmentEntry.api") {
			on(entered.Add(1))
		}
	}))
	t.Cleanup(func() {
		srv.Close()
		if err := sim.Close(); err != nil {
			t.Error(err)
		}
	})
	return sim, srv.URL + "/test_gateway"
}

// orders makes orders that wait for their slip, many at once.
func (p *process) orders(n int) {
	p.t.Helper()
	var hands sync.WaitGroup
	next := make(chan int)
	for range 32 {
		hands.Go(func() {
			for i := range next {
				body := fmt.Sprintf(`{"amount":%d,"orderNumber":"%d","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin","order":{"lines":[{"name":"靴","quantity":1,"unitAmount":%[1]d}],
					"buyer":{"name":"受取 花子","phone":"090-1234-5678","email":"hanako@example.com"},
					"shippingAddress":{"name":"受取 花子%[2]d","postalCode":"600-8001","prefecture":"京都府","city":"京都市下京区","line1":"四条通1-2-3","phone":"075-123-4567"}}}`, 1000+i, i)
				if status, answer, err := p.call("POST", "/v1/payments", fmt.Sprint("order", i), body); err != nil || status != 200 || answer["state"] != "STATE_AUTHORIZED" {
					p.t.Errorf("order %d: %d %v %v", i, status, answer, err)
				}
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	hands.Wait()
}

// raw is one REST call whose body, or answer, is a file.
func (p *process) raw(method, path string, body []byte) (int, []byte, error) {
	req, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// slipped is an export as B2 gives it back, with slips, and damaged as by a
// spreadsheet. It gives the slip that belongs to each order's acceptance number.
func slipped(t *testing.T, content []byte) (file []byte, want map[string]string, bad map[int]damage) {
	t.Helper()
	want, bad = map[string]string{}, map[int]damage{}
	var text strings.Builder
	reader := b2.NewReader(bytes.NewReader(content), b2.Limits{}, nil)
	for n := 0; ; n++ {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		cells := slices.Clone(row.Cells)
		cells[3] = slipNumber(n)
		if n%damageEvery == damageEvery-1 {
			d := damages[n/damageEvery%len(damages)]
			bad[n+1] = d
			cells[d.column-1] = d.cell
		} else {
			want[strings.ToUpper(row.Reference)] = cells[3]
		}
		for i, cell := range cells {
			cells[i] = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		text.WriteString(strings.Join(cells, ",") + "\r\n")
	}
	file, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	return file, want, bad
}

func slipNumber(n int) string {
	serial := 30000000000 + n
	return fmt.Sprintf("%011d%d", serial, serial%7)
}

type importedRow struct {
	Line                                                     int
	Verdict, Payment, SlipNumber, Reason, Message, MessageJa string
}

// imports sends the file, and gives its rows with the counts of their verdicts.
func (p *process) imports(file []byte, dryRun bool) ([]importedRow, map[string]int) {
	p.t.Helper()
	status, body, err := p.raw("POST", "/v1/shipments:import?dryRun="+fmt.Sprint(dryRun), file)
	var answer struct{ Rows []importedRow }
	if err == nil {
		err = json.Unmarshal(body, &answer)
	}
	if err != nil || status != 200 {
		p.t.Fatalf("%d %v %.500s\n%s", status, err, body, p.log)
	}
	counts := map[string]int{}
	for _, r := range answer.Rows {
		counts[r.Verdict]++
	}
	return answer.Rows, counts
}

// A file of 1,000 rows, a twentieth of them damaged in every way, is imported; the
// server is killed in the middle, started again, and gets the same file again:
// each slip is at the provider exactly once, each damaged row is named, and a third
// time changes nothing.
// R29 R30 P06 P60 P64 P65 P67 P73
func TestImportKilled(t *testing.T) {
	var dying atomic.Pointer[process]
	sim, provider := besideSimulator(t, func(n int64) {
		if p := dying.Load(); p != nil && n == killAt {
			_ = p.cmd.Process.Kill() // SIGKILL, in the middle of eight rows
		}
	})
	data := t.TempDir()
	p := spawn(t, data, "--provider", provider)
	p.orders(fileRows)
	status, content, err := p.raw("GET", "/v1/shipments:export", nil)
	if err != nil || status != 200 {
		t.Fatalf("%d %v %s", status, err, content)
	}
	file, want, bad := slipped(t, content)
	if len(want)+len(bad) != fileRows || len(bad) != fileRows/damageEvery {
		t.Fatalf("%d rows, %d damaged", len(want)+len(bad), len(bad))
	}
	began := time.Now()
	_, counts := p.imports(file, true)
	t.Logf("a dry run of %d rows took %v", fileRows, time.Since(began))
	if counts["would_ship"] != len(want) || counts["refused"] != len(bad) {
		t.Fatalf("dry run: %v", counts)
	}

	dying.Store(p)
	if status, body, err := p.raw("POST", "/v1/shipments:import", file); err == nil {
		t.Fatalf("the import outlived its server: %d %.300s", status, body)
	}
	_ = p.cmd.Wait()
	dying.Store(nil)
	p = spawn(t, data, "--provider", provider)
	rows, counts := p.imports(file, false)
	for _, r := range rows {
		if r.Verdict == "pending" { // its wish was written, and never sent: that takes its time to be sure of
			p.await(r.Payment, func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
		}
	}
	if done := counts["unchanged"] + counts["pending"]; done < killAt-20 || counts["shipped"] == 0 || counts["failed"] > 0 {
		t.Errorf("the second import: %v", counts)
	}
	p.imports(file, false)

	versions := p.etags()
	rows, counts = p.imports(file, false)
	if counts["unchanged"] != len(want) || counts["refused"] != len(bad) {
		t.Errorf("the last import: %v", counts)
	}
	if p.etags() != versions {
		t.Error("the last import changed something")
	}
	for _, r := range rows {
		d, damaged := bad[r.Line]
		if damaged && (r.Verdict != "refused" || r.Reason != string(d.kind) || r.Message == "" || r.MessageJa == "") {
			t.Errorf("line %d, %q: %+v", r.Line, d.cell, r)
		}
	}
	registeredOnce(t, sim, want)
	p.kill()
	verified(t, data)
}

// etags says how far every payment is.
func (p *process) etags() string {
	p.t.Helper()
	var out strings.Builder
	for token := ""; ; {
		page := p.must("GET", "/v1/payments?pageSize=1000&pageToken="+token, "", "")
		for _, x := range list(page["payments"]) {
			pay := x.(map[string]any)
			fmt.Fprintln(&out, pay["name"], pay["etag"])
		}
		if token, _ = page["nextPageToken"].(string); token == "" {
			return out.String()
		}
	}
}

// registeredOnce reads the provider's log: every slip was taken once, for its own
// order, and no other.
func registeredOnce(t *testing.T, sim *simulator.Simulator, want map[string]string) {
	t.Helper()
	calls, err := sim.Calls(simulator.CallFilter{Function: "E01", Limit: 10 * fileRows})
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]int{}
	for _, c := range calls {
		if c.ErrorCode == "" {
			taken[c.OrderNo+" "+c.SlipNo]++
		}
	}
	for order, slip := range want {
		if n := taken[order+" "+slip]; n != 1 {
			t.Errorf("%s was registered for %s %d times", slip, order, n)
		}
	}
	if len(taken) != len(want) {
		t.Errorf("%d slips are at the provider, want %d", len(taken), len(want))
	}
}
