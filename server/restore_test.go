package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// copyData copies a data folder of a stopped process, for its owner only.
func copyData(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(from, errandsFile)); err != nil && !errors.Is(err, fs.ErrNotExist) { // a socket is no file to copy
		t.Fatal(err)
	}
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// stall begins a payment whose answer is on the way for half a minute, and gives
// its name once the wish is in the books.
func (p *process) stall(order string) string {
	p.t.Helper()
	go func() {
		_, _, _ = p.call("POST", "/v1/payments", order, `{"amount":5080,"orderNumber":"`+order+`","cardToken":"SIMSTALL31S00000","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`)
	}()
	for {
		for _, pay := range list(p.must("GET", "/v1/payments?filter=pending_operation:*", "", "")["payments"]) {
			if m := pay.(map[string]any); m["orderNumber"] == order {
				return m["name"].(string)
			}
		}
	}
}

// pay takes a payment, which must be authorized, and gives it.
func (p *process) pay(order string) map[string]any {
	p.t.Helper()
	got := p.must("POST", "/v1/payments", "k"+order, `{"amount":5080,"orderNumber":"`+order+`","cardToken":"SIMAPPROVED00000"}`)
	if got["state"] != "STATE_AUTHORIZED" {
		p.t.Fatalf("order %s: %v\n%s", order, got, p.log)
	}
	return got
}

// P95 P18: the restore drill. A backup is an image of the data folder with a
// question open. After it payments are made, charged and given back; then the
// folder is lost and the backup put in its place, as docs/operations.md says. No
// acceptance number comes again, although order numbers and keys do; what was open
// is settled by the provider at the first start; and what happened after the
// backup is a difference, and not overwritten.
func TestRestoreDrill(t *testing.T) {
	provider := startServer(t) // whose simulator knows what the backup does not
	data, backup, url := t.TempDir(), filepath.Join(t.TempDir(), "backup"), "http://"+provider.simulatorAddr.String()+"/test_gateway"
	p := spawn(t, data, "--provider", url)
	kept, open := p.pay("1"), p.stall("2")
	p.kill()
	copyData(t, data, backup)

	p = spawn(t, data, "--provider", url)
	used := map[string]bool{}
	number := func(pay map[string]any) string { return pay["acceptanceNumber"].(string) }
	for _, order := range []string{"3", "4", "5", "6", "7"} {
		used[number(p.pay(order))] = true
	}
	p.must("POST", "/v1/"+kept["name"].(string)+":capture", "c", `{}`)
	p.kill()

	copyData(t, backup, data)
	for _, file := range []string{"ledger/index.db", "session.db"} {
		if err := os.Remove(filepath.Join(data, file)); err != nil {
			t.Fatal(err)
		}
	}
	verified(t, data)
	p = spawn(t, data, "--provider", url)
	settled := p.await(open, func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
	if settled["state"] != "STATE_AUTHORIZED" && settled["state"] != "STATE_DECLINED" {
		t.Errorf("what was open: %v", settled)
	}
	for _, order := range []string{"3", "4", "5", "8", "9"} { // of which the books know nothing
		if n := number(p.pay(order)); used[n] || n == number(kept) {
			t.Errorf("%s was used before", n)
		}
	}
	differs := p.must("POST", "/v1/"+kept["name"].(string)+":refresh", "r", `{}`)
	if differs["state"] != "STATE_AUTHORIZED" || differs["attention"] != "PROVIDER_DIFFERS" {
		t.Errorf("what was charged after the backup: %v", differs)
	}
	recovered := p.must("GET", "/v1/recoveries", "", "")
	if all := list(recovered["recoveries"]); len(all) != 1 || all[0].(map[string]any)["payment"] != open || all[0].(map[string]any)["outcome"] == "OPEN" {
		t.Errorf("%v", recovered)
	}
	p.kill()
	verified(t, data)
}

// P18 P19: after a kill -9 the crash notebook lists what was under way, and what
// became of it; after a stop in order there is nothing new in it; and it names no
// person.
func TestRecoveriesAfterKill(t *testing.T) {
	provider := startServer(t)
	data, url := t.TempDir(), "http://"+provider.simulatorAddr.String()+"/test_gateway"
	p := spawn(t, data, "--provider", url)
	if first := p.must("GET", "/v1/recoveries", "", ""); len(first) != 0 {
		t.Fatalf("at the first start: %v", first)
	}
	p.pay("1")
	open := p.stall("2")
	p.kill()

	p = spawn(t, data, "--provider", url)
	p.await(open, func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
	told := p.must("GET", "/v1/recoveries", "", "")
	all := list(told["recoveries"])
	if len(all) != 1 {
		t.Fatalf("%v", told)
	}
	r := all[0].(map[string]any)
	if r["payment"] != open || r["orderNumber"] != "2" || r["operation"] != "OPERATION_AUTHORIZE" || r["startTime"] != told["startTime"] || r["outcome"] != "DONE" && r["outcome"] != "NOT_DONE" || r["japanese"] == "" || r["english"] == "" {
		t.Errorf("%v", told)
	}
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, p.log)
	}
	if !strings.Contains(p.log.String(), "did not stop in order") {
		t.Errorf("the log says nothing: %s", p.log)
	}
	p = spawn(t, data, "--provider", url)
	if again := p.must("GET", "/v1/recoveries", "", ""); again["startTime"] != told["startTime"] || len(list(again["recoveries"])) != 1 {
		t.Errorf("after a stop in order: %v", again)
	}
	text, err := os.ReadFile(filepath.Join(data, "desk.json"))
	if err != nil || strings.Contains(string(text), "example.com") || strings.Contains(string(text), "黒猫") || !strings.Contains(string(text), `"order":"2"`) {
		t.Errorf("%s %v", text, err)
	}
}
