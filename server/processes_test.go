package main

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// processWorld is a database, a provider that all ask, and the arguments of any kessai there.
func processWorld(t *testing.T) (args []string, pg *pgtest.Server) {
	t.Helper()
	provider, pg := startServer(t), pgtest.Start(t, pgtest.NoSync)
	return []string{
		"--ledger", pg.Database(t), "--key-dir", filepath.Join(t.TempDir(), "keys"), "--config", databaseConfig(t, "ZQXJKVW"),
		"--provider", "http://" + provider.simulatorAddr.String() + "/test_gateway",
	}, pg
}

// processes are several kessai on one database, as behind a proxy.
func processes(t *testing.T, n int) ([]*process, *pgtest.Server) {
	t.Helper()
	args, pg := processWorld(t)
	all := make([]*process, n)
	for i := range all {
		all[i] = spawn(t, t.TempDir(), args...)
	}
	return all, pg
}

// P05, P07, P17, P18: it does not matter which of several processes is asked: keys hold across them, a
// payment is where its last call left it, who watches it at one hears of the others, and
// what a process that died left open another one settles.
func TestProcessesShareBooks(t *testing.T) {
	all, pg := processes(t, 3)
	a, b, c := all[0], all[1], all[2]

	const body = `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000"}`
	var calls sync.WaitGroup
	for i := range 24 { // one key, at all of them at once
		calls.Go(func() {
			if status, answer, err := all[i%3].call("POST", "/v1/payments", "k1", body); err != nil || status != 200 && status != 409 {
				t.Errorf("%d %v %v", status, answer, err)
			}
		})
	}
	calls.Wait()
	held := b.must("POST", "/v1/payments", "k1", body)
	if got := list(c.must("GET", "/v1/payments", "", "")["payments"]); len(got) != 1 || held["state"] != "STATE_AUTHORIZED" {
		t.Fatalf("%v, %v", held, got)
	}
	name := held["name"].(string)

	captured := make(chan map[string]any)
	go func() {
		captured <- c.await(name, func(pay map[string]any) bool { return pay["state"] == "STATE_CAPTURED" })
	}()
	a.must("POST", "/v1/"+name+":adjust", "d1", `{"amount":4080}`)
	b.must("POST", "/v1/"+name+":capture", "c1", `{}`)
	if got := <-captured; got["capturedAmount"] != 4080.0 {
		t.Errorf("watched elsewhere: %v", got)
	}
	again := c.must("POST", "/v1/"+name+":capture", "c1", `{}`)
	if again["etag"] != a.must("GET", "/v1/"+name, "", "")["etag"] {
		t.Errorf("the retry elsewhere: %v", again)
	}

	lost := make(chan struct{})
	go func() {
		_, _, _ = a.call("POST", "/v1/payments", "k2", `{"amount":5080,"orderNumber":"2","cardToken":"SIMSTALL31S00000"}`)
		close(lost)
	}()
	open := ""
	for open == "" { // until the wish is in the books
		if got := list(b.must("GET", "/v1/payments?filter="+`order_number%3D%222%22`, "", "")["payments"]); len(got) == 1 {
			open = fmt.Sprint(got[0].(map[string]any)["name"])
		}
	}
	a.kill()
	<-lost
	pg.Exec("test1", "UPDATE leases SET until = now()") // the ten seconds after which another one leads
	settled := b.await(open, func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
	if settled["state"] != "STATE_AUTHORIZED" {
		t.Errorf("%v", settled)
	}
}
