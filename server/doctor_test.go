package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// examined runs kessai doctor beside a server and gives its lines by name.
func examined(t *testing.T, args ...string) (status int, lines map[string]stepJSON, raw string) {
	t.Helper()
	var out, log bytes.Buffer
	status = run(t.Context(), append([]string{"doctor", "--json"}, args...), &out, &log)
	var answer struct {
		Passed bool
		Steps  []stepJSON
	}
	if err := json.Unmarshal(out.Bytes(), &answer); err != nil {
		t.Fatalf("%v: %s%s", err, out.String(), log.String())
	}
	if answer.Passed != (status == 0) {
		t.Errorf("status %d, passed %v", status, answer.Passed)
	}
	lines = map[string]stepJSON{}
	for _, l := range answer.Steps {
		lines[l.Name] = l
	}
	return status, lines, out.String()
}

// R25 P92: beside a running server the doctor asks its provider, which tells the
// caller's address, and leaves the books to the server.
func TestDoctorBesideServer(t *testing.T) {
	s := startServer(t)
	_, lines, raw := examined(t, "--data", s.flags.Data, "--simulator-listen", s.simulatorAddr.String(), "--public-url", "http://"+s.addr.String())
	for name, want := range map[string]string{
		"config": "passed", "settings": "skipped", "gateway_test": "passed", "provider": "passed", "access_key": "passed",
		"caller_address": "passed", "public_url": "passed", "books": "skipped", "backup": "skipped",
	} {
		if got := lines[name]; string(got.Result) != want {
			t.Errorf("%s: %+v, want %s", name, got, want)
		}
	}
	if !strings.Contains(lines["caller_address"].Title.English, "127.0.0.1") || !strings.Contains(lines["books"].Message.English, "running server") {
		t.Errorf("%+v", lines)
	}
	if strings.Contains(raw, demoAccessKey) { // P98
		t.Error("the access key shows")
	}
}

// R25: a trader code that the provider does not know fails the doctor, too.
func TestDoctorWrongContract(t *testing.T) {
	s := startServer(t)
	config, _ := configured(t, "888880000", "7654321", "")
	status, lines, _ := examined(t, "--config", config, "--data", t.TempDir(), "--provider", "http://"+s.simulatorAddr.String()+"/test_gateway")
	if p := lines["provider"]; status != 1 || p.Result != "failed" || p.Code != "Z012000007" {
		t.Errorf("%d %+v", status, lines)
	}
}

// The end of books with payments in them is read, and the last one told.
func TestDoctorReadsTheEnd(t *testing.T) {
	data := t.TempDir()
	p := spawn(t, data)
	p.must("POST", "/v1/payments", "a1", `{"amount":5080,"orderNumber":"1396","cardToken":"SIMAPPROVED00000"}`)
	p.kill()
	_, lines, _ := examined(t, "--data", data, "--simulator-listen", "127.0.0.1:1")
	if b := lines["books"]; b.Result != "passed" || !strings.Contains(b.Title.English, " records") {
		t.Fatalf("%+v", b)
	}
	journal := filepath.Join(data, "ledger", "journal.db")
	raw, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.LastIndex(raw, []byte(`"k":"authorized"`))
	if at < 0 {
		t.Fatal("no record of the authorization in the file")
	}
	for _, i := range slices.Backward([]int{at, bytes.Index(raw, []byte(`"k":"authorized"`))}) {
		raw[i+5] = 'b' // "buthorized"
	}
	if err := os.WriteFile(journal, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	status, lines, _ := examined(t, "--data", data, "--simulator-listen", "127.0.0.1:1")
	if b := lines["books"]; status != 1 || b.Result != "failed" {
		t.Errorf("%d %+v", status, b)
	}
}

// R20 R25: what was changed over the API lies in the books, and the doctor reads
// it there once the server has stopped.
func TestDoctorReadsShops(t *testing.T) {
	data := t.TempDir()
	p := spawn(t, data)
	list, _ := p.must("GET", "/v1/paymentMethods", "", "")["paymentMethods"].([]any)
	if len(list) != 1 {
		t.Fatalf("%v", list)
	}
	p.must("PATCH", "/v1/"+list[0].(map[string]any)["name"].(string), "", `{"stopped":true}`)
	p.kill()
	status, _, raw := examined(t, "--data", data, "--simulator-listen", "127.0.0.1:1")
	if status != 1 || !strings.Contains(raw, "so the checkout offers none") {
		t.Errorf("%d %s", status, raw)
	}
	if err := os.Remove(filepath.Join(data, shopKeysFile)); err != nil {
		t.Fatal(err)
	}
	if status, _, raw = examined(t, "--data", data, "--simulator-listen", "127.0.0.1:1"); status != 1 || !strings.Contains(raw, "The server will not start with them") {
		t.Errorf("%d %s", status, raw)
	}
	if _, err := os.Stat(filepath.Join(data, shopKeysFile)); err == nil {
		t.Error("the doctor made a key file")
	}
}
