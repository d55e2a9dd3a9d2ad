package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/standby"
	"kessai.dev/kessai/internal/payment"
)

// shippedAll waits until everything that was acknowledged is in the folder.
func (p *process) shippedAll() {
	p.t.Helper()
	for !strings.Contains(p.metrics(), "kessai_ship_behind_records 0\n") {
		if p.t.Context().Err() != nil {
			p.t.Fatalf("it is not shipped\n%s", p.log)
		}
	}
}

// killUnderLoad kills a process while payments come in, and gives what it acknowledged: orders
// and their numbers. Many of them are shipped.
func (p *process) killUnderLoad(ship string, key []byte) map[string]string {
	p.t.Helper()
	var mu sync.Mutex
	var load sync.WaitGroup
	paid, many := map[string]string{}, make(chan struct{})
	for worker := range 4 {
		load.Go(func() {
			for i := 0; ; i++ {
				order := fmt.Sprint("L", worker, "-", i)
				status, pay, err := p.call("POST", "/v1/payments", "k"+order, `{"amount":5080,"orderNumber":"`+order+`","cardToken":"SIMAPPROVED00000"}`)
				if err != nil {
					return // it was killed
				}
				mu.Lock()
				if status == 200 && pay["state"] == "STATE_AUTHORIZED" {
					if paid[order] = pay["acceptanceNumber"].(string); len(paid) == 100 {
						close(many)
					}
				}
				mu.Unlock()
			}
		})
	}
	<-many
	for at, turns := uint64(0), 0; turns < 3; { // what is shipped in the last of these began when many were acknowledged
		told, err := standby.ReadPrimary(ship, key)
		if err != nil {
			p.t.Fatal(err)
		}
		if told.Beat != at {
			at, turns = told.Beat, turns+1
		}
	}
	p.kill()
	load.Wait()
	return paid
}

func idOf(pay map[string]any) payment.ID {
	return payment.ID(strings.TrimPrefix(pay["name"].(string), "payments/"))
}

const personal = `{"amount":5080,"orderNumber":"p1","cardToken":"SIMAPPROVED00000","order":{"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`

// P95 P96 P97 P99 P103: the primary is killed under load and its standby takes over. Everything that
// was shipped is there, and proves; a repeat with the same key gives the same payment, and an order
// that is paid stays paid; what was erased, also while nothing was shipped, cannot be read; new payments work, under
// numbers that nobody had; the old primary does not start again; and a restore goes back to
// any moment.
func TestStandbyTakesOver(t *testing.T) {
	provider := startServer(t)
	home := t.TempDir()
	data, second, ship, shelf := filepath.Join(home, "first"), filepath.Join(home, "second"), filepath.Join(home, "ship"), filepath.Join(home, "backups")
	url := "http://" + provider.simulatorAddr.String() + "/test_gateway"
	p := spawn(t, data, "--provider", url, "--ship", ship)
	erased := p.must("POST", "/v1/payments", "kp1", personal)
	kept := p.pay("1")
	p.shippedAll()
	must(t, "backup", "--data", data, "--to", shelf)
	p.kill()
	erase(t, filepath.Join(data, "ledger"), idOf(erased))

	p = spawn(t, data, "--provider", url, "--ship", ship)
	used := map[string]bool{erased["acceptanceNumber"].(string): true, kept["acceptanceNumber"].(string): true}
	moment := time.Time{}
	for _, order := range []string{"2", "3", "4", "5"} {
		pay := p.pay(order)
		used[pay["acceptanceNumber"].(string)] = true
		if order == "3" {
			at, err := time.Parse(time.RFC3339Nano, pay["updateTime"].(string))
			if err != nil {
				t.Fatal(err)
			}
			moment = at
		}
	}
	p.shippedAll()
	if out := must(t, "drill", "--from", shelf, "--data", data, "--ship", ship); !strings.Contains(out, "behind     0 records") {
		t.Errorf("the drill: %s", out)
	}
	if out, err := tool(t, "standby", "--data", second, "--ship", ship, "--keys", shelf, "--promote"); err == nil || !strings.Contains(out, "still ships") {
		t.Fatalf("beside a primary that lives: %v\n%s", err, out)
	}
	if out, err := tool(t, "--data", second, "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0"); err == nil || !strings.Contains(out, "not promoted") {
		t.Fatalf("a standby was served from: %v\n%s", err, out)
	}
	paid := p.killUnderLoad(ship, shipKey(t, filepath.Join(data, "ledger", "master.key")))

	if out := must(t, "standby", "--data", second, "--ship", ship, "--promote"); !strings.Contains(out, "promoted") {
		t.Fatal(out)
	}
	verified(t, second)
	if out, err := tool(t, "--data", data, "--ship", ship, "--listen", "127.0.0.1:0", "--grpc-listen", "127.0.0.1:0", "--simulator-listen", "127.0.0.1:0"); err == nil || !strings.Contains(out, "go on elsewhere") {
		t.Errorf("the old primary: %v\n%s", err, out)
	}
	p = spawn(t, second, "--provider", url, "--ship", ship)
	if again := p.pay("5"); !used[again["acceptanceNumber"].(string)] {
		t.Errorf("a repeat made another payment: %v", again)
	}
	if status, answer, err := p.call("POST", "/v1/payments", "other", `{"amount":5080,"orderNumber":"4","cardToken":"SIMAPPROVED00000"}`); err != nil || status == 200 {
		t.Errorf("an order was paid twice: %v %v", answer, err)
	}
	for _, number := range paid {
		used[number] = true
	}
	lost := 0
	for order, number := range paid {
		again := p.pay(order)["acceptanceNumber"].(string) // the same payment, or one that nobody here knows of
		if again == number {
			continue
		}
		if lost++; used[again] {
			t.Errorf("%s was used before", again)
		}
	}
	if lost == len(paid) {
		t.Errorf("of %d payments not one was shipped", lost)
	}
	for _, order := range []string{"7", "8"} {
		if n := p.pay(order)["acceptanceNumber"].(string); used[n] {
			t.Errorf("%s was used before", n)
		}
	}
	p.shippedAll() // it goes on in the same folder
	takeOver(t, filepath.Join(second, "ledger", "master.key"), ship)
	if err := p.cmd.Wait(); err == nil || !strings.Contains(p.log.String(), "go on elsewhere") {
		t.Errorf("a primary goes on beside the one that was promoted: %v\n%s", err, p.log)
	}
	verified(t, second)
	unreadable(t, filepath.Join(second, "ledger"), idOf(erased))

	back := filepath.Join(home, "back")
	if out := must(t, "restore", "--from", shelf, "--ship", ship, "--until", moment.Format(time.RFC3339Nano), "--to", back); !strings.Contains(out, "of them after the backup") {
		t.Error(out)
	}
	verified(t, back)
	unreadable(t, filepath.Join(back, "ledger"), idOf(erased))
	p = spawn(t, back, "--provider", url)
	orders := ""
	for _, pay := range list(p.must("GET", "/v1/payments", "", "")["payments"]) {
		orders += pay.(map[string]any)["orderNumber"].(string) + " "
	}
	if orders != "3 2 1 p1 " {
		t.Errorf("restored to after order 3: %s", orders)
	}
	if n := p.pay("4")["acceptanceNumber"].(string); used[n] {
		t.Errorf("%s was used before", n)
	}
}

// takeOver leaves word in the folder as a standby does that is promoted.
func takeOver(t *testing.T, master, ship string) {
	t.Helper()
	if err := standby.Promote(ship, shipKey(t, master), standby.NewToken(), time.Now(), 0, ledger.Hash{}); err != nil {
		t.Fatal(err)
	}
}

func shipKey(t *testing.T, master string) []byte {
	t.Helper()
	text, err := os.ReadFile(master)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	key, err := ledger.NewMasterKey(raw)
	if err != nil {
		t.Fatal(err)
	}
	return key.ShipKey()
}

// erase destroys a payment's personal data in the books of a stopped process, as retention does.
func erase(t *testing.T, dir string, id payment.ID) {
	t.Helper()
	books, err := ledgerbolt.Open(ledgerbolt.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(books.Erase(t.Context(), id), books.Close()); err != nil {
		t.Fatal(err)
	}
}

func unreadable(t *testing.T, dir string, id payment.ID) {
	t.Helper()
	books, err := ledgerbolt.Open(ledgerbolt.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if private, err := books.Reveal(t.Context(), id, 1); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("what was erased: %q %v", private, err)
	}
	if err := books.Close(); err != nil {
		t.Fatal(err)
	}
}

// P87 P96: a folder that cannot be written holds no payment up and is told of; a shipment that was
// tampered with is not followed.
func TestShipFolderIsAway(t *testing.T) {
	provider := startServer(t)
	home := t.TempDir()
	ship := filepath.Join(home, "ship")
	if err := os.WriteFile(ship, nil, 0o600); err != nil { // where the folder should be
		t.Fatal(err)
	}
	p := spawn(t, filepath.Join(home, "data"), "--provider", "http://"+provider.simulatorAddr.String()+"/test_gateway", "--ship", ship)
	p.pay("1")
	if text := p.metrics(); strings.Contains(text, "kessai_ship_behind_records 0\n") || !strings.Contains(text, "kessai_ship_lag_seconds ") {
		t.Error("nobody is told that nothing is shipped")
	}
	if err := os.Remove(ship); err != nil {
		t.Fatal(err)
	}
	p.pay("2")
	if err := errors.Join(p.cmd.Process.Signal(os.Interrupt), p.cmd.Wait()); err != nil { // a stop ships all
		t.Fatalf("%v\n%s", err, p.log)
	}
	path := filepath.Join(ship, "log", "000000000001")
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	second := filepath.Join(home, "second")
	if out, err := tool(t, "standby", "--data", second, "--ship", ship, "--keys", filepath.Join(home, "data"), "--once"); err == nil || !strings.Contains(out, "tampered") {
		t.Errorf("%v\n%s", err, out)
	}
	if out, err := tool(t, "standby", "--data", second, "--ship", ship, "--promote"); err == nil || !strings.Contains(out, "can be read") {
		t.Errorf("%v\n%s", err, out)
	}
}
