package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// P71 P84: on real books and against the simulator, with a clock that the test
// sets and a restart in the middle: a hold is told of 14 and 7 days before its end,
// once each; the shop's rule makes it anew once, outside the night, and the
// provider agrees; the Yamato order without a slip is told of once.
func TestRadarRounds(t *testing.T) {
	p := startLater(t)
	p.must("PATCH", "/v1/settings", "", `{"care":{"reauthorizeDays":5,"slipDays":4}}`)
	held := p.must("POST", "/v1/payments", "a", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000"}`)["name"].(string)
	yamato := p.must("POST", "/v1/payments", "b", `{"amount":5080,"orderNumber":"2","cardToken":"SIMAPPROVED00000","deliveryMethod":"takkyubin"}`)["name"].(string)
	days := func(name string) int {
		t.Helper()
		end, err := time.Parse(time.RFC3339, p.must("GET", "/v1/"+name, "", "")["holdExpireTime"].(string))
		if err != nil {
			t.Fatal(err)
		}
		return int(end.Sub(p.now()).Hours() / 24)
	}
	first := days(held)
	day := func(n int) {
		t.Helper()
		p.ahead.Store(int64(n) * int64(24*time.Hour))
		for range 2 { // again does nothing twice
			for _, round := range []func(context.Context) error{p.radar.Warn, p.radar.Renew} {
				if err := round(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for n := 1; n <= first-4; n += 3 {
		if day(n); n == 28 {
			p.end()
			p.begin()
		}
	}
	for n := first - 8; n <= first-4; n++ {
		day(n)
	}
	for _, c := range []struct{ name, want string }{
		{held, "created asked authorized hold_expiring hold_expiring asked reauthorized"},
		{yamato, "created asked authorized slip_late hold_expiring hold_expiring asked reauthorized"},
	} {
		if got := p.kinds(c.name); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if got := days(held); got < first-1 {
		t.Errorf("held anew for %d days, at first for %d", got, first)
	}
	if refreshed := p.must("POST", "/v1/"+held+":refresh", "", `{}`); refreshed["attention"] != nil || refreshed["state"] != "STATE_AUTHORIZED" {
		t.Errorf("the provider shows something else: %v", refreshed)
	}
	if holds := list(p.must("GET", "/v1/holds", "", "")["holds"]); len(holds) != 2 {
		t.Errorf("%v", holds)
	}
	if code, file, err := p.raw("GET", "/v1/holds:calendar", nil); err != nil || code != 200 || strings.Count(string(file), "BEGIN:VEVENT") != 1 {
		t.Errorf("%d %q %v", code, file, err)
	}
	metrics := p.text("/metrics")
	for _, want := range []string{`kessai_radar_total{did="warned"} 4`, `kessai_radar_total{did="renewed"} 2`} { // slips were told of before the restart
		if !strings.Contains(metrics, want) {
			t.Errorf("no %s in the metrics", want)
		}
	}
}

// P37: from 23:00 to 01:00, and until the night's work is over, nothing is made
// anew or deferred, whatever the round's time; then it is.
func TestRadarSleepsAtNight(t *testing.T) {
	p := startLater(t)
	p.must("PATCH", "/v1/settings", "", `{"care":{"reauthorizeDays":5}}`)
	made := p.must("POST", "/v1/payments", "a", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000"}`)
	end, err := time.Parse(time.RFC3339, made["holdExpireTime"].(string))
	if err != nil {
		t.Fatal(err)
	}
	last := end.In(shop.Tokyo)
	const asleep = "created asked authorized"
	for _, c := range []struct {
		daysLeft, hour int
		want           string
	}{
		{6, 12, asleep}, {5, 0, asleep}, {5, 3, asleep}, {5, 23, asleep}, {4, 0, asleep}, {4, 4, asleep + " asked reauthorized"}, {4, 5, asleep + " asked reauthorized"},
	} {
		at := time.Date(last.Year(), last.Month(), last.Day()-c.daysLeft, c.hour, 30, 0, 0, shop.Tokyo)
		p.at(at)
		if err := p.radar.Renew(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := p.kinds(made["name"].(string)); got != c.want {
			t.Errorf("%d days before, at %d:30: %s, want %s", c.daysLeft, c.hour, got, c.want)
		}
	}
}
