package payment

import (
	"fmt"
	"slices"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shipping"
)

// Found is what an inquiry (E04) showed, as an event keeps it: of a difference
// (R42), and of an order that moved here. Its JSON names are kept for ever.
type Found struct {
	Standing   Standing  `json:"s"`
	Amount     money.Yen `json:"y,omitempty"`
	Approval   string    `json:"ap,omitempty"`
	ApprovedAt string    `json:"at,omitempty"`
	Slips      []string  `json:"slips,omitempty"`
	ShipDate   string    `json:"sd,omitempty"`
	Code       string    `json:"c,omitempty"`
}

// Found is the trade as an event keeps it.
func (t *Trade) Found() *Found {
	return &Found{t.Standing, t.Amount, t.Approval, t.ApprovedAt, slices.Clone(t.Slips), t.ShipDate, t.Code}
}

// Same reports whether the provider showed the same both times.
func (f *Found) Same(g *Found) bool {
	if f == nil || g == nil {
		return f == g
	}
	return f.Standing == g.Standing && f.Amount == g.Amount && f.Approval == g.Approval && f.ShipDate == g.ShipDate && slices.Equal(f.Slips, g.Slips)
}

// Proposal is what one operator would do about a difference. It counts for what
// was found then, and for nothing else.
type Proposal struct {
	Actor string
	Time  time.Time
	Found *Found
}

// standingStates is where a payment stands that the provider shows so.
var standingStates = map[Standing]State{
	StandingHeld: Authorized, StandingReserved: Authorized, StandingCaptured: Captured, StandingSettled: Settled,
	StandingCanceled: Canceled, StandingNone: Canceled, StandingFailed: Canceled,
}

// correct takes over what the provider shows, as operators decided: the one
// change that may go back (P30 is about facts that arrive late).
func (p *Payment) correct(e *Event) error {
	if e.Found == nil || p.Winner == 0 {
		return fmt.Errorf("nothing to correct")
	}
	return p.stand(&p.Attempts[p.Winner-1], e)
}

// imported begins a payment that another system authorized.
func (p *Payment) imported(e *Event) error {
	if e.Found == nil || p.Foreign == "" || len(p.Attempts) > 0 {
		return fmt.Errorf("nothing to import")
	}
	p.Attempts = append(p.Attempts, Attempt{Number: 1, Acceptance: p.Foreign, State: Pending, Created: e.Time})
	p.Winner = 1
	return p.stand(&p.Attempts[0], e)
}

// stand puts payment and attempt where the provider shows them.
func (p *Payment) stand(a *Attempt, e *Event) error {
	state, ok := standingStates[e.Found.Standing]
	if !ok {
		return fmt.Errorf("standing %d is no place to be in", e.Found.Standing)
	}
	if e.Found.Amount.Valid() {
		p.Amount = e.Found.Amount
	}
	p.State, a.State, p.Owed = state, state, false
	p.Approval, p.ApprovedAt = e.Found.Approval, e.Found.ApprovedAt
	p.Reserved, p.ShipDate = e.Found.Standing == StandingReserved, e.Found.ShipDate
	switch state {
	case Captured, Settled:
		p.charge(p.Amount)
	case Authorized:
		p.Refunded = p.Captured
		p.HoldExpires, p.HoldWarned, p.RenewTried, p.RenewRefused = e.Until, 0, time.Time{}, false
	default:
		p.Refunded = p.Captured
	}
	p.standSlips(e.Found.Slips, e.Time)
	p.quiet()
	return nil
}

// standSlips takes over which slips the provider has.
func (p *Payment) standSlips(slips []string, at time.Time) {
	p.dropSlips()
	for _, s := range slips {
		if p.shipment(s) == nil {
			p.Shipments = append(p.Shipments, Shipment{Carrier: shipping.CarrierYamato, Slip: s, Time: at})
		}
		p.shipment(s).Registered = true
	}
}

// quiet ends what needed an operator.
func (p *Payment) quiet() { p.Attention, p.Difference, p.Proposal = "", nil, nil }
