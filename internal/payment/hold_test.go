package payment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/shop"
)

func tokyo(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, shop.Tokyo)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// P84: days are those of Japan's calendar: over the ends of months and years, over
// a leap day, and on both sides of a midnight that is 15:00 elsewhere.
func TestDaysLeft(t *testing.T) {
	contract := shop.Contract{HoldDays: 60}
	for _, c := range []struct {
		made, now string
		days      int
		left      int
	}{
		{"2026-11-22 12:00", "2026-11-22 12:00", 60, 60},
		{"2026-11-22 12:00", "2026-11-22 23:59", 60, 60},
		{"2026-11-22 12:00", "2026-11-23 00:00", 60, 59},
		{"2026-11-22 23:59", "2026-11-23 00:00", 60, 59},
		{"2026-11-23 08:59", "2026-11-23 09:00", 60, 60}, // midnight in UTC is nothing
		{"2026-12-31 00:00", "2027-01-01 00:00", 60, 59},
		{"2027-01-31 12:00", "2027-02-28 12:00", 30, 2},
		{"2028-01-31 12:00", "2028-02-28 12:00", 30, 2},
		{"2028-01-31 12:00", "2028-02-29 23:59", 30, 1}, // a leap day is a day
		{"2028-01-31 12:00", "2028-03-01 00:00", 30, 0},
		{"2027-01-31 12:00", "2027-03-01 00:00", 30, 1},
		{"2026-11-22 12:00", "2027-01-21 23:59", 60, 0},
		{"2026-11-22 12:00", "2027-01-22 00:00", 60, -1},
		{"2026-11-22 12:00", "2027-02-21 00:00", 60, -31},
	} {
		contract.HoldDays = c.days
		p := &Payment{State: Authorized, HoldExpires: contract.HoldExpiry(tokyo(t, c.made))}
		now := tokyo(t, c.now)
		if got := p.DaysLeft(now.UTC()); got != c.left {
			t.Errorf("made %s, on %s: %d days left, want %d", c.made, c.now, got, c.left)
		}
		if lapsed := p.HoldLapsed(now); lapsed != (c.left < 0) {
			t.Errorf("made %s, on %s: lapsed %v with %d days left", c.made, c.now, lapsed, c.left)
		}
	}
}

// warned writes what WarnHold says, and gives the days of the warnings.
func (f *fixture) warned() (days []int) {
	f.t.Helper()
	events := WarnHold(f.p, f.rules)
	f.write(events)
	for i := range events {
		if e := &events[i]; e.Kind != KindHoldExpiring || !e.Until.Equal(f.p.HoldExpires) || e.Amount != f.p.Amount {
			f.t.Errorf("%+v", e)
		}
		days = append(days, events[i].Days)
	}
	return days
}

// P84: a hold is told of 14, 7, 3 and 1 days before its end, once each, however
// often somebody looks; and what was missed is not told of all at once.
func TestWarnHold(t *testing.T) {
	look := func(f *fixture, from, to int) (told []int) {
		for left := from; left >= to; left-- {
			f.rules.Now = f.p.HoldExpires.AddDate(0, 0, -left).Add(-12 * time.Hour)
			for range 3 {
				told = append(told, f.warned()...)
			}
		}
		return told
	}
	f := authorizedPayment(t)
	if told := look(f, f.rules.Contract.HoldDays, -5); !slices.Equal(told, []int{14, 7, 3, 1}) {
		t.Errorf("day by day: %v", told)
	}
	for _, c := range []struct {
		days []int // left, when somebody looks
		want []int
	}{
		{[]int{14}, []int{14}},
		{[]int{15, 13, 8}, []int{14}},
		{[]int{10, 5, 4}, []int{14, 7}},
		{[]int{2}, []int{3}},
		{[]int{2, 1}, []int{3, 1}},
		{[]int{0}, []int{1}},
		{[]int{20, 0, -1}, []int{1}},
		{[]int{-1, -40}, nil},
	} {
		f, told := authorizedPayment(t), []int(nil)
		for _, left := range c.days {
			told = append(told, look(f, left, left)...)
		}
		if !slices.Equal(told, c.want) {
			t.Errorf("looked at %v: told %v, want %v", c.days, told, c.want)
		}
	}
	// Held anew it begins anew.
	f = authorizedPayment(t)
	look(f, 14, 2)
	f.do(Reauthorize{})
	if f.p.HoldWarned != 0 || f.p.DaysLeft(f.rules.Now) != f.rules.Contract.HoldDays {
		t.Fatalf("%d, %d days", f.p.HoldWarned, f.p.DaysLeft(f.rules.Now))
	}
	if told := look(f, 14, 0); !slices.Equal(told, []int{14, 7, 3, 1}) {
		t.Errorf("after a new hold: %v", told)
	}
}

// What is no hold is not told of: every other state, a reservation, and the yen
// that registers a card.
func TestWarnHoldsOnly(t *testing.T) {
	for _, s := range States() {
		f := inState(t, s)
		f.rules.Now = f.rules.Contract.HoldExpiry(noon).Add(-time.Hour)
		if told := f.warned(); (len(told) > 0) != (s == Authorized) {
			t.Errorf("%s: %v", s, told)
		}
	}
	for name, change := range map[string]func(*Payment){
		"a reservation":  func(p *Payment) { p.Reserved = true },
		"a registration": func(p *Payment) { p.Registration = true },
		"no known end":   func(p *Payment) { p.HoldExpires = time.Time{} },
	} {
		f := authorizedPayment(t)
		p := *f.p
		change(&p)
		f.rules.Now = f.p.HoldExpires
		if e := WarnHold(&p, f.rules); len(e) != 0 {
			t.Errorf("%s: %+v", name, e)
		}
		if p.Yamato = true; len(WarnSlip(&p, f.rules)) != 0 {
			t.Errorf("%s: a slip is late", name)
		}
		if at := p.RenewTime(&shop.Care{ReauthorizeDays: 30}, &f.rules.Contract, f.rules.Now); !at.IsZero() {
			t.Errorf("%s: held anew at %v", name, at)
		}
	}
}

// P71: an order with Yamato delivery whose money is held for the shop's number of
// days, and that has no slip, is told of once; a shipped one, and one with another
// carrier, never.
func TestWarnSlip(t *testing.T) {
	yamato := func() *fixture { return create(t, Create{Delivery: "takkyubin", Means: Means{Token: token}}).yes() }
	f := yamato()
	f.rules.Settings.Care.SlipDays = 3
	for day, want := range []int{0, 0, 0, 3, 0, 0} {
		f.rules.Now = dayOf(noon).AddDate(0, 0, day)
		events := WarnSlip(f.p, f.rules)
		f.write(events)
		if (len(events) > 0) != (want > 0) || want > 0 && (events[0].Days != want || events[0].Kind != KindSlipLate) {
			t.Errorf("day %d: %+v", day, events)
		}
	}
	late := noon.AddDate(0, 0, 20)
	for name, f := range map[string]*fixture{
		"shipped": yamato().do(Ship{Carrier: "yamato", Slip: "123456789013"}), "another carrier": authorizedPayment(t),
		"canceled": yamato().do(Cancel{}),
	} {
		f.rules.Now = late
		if events := WarnSlip(f.p, f.rules); len(events) != 0 {
			t.Errorf("%s: %+v", name, events)
		}
	}
	if f = yamato(); true { // by default after seven days
		f.rules.Now = dayOf(noon).AddDate(0, 0, 7)
		if events := WarnSlip(f.p, f.rules); len(events) != 1 {
			t.Errorf("%+v", events)
		}
	}
}

// A hold is made anew from the shop's days on, outside the night, once a day, and
// the next day again when it was refused (P37, P84).
func TestRenewTime(t *testing.T) {
	f := authorizedPayment(t) // its hold ends on 2027-01-21
	care := &shop.Care{ReauthorizeDays: 3}
	at := func(now string) string {
		got := f.p.RenewTime(care, &f.rules.Contract, tokyo(t, now))
		if due := f.p.RenewDue(care, &f.rules.Contract, tokyo(t, now)); due != got.Equal(tokyo(t, now)) {
			t.Errorf("on %s: due %v, at %v", now, due, got)
		}
		if got.IsZero() {
			return ""
		}
		return got.In(shop.Tokyo).Format("2006-01-02 15:04")
	}
	for now, want := range map[string]string{
		"2026-11-22 12:00": "2027-01-18 04:00",
		"2027-01-18 03:59": "2027-01-18 04:00",
		"2027-01-18 12:00": "2027-01-18 12:00",
		"2027-01-18 22:59": "2027-01-18 22:59",
		"2027-01-18 23:00": "2027-01-19 04:00",
		"2027-01-19 00:30": "2027-01-19 04:00",
		"2027-01-21 22:59": "2027-01-21 22:59",
		"2027-01-21 23:00": "", // too late
		"2027-01-22 12:00": "",
	} {
		if got := at(now); got != want {
			t.Errorf("on %s: %q, want %q", now, got, want)
		}
	}
	for _, days := range []int{0, -1} {
		if got := f.p.RenewTime(&shop.Care{ReauthorizeDays: days}, &f.rules.Contract, noon); !got.IsZero() {
			t.Errorf("%d days: %v", days, got)
		}
	}
	// A hold shorter than the days is not made anew on its first day, and never again the same day.
	if got := f.p.RenewTime(&shop.Care{ReauthorizeDays: 30}, &shop.Contract{HoldDays: 10}, noon); got.In(shop.Tokyo).Format("2006-01-02 15:04") != "2027-01-12 04:00" {
		t.Errorf("%v", got)
	}
	// Refused on the 18th, it is tried on the 19th.
	f.rules.Now = tokyo(t, "2027-01-18 04:10")
	events, err := Decide(f.p, Reauthorize{}, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	f.write(events)
	if got := at("2027-01-18 04:11"); got != "" {
		t.Errorf("with a question open: %q", got)
	}
	f.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: CardDeclined, Code: "A112000004"}, f.rules))
	if got := at("2027-01-18 12:00"); got != "2027-01-19 04:00" {
		t.Errorf("after a refusal: %q", got)
	}
	if risks := f.p.RenewRisks(f.p.HoldExpires); !slices.Equal(risks, []HoldRisk{RiskRefusedBefore}) {
		t.Errorf("%v", risks)
	}
	ja, en := f.p.RenewMessage()
	if !strings.Contains(ja, f.p.OrderNumber) || !strings.Contains(ja, "5,080円") || !strings.Contains(ja, "月") || !strings.Contains(en, "another card") {
		t.Errorf("what the shopper is told: %s%s", ja, en)
	}
	// What was never sent may be sent the same day; what nobody knew of for a while, and then did not happen, the next.
	for reason, want := range map[Reason]string{ProviderUnreachable: "2027-01-18 12:00", ResultLost: "2027-01-19 04:00"} {
		events, err := Decide(f.p, Reauthorize{}, f.rules)
		if err != nil {
			t.Fatal(err)
		}
		f.write(events)
		f.write(Release(f.p, 1, reason, "", f.rules))
		if got := at("2027-01-18 12:00"); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
	f.rules.Now = tokyo(t, "2027-01-19 04:10")
	f.do(Reauthorize{})
	if got := at("2027-01-19 04:11"); got != "2027-03-17 04:00" || f.p.RenewRefused {
		t.Errorf("held anew: %q", got)
	}
	if ja, _ := f.p.RenewMessage(); ja != "" {
		t.Errorf("held anew, and the shopper is told: %s", ja)
	}
}

// What nobody wants any more, or somebody must look at first, is not held anew.
func TestRenewLeavesAlone(t *testing.T) {
	care := &shop.Care{ReauthorizeDays: 5}
	for name, f := range map[string]*fixture{
		"the order is canceled": authorizedPayment(t).sent(UpdateOrder{Canceled: of(true)}),
		"charged":               authorizedPayment(t).do(Capture{}),
		"given back":            authorizedPayment(t).do(Cancel{}),
		"differs at the provider": func() *fixture {
			f := authorizedPayment(t)
			return f.write(Compare(f.p, Trade{Standing: StandingCanceled, Amount: 5080}, f.rules))
		}(),
		"something waits for the morning": func() *fixture {
			f := authorizedPayment(t)
			f.rules.Now = tokyo(t, "2026-11-22 23:30")
			return f.do(Adjust{Amount: 4000, AllowDeferral: true})
		}(),
	} {
		if at := f.p.RenewTime(care, &f.rules.Contract, noon.AddDate(0, 0, 57)); !at.IsZero() {
			t.Errorf("%s: held anew at %v", name, at)
		}
	}
}

// The forecast: a card that is not good any more by then, and one that was refused
// before. A card is good to the end of its month in Japan.
func TestRenewRisks(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token, Card: card.Hint{LastFour: "1111", Expiry: "01/27"}}})
	f.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: CardDeclined}, f.rules))
	events, err := Decide(f.p, Confirm{Means: Means{Token: token, Card: card.Hint{LastFour: "2222", Expiry: "01/27"}}}, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	f.write(events).yes()
	for at, want := range map[string]int{"2027-01-31 23:59": 0, "2027-02-01 00:00": 1} {
		if risks := f.p.RenewRisks(tokyo(t, at)); len(risks) != want || want == 1 && risks[0] != RiskCardExpires {
			t.Errorf("%s: %v", at, risks)
		}
	}
	again := *f.p
	again.Attempts = slices.Clone(f.p.Attempts)
	again.Attempts[0].Card.LastFour = "2222" // the same card, declined at first
	if risks := again.RenewRisks(noon); !slices.Equal(risks, []HoldRisk{RiskRefusedBefore}) {
		t.Errorf("%v", risks)
	}
	again.Attempts[1].Card.Expiry = "soon"
	if risks := again.RenewRisks(noon.AddDate(9, 0, 0)); !slices.Equal(risks, []HoldRisk{RiskRefusedBefore}) {
		t.Errorf("an expiry that is none: %v", risks)
	}
	if risks := (&Payment{}).RenewRisks(noon); risks != nil {
		t.Errorf("%v", risks)
	}
}

// P50: a new hold was not authenticated: what protected the shop is gone with it.
func TestLiabilityRenewed(t *testing.T) {
	for result, want := range map[string]Liability{"0000": ProtectionLost, "0003": ProtectionLost, "": NotProtected, "0005": NotProtected} {
		f := authorizedPayment(t)
		p := *f.p
		p.Attempts = slices.Clone(p.Attempts)
		p.Attempts[0].Result = result
		if got := p.LiabilityRenewed(noon); got != want {
			t.Errorf("%q: %s, want %s", result, got, want)
		}
	}
}

// P84: on whatever days somebody looks, and however often: each of 14, 7, 3 and 1
// days is told of once at most, the nearest one always, and none after the end.
func TestWarnDue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		told, nearest := 0, 0
		for left := rapid.IntRange(0, 90).Draw(t, "left"); left >= -3; left -= rapid.IntRange(0, 9).Draw(t, "days") {
			due := WarnDue(left, told)
			if due != 0 && (left < 0 || told != 0 && due >= told || !slices.Contains(warnAt[:], due)) {
				t.Fatalf("told of %d with %d days left, after %d", due, left, told)
			}
			if due != 0 {
				told = due
			}
			for _, days := range warnAt {
				if left >= 0 && left <= days {
					nearest = days
				}
			}
			if told != nearest || WarnDue(left, told) != 0 {
				t.Fatalf("with %d days left %d was told of", left, told)
			}
		}
	})
}
