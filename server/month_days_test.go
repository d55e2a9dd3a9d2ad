package main

import (
	"net/http"

	"kessai.dev/kessai/internal/payment"
)

// days holds the month's day closes against the provider's own books: each day opens
// with what the one before left, its movements are what changed, and the last one
// comes to what the provider has, held and charged, to the yen. R22
func (m *month) days() {
	status, page := m.call(demoKey, "GET", "/v1/dayCloses?pageSize=92", "", "")
	list := list(page["dayCloses"])
	if status != http.StatusOK || len(list) < *monthDays {
		m.Fatal(status, page)
	}
	last := payment.Balance{}
	moved := map[string]int{}
	for i := len(list) - 1; i >= 0; i-- {
		day := list[i].(map[string]any)
		opening, closing := m.balance(day, "opening"), m.balance(day, "closing")
		if opening != last || (day["closed"] == true) != (i > 0) {
			m.Errorf("it opens with %+v after %+v: %v", opening, last, day)
		}
		for _, v := range movementsOf(day) {
			kind := v["kind"].(string)
			opening.Held += int64(yenOf(m, v["held"]))
			opening.Charged += int64(yenOf(m, v["charged"]))
			moved[kind] += yenOf(m, v["charged"]) + yenOf(m, v["held"])
		}
		if opening != closing || i > 0 && day["seal"] == "" {
			m.Errorf("its movements come to %+v: %v", opening, day)
		}
		last = closing
	}
	var theirs payment.Balance
	for _, t := range m.trades() {
		switch firm(t.Status) {
		case tradeHeld:
			theirs.Held += int64(t.Amount)
		case tradeCaptured, tradeSettled:
			theirs.Charged += int64(t.Amount)
		}
	}
	m.Logf("%d days, moved by kind %v; the last one comes to %+v, the provider to %+v", len(list), moved, last, theirs)
	if last != theirs {
		m.Error("the day closes and the provider's books differ")
	}
}

func (m *month) balance(day map[string]any, at string) payment.Balance {
	return payment.Balance{Held: int64(yenOf(m, day[at+"Held"])), Charged: int64(yenOf(m, day[at+"Charged"]))}
}

func movementsOf(day map[string]any) (all []map[string]any) {
	for _, v := range list(day["movements"]) {
		all = append(all, v.(map[string]any))
	}
	return all
}
