package payment

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"kessai.dev/kessai/internal/money"
)

// Apply gives the payment after one more event, and leaves p alone; p is nil
// before the created event. It returns an error for a sequence that cannot
// have happened: a gap, a fact no state allows, an answer to nothing asked.
func Apply(p *Payment, e *Event) (*Payment, error) {
	if p == nil {
		return applyCreated(e)
	}
	next := *p
	next.Attempts = slices.Clone(p.Attempts)
	if err := next.follow(e); err != nil {
		return nil, err
	}
	return &next, nil
}

// Replay applies events in order, starting from p (nil: from nothing).
func Replay(p *Payment, events []Event) (*Payment, error) {
	for i := range events {
		var err error
		if i == 0 {
			p, err = Apply(p, &events[i])
		} else { // p is Apply's copy, which nobody else has yet
			err = p.follow(&events[i])
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

func applyCreated(e *Event) (*Payment, error) {
	if e.Kind != KindCreated || e.Sequence != 1 || e.Opening == nil {
		return nil, errors.New("a payment begins with its created event")
	}
	return &Payment{
		ID: e.ID, Opening: *e.Opening, State: Pending, Amount: e.Opening.Requested,
		ShipDate: e.Opening.Planned, Version: 1, Created: e.Time, Updated: e.Time,
	}, nil
}

// follow changes p, which nobody else sees yet, by its next event.
func (p *Payment) follow(e *Event) error {
	if e.Sequence != p.Version+1 {
		return fmt.Errorf("event %d follows event %d", e.Sequence, p.Version)
	}
	p.Version, p.Updated = e.Sequence, e.Time
	if err := p.take(e); err != nil {
		return fmt.Errorf("event %d (%s) of %s: %w", e.Sequence, e.Kind, p.ID, err)
	}
	return nil
}

// take is what an event changes beside the version.
func (p *Payment) take(e *Event) error {
	switch e.Kind {
	case KindAsked:
		return p.ask(e)
	case KindDeferred:
		p.Scheduled = &Scheduled{Operation: e.Operation, Amount: e.Amount, Due: e.Until}
		return nil
	case KindUndeferred:
		p.Scheduled = nil
		return nil
	case KindAttention:
		p.quiet()
		if p.Attention = e.Reason; e.Reason != "" {
			p.Difference, p.Dismissed = e.Found, nil
		}
		return nil
	case KindProposed:
		p.Proposal = &Proposal{e.Actor, e.Time, e.Found}
		return nil
	case KindCorrected:
		return p.correct(e)
	case KindDismissed:
		p.quiet()
		p.Dismissed = e.Found
		return nil
	case KindImported:
		return p.imported(e)
	case KindOrderRegistered:
		p.OrderDate = e.Dated
		return nil
	case KindUnconfirmed:
		p.Unconfirmed = true
		return nil
	case KindHoldExpiring:
		p.HoldWarned = e.Days
		return nil
	case KindSlipLate:
		p.SlipWarned = true
		return nil
	case KindConverted:
		p.Converted = true
		return nil
	case KindShipped:
		p.ship(e)
		return nil
	case KindOrderUpdated:
		p.updateOrder(e.Order)
		return nil
	case KindUnchanged:
		return nil
	case KindCanceled, KindExpired:
		if e.Attempt == 0 {
			return p.end(e)
		}
	}
	a, err := p.attempt(e.Attempt)
	if err != nil {
		return err
	}
	return p.answer(a, e)
}

func (p *Payment) attempt(n int) (*Attempt, error) {
	if n < 1 || n > len(p.Attempts) {
		return nil, fmt.Errorf("there is no attempt %d", n)
	}
	return &p.Attempts[n-1], nil
}

// ask records a wish: an open question, and for an authorization a new attempt.
func (p *Payment) ask(e *Event) error {
	if !e.Beside {
		p.Scheduled = nil
	}
	if e.Operation == OpReauthorize {
		p.RenewTried = e.Time
	}
	if e.Operation == OpAuthorize {
		if e.Attempt != len(p.Attempts)+1 {
			return fmt.Errorf("attempt %d follows attempt %d", e.Attempt, len(p.Attempts))
		}
		a := Attempt{
			Number: e.Attempt, Acceptance: p.NumberOf(e.Attempt), State: Pending, Created: e.Time,
			Secure: e.Secure, Save: e.Save, Stored: e.Stored, Alone: e.Alone,
		}
		if e.Card != nil {
			a.Card = *e.Card
		}
		if e.Count > 0 {
			p.Installments = e.Count
		}
		p.Attempts = append(p.Attempts, a)
	}
	a, err := p.attempt(e.Attempt)
	if err != nil {
		return err
	}
	q := Question{Operation: e.Operation, Amount: e.Amount, Asked: e.Time, Slip: e.Slip, Replaces: e.Replaces, ShipDate: e.ShipDate, Approval: e.Approval, ApprovedAt: e.Approved}
	if e.Operation == OpAuthenticate {
		err = p.askAuthentication(a, e, &q)
	} else if a.Open != nil {
		err = fmt.Errorf("%s was asked and not answered yet", a.Open.Operation)
	}
	if e.Operation == OpCapture {
		p.Owed = e.Owed
	}
	a.Open = &q
	return err
}

// askAuthentication records what the browser brought back. An authentication
// without an answer may be asked again, as the same question: the provider does
// it once at most, since a number is authorized once.
func (p *Payment) askAuthentication(a *Attempt, e *Event, q *Question) error {
	if p.State != Authenticating || a.Number != p.Latest().Number {
		return fmt.Errorf("attempt %d is not at its challenge", a.Number)
	}
	if open := a.Open; open != nil {
		if open.Operation != OpAuthenticate || open.Lost.IsZero() {
			return fmt.Errorf("%s was asked and not answered yet", open.Operation)
		}
		q.Asked, q.Again = open.Asked, true
	}
	if e.Result != "" || a.Returned == 0 { // else it is asked again, with what was brought back before
		a.Result, a.Returned = e.Result, e.Sequence
	}
	return nil
}

// end closes a payment that holds nothing, without the provider.
func (p *Payment) end(e *Event) error {
	if p.Winner > 0 {
		return errors.New("only the provider ends a payment that holds money")
	}
	if err := p.move(e.Kind); err != nil {
		return err
	}
	if a := p.Latest(); a != nil && a.State == Authenticating {
		a.State = p.State
	}
	return nil
}

// answer records what became of a question about one attempt.
func (p *Payment) answer(a *Attempt, e *Event) error {
	switch e.Kind {
	case KindUnanswered:
		if a.Open == nil {
			return errors.New("nothing was asked")
		}
		q := *a.Open
		q.Lost = e.Time
		a.Open = &q
		return nil
	case KindReleased:
		return p.release(a, e)
	case KindRefused:
		switch e.Operation {
		case OpReauthorize:
			p.RenewRefused = true
		case OpCapture:
			p.Owed = false
		}
		a.Open = nil
		return nil
	case KindLateHold:
		a.State, a.Unwanted, a.Watched = Authorized, true, WatchRounds
		return nil
	case KindWatched:
		a.Watched++
		return nil
	}
	if a.Unwanted {
		return p.releaseUnwanted(a, e)
	}
	return p.fact(a, e)
}

// release takes a wish back. An authorization that was not sent leaves an
// attempt that never held.
func (p *Payment) release(a *Attempt, e *Event) error {
	if a.Open == nil {
		return errors.New("nothing was asked")
	}
	switch {
	case a.Open.Operation == OpAuthorize:
		a.State = Expired
	case a.Open.Operation == OpReauthorize && e.Reason != ResultLost:
		p.RenewTried = time.Time{} // the provider never heard of it
	}
	a.Open = nil
	return nil
}

// releaseUnwanted takes the end of a hold nobody wanted: the payment itself
// does not move (P29).
func (p *Payment) releaseUnwanted(a *Attempt, e *Event) error {
	if e.Kind != KindCanceled {
		return fmt.Errorf("attempt %d is to be released", a.Number)
	}
	a.State, a.Unwanted, a.Open = Canceled, false, nil
	return nil
}

// fact moves the attempt and the payment together.
func (p *Payment) fact(a *Attempt, e *Event) error {
	if a.Number != p.Current().Number {
		return fmt.Errorf("attempt %d is not the current one", a.Number)
	}
	if err := p.move(e.Kind); err != nil {
		return err
	}
	a.State, a.Open = p.State, nil
	p.Owed = p.Owed && p.State == Authorized
	switch e.Kind {
	case KindAuthorized:
		p.Winner, p.Decline, p.Lost = a.Number, nil, ""
		p.Amount = e.Amount
		p.Reserved = p.ShipDate != ""
		p.held(e)
	case KindReauthorized:
		p.Lost = CauseReauthorized
		p.held(e)
	case KindHeld:
		p.Reserved = false
		p.held(e)
	case KindRescheduled:
		p.ShipDate, p.HoldExpires = e.ShipDate, e.Until
	case KindChallenged:
		a.Until, a.Challenged, p.Decline = e.Until, e.Sequence, nil
	case KindDeclined:
		p.Decline = &Decline{Reason: e.Reason, Hard: e.Hard, Code: e.Code}
		a.Decline = p.Decline
		if e.Reason == ResultLost {
			a.LostAt = e.Time
		}
	case KindCaptured:
		p.Reserved = false
		p.charge(p.Amount)
	case KindRegistered:
		p.Reserved = false
		p.charge(p.Amount)
		p.register(e.Slip)
	case KindUnregistered:
		p.unregister(e.Slip)
	case KindAdjusted:
		if e.Amount > p.Amount && p.Lost == "" {
			p.Lost = CauseAmountRaised
		}
		p.Amount = e.Amount
		p.Approval, p.ApprovedAt = e.Approval, e.Approved // the new amount is another authorization, and A07 does not say which
		if p.State != Authorized {
			p.charge(e.Amount)
		}
	case KindCanceled:
		p.Reserved = false
		p.Refunded = p.Captured
		p.dropSlips()
	}
	return nil
}

func (p *Payment) move(k Kind) error {
	to, ok := effects[k][p.State]
	if !ok {
		return fmt.Errorf("a payment that is %s cannot be %s", p.State, k)
	}
	p.State = to
	return nil
}

func (p *Payment) held(e *Event) {
	p.Approval, p.ApprovedAt = e.Approval, e.Approved
	if !e.Until.IsZero() {
		p.HoldExpires = e.Until
	}
	p.HoldWarned, p.RenewTried, p.RenewRefused = 0, time.Time{}, false
}

// charge records that the card is charged y now, whatever it was before.
func (p *Payment) charge(y money.Yen) {
	p.Captured = max(p.Captured, y)
	p.Refunded = p.Captured - y
}
