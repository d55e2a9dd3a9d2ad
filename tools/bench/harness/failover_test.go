package harness

import (
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// planted is a world after a run: one payment was captured and acknowledged, and nobody
// has looked yet.
func planted() (*world, *paymentv1.Payment) {
	w := &world{book: newBook(), seen: newHistories(), calledFor: map[string]int{}}
	held := paid("p1", "o1", "A1", authorized, 5000)
	held.Etag = `"3"`
	w.book.acknowledge("CreatePayment", "k1", held)
	w.seen.begin(held)
	charged := paid("p1", "o1", "A1", captured, 5000)
	charged.CapturedAmount, charged.Etag = 5000, `"5"`
	w.book.acknowledge("CapturePayment", "k2", charged)
	at, _ := placeOf(charged)
	w.seen.add("p1", observed(porcupine.Operation{Input: captureVerb, Call: 10, Return: 20}, at, false, false)...)
	return w, charged
}

// P06 P18: what an acknowledged payment may turn out to be after a fail-over, and that a
// loss is found by each of the two checks that look for it.
func TestPlantedLoss(t *testing.T) {
	older := paid("p1", "o1", "A1", authorized, 5000)
	older.Etag = `"3"`
	other := paid("p2", "o2", "A2", authorized, 100)
	other.Etag = `"3"`
	_, same := planted()
	for _, c := range []struct {
		name          string
		listed        *paymentv1.Payment
		lost, ordered string // part of what is found; empty: nothing
	}{
		{"as acknowledged", same, "", ""},
		{"the capture is lost", older, "acknowledged at version 5, and the books list it at 3", "no order of the calls"},
		{"the payment is lost", other, "the books list it at 0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, _ := planted()
			want(t, missing(w.book.take(true), []*paymentv1.Payment{c.listed}), c.lost)
			now := w.seen.began.Add(time.Second)
			w.seen.read(c.listed, now, now.Add(time.Millisecond))
			before := w.book.differences()
			payments, calls := w.judgeAll()
			if found := w.book.differences() > before; found != (c.ordered != "") {
				t.Errorf("%d payments, %d calls: not linearisable %t, want %t", payments, calls, found, !found)
			}
		})
	}
}

// P09: a double charge is found whether it is two orders at the provider, one call that
// was carried out twice, or one idempotency key that led to two payments.
func TestPlantedDoubleCharge(t *testing.T) {
	one, two := paid("p1", "o1", "A1", captured, 5000), paid("p2", "o1", "A2", captured, 5000)
	trades := map[string]trade{"A1": {number: "A1", status: statusCaptured, amount: 5000}, "A2": {number: "A2", status: statusCaptured, amount: 5000}}
	want(t, compareBooks([]*paymentv1.Payment{one, two}, trades), "order o1 is paid 2 times")
	call := wireCall{function: "E01", number: "A1", status: statusCaptured, changed: true}
	want(t, compareCalls([]wireCall{call}), "")
	want(t, compareCalls([]wireCall{call, call}), "carried out E01 of A1 2 times")
	w, p := planted()
	if w.book.differences() != 0 {
		t.Fatal("a difference before there is one")
	}
	p = paid("p9", p.OrderNumber, "A9", captured, 5000)
	p.Etag = `"5"`
	if w.book.acknowledge("CreatePayment", "k1", p); w.book.differences() != 1 {
		t.Error("one key led to two payments, and nobody has noticed")
	}
}

// A repeated answer shows the payment as it stands then: it proves nothing of when its call
// took effect, and what it shows must fit all the same.
func TestRepeatedAnswer(t *testing.T) {
	later := place{money: givenBack(5000, 5000), version: 7}
	cancel := op(1, 12, 14, cancelVerb, done(7, givenBack(5000, 5000)))
	capture := porcupine.Operation{Input: captureVerb, Call: 10, Return: 20}
	for _, c := range []struct {
		name     string
		replayed bool
		at       place
		want     porcupine.CheckResult
	}{
		{"after somebody else's cancellation", true, later, porcupine.Ok},
		{"a first answer of that kind", false, later, porcupine.Illegal},
		{"of what never was", true, place{held(1), 7}, porcupine.Illegal},
	} {
		t.Run(c.name, func(t *testing.T) {
			history := append(observed(capture, c.at, c.replayed, false), cancel)
			if got := porcupine.CheckOperationsTimeout(oneAtATime(place{held(5000), 3}), thin(history), 10*time.Second); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// The longest time without a sale counts from the fault, of each server by itself, and to
// the next fault: who never sells again has a gap, too.
func TestGaps(t *testing.T) {
	began := time.Unix(1000, 0)
	at := func(s int) time.Time { return began.Add(time.Duration(s) * time.Second) }
	f := &fleet{servers: []*site{{}, {killed: at(10)}, {}}, faults: []*fault{{at: at(10)}, {at: at(20)}}}
	back := at(15)
	f.servers[1].back.Store(&back)
	for s := range 30 {
		f.sold.add(0, at(s), at(s))
		if s < 13 || s > 16 {
			f.sold.add(2, at(s), at(s))
		}
		if s < 10 {
			f.sold.add(1, at(s), at(s))
		}
	}
	for i, want := range [][2]time.Duration{{time.Second, 5 * time.Second}, {time.Second, 10 * time.Second}} {
		anybody, worst, silent := f.gaps(i, at(30))
		if anybody != want[0] || worst != want[1] || silent != (i == 1) { // the second server never comes back
			t.Errorf("fault %d: %s, %s, silent %t, want %s", i, anybody, worst, silent, want)
		}
	}
}
