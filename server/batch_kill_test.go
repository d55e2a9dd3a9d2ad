package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// P64 P65 R34: killed in the middle of a batch, with calls to the provider under
// way. The next process takes the same batch up where it ended: by the provider's
// own log every order gets its slip once.
func TestKillInBatch(t *testing.T) {
	provider := startServer(t) // whose simulator outlives the process that is killed
	data, url := t.TempDir(), "http://"+provider.simulatorAddr.String()+"/test_gateway"
	p := spawn(t, data, "--provider", url)
	const orders = 200
	var items, names []string
	for i := range orders {
		order := p.must("POST", "/v1/payments", fmt.Sprintf("c%d", i), fmt.Sprintf(`{"amount":5080,"orderNumber":"%d","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin"}`, i))
		eleven := int64(50_000_000_000 + i)
		names = append(names, order["name"].(string))
		items = append(items, fmt.Sprintf(`{"payment":%q,"shipment":{"carrier":"yamato","slipNumber":"%d%d"}}`, names[i], eleven, eleven%7))
	}
	batch := `{"requests":[` + strings.Join(items, ",") + `]}`
	p.killAfter(batch, orders/4)

	p = spawn(t, data, "--provider", url)
	shipped := 0
	for round := range 5 {
		answer := p.must("POST", "/v1/payments:batchShip", "batch", batch)
		shipped = 0
		for i, r := range list(answer["results"]) {
			switch got := outcome(r.(map[string]any)); got {
			case "CAPTURED":
				shipped++
			case "AUTHORIZED OPERATION_SHIP": // it was under way
				p.await(names[i], func(pay map[string]any) bool { return pay["pendingOperation"] == nil })
			case "REQUEST_RUNNING": // its claim is the killed process's, or it had no time
			default:
				t.Fatalf("round %d, order %d: %s", round, i, got)
			}
		}
		if shipped == orders {
			break
		}
	}
	if shipped != orders {
		t.Errorf("%d of %d orders are shipped", shipped, orders)
	}
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[strings.ToUpper(strings.TrimPrefix(name, "payments/"))] = true
	}
	times := map[string]int{}
	for line := range strings.Lines(provider.simulated(t, wanted)) {
		if f := strings.Fields(strings.Trim(line, "{}\n")); f[0] == "E01" && f[len(f)-1] == "true" {
			times[f[1]]++
		}
	}
	for order := range wanted {
		if times[order] != 1 {
			t.Errorf("%s: its slip was put on %d times", order, times[order])
		}
	}
	p.kill()
	verified(t, data)
}

// killAfter follows a batch and kills the process once so many items are done.
func (p *process) killAfter(batch string, items int) {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, p.base+"/v1/payments:runBatch", strings.NewReader(`{"ship":`+batch+`}`))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+demoKey)
	req.Header.Set("Idempotency-Key", "batch")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	lines := bufio.NewScanner(res.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var line struct{ Result struct{ Done int } }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			p.t.Fatalf("%s: %v", lines.Text(), err)
		}
		if line.Result.Done >= items {
			p.kill()
			return
		}
	}
	p.t.Fatalf("the batch ended by itself: %v", lines.Err())
}
