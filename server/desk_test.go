package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// R39 R40 P103: on real books, with a clock that the test sets: a lost order is
// told of once; the shop's rule gives the money back at the provider a day later;
// a month after that its personal data is gone from every answer, and the
// member's card on file, the history and the order that is registered stay.
func TestDeskRounds(t *testing.T) {
	p := startLater(t)
	later := func(d time.Duration, rounds ...func(context.Context) error) {
		t.Helper()
		p.ahead.Add(int64(d))
		for range 2 { // again does nothing twice
			for _, round := range rounds {
				if err := round(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	p.must("PATCH", "/v1/settings", "", `{"care":{"orphans":"CANCEL","retentionDays":30}}`)
	const buyer = `"order":{"total":5080,"buyer":{"name":"黒猫 太郎","phone":"03-1234-5678","email":"taro@example.com"}}}`
	entry := p.must("POST", "/v1/cardEntries", "", `{"customer":"m-1","saveCard":true}`)
	lost := p.must("POST", "/v1/payments", "a", `{"amount":5080,"orderNumber":"1","customer":"m-1","saveCard":true,"cardToken":"`+newShopper(t).token(entry, testCard)+`",`+buyer)["name"].(string)
	known := p.must("POST", "/v1/payments", "b", `{"amount":5080,"orderNumber":"2","cardToken":"SIMAPPROVED00000",`+buyer)["name"].(string)
	p.must("POST", "/v1/"+known+":registerOrder", "", `{}`)

	later(30*time.Minute, p.desk.Tell, p.desk.Act)
	if history := p.kinds(lost); strings.Count(history, "order_unconfirmed") != 1 {
		t.Errorf("%s", history)
	}
	later(24*time.Hour, p.desk.Tell, p.desk.Act, p.desk.Erase)
	if got := p.must("GET", "/v1/"+lost, "", ""); got["state"] != "STATE_CANCELED" || got["order"].(map[string]any)["buyer"] == nil {
		t.Errorf("%v", got)
	}
	if refreshed := p.must("POST", "/v1/"+lost+":refresh", "", `{}`); refreshed["attention"] != nil {
		t.Errorf("the provider shows something else: %v", refreshed)
	}
	later(31*24*time.Hour, p.desk.Tell, p.desk.Act, p.desk.Erase)
	if got := p.must("GET", "/v1/"+lost, "", ""); got["order"] != nil {
		t.Errorf("%v", got)
	}
	if history := p.kinds(lost); history != "created asked authorized order_unconfirmed asked canceled" {
		t.Errorf("P87: %s", history)
	}
	metrics := p.text("/metrics")
	for _, want := range []string{`kessai_desk_total{did="told"} 1`, `kessai_desk_total{did="canceled"} 1`, `kessai_desk_total{did="erased"} 1`} {
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
	if cards := list(p.must("GET", "/v1/customers/m-1/cards", "", "")["cards"]); len(cards) != 1 {
		t.Errorf("the member's cards: %v", cards)
	}
	if got := p.must("GET", "/v1/"+known, "", ""); got["state"] != "STATE_AUTHORIZED" || got["order"].(map[string]any)["buyer"] == nil {
		t.Errorf("%v", got)
	}
}

// text reads a page.
func (p *process) text(path string) string {
	p.t.Helper()
	res, err := http.Get(p.base + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(raw)
}

// kinds is a payment's history in words.
func (p *process) kinds(name string) string {
	p.t.Helper()
	var words []string
	for _, e := range list(p.must("GET", "/v1/"+name+"/events", "", "")["events"]) {
		words = append(words, e.(map[string]any)["type"].(string))
	}
	return strings.Join(words, " ")
}
