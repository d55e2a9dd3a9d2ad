package payment

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/shop"
)

// R39 R40: whatever happens to a payment, its order is registered once at most and
// told of once at most, never both ways round, only while money is held; what is
// registered keeps its date; and none of it moves the money.
func TestOrderIsRegisteredOnceInEveryLife(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := begin(t, rapid.SampledFrom([]shop.Mode{shop.Authorize, shop.AuthorizeAndCapture}).Draw(t, "mode"), shop.ThreeDSecureOff)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 3600).Draw(t, "seconds")) * time.Second)
			switch rapid.SampledFrom([]string{"command", "answer", "sweep", "register", "tell"}).Draw(t, "step") {
			case "command":
				w.command()
			case "answer":
				w.answer()
			case "sweep":
				w.sweep()
			case "register":
				w.register(RegisterOrder{From: rapid.SampledFrom([]DateFrom{FromNow, FromLog}).Draw(t, "date")})
			case "tell":
				w.tell()
			}
		}
		w.settle()
		count := map[Kind]int{}
		for i := range w.history {
			count[w.history[i].Kind]++
		}
		if count[KindOrderRegistered] > 1 || count[KindUnconfirmed] > 1 {
			t.Fatalf("%d registered, %d told", count[KindOrderRegistered], count[KindUnconfirmed])
		}
	})
}

func (w *world) register(c RegisterOrder) {
	before := *w.p
	events, err := Register(w.p, c, w.rules())
	if err != nil {
		if before.Confirmed() && !before.Registration {
			w.t.Fatalf("what the shop has is refused: %v", err)
		}
		return
	}
	w.write(events)
	switch {
	case len(events) == 0 && !before.Confirmed():
		w.t.Fatal("neither registered nor refused")
	case len(events) > 0 && (!before.Held() || before.Confirmed() || w.p.OrderDate.IsZero()):
		w.t.Fatalf("registered: %+v", before)
	case !before.OrderDate.IsZero() && !w.p.OrderDate.Equal(before.OrderDate):
		w.t.Fatal("another date")
	}
	w.unmoved(&before)
}

func (w *world) tell() {
	before := *w.p
	w.write(Unconfirm(w.p, w.rules()))
	if w.p.Version > before.Version && (!before.Held() || before.Confirmed() || before.Registration) {
		w.t.Fatalf("told of: %+v", before)
	}
	w.unmoved(&before)
}

// unmoved: the order and the money are two things (R36).
func (w *world) unmoved(before *Payment) {
	if w.p.State != before.State || w.p.Amount != before.Amount || w.p.Captured != before.Captured || w.p.Refunded != before.Refunded || (w.p.Question() == nil) != (before.Question() == nil) {
		w.t.Fatalf("the money moved: %+v", w.p)
	}
}
