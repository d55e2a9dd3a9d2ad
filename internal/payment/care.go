package payment

import "time"

// watchAfter is when a lost authorization is looked at again: a hold that
// turns up by then is released.
var watchAfter = [...]time.Duration{5 * time.Minute, time.Hour, 24 * time.Hour}

// WatchRounds is how often a lost authorization is looked at.
const WatchRounds = len(watchAfter)

// NextCare is when somebody must look at the payment although nobody asks: an
// open question, a hold to release, a watch, a deferred operation, a
// reservation that should be a hold by now or a time that runs out. Zero: never. A time in the past means now.
func (p *Payment) NextCare() time.Time {
	var next time.Time
	at := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	for i := range p.Attempts {
		a := &p.Attempts[i]
		switch {
		case a.Open != nil:
			at(a.Open.Asked)
		case a.Unwanted:
			at(p.Updated)
		case a.watching():
			at(a.watchDue())
		}
	}
	switch {
	case p.Scheduled != nil:
		at(p.Scheduled.Due)
	case p.State == Authenticating && p.Latest().Open == nil:
		if at(p.Latest().Until); p.Latest().Returned > 0 {
			at(p.Updated)
		}
	case p.Registration && p.State == Authorized, p.capturable():
		at(p.Updated)
	case p.reservationAsks():
		at(p.holdDue().Add(holdLook))
	case p.State == Pending && p.Question() == nil:
		at(p.Created.Add(CheckoutTTL))
	}
	return next
}

// OpenSince is when the oldest question was asked that has no answer yet; zero: all are answered.
func (p *Payment) OpenSince() time.Time {
	var since time.Time
	for i := range p.Attempts {
		if q := p.Attempts[i].Open; q != nil && (since.IsZero() || q.Asked.Before(since)) {
			since = q.Asked
		}
	}
	return since
}

// watching reports whether a lost authorization is still looked at.
func (a *Attempt) watching() bool { return !a.LostAt.IsZero() && a.Watched < WatchRounds }

func (a *Attempt) watchDue() time.Time { return a.LostAt.Add(watchAfter[a.Watched]) }

// Inquiries lists the attempts about which the provider must be asked now:
// those with an open question, and lost ones whose watch is due.
func (p *Payment) Inquiries(now time.Time) []int {
	var due []int
	for i := range p.Attempts {
		a := &p.Attempts[i]
		ripe := a.Number == p.Winner && p.reservationAsks() && !now.Before(p.holdDue().Add(holdLook))
		if a.Open != nil || ripe || a.watching() && !now.Before(a.watchDue()) {
			due = append(due, a.Number)
		}
	}
	return due
}

// Tend gives the events that are due without asking the provider first: what
// ran out of time, what was deferred until now, and the wish to complete a challenge that was
// brought back, to release the yen that registered a card (P26: again and again until the
// provider says so), or to make the capture of a purchase that was not done. At most one wish.
func Tend(p *Payment, r Rules) []Event {
	if s := p.Scheduled; s != nil && !r.Now.Before(s.Due) {
		return tendScheduled(p, s, r)
	}
	if p.Question() != nil {
		return nil
	}
	switch {
	case p.State == Pending && !r.Now.Before(p.Created.Add(CheckoutTTL)):
		return r.events(p, Event{Kind: KindExpired, Reason: CheckoutTimeout})
	case p.State == Authenticating && !r.Now.Before(p.Latest().Until):
		return r.events(p, Event{Kind: KindExpired, Reason: ChallengeTimeout})
	case p.State == Authenticating && p.Latest().Returned > 0: // it could not be sent
		return r.events(p, authenticate(p, p.Latest()))
	case p.Registration && p.State == Authorized:
		return r.events(p, release(p.Winner, p.Amount))
	case p.capturable() && p.HoldLapsed(r.Now): // there is nothing left to charge, and the shop must know
		return r.events(p, Event{Kind: KindRefused, Operation: OpCapture, Attempt: p.Winner, Amount: p.Amount, Reason: HoldLapsed})
	case p.capturable():
		return r.events(p, Event{Kind: KindAsked, Operation: OpCapture, Attempt: p.Winner, Amount: p.Amount, Owed: true})
	}
	return nil
}

// TendUnwanted gives the wish to release a hold that nobody wants, again and again until the
// provider says so (P26). It goes beside what Tend gives, so that neither waits for the
// other, which may come to nothing for long. At most one wish.
func TendUnwanted(p *Payment, r Rules) []Event {
	for i := range p.Attempts {
		if a := &p.Attempts[i]; a.Unwanted && a.Open == nil {
			return r.events(p, Event{Kind: KindAsked, Operation: OpCancel, Attempt: a.Number, Amount: p.Amount, Reason: LateHold, Beside: true})
		}
	}
	return nil
}

// capturable reports whether the capture that belongs to the purchase is to be asked again: it
// was not sent, or certainly not done (R32). What needs an operator waits for that.
func (p *Payment) capturable() bool {
	return p.Owed && p.State == Authorized && !p.Reserved && p.Attention == "" && p.Scheduled == nil && p.Question() == nil
}

// tendScheduled asks what was deferred, or drops it when the payment does not
// allow it any more.
func tendScheduled(p *Payment, s *Scheduled, r Rules) []Event {
	free := *p
	free.Scheduled = nil
	if err := guard(&free, s.Operation, r.Now); err != nil {
		return Undefer(p, err.Reason, r)
	}
	return r.events(p, Event{Kind: KindAsked, Operation: s.Operation, Attempt: p.Winner, Amount: s.Amount})
}

// Undefer removes a deferred operation that can no longer be asked.
func Undefer(p *Payment, reason Reason, r Rules) []Event {
	return r.events(p, Event{Kind: KindUndeferred, Operation: p.Scheduled.Operation, Reason: reason})
}
