package payment

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// What another system authorized begins here as the provider shows it, under the
// number that the provider knows, and goes on as any other payment. R42
func TestTakeOver(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, shop.Tokyo)
	rules := Rules{Now: now, Contract: shop.Contract{HoldDays: 60}, Actor: "key:5d48f102"}
	tenant := shop.Tenant{Shop: "demo", Environment: shop.Test}
	id := NewID(now, 1)
	tests := []struct {
		name     string
		trade    Trade
		state    State
		captured money.Yen
		ends     string
	}{
		{"a hold", Trade{Standing: StandingHeld, Amount: 5080, Approval: "1234567", ApprovedAt: "20261101101500"}, Authorized, 0, "2026-12-31 23:59"},
		{"a hold of a day nobody knows", Trade{Standing: StandingHeld, Amount: 5080, ApprovedAt: "?"}, Authorized, 0, ""},
		{"a reservation", Trade{Standing: StandingReserved, Amount: 5080, ShipDate: "2026-12-20"}, Authorized, 0, ""},
		{"charged, with its slip", Trade{Standing: StandingCaptured, Amount: 5080, Slips: []string{"123456789013"}}, Captured, 5080, ""},
		{"settled", Trade{Standing: StandingSettled, Amount: 5080}, Settled, 5080, ""},
		{"canceled", Trade{Standing: StandingCanceled, Amount: 5080}, 0, 0, ""},
		{"unknown there", Trade{Standing: StandingNone}, 0, 0, ""},
		{"half done", Trade{Standing: StandingAttention, Amount: 5080}, 0, 0, ""},
		{"not certain yet", Trade{Standing: StandingWaiting, Amount: 5080}, 0, 0, ""},
		{"an amount that is none", Trade{Standing: StandingHeld}, 0, 0, ""},
	}
	for _, c := range tests {
		events := TakeOver(id, tenant, Import{OrderNumber: "1396", Acceptance: "WC0001396", Delivery: "takkyubin", Yamato: true}, c.trade, rules)
		if c.state == 0 {
			if events != nil {
				t.Errorf("%s: %v", c.name, events)
			}
			continue
		}
		p, err := Replay(nil, events)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		ends := ""
		if !p.HoldExpires.IsZero() {
			ends = p.HoldExpires.In(shop.Tokyo).Format("2006-01-02 15:04")
		}
		if p.State != c.state || p.Captured != c.captured || p.Acceptance() != "WC0001396" || ends != c.ends || p.Winner != 1 || p.Check() != nil {
			t.Errorf("%s: %s, charged %d, %s, until %q, %v", c.name, p.State, p.Captured, p.Acceptance(), ends, p.Check())
		}
		if agreed := Compare(p, c.trade, rules); agreed != nil {
			t.Errorf("%s: what was taken over differs at once: %v", c.name, agreed)
		}
	}
}

// P15: the form of a number that the provider could know.
func TestValidAcceptance(t *testing.T) {
	for s, want := range map[string]bool{"1": true, "WC-0001396#@": true, "12345678901234567890123": true, "123456789012345678901234": false, "": false, "wc1": false, "1 2": false, "１": false} {
		if ValidAcceptance(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}
