package harness

import (
	"context"
	"fmt"
	"slices"
	"strings"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// The provider's status numbers (statusInfo).
const (
	statusAuthorized = 4
	statusReserved   = 5
	statusCaptured   = 30
	statusSettled    = 31
	statusCanceled   = 40
)

// trade is one order number in the provider's books.
type trade struct {
	number string
	status int
	amount int32
	slips  []string
}

func (t *trade) live() bool {
	return t.status == statusAuthorized || t.status == statusReserved || t.status == statusCaptured || t.status == statusSettled
}

// wireCall is one call in the provider's log.
type wireCall struct {
	function string // "A08"
	number   string
	slip     string // of E01 and E02, with Yamato
	code     string // error code that was answered; empty: none
	status   int    // of the order after it
	changed  bool   // something was written
}

// totals are what both books add up to.
type totals struct{ heldCount, held, chargedCount, charged int64 }

func (t *totals) add(status int, amount int32) {
	switch status {
	case statusAuthorized, statusReserved:
		t.heldCount++
		t.held += int64(amount)
	case statusCaptured, statusSettled:
		t.chargedCount++
		t.charged += int64(amount)
	}
}

// compare holds kessai's books against the provider's, to the yen, and both
// against the rule that one order is paid once.
func (w *world) compare(ctx context.Context, payments []*paymentv1.Payment) error {
	trades, err := w.trades(ctx)
	if err != nil {
		return fmt.Errorf("the simulator's books: %w", err)
	}
	if err := w.readLog(ctx); err != nil {
		return fmt.Errorf("the simulator's log: %w", err)
	}
	for _, fault := range compareBooks(payments, trades) {
		w.book.differ("%s", fault)
	}
	for _, fault := range compareCalls(w.log) {
		w.book.differ("%s", fault)
	}
	for _, c := range w.log {
		if w.mode == "linear" && c.code != "" { // the winners of a race are asked for, and nobody else
			w.book.differ("the provider had to refuse %s of %s: %s", c.function, c.number, c.code)
		}
		w.calledFor[c.function]++
	}
	for _, t := range trades {
		w.theirs.add(t.status, t.amount)
	}
	for _, p := range payments {
		w.ours.add(expected(p), p.GetAmount())
	}
	if w.ours != w.theirs {
		w.book.differ("kessai's books add up to %+v, the provider's to %+v", w.ours, w.theirs)
	}
	return nil
}

// expected is the provider's number for a payment's state; 0: it holds nothing
// and is not to be found as live.
func expected(p *paymentv1.Payment) int {
	switch p.GetState() {
	case paymentv1.Payment_STATE_AUTHORIZED:
		return statusAuthorized
	case paymentv1.Payment_STATE_CAPTURED:
		return statusCaptured
	case paymentv1.Payment_STATE_SETTLED:
		return statusSettled
	case paymentv1.Payment_STATE_CANCELED:
		return statusCanceled
	}
	return 0
}

func compareBooks(payments []*paymentv1.Payment, trades map[string]trade) (faults []string) {
	differ := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	owner := map[string]string{} // acceptance number to payment
	live := map[string][]string{}
	for _, p := range payments {
		if p.GetAttention() != "" {
			differ("%s needs an operator: %s", p.GetName(), p.GetAttention())
		}
		for _, a := range p.GetAttempts() {
			number := a.GetAcceptanceNumber()
			owner[number] = p.GetName()
			t, found := trades[number]
			if found && t.live() {
				live[p.GetOrderNumber()] = append(live[p.GetOrderNumber()], number)
			}
			if number == p.GetAcceptanceNumber() {
				if err := comparePayment(p, t, found); err != nil {
					differ("%v", err)
				}
				for _, fault := range compareSlips(p, t) {
					differ("%s", fault)
				}
			} else if found && t.live() {
				differ("%s: attempt %s lost, and the provider has it at %d with %d yen", p.GetName(), number, t.status, t.amount)
			}
		}
	}
	for number, t := range trades {
		if owner[number] == "" {
			differ("the provider has %s at %d with %d yen, and kessai knows no such number", number, t.status, t.amount)
		}
	}
	for order, numbers := range live {
		if len(numbers) > 1 {
			differ("order %s is paid %d times: %s", order, len(numbers), strings.Join(numbers, ", "))
		}
	}
	slices.Sort(faults)
	return faults
}

// comparePayment holds a payment against the trade of its current attempt.
func comparePayment(p *paymentv1.Payment, t trade, found bool) error {
	want := expected(p)
	held := want != 0 && want != statusCanceled
	switch {
	case held && !found:
		return fmt.Errorf("%s is %s, and the provider does not know %s", p.GetName(), p.GetState(), p.GetAcceptanceNumber())
	case held && (t.status != want && !(want == statusAuthorized && t.status == statusReserved) || t.amount != p.GetAmount()):
		return fmt.Errorf("%s is %s with %d yen, and the provider has it at %d with %d yen", p.GetName(), p.GetState(), p.GetAmount(), t.status, t.amount)
	case !held && found && t.live():
		return fmt.Errorf("%s is %s, and the provider has it at %d with %d yen", p.GetName(), p.GetState(), t.status, t.amount)
	}
	return nil
}

// compareCalls reads the provider's log: an acceptance number is authorized at
// most once, and captured and canceled at most once, with Yamato once by each
// slip, whatever was repeated.
func compareCalls(calls []wireCall) (faults []string) {
	type deed struct{ function, number, slip string }
	done := map[deed]int{}
	for _, c := range calls {
		if c.carriedOut() {
			done[deed{c.function, c.number, c.slip}]++
		}
	}
	for d, n := range done {
		if n > 1 {
			faults = append(faults, fmt.Sprintf("the provider carried out %s of %s %d times", d.function, d.number, n))
		}
	}
	slices.Sort(faults)
	return faults
}
