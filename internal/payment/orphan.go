package payment

import (
	"time"

	"kessai.dev/kessai/internal/shop"
)

// orphanWindow is how long after its time the shop's rule for lost orders may
// still act: longer than a server stands still over a weekend, and so short that
// a rule which is switched on late does not give back a year's money. What is
// older is left to an operator.
const orphanWindow = 72 * time.Hour

// Tried is when the payment was last tried: from then on the shop has time to say
// that it has the order. A 3-D Secure challenge counts to the end it may have,
// and a payment without an attempt from its beginning.
func (p *Payment) Tried() time.Time {
	switch a := p.Current(); {
	case a == nil:
		return p.Created
	case a.Challenged > 0 && a.Until.After(a.Created):
		return a.Until
	default:
		return a.Created
	}
}

// Orphan reports whether the order counts as lost: its payment was begun, the shop
// has not shown that it has it, and the time it had for that is over (R39).
func (p *Payment) Orphan(c shop.Care, now time.Time) bool {
	return !p.Registration && !p.Confirmed() && !now.Before(p.Tried().Add(c.ConfirmWithin()))
}

// Unconfirm tells, once, of a lost order that holds money (R39). Of one that holds
// none there is nothing to tell: nobody waits for goods or money. No events: it
// is none, or was told.
func Unconfirm(p *Payment, r Rules) []Event {
	if p.Unconfirmed || !p.Held() || !p.Orphan(r.Settings.Care, r.Now) {
		return nil
	}
	return r.events(p, Event{Kind: KindUnconfirmed, Amount: p.Amount})
}

// OrphanRule is what the shop's rule does about a lost order that was told of, and
// when. OrphansWait: nothing, an operator decides. So it is also with a question
// open or a payment that needs attention, since then nobody knows where the money
// is; and when registering is switched off.
func (p *Payment) OrphanRule(s *shop.Settings) (rule shop.OrphanRule, at time.Time) {
	rule = s.Care.Orphans
	switch {
	case rule == shop.OrphansCancel, rule == shop.OrphansRegister && !s.NoRegistration:
	default:
		return shop.OrphansWait, time.Time{}
	}
	if !p.Held() || p.Registration || p.Confirmed() || p.Question() != nil || p.Attention != "" || p.Scheduled != nil {
		return shop.OrphansWait, time.Time{}
	}
	return rule, p.Tried().Add(s.Care.OrphanAge())
}

// OrphanDue is what the shop's rule does about the order now: OrphansWait before
// its time, too long after it, and before the order was told of.
func (p *Payment) OrphanDue(s *shop.Settings, now time.Time) shop.OrphanRule {
	rule, at := p.OrphanRule(s)
	if !p.Unconfirmed || now.Before(at) || !now.Before(at.Add(orphanWindow)) {
		return shop.OrphansWait
	}
	return rule
}

// OrphanTime is when the shop's rule will act by itself; zero: it will not, or not
// any more.
func (p *Payment) OrphanTime(s *shop.Settings, now time.Time) time.Time {
	rule, at := p.OrphanRule(s)
	if rule == shop.OrphansWait || !now.Before(at.Add(orphanWindow)) {
		return time.Time{}
	}
	return at
}

// Over reports whether nothing more comes of the payment that would need to know
// whose it was (P103): it has ended, was declined, or its hold has lapsed, and
// nothing about it is open.
func (p *Payment) Over(now time.Time) bool {
	if p.Attention != "" || p.Scheduled != nil || p.Question() != nil || !p.Held() && p.Engaged() {
		return false
	}
	switch p.State {
	case Settled, Canceled, Expired, Declined:
		return true
	}
	return p.HoldLapsed(now) && !p.Reserved
}
