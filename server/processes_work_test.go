package main

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"
)

// answers gives the status that a process has for an access key.
func (p *process) answers(key string) int {
	p.t.Helper()
	req, err := http.NewRequestWithContext(p.t.Context(), "GET", p.base+"/v1/settings", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// soon asks again and again until it is so.
func soon(t *testing.T, what string, is func() bool) {
	t.Helper()
	for ctx, cancel := context.WithTimeout(t.Context(), time.Minute); ; {
		if is() {
			cancel()
			return
		}
		if ctx.Err() != nil {
			t.Fatalf("%s: not after a minute", what)
		}
	}
}

// P07, P76, P78, P84, P90: settings, access keys and webhook endpoints that one process
// changes are what the others serve by; events of whichever process arrive, once each, and
// still do after the process that sent them died; what the others are asked to send again,
// is sent. A night is one night for all of them.
func TestProcessesShareWork(t *testing.T) {
	all, pg := processes(t, 3)
	a, b, c := all[0], all[1], all[2]

	access := a.must("POST", "/v1/accessKeys", "", `{"accessKey":{"title":"till","scopes":["operator"]}}`)
	secret, name := fmt.Sprint(access["secret"]), fmt.Sprint(access["name"])
	soon(t, "the new key elsewhere", func() bool { return b.answers(secret) == 200 && c.answers(secret) == 200 })
	b.must("POST", "/v1/"+name+":expire", "", `{}`)
	if b.answers(secret) != 401 {
		t.Error("a key that was ended works where it was")
	}
	soon(t, "the key that was ended", func() bool { return a.answers(secret) == 401 && c.answers(secret) == 401 })
	a.must("PATCH", "/v1/settings", "", `{"shopName":"黒猫"}`)
	b.must("PATCH", "/v1/settings", "", `{"cardOnFile":"ALWAYS"}`) // over a change of which it need not have heard
	soon(t, "the settings", func() bool {
		got := c.must("GET", "/v1/settings", "", "")
		return got["shopName"] == "黒猫" && got["cardOnFile"] == "ALWAYS"
	})

	r := newReceiver(t)
	r.refused = map[string]bool{"1": true, "2": true, "3": true} // it takes everything
	made := c.must("POST", "/v1/webhookEndpoints", "", `{"uri":"`+r.URL+`/hook"}`)
	r.mu.Lock()
	r.secret, _ = made["secret"].(string)
	r.mu.Unlock()
	pay := func(p *process, number int) {
		p.must("POST", "/v1/payments", fmt.Sprint("k", number), fmt.Sprintf(`{"amount":5080,"orderNumber":"%d","cardToken":"SIMAPPROVED00000"}`, number))
	}
	for i := range 6 {
		pay(all[i%3], i)
	}
	r.await(func(seen map[string]int) bool { return len(seen) == 12 })
	again := func(p *process) {
		t.Helper()
		before := map[string]int{}
		r.mu.Lock()
		for id, n := range r.seen {
			before[id] = n
		}
		r.mu.Unlock()
		if got := p.must("POST", "/v1/"+made["name"].(string)+":replay", "", `{}`); got["count"] != float64(len(before)) {
			t.Errorf("replayed: %v of %d", got, len(before))
		}
		r.await(func(seen map[string]int) bool {
			for id, n := range before {
				if seen[id] <= n {
					return false
				}
			}
			return true
		})
	}
	again(b) // the first one sends
	if a.must("GET", "/v1/webhookEndpoints", "", "")["webhookEndpoints"] == nil {
		t.Error("no endpoint at the one that sends")
	}

	a.kill()
	pg.Exec("test1", "UPDATE leases SET until = now()") // the ten seconds after which another one leads
	for i := range 4 {
		pay(all[1+i%2], 10+i)
	}
	r.await(func(seen map[string]int) bool { return len(seen) == 20 })
	soon(t, "all is written down", func() bool {
		for _, p := range []*process{b, c} {
			for _, e := range list(p.must("GET", "/v1/webhookEndpoints", "", "")["webhookEndpoints"]) {
				if health := e.(map[string]any)["health"].(map[string]any); health["waiting"] != nil && health["waiting"] != 0.0 {
					return false
				}
			}
		}
		return true
	})
	again(b) // one of them sends, and one does not
	again(c)
	pg.Exec("test1", "DO $$ BEGIN IF (SELECT count(*) FROM notes WHERE name LIKE 'rounds/%') < 5 THEN RAISE 'no rounds are noted'; END IF; END $$")
}
