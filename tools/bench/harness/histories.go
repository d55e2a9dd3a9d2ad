package harness

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// histories is every call that was observed of each payment, from when it was first
// seen with nothing open.
type histories struct {
	began time.Time
	mu    sync.Mutex
	of    map[string]*chronicle
}

// chronicle is that of one payment.
type chronicle struct {
	start place
	ops   []porcupine.Operation
}

func newHistories() *histories {
	return &histories{began: time.Now(), of: map[string]*chronicle{}}
}

// begin takes a payment in, once there is nothing open.
func (h *histories) begin(p *paymentv1.Payment) {
	at, err := placeOf(p)
	if err != nil || p.GetPendingOperation() != 0 {
		return // an answer without a version is a difference already
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.of[p.GetName()] == nil {
		h.of[p.GetName()] = &chronicle{start: at}
	}
}

// add takes calls in.
func (h *histories) add(name string, ops ...porcupine.Operation) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c := h.of[name]; c != nil {
		c.ops = append(c.ops, ops...)
	}
}

// read takes in what a payment was shown as.
func (h *histories) read(p *paymentv1.Payment, called, answered time.Time) {
	at, err := placeOf(p)
	if err != nil {
		return
	}
	h.begin(p)
	h.add(p.GetName(), porcupine.Operation{
		Input: verbInput{verb: "get"}, Output: verbOutput{money: at.money, version: at.version},
		Call: int64(called.Sub(h.began)), Return: int64(answered.Sub(h.began)),
	})
}

// judgeAll has every history checked that begins before the end and ends with what the
// books say at last: an acknowledged change that is not in it fits no order. It gives how
// many calls there were.
func (w *world) judgeAll() (payments, calls int) {
	w.seen.mu.Lock()
	defer w.seen.mu.Unlock()
	for name, c := range w.seen.of {
		slices.SortStableFunc(c.ops, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
		payments, calls = payments+1, calls+len(c.ops)
		w.judgeFrom(c.start, name, payments, c.ops)
	}
	if 50*w.undecided > payments {
		w.book.differ("%d of %d histories could not be decided: the check is worth little", w.undecided, payments)
	}
	return payments, calls
}

// missing are the payments of the record that the books do not list.
func missing(records []record, listed []*paymentv1.Payment) (faults []string) {
	there := map[string]int{}
	for _, p := range listed {
		if s, err := snap(p); err == nil {
			there[p.GetName()] = s.version
		}
	}
	for _, r := range records {
		last := r.answers[len(r.answers)-1].version
		if have := there[r.name]; have < last {
			faults = append(faults, fmt.Sprintf("%s was acknowledged at version %d, and the books list it at %d", r.name, last, have))
		}
	}
	return faults
}
