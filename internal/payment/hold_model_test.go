package payment

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/shop"
)

// P71 P84: whatever happens to a payment, and whenever somebody looks: of one hold
// the warnings come nearer and nearer, each once; of a late slip is told once; both
// only while money is held and not charged; a hold that is due is one that may be
// made anew, and never between 23:00 and 04:00; and no warning moves the money.
func TestHoldsInEveryLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t, rapid.SampledFrom([]shop.Mode{shop.Authorize, shop.AuthorizeAndCapture}).Draw(t, "mode"), shop.ThreeDSecureOff)
		care := shop.Care{ReauthorizeDays: rapid.IntRange(0, 30).Draw(t, "days")}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 12*24*60).Draw(t, "minutes")) * time.Minute)
			switch rapid.SampledFrom([]string{"command", "answer", "answer", "sweep", "warn", "warn", "renew"}).Draw(t, "step") {
			case "command":
				w.command()
			case "answer":
				w.answer()
			case "sweep":
				w.sweep()
			case "warn":
				w.warn()
			case "renew":
				w.renew(&care)
			}
		}
		w.warnings()
	})
}

func (w *world) warn() {
	for _, look := range []func(*Payment, Rules) []Event{WarnHold, WarnSlip} {
		before := *w.p
		w.write(look(w.p, w.rules()))
		if w.p.Version > before.Version && (!before.Holding() || before.HoldLapsed(w.now) && w.history[len(w.history)-1].Kind == KindHoldExpiring) {
			w.t.Fatalf("warned of: %+v", before)
		}
		w.unmoved(&before)
	}
}

func (w *world) renew(care *shop.Care) {
	rules := w.rules()
	at := w.p.RenewTime(care, &rules.Contract, w.now)
	switch {
	case at.IsZero():
	case at.Before(w.now) || at.After(w.p.HoldExpires) || at.In(shop.Tokyo).Hour() < 4 || at.In(shop.Tokyo).Hour() >= 23 || DaysBetween(at, w.p.HoldExpires) > care.ReauthorizeDays:
		w.t.Fatalf("made anew at %v, for a hold until %v", at, w.p.HoldExpires)
	}
	if !w.p.RenewDue(care, &rules.Contract, w.now) {
		return
	}
	events, err := Decide(w.p, Reauthorize{}, rules)
	if err != nil || events[len(events)-1].Kind != KindAsked {
		w.t.Fatalf("due, and %v %+v", err, events)
	}
	w.write(events)
	if w.p.RenewDue(care, &rules.Contract, w.now) {
		w.t.Fatal("due twice")
	}
}

// warnings looks at the whole history.
func (w *world) warnings() {
	told, slips := 0, 0
	for i := range w.history {
		switch e := &w.history[i]; e.Kind {
		case KindAuthorized, KindReauthorized, KindHeld:
			told = 0
		case KindHoldExpiring:
			if told != 0 && e.Days >= told {
				w.t.Fatalf("told of %d days after %d", e.Days, told)
			}
			told = e.Days
		case KindSlipLate:
			if slips++; slips > 1 {
				w.t.Fatal("a late slip is told of twice")
			}
		}
	}
}
