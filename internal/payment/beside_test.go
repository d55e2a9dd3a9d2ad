package payment

import (
	"testing"
	"time"
)

// P26 P29 P37: a hold that turns up on an attempt that lost is released beside what the payment
// itself needs: what waits for the provider's hours goes on waiting, and is asked in
// time, also while the provider refuses the release again and again.
func TestLateHoldLeavesWhatIsDeferred(t *testing.T) {
	f := lost(t, nil)
	f.rules.Now = f.rules.Now.Add(SettleDelay)
	f.write(Judge(f.p, 1, Trade{}, f.rules))
	f.do(Confirm{Means: Means{Token: token}})
	if f.p.State != Authorized || f.p.Winner != 2 {
		t.Fatalf("%+v", f.p)
	}
	f.rules.Now = time.Date(2026, 11, 22, 14, 30, 0, 0, time.UTC) // 23:30 in Japan
	f.sent(Adjust{Amount: 4000, AllowDeferral: true})
	due := f.p.Scheduled.Due
	f.rules.Now = f.rules.Now.Add(time.Hour)
	events := Judge(f.p, 1, Trade{Standing: StandingHeld, Amount: 5080, Approval: "999999"}, f.rules)
	if got := kinds(events); got != "late_hold asked " {
		t.Fatal(got)
	}
	refuse := func() {
		f.write(Conclude(f.p, 1, Fact{Outcome: No, Reason: ProviderRefused, Code: "A062010004"}, f.rules))
	}
	if f.write(events); f.p.Scheduled == nil {
		t.Fatal("what was deferred is gone")
	}
	refuse()
	events = TendUnwanted(f.p, f.rules)
	if got := kinds(events); got != "asked " || events[0].Attempt != 1 {
		t.Fatalf("before its time: %s", got)
	}
	f.write(events)
	refuse()
	f.rules.Now = due
	events = Tend(f.p, f.rules)
	if last := events[len(events)-1]; last.Operation != OpAdjust || last.Attempt != 2 {
		t.Fatalf("at its time: %+v", events)
	}
	if f.write(events); f.p.Scheduled != nil {
		t.Error("it is asked twice")
	}
	if events = TendUnwanted(f.p, f.rules); len(events) != 1 || events[0].Attempt != 1 {
		t.Errorf("the hold that nobody wants waits for the other answer: %+v", events)
	}
}
