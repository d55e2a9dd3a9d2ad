package payment

import (
	"regexp"
	"time"

	"kessai.dev/kessai/internal/shop"
)

// Import is an order that another shop system authorized, and that moves here.
type Import struct {
	OrderNumber string
	Acceptance  string // 受付番号, as the provider knows it
	Delivery    string // bare id of the delivery method; empty: unknown
	Yamato      bool   // the method is assigned to Yamato
}

// acceptance is what the provider takes as order_no (protocol 2).
var acceptance = regexp.MustCompile(`^[0-9A-Z#\-*/<>:@]{1,23}$`)

// ValidAcceptance reports whether the provider could know a payment by s.
func ValidAcceptance(s string) bool { return acceptance.MatchString(s) }

// TakeOver begins the payment of an order that moves here, as the provider shows
// it, with where it comes from in its history. None: the provider holds and took
// nothing for it, or cannot tell yet, so there is nothing to take over.
func TakeOver(id ID, t shop.Tenant, c Import, trade Trade, r Rules) []Event {
	switch trade.Standing {
	case StandingHeld, StandingReserved, StandingCaptured, StandingSettled:
	default:
		return nil
	}
	if !trade.Amount.Valid() {
		return nil
	}
	opening := &Opening{
		Tenant: t, OrderNumber: c.OrderNumber, Requested: trade.Amount, Mode: shop.Authorize, Installments: 1,
		Delivery: c.Delivery, Yamato: c.Yamato, Foreign: c.Acceptance,
	}
	return []Event{
		{ID: id, Sequence: 1, Time: r.Now, Kind: KindCreated, Actor: r.Actor, Opening: opening},
		{Sequence: 2, Time: r.Now, Kind: KindImported, Actor: r.Actor, Attempt: 1, Amount: trade.Amount, Found: trade.Found(), Until: trade.holdEnds(r)},
	}
}

// holdEnds is when a hold that was made elsewhere lapses: by the day on which the
// provider says it was approved. Zero: it does not say, and nothing is guessed.
func (t *Trade) holdEnds(r Rules) time.Time {
	const day = "20060102"
	if t.Standing != StandingHeld || len(t.ApprovedAt) < len(day) {
		return time.Time{}
	}
	made, err := time.ParseInLocation(day, t.ApprovedAt[:len(day)], shop.Tokyo)
	if err != nil {
		return time.Time{}
	}
	return r.Contract.HoldExpiry(made)
}
