package payment

import (
	"fmt"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Times of a reservation 予約販売, in days (protocol 6).
const (
	ReservationLead  = 10 // before the planned ship date the provider makes it a hold by itself
	MaxShipDateAhead = 90 // of the planned ship date, from the authorization
)

// dayForm is how a planned ship date is written: a day in Japan.
const dayForm = "2006-01-02"

// ParseShipDate reads YYYY-MM-DD as midnight in Japan.
func ParseShipDate(s string) (time.Time, bool) {
	t, err := time.ParseInLocation(dayForm, s, shop.Tokyo)
	return t, err == nil
}

// dayOf is midnight in Japan of the day of t.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(shop.Tokyo).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, shop.Tokyo)
}

func sayDay(t time.Time) string { return t.In(shop.Tokyo).Format(dayForm) }

// holdDue is when the provider makes a reservation a hold: ten days before its
// planned ship date.
func (p *Payment) holdDue() time.Time {
	day, _ := ParseShipDate(p.ShipDate)
	return day.AddDate(0, 0, -ReservationLead)
}

// holdLook is how long after that day began the provider is asked first: when
// in the day it does so is not known.
const holdLook = 6 * time.Hour

// reservationAsks reports whether the provider must be asked, from a day on,
// whether the reservation is a hold. Once a person must look nobody asks.
func (p *Payment) reservationAsks() bool {
	return p.Reserved && p.State == Authorized && p.Attention == "" && p.Question() == nil
}

// holdExpiry is when a hold lapses that is asked for now. A reservation becomes
// one only later.
func (p *Payment) holdExpiry(r Rules) time.Time {
	if p.ShipDate != "" {
		if due := p.holdDue(); due.After(r.Now) {
			return r.Contract.HoldExpiry(due)
		}
	}
	return r.Contract.HoldExpiry(r.Now)
}

// checkShipDate: more than nine days ahead, or the provider would have to make
// it a hold at once; and not beyond what it takes.
func checkShipDate(s string, r Rules) []Violation {
	if s == "" {
		return nil
	}
	first, last := dayOf(r.Now).AddDate(0, 0, ReservationLead), dayOf(r.Now).AddDate(0, 0, MaxShipDateAhead)
	if day, ok := ParseShipDate(s); !ok || day.Before(first) || day.After(last) {
		return []Violation{{"ship_date", fmt.Sprintf("must be a day in Japan, YYYY-MM-DD, from %s to %s", sayDay(first), sayDay(last))}}
	}
	return nil
}

// mayReserve refuses a reservation that the contract does not allow.
func mayReserve(o *Opening, r Rules) error {
	if o.Planned != "" && !r.Contract.Flags.Reservation {
		return &Refusal{
			Reason: NotAllowedByContract, Text: "the contract has no reservations (予約販売): leave ship_date out, or have the option put into the contract",
			Japanese: "予約販売の契約がありません。出荷予定日を指定せずに決済するか、予約販売をお申し込みください。",
		}
	}
	return nil
}

// Reschedule changes the planned ship date of a reservation (E03).
type Reschedule struct {
	ShipDate string // YYYY-MM-DD, a day in Japan
	Etag     string
}

func (Reschedule) operation() Operation { return OpReschedule }

// decideReschedule: from today to 90 days after the authorization (protocol 6).
func decideReschedule(p *Payment, c Reschedule, r Rules) ([]Event, error) {
	if c.ShipDate == p.ShipDate {
		return r.events(p, Event{Kind: KindUnchanged, Operation: OpReschedule, ShipDate: c.ShipDate}), nil
	}
	first, last := dayOf(r.Now), dayOf(p.Attempts[p.Winner-1].Created).AddDate(0, 0, MaxShipDateAhead)
	if day, ok := ParseShipDate(c.ShipDate); !ok || day.Before(first) || day.After(last) {
		return nil, &InvalidError{[]Violation{{"ship_date", fmt.Sprintf("must be a day in Japan, YYYY-MM-DD, from %s to %s", sayDay(first), sayDay(last))}}}
	}
	return r.events(p, Event{Kind: KindAsked, Operation: OpReschedule, Attempt: p.Winner, Amount: p.Amount, ShipDate: c.ShipDate}), nil
}

// waits reports whether an operation must wait until a reservation is a hold.
func (p *Payment) waits(op Operation) bool {
	return p.Reserved && (op == OpCapture || op == OpShip || op == OpReauthorize)
}

// rescheduled is the fact of another planned ship date.
func rescheduled(p *Payment, a *Attempt, r Rules) Event {
	moved := *p
	moved.ShipDate = a.Open.ShipDate
	return Event{Kind: KindRescheduled, Attempt: a.Number, ShipDate: moved.ShipDate, Until: moved.holdExpiry(r)}
}

// judgeReschedule: the planned ship date at the provider tells.
func judgeReschedule(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	if t.ShipDate != a.Open.ShipDate {
		return judgeNot(p, a, t, no, r)
	}
	switch t.Standing {
	case StandingReserved:
		return r.events(p, rescheduled(p, a, r))
	case StandingHeld: // the new day is so near that it became a hold
		return r.events(p, rescheduled(p, a, r), becameHold(p, t, r))
	case StandingAttention: // and the card said no to that
		return r.events(p, rescheduled(p, a, r), Event{Kind: KindAttention, Attempt: a.Number, Reason: ProviderDiffers, Code: t.Code, Found: t.Found()})
	}
	return judgeNot(p, a, t, no, r)
}

// failedReservation reports whether the trade is our reservation, which was
// accepted and could not be made a hold (15). It can be canceled.
func (p *Payment) failedReservation(t Trade) bool {
	return p.ShipDate != "" && t.Standing == StandingAttention && t.Amount == p.Amount
}

// becameHold is the fact that the provider made the reservation a hold.
func becameHold(p *Payment, t Trade, r Rules) Event {
	return Event{
		Kind: KindHeld, Attempt: p.Winner, Amount: p.Amount, Approval: t.Approval, Approved: t.ApprovedAt,
		Until: r.Contract.HoldExpiry(r.Now), Code: t.Code,
	}
}
