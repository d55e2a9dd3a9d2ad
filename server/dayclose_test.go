package main

import (
	"reflect"
	"testing"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// R22 P84: on real books, after two months in which nobody looked: the missing days are
// closed in order, a hold lapses on its last day without an event, what is charged stays
// charged, and neither a restart nor a later cancellation changes a closed day.
func TestDaysOverTwoMonths(t *testing.T) {
	p := startLater(t)
	held := p.must("POST", "/v1/payments", "a", `{"amount":5080,"orderNumber":"1","cardToken":"SIMAPPROVED00000"}`)
	charged := p.must("POST", "/v1/payments", "b", `{"amount":1000,"orderNumber":"2","cardToken":"SIMAPPROVED00000"}`)["name"].(string)
	p.must("POST", "/v1/"+charged+":capture", "c", `{}`)
	end, err := time.Parse(time.RFC3339, held["holdExpireTime"].(string))
	if err != nil {
		t.Fatal(err)
	}
	p.end()
	p.at(end.AddDate(0, 0, 3))
	p.begin()

	lasts := end.In(shop.Tokyo).Format("2006-01-02")
	closed := list(p.must("GET", "/v1/dayCloses?pageSize=92", "", "")["dayCloses"])[1:]
	moved := map[string][]map[string]any{}
	for i, v := range closed {
		day := v.(map[string]any)
		moved[day["name"].(string)] = movementsOf(day)
		if i > 0 && closed[i-1].(map[string]any)["openingHeld"] != day["closingHeld"] || day["closingCharged"] != "1000" || day["seal"] == "" {
			t.Errorf("%v", day)
		}
	}
	if days := int(end.Sub(p.began()).Hours()/24) + 1; len(closed) < days || len(closed) > 92 {
		t.Errorf("%d days, the hold lasted %d", len(closed), days)
	}
	if m := moved["dayCloses/"+lasts]; len(m) != 1 || m[0]["kind"] != "LAPSED" || m[0]["held"] != "-5080" {
		t.Errorf("on %s, its last day: %v", lasts, m)
	}
	if m := moved["dayCloses/2026-11-22"]; len(m) != 2 || m[0]["held"] != "6080" || m[1]["charged"] != "1000" {
		t.Errorf("on the first day: %v", m)
	}

	p.must("POST", "/v1/"+held["name"].(string)+":cancel", "d", `{}`)
	p.end()
	p.ahead.Add(int64(24 * time.Hour))
	p.begin()
	again := list(p.must("GET", "/v1/dayCloses?pageSize=92", "", "")["dayCloses"])
	if n := len(again); n != len(closed)+2 || !reflect.DeepEqual(again[2:], closed) {
		t.Errorf("days that were closed are others now:\n%v\n%v", again, closed)
	}
	if day := again[1].(map[string]any); len(movementsOf(day)) > 0 || day["closingHeld"] != nil && day["closingHeld"] != "0" {
		t.Errorf("what had lapsed was released: %v", day)
	}
}
