package payment

import (
	"fmt"

	"kessai.dev/kessai/internal/money"
)

// Return is what the browser brought back from 3-D Secure.
type Return struct {
	Result string    // RES_CODE
	Amount money.Yen // the amount it speaks of; zero: it cannot be read
	Values []byte    // all of it, unaltered, for the acquirer alone (P46)
}

// Returned says what a browser's return from the challenge of an attempt leads
// to: the wish to complete it, or its end by the shop's policy; or a *Refusal
// when the payment does not wait for it (any more), and an *InvalidError when it
// is not about this payment. What it says is a claim: only the provider's answer
// counts (P47).
func Returned(p *Payment, attempt int, ret Return, r Rules) ([]Event, error) {
	a := p.Latest()
	switch {
	case a == nil || a.Number != attempt || p.State != Authenticating:
		return nil, &Refusal{Reason: WrongState, Text: fmt.Sprintf("attempt %d of a payment that is %s waits for no 3-D Secure", attempt, p.State)}
	case a.Open != nil:
		return nil, &Refusal{Reason: OperationPending, Text: "the provider is being asked already"} // P43
	case !r.Now.Before(a.Until):
		return r.events(p, Event{Kind: KindExpired, Reason: ChallengeTimeout}), nil
	case ret.Result == "" || ret.Amount != p.Amount: // P45, P46
		return nil, &InvalidError{[]Violation{{"3-D Secure", "what came back is not about this payment and its amount"}}}
	case !Accepts(r.Settings.ThreeDSecure, ClassOf(ret.Result)):
		return r.events(p, Event{Kind: KindDeclined, Attempt: attempt, Reason: AuthenticationFailed, Code: ret.Result}), nil
	}
	asked := authenticate(p, a)
	asked.Result, asked.Private = ret.Result, ret.Values
	return r.events(p, asked), nil
}

// authenticate is the wish to complete a challenge (A09).
func authenticate(p *Payment, a *Attempt) Event {
	return Event{Kind: KindAsked, Operation: OpAuthenticate, Attempt: a.Number, Amount: p.Amount}
}

// Convert says what a claim of the conversion leads to (R08, P102): an event
// for the first one, none when somebody had it before, or a *Refusal while
// nothing is bought.
func Convert(p *Payment, r Rules) ([]Event, error) {
	switch {
	case !p.Held() || p.Registration:
		return nil, &Refusal{Reason: WrongState, Text: fmt.Sprintf("a payment that is %s has no conversion", p.State), Allowed: p.Allowed(r.Now)}
	case p.Converted:
		return nil, nil
	}
	return r.events(p, Event{Kind: KindConverted, Amount: p.Amount}), nil
}
