package payment

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

var yamatoAndOther = []shipping.Method{{ID: "takkyubin", Carrier: shipping.CarrierYamato}, {ID: "other", Carrier: "other"}}

// kinds gives the kinds of events, for comparing.
func kinds(events []Event) string {
	s := ""
	for _, e := range events {
		s += string(e.Kind) + " "
	}
	return s
}

// lost makes a payment whose last wish has no answer.
func lost(t *testing.T, c Command) *fixture {
	t.Helper()
	f := create(t, Create{Means: Means{Token: token}})
	if c != nil {
		f.yes()
		events, err := Decide(f.p, c, f.rules)
		if err != nil {
			t.Fatal(err)
		}
		f.write(events)
	}
	return f.write(Lose(f.p, 1, "", f.rules))
}

// P16 P17 P18 P19 P23 P24 P27: what E04 proves about an open question, at once
// and after 20 seconds. Nothing else is a fact.
func TestJudge(t *testing.T) {
	trade := func(s Standing, y money.Yen) Trade { return Trade{Standing: s, Amount: y, Approval: "123456"} }
	for name, c := range map[string]struct {
		asked      Command // nil: authorize
		trade      Trade
		now, later string // kinds at once, and after SettleDelay
	}{
		"authorize held":        {nil, trade(StandingHeld, 5080), "authorized ", "authorized "},
		"authorize reserved":    {nil, trade(StandingReserved, 5080), "authorized ", "authorized "},
		"authorize captured":    {nil, trade(StandingCaptured, 5080), "authorized captured ", "authorized captured "},
		"authorize settled":     {nil, trade(StandingSettled, 5080), "authorized captured settled ", "authorized captured settled "},
		"authorize canceled":    {nil, trade(StandingCanceled, 5080), "authorized canceled ", "authorized canceled "},
		"authorize no trace":    {nil, trade(StandingNone, 0), "", "declined "},
		"authorize failed":      {nil, trade(StandingFailed, 5080), "", "declined "},
		"authorize waiting":     {nil, trade(StandingWaiting, 5080), "", ""},
		"authorize attention":   {nil, trade(StandingAttention, 5080), "attention ", "attention "},
		"authorize not ours":    {nil, trade(StandingHeld, 1), "declined attention ", "declined attention "},
		"capture captured":      {Capture{}, trade(StandingCaptured, 5080), "captured ", "captured "},
		"capture settled":       {Capture{}, trade(StandingSettled, 5080), "captured settled ", "captured settled "},
		"capture still held":    {Capture{}, trade(StandingHeld, 5080), "", "released "},
		"capture canceled":      {Capture{}, trade(StandingCanceled, 5080), "", "released attention "},
		"capture waiting":       {Capture{}, trade(StandingWaiting, 5080), "", ""},
		"adjust new amount":     {Adjust{Amount: 4000}, trade(StandingHeld, 4000), "adjusted ", "adjusted "},
		"adjust old amount":     {Adjust{Amount: 4000}, trade(StandingHeld, 5080), "", "released "},
		"adjust third amount":   {Adjust{Amount: 4000}, trade(StandingHeld, 3000), "", "released attention "},
		"adjust half, new":      {Adjust{Amount: 4000}, trade(StandingAttention, 4000), "adjusted attention ", "adjusted attention "},
		"adjust half, old":      {Adjust{Amount: 4000}, trade(StandingAttention, 5080), "released attention ", "released attention "},
		"cancel canceled":       {Cancel{}, trade(StandingCanceled, 5080), "canceled ", "canceled "},
		"cancel still held":     {Cancel{}, trade(StandingHeld, 5080), "", "released "},
		"cancel waiting":        {Cancel{}, trade(StandingWaiting, 5080), "", ""},
		"reauthorize same":      {Reauthorize{}, trade(StandingHeld, 5080), "", "released "},
		"reauthorize other":     {Reauthorize{}, Trade{Standing: StandingHeld, Amount: 5080, Approval: "654321"}, "reauthorized ", "reauthorized "},
		"reauthorize unseen":    {Reauthorize{}, Trade{Standing: StandingHeld, Amount: 5080}, "", "released attention "},
		"reauthorize elsewhere": {Reauthorize{}, Trade{Standing: StandingHeld, Amount: 4000, Approval: "654321"}, "", "released attention "},
		"reauthorize is lapsed": {Reauthorize{}, trade(StandingCanceled, 5080), "", "released attention "},
	} {
		f := lost(t, c.asked)
		if got := kinds(Judge(f.p, 1, c.trade, f.rules)); got != c.now {
			t.Errorf("%s at once: %q; want %q", name, got, c.now)
		}
		f.rules.Now = noon.Add(SettleDelay - time.Nanosecond)
		if got := kinds(Judge(f.p, 1, c.trade, f.rules)); got != c.now {
			t.Errorf("%s just before 20 s: %q; want %q", name, got, c.now)
		}
		f.rules.Now = noon.Add(SettleDelay)
		events := Judge(f.p, 1, c.trade, f.rules)
		if got := kinds(events); got != c.later {
			t.Errorf("%s after 20 s: %q; want %q", name, got, c.later)
		}
		f.write(events)
	}
}

// P17: after an amount was changed, or whoever works at the provider's own screen has held
// anew, the provider shows another approval than the books know: only one that is
// another than right before the wish proves that the hold was made anew.
func TestJudgeReauthorizeAfterAdjust(t *testing.T) {
	seen := func(approval, at string) Trade {
		return Trade{Standing: StandingHeld, Amount: 4000, Approval: approval, ApprovedAt: at}
	}
	for name, c := range map[string]struct {
		before, now Trade
		want        string
	}{
		"not done":                  {seen("222222", "20261122120100"), seen("222222", "20261122120100"), "released "},
		"done":                      {seen("222222", "20261122120100"), seen("333333", "20261122120200"), "reauthorized "},
		"done, with the old number": {seen("222222", "20261122120100"), seen("222222", "20261122120200"), "reauthorized "},
		"nobody saw it before":      {seen("", ""), seen("222222", "20261122120100"), "released attention "},
		"nobody sees it now":        {seen("222222", "20261122120100"), seen("", ""), "released attention "},
	} {
		f := create(t, Create{Means: Means{Token: token}})
		f.yes()
		f.do(Adjust{Amount: 4000})
		f.yes()
		if f.p.Approval != "" {
			t.Fatalf("%s: the approval is said to be %s, and nobody knows it", name, f.p.Approval)
		}
		events, err := Decide(f.p, Reauthorize{}, f.rules)
		if err != nil || !f.p.Renews(&events[0]) {
			t.Fatal(name, err)
		}
		NoteHold(&events[0], c.before)
		f.write(events)
		f.write(Lose(f.p, 1, "", f.rules))
		f.rules.Now = f.rules.Now.Add(SettleDelay)
		events = Judge(f.p, 1, c.now, f.rules)
		if got := kinds(events); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if f.write(events); c.want == "reauthorized " && (f.p.Approval != c.now.Approval || f.p.Renews(nil)) {
			t.Errorf("%s: approval %s", name, f.p.Approval)
		}
	}
}

// P17: while our connection may still bring the answer, no absence is a no,
// however long it lasts and however often it is asked.
func TestNoIsNotBelievedWhileTheCallIsOpen(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token}})
	for range 1000 {
		f.rules.Now = f.rules.Now.Add(time.Hour)
		if events := Judge(f.p, 1, Trade{Standing: StandingNone}, f.rules); events != nil {
			t.Fatalf("%v", events)
		}
	}
}

// P14: the provider's "duplicate number" is decided by amount and state.
func TestDuplicateNumber(t *testing.T) {
	f := lost(t, nil)
	f.write(Judge(f.p, 1, Trade{Standing: StandingHeld, Amount: 1}, f.rules))
	if f.p.State != Declined || f.p.Decline.Reason != DuplicateAtProvider || f.p.Attention != DuplicateAtProvider {
		t.Fatalf("%+v", f.p)
	}
}

// P26 P29: a hold that turns up on a lost attempt never changes the winner and
// is released, again and again until the provider says so.
func TestLateHold(t *testing.T) {
	f := lost(t, nil)
	f.rules.Now = noon.Add(time.Minute)
	f.write(Judge(f.p, 1, Trade{Standing: StandingNone}, f.rules))
	if f.p.State != Declined || f.p.Decline.Reason != ResultLost || f.p.Decline.Hard {
		t.Fatalf("%+v", f.p)
	}
	f.do(Confirm{Means: Means{Token: token}})
	if f.p.State != Authorized || f.p.Winner != 2 {
		t.Fatalf("%+v", f.p)
	}
	f.rules.Now = noon.Add(6*time.Minute + time.Second)
	if due := f.p.Inquiries(f.rules.Now); len(due) != 1 || due[0] != 1 {
		t.Fatalf("watch: %v", due)
	}
	f.write(Judge(f.p, 1, Trade{Standing: StandingHeld, Amount: 5080}, f.rules))
	for range 3 {
		f.write(Release(f.p, 1, ProviderUnreachable, "", f.rules))
		f.write(TendUnwanted(f.p, f.rules))
	}
	if f.p.State != Authorized || f.p.Winner != 2 || f.p.Question() != nil {
		t.Fatalf("the winner moved: %+v", f.p)
	}
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes}, f.rules))
	if f.p.Attempts[0].State != Canceled || f.p.State != Authorized || f.p.Engaged() != true {
		t.Fatalf("%+v", f.p)
	}
	if f.do(Capture{}); f.p.Captured != 5080 {
		t.Fatalf("%+v", f.p)
	}
}

// P33: an attempt ends once, and what comes after is not taken.
func TestOneEndPerAttempt(t *testing.T) {
	f := inState(t, Declined)
	if events := Conclude(f.p, 1, Fact{Outcome: No, Reason: CardDeclined}, f.rules); events != nil {
		t.Fatalf("%v", events)
	}
	e := Event{Sequence: f.p.Version + 1, Kind: KindCaptured, Attempt: 1}
	if _, err := Apply(f.p, &e); err == nil {
		t.Fatal("a declined payment was captured")
	}
}

// P29: an answer that comes after the sweep gave the attempt up, with a hold,
// is released; the payment stays declined.
func TestAnswerAfterGivingUp(t *testing.T) {
	f := lost(t, nil)
	f.rules.Now = noon.Add(time.Minute)
	f.write(Judge(f.p, 1, Trade{Standing: StandingNone}, f.rules))
	f.write(Conclude(f.p, 1, Fact{Outcome: Yes, Approval: "123456"}, f.rules))
	if f.p.State != Declined || !f.p.Attempts[0].Unwanted || f.p.Attempts[0].Open == nil {
		t.Fatalf("%+v", f.p)
	}
}

// P22: a half-done change blocks everything but cancel.
func TestHalfDone(t *testing.T) {
	f := lost(t, Adjust{Amount: 4000})
	f.write(Judge(f.p, 1, Trade{Standing: StandingAttention, Amount: 4000, Code: "17"}, f.rules))
	if f.p.Attention != AmountChangeHalfDone || f.p.Amount != 4000 {
		t.Fatalf("%+v", f.p)
	}
	for _, c := range []Command{Capture{}, Adjust{Amount: 1}, Reauthorize{}} {
		if r := f.refusal(c); r.Reason != NeedsAttention {
			t.Errorf("%T: %+v", c, r)
		}
	}
	if f.do(Cancel{}); f.p.State != Canceled {
		t.Fatalf("%+v", f.p)
	}
}

// P23 R42: captured becomes settled by the provider's word; any other
// difference is shown, once, and clears when it is gone.
func TestCompare(t *testing.T) {
	f := authorizedPayment(t)
	f.write(Compare(f.p, Trade{Standing: StandingCaptured, Amount: 5080}, f.rules))
	if f.p.State != Authorized || f.p.Attention != ProviderDiffers {
		t.Fatalf("%+v", f.p)
	}
	if events := Compare(f.p, Trade{Standing: StandingCaptured, Amount: 5080}, f.rules); events != nil {
		t.Fatalf("twice: %v", events)
	}
	f.write(Compare(f.p, Trade{Standing: StandingHeld, Amount: 5080}, f.rules))
	if f.p.Attention != "" {
		t.Fatalf("%+v", f.p)
	}
	if events := Compare(f.p, Trade{Standing: StandingWaiting}, f.rules); events != nil {
		t.Fatalf("waiting: %v", events)
	}
}

// Times that run out by themselves: nobody paid, nobody came back.
func TestTend(t *testing.T) {
	f := create(t, Create{})
	if Tend(f.p, f.rules) != nil || !f.p.NextCare().Equal(noon.Add(CheckoutTTL)) {
		t.Fatalf("%v", f.p.NextCare())
	}
	f.rules.Now = noon.Add(CheckoutTTL)
	if f.write(Tend(f.p, f.rules)); f.p.State != Expired || !f.p.NextCare().IsZero() {
		t.Fatalf("%+v", f.p)
	}
	f = inState(t, Authenticating)
	f.rules.Now = noon.Add(ChallengeTTL)
	if f.write(Tend(f.p, f.rules)); f.p.State != Expired || f.p.Attempts[0].State != Expired {
		t.Fatalf("%+v", f.p)
	}
	// deferred for a payment that is canceled at the provider meanwhile
	f = authorizedPayment(t)
	f.rules.Now = time.Date(2026, 11, 22, 23, 30, 0, 0, shop.Tokyo)
	f.do(Adjust{Amount: 4000, AllowDeferral: true})
	f.write(Compare(f.p, Trade{Standing: StandingCanceled}, f.rules))
	f.rules.Now = f.p.Scheduled.Due
	if f.write(Tend(f.p, f.rules)); f.p.Scheduled != nil || f.p.Amount != 5080 {
		t.Fatalf("%+v", f.p)
	}
}

// P85: when the machine's clock jumps back, stored times stay in order.
func TestClockJumpsBack(t *testing.T) {
	f := authorizedPayment(t)
	f.rules.Now = noon.Add(-time.Hour)
	f.do(Adjust{Amount: 4000}).do(Capture{})
	if !f.p.Updated.Equal(noon) {
		t.Fatalf("updated %v, before it was created at %v", f.p.Updated, f.p.Created)
	}
}

// R42 P23: a question whose answer was lost, and meanwhile the provider settled the
// charge: what was asked did not happen, and nothing differs.
func TestJudgeSettledMeanwhile(t *testing.T) {
	f := create(t, Create{Means: Means{Token: token}})
	f.yes()
	for _, c := range []Command{Capture{}, Adjust{Amount: 4000}} {
		events, err := Decide(f.p, c, f.rules)
		if err != nil {
			t.Fatal(err)
		}
		if f.write(events); f.p.State == Authorized {
			f.yes()
		}
	}
	f.write(Lose(f.p, 1, "", f.rules))
	f.rules.Now = f.rules.Now.Add(SettleDelay)
	events := Judge(f.p, 1, Trade{Standing: StandingSettled, Amount: 5080, Approval: f.p.Approval}, f.rules)
	if got := kinds(events); got != "released settled " {
		t.Fatalf("%s", got)
	}
	if f.write(events); f.p.State != Settled || f.p.Attention != "" || f.p.Amount != 5080 {
		t.Errorf("%s, attention %s, %d yen", f.p.State, f.p.Attention, f.p.Amount)
	}
}

// P29 R42: a hold that turns up on a lost authorization is released whenever it is
// seen, also long after the watch over it, and the payment does not move.
func TestCompareFindsLateHold(t *testing.T) {
	f := lost(t, nil)
	f.rules.Now = f.rules.Now.Add(SettleDelay)
	if f.write(Judge(f.p, 1, Trade{}, f.rules)); f.p.State != Declined {
		t.Fatal(f.p.State)
	}
	f.rules.Now = f.rules.Now.AddDate(0, 1, 0)
	held := Trade{Standing: StandingHeld, Amount: 5080}
	events := Compare(f.p, held, f.rules)
	if got := kinds(events); got != "late_hold asked " {
		t.Fatal(got)
	}
	if f.write(events); f.p.State != Declined || !f.p.Attempts[0].Unwanted || f.p.Attention != "" {
		t.Errorf("%s, %+v, attention %s", f.p.State, f.p.Attempts[0], f.p.Attention)
	}
}
