package payment

import (
	"errors"
	"fmt"
)

// Check reports every invariant that p breaks. It holds after every event; the
// books are verified by it.
func (p *Payment) Check() error {
	var errs []error
	must := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("payment %s: %s", p.ID, fmt.Sprintf(format, args...)))
		}
	}
	must(p.ID.Valid(), "id has a wrong form")
	must(p.Amount.Valid(), "amount is %d", p.Amount)
	must(p.Refunded >= 0 && p.Refunded <= p.Captured, "%d yen refunded of %d captured", p.Refunded, p.Captured)
	charged := p.State == Captured || p.State == Settled
	must(!charged || p.Captured-p.Refunded == p.Amount, "%d - %d yen charged, but the amount is %d", p.Captured, p.Refunded, p.Amount)
	must(charged || p.Captured == p.Refunded, "%d yen are still charged in state %s", p.Captured-p.Refunded, p.State)
	must(!p.Held() || p.Winner > 0, "%s without a winner", p.State)
	must(p.Winner <= len(p.Attempts), "winner %d of %d attempts", p.Winner, len(p.Attempts))
	must(p.Scheduled == nil || p.Question() == nil, "an operation is open and another one scheduled")
	p.checkAttempts(must)
	return errors.Join(errs...)
}

func (p *Payment) checkAttempts(must func(bool, string, ...any)) {
	holding, authorizing := 0, 0
	for i := range p.Attempts {
		a := &p.Attempts[i]
		must(a.Number == i+1, "attempt %d is numbered %d", i+1, a.Number)
		must(a.Acceptance == p.NumberOf(i+1), "attempt %d has acceptance number %s", i+1, a.Acceptance)
		must(!a.Unwanted || a.State == Authorized, "attempt %d is unwanted and %s", i+1, a.State)
		if !a.Unwanted && (a.State == Authorized || a.State == Captured || a.State == Settled) {
			holding++
			must(p.Winner == i+1, "attempt %d holds and is not the winner", i+1)
			must(a.State == p.State, "attempt %d is %s, its payment %s", i+1, a.State, p.State)
		}
		if a.Open != nil && a.Open.Operation == OpAuthorize {
			authorizing++
		}
	}
	must(holding <= 1, "%d attempts hold", holding)
	must(holding == 0 || authorizing == 0, "an attempt holds while another one is authorized")
	must(authorizing <= 1, "%d authorizations are open", authorizing)
	must(!p.Held() || holding == 1, "%s, and no attempt holds", p.State)
}
