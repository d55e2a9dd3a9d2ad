package payment

import (
	"time"

	"kessai.dev/kessai/internal/shop"
)

// warnAt are the days before the end of a hold from which on it is told of, each
// once.
var warnAt = [...]int{14, 7, 3, 1}

// WarnAhead is how many days before its end a hold is told of first.
const WarnAhead = 14

// The hours, in Japan, within which a hold is made anew by itself: the provider
// refuses it from 23:00 to 01:00 (A110000000), and other work of the night is over.
const (
	renewFrom  = 4
	renewUntil = 23
)

// Holding reports whether the payment is money held on a card that is not charged
// yet. A reservation is none before the provider made it a hold, and neither is
// the one yen that registers a card.
func (p *Payment) Holding() bool {
	return p.State == Authorized && !p.Reserved && !p.Registration && !p.HoldExpires.IsZero()
}

// DaysLeft is how many days a hold has left, by the calendar of Japan: 0 on its
// last day, negative when it has lapsed (P84).
func (p *Payment) DaysLeft(now time.Time) int { return DaysBetween(now, p.HoldExpires) }

// DaysBetween is how many midnights of Japan lie between two moments; negative
// when to is the earlier one.
func DaysBetween(from, to time.Time) int {
	return int((dayOf(to).Unix() - dayOf(from).Unix()) / (24 * 60 * 60)) // Japan keeps no summer time
}

// WarnDue is at which of 14, 7, 3 and 1 days a hold with so many days left is to be
// told of, given the one it was told of last (0: none). 0: there is nothing to
// tell. Days on which nobody looked are made up for by one warning, not by all.
func WarnDue(left, told int) int {
	if left < 0 {
		return 0
	}
	due := 0
	for _, days := range warnAt {
		if left <= days {
			due = days
		}
	}
	if told != 0 && due >= told {
		return 0
	}
	return due
}

// WarnHold tells that a hold ends soon: once for each of 14, 7, 3 and 1 days. No
// events: there is nothing to tell, or it was told.
func WarnHold(p *Payment, r Rules) []Event {
	if !p.Holding() {
		return nil
	}
	due := WarnDue(p.DaysLeft(r.Now), p.HoldWarned)
	if due == 0 {
		return nil
	}
	return r.events(p, Event{Kind: KindHoldExpiring, Amount: p.Amount, Days: due, Until: p.HoldExpires})
}

// HeldSince is since when the money is held that the payment holds now, or would
// hold had it not been made anew. A reservation is held from ten days before its
// planned ship date.
func (p *Payment) HeldSince() time.Time {
	switch {
	case p.Winner == 0:
		return time.Time{}
	case p.ShipDate != "":
		return p.holdDue()
	}
	return p.Attempts[p.Winner-1].Created
}

// SlipOpen reports whether Yamato carries the order, the money is held, and the
// provider has no slip of it (P71). As soon as it has one the money is charged.
func (p *Payment) SlipOpen() bool { return p.Yamato && p.Holding() && !p.SlipWarned }

// WarnSlip tells, once, that the provider still has no slip although the money has
// been held for the shop's number of days: what a debit or prepaid card has paid
// is given back by itself when the slip is late (P71).
func WarnSlip(p *Payment, r Rules) []Event {
	if !p.SlipOpen() {
		return nil
	}
	days := DaysBetween(p.HeldSince(), r.Now)
	if days < r.Settings.Care.SlipWithin() {
		return nil
	}
	return r.events(p, Event{Kind: KindSlipLate, Amount: p.Amount, Days: days})
}

// RenewTime is when the hold will be made anew by itself; zero: it will not. That
// is from the shop's number of days before its end on, once a day, outside the
// hours in which the provider refuses it, and on the next day again when that came
// to nothing. An order that is canceled, and a payment that somebody must look at
// first, are left alone; and so is a hold that has lapsed: whether the shopper
// still wants it is not ours to say.
func (p *Payment) RenewTime(care *shop.Care, c *shop.Contract, now time.Time) time.Time {
	days := min(care.ReauthorizeDays, c.HoldDays-1)
	if days < 1 || !p.Holding() || p.OrderCanceled || p.Question() != nil || p.blocked() || p.Scheduled != nil {
		return time.Time{}
	}
	last := dayOf(p.HoldExpires)
	from := last.AddDate(0, 0, -days)
	if next := dayOf(p.RenewTried).AddDate(0, 0, 1); !p.RenewTried.IsZero() && next.After(from) {
		from = next
	}
	if today := dayOf(now); today.After(from) {
		from = today
	}
	if !now.Before(from.Add(renewUntil * time.Hour)) {
		from = from.AddDate(0, 0, 1)
	}
	at := from.Add(renewFrom * time.Hour)
	if at.Before(now) {
		at = now
	}
	if at.After(p.HoldExpires) {
		return time.Time{}
	}
	return at
}

// RenewDue reports whether the hold is to be made anew now.
func (p *Payment) RenewDue(care *shop.Care, c *shop.Contract, now time.Time) bool {
	at := p.RenewTime(care, c, now)
	return !at.IsZero() && !at.After(now)
}

// HoldRisk is what may make the provider refuse to hold the money anew. An open
// set.
type HoldRisk string

// The risks.
const (
	RiskCardExpires   HoldRisk = "CARD_EXPIRES"   // the card is not good any more by then
	RiskRefusedBefore HoldRisk = "REFUSED_BEFORE" // the card, or making this hold anew, was refused before
)

// RenewRisks forecasts why holding the money anew at a moment may fail. The card's
// expiry is as the browser gave it, which nobody has proven.
func (p *Payment) RenewRisks(at time.Time) (risks []HoldRisk) {
	if p.Winner == 0 {
		return nil
	}
	winner := &p.Attempts[p.Winner-1]
	if last, err := time.ParseInLocation("01/06", winner.Card.Expiry, shop.Tokyo); err == nil && !at.Before(last.AddDate(0, 1, 0)) {
		risks = append(risks, RiskCardExpires)
	}
	refused := p.RenewRefused
	for i := range p.Attempts {
		a := &p.Attempts[i]
		same := winner.Card.LastFour != "" && a.Card.LastFour == winner.Card.LastFour || winner.Stored != "" && a.Stored == winner.Stored
		refused = refused || a.Decline != nil && a.Number != p.Winner && same
	}
	if refused {
		risks = append(risks, RiskRefusedBefore)
	}
	return risks
}

// LiabilityRenewed is who bears a chargeback once the hold was made anew: the new
// one was not authenticated, so what protection there was is lost.
func (p *Payment) LiabilityRenewed(now time.Time) Liability {
	l, _ := p.Liability(now)
	if l == Protected || l == Attempted {
		return ProtectionLost
	}
	return l
}
