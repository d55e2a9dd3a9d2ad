package main

import (
	"fmt"
	"net/http"
	"time"

	"kessai.dev/kessai/internal/shop"
)

var monthShop = shop.Tenant{Shop: demoShop, Environment: shop.Test}

// setUp is what an operator does on the first day: lost orders are given back by
// themselves after two days, and a second person has a key.
func (m *month) setUp() {
	status, answer := m.call(demoKey, "PATCH", "/v1/settings", "", `{"care":{"orphans":"CANCEL","orphanHours":48,"correctionLimit":30000,"reauthorizeDays":0}}`)
	if status != http.StatusOK {
		m.Fatal(status, answer)
	}
	status, answer = m.call(demoKey, "POST", "/v1/accessKeys", "second", `{"accessKey":{"title":"second operator","scopes":["operator"]}}`)
	if m.second, _ = answer["secret"].(string); status != http.StatusOK || m.second == "" {
		m.Fatal(status, answer)
	}
}

// night is the work that kessai does by itself.
func (m *month) night() { m.server.rounds.Tick(m.Context()) }

// morning is what an operator does: he ends every difference as it is proposed, and
// registers every third lost order.
func (m *month) morning() {
	for _, d := range m.pages("/v1/differences", "differences") {
		m.difference(d)
	}
	for i, o := range m.pages("/v1/orphans", "orphans") {
		p, _ := o["payment"].(map[string]any)
		if o["english"] == nil || o["japanese"] == nil {
			m.Errorf("a lost order without words: %v", o)
		}
		if i%3 != 0 || o["proposal"] != "REGISTER_OR_CANCEL" && o["proposal"] != "REGISTER_OR_REFUND" {
			continue
		}
		if status, answer := m.call(demoKey, "POST", "/v1/"+p["name"].(string)+":registerOrder", "", `{"dateFrom":"LOG"}`); status == http.StatusOK {
			m.count("lost orders registered")
		} else {
			m.count("lost order not registered:", status, reason(answer))
		}
	}
}

// difference ends one, and holds its cause against what really happened.
func (m *month) difference(d map[string]any) {
	p, _ := d["payment"].(map[string]any)
	name := p["name"].(string)
	m.explained(d, name)
	if d["proposal"] == "ASK_PROVIDER" {
		return // the provider's staff put it right one of these days
	}
	path, body := "/v1/"+d["name"].(string)+":resolve", `{"resolution":"TAKE_OVER","note":"as proposed"}`
	status, answer := m.call(demoKey, "POST", path, "", body)
	if status == http.StatusOK && answer["proposed"] == true {
		m.count("proposed to a second person")
		if d["needsTwo"] != true {
			m.Errorf("%s: two people are needed, and it did not say so", name)
		}
		status, answer = m.call(m.second, "POST", path, "", body)
	}
	if status != http.StatusOK {
		m.count("difference not resolved:", status, reason(answer))
		return
	}
	m.count("differences resolved")
}

// explained: the cause that is told is the true one.
func (m *month) explained(d map[string]any, name string) {
	cause := fmt.Sprint(d["cause"])
	m.count("differences seen by an operator:", cause)
	if d["english"] == nil || d["japanese"] == nil {
		m.Errorf("a difference without words: %v", d)
	}
	switch done := m.console[name]; {
	case cause == "DONE_AT_PROVIDER" || cause == "REFUNDED_AT_PROVIDER":
		if done == "" {
			m.Errorf("%s: %s, and nobody did anything there\n%s", name, cause, m.history(m.payment(name)))
		}
	case cause == "OURS":
		m.Errorf("%s differs without a cause: %v\n%s", name, d, m.history(m.payment(name)))
	}
}

// pages reads a whole list.
func (m *month) pages(path, field string) (all []map[string]any) {
	m.Helper()
	for token := ""; ; {
		status, page := m.call(demoKey, "GET", path+"?pageSize=200&pageToken="+token, "", "")
		if status != http.StatusOK {
			m.Fatal(path, status, page)
		}
		for _, x := range list(page[field]) {
			all = append(all, x.(map[string]any))
		}
		if token, _ = page["nextPageToken"].(string); token == "" {
			return all
		}
	}
}

// end lets everything come to its end: the provider is well-behaved, every payment
// is held against it once, also those that are over, and time passes until nobody
// has anything left to look after.
func (m *month) end() {
	m.faults(false)
	all := stream(m.T, m.server, "POST", "/v1/reconciliations", `{"sample":10000,"cards":true}`)
	run, _ := all[len(all)-1]["reconciliation"].(map[string]any)
	m.Logf("the last reconciliation: %v", run)
	if run["endTime"] == nil || run["failed"] != nil {
		m.Error("it did not reach every payment")
	}
	for range 5 {
		m.advance(24 * time.Hour)
		m.putRight()
		m.until(3, 30)
		m.night()
		m.until(9, 0)
		m.morning()
		m.quiet()
	}
	for what, n := range m.counts {
		m.Logf("%d × %s", n, what)
	}
}
