package payment

import "time"

// Balance is what a payment comes to in yen: what is held on the card and not
// charged, and what is charged and not given back.
type Balance struct {
	Held    int64 `json:"h,omitempty"`
	Charged int64 `json:"c,omitempty"`
}

// Add gives the sum.
func (b Balance) Add(c Balance) Balance { return Balance{b.Held + c.Held, b.Charged + c.Charged} }

// Less gives the difference.
func (b Balance) Less(c Balance) Balance { return Balance{b.Held - c.Held, b.Charged - c.Charged} }

// Balance is what the payment comes to at a moment, as far as its events tell; nil
// comes to nothing. A hold whose end is before that moment holds nothing: nobody
// says so when it lapses. Also a hold that nobody wanted is money of the shopper's,
// until it is released (P29); and so is the one yen that registers a card. A
// reservation is no hold before the provider made it one.
func (p *Payment) Balance(at time.Time) Balance {
	if p == nil {
		return Balance{}
	}
	ours := positionOf(p.State, p.Amount)
	b := Balance{Held: int64(ours.held), Charged: int64(ours.charged)}
	if p.Reserved || p.HoldLapsed(at) {
		b.Held = 0
	}
	for i := range p.Attempts {
		if p.Attempts[i].Unwanted {
			b.Held += int64(p.Requested)
		}
	}
	return b
}

// MovementKind says how money moved.
type MovementKind string

// The kinds of movements, in the order in which a day shows them.
const (
	MovementAuthorized MovementKind = "AUTHORIZED"
	MovementImported   MovementKind = "IMPORTED" // it stood so when the order moved here
	MovementCaptured   MovementKind = "CAPTURED"
	MovementAdjusted   MovementKind = "ADJUSTED"
	MovementReleased   MovementKind = "RELEASED" // a hold
	MovementRefunded   MovementKind = "REFUNDED" // a charge
	MovementLapsed     MovementKind = "LAPSED"   // a hold ended by itself; no event says so
	MovementSettled    MovementKind = "SETTLED"  // moves nothing of the shopper's
	MovementDeclined   MovementKind = "DECLINED" // moves nothing
	MovementCorrected  MovementKind = "CORRECTED"
)

// MovementKinds are all of them, in that order.
var MovementKinds = []MovementKind{
	MovementAuthorized, MovementImported, MovementCaptured, MovementAdjusted, MovementReleased, MovementRefunded, MovementLapsed,
	MovementSettled, MovementDeclined, MovementCorrected,
}

// MoneyKinds are the events that may move money or count for a day.
var MoneyKinds = []Kind{
	KindAuthorized, KindHeld, KindReauthorized, KindRescheduled, KindImported, KindLateHold, KindCaptured, KindRegistered, KindAdjusted,
	KindCanceled, KindSettled, KindDeclined, KindCorrected,
}

// movements says what an event that moves money is called.
var movements = map[Kind]MovementKind{
	KindAuthorized: MovementAuthorized, KindHeld: MovementAuthorized, KindReauthorized: MovementAuthorized, KindLateHold: MovementAuthorized,
	KindImported: MovementImported, KindCaptured: MovementCaptured, KindRegistered: MovementCaptured, KindAdjusted: MovementAdjusted,
	KindSettled: MovementSettled, KindDeclined: MovementDeclined, KindCorrected: MovementCorrected,
}

// Movement is by how much one event changed what a payment comes to.
type Movement struct {
	Kind MovementKind
	By   Balance
}

// Move gives what an event moved, given the payment before it (nil: there was none)
// and after it; false: nothing that a day counts. Holds that ended before the moment
// at hold nothing on either side: those that end later have not lapsed for it yet.
func Move(before, after *Payment, e *Event, at time.Time) (Movement, bool) {
	m := Movement{Kind: movements[e.Kind], By: after.Balance(at).Less(before.Balance(at))}
	if e.Kind == KindCanceled {
		m.Kind = MovementReleased
		if m.By.Charged != 0 {
			m.Kind = MovementRefunded
		}
	}
	told := m.Kind == MovementSettled || m.Kind == MovementDeclined
	return m, told || m.By != Balance{}
}
