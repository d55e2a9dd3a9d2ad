package payment

import (
	"fmt"
	"slices"
	"time"

	"kessai.dev/kessai/internal/shipping"
)

// Shipment is one parcel of the order.
type Shipment struct {
	Carrier    shipping.Carrier
	Slip       string // empty: not known yet
	Registered bool   // the provider has the slip
	Time       time.Time
}

// The conditions of R27 that a shipment can lack; the other two, the payment and
// the delivery method, an order with Yamato delivery has from the beginning.
const (
	ConditionCarrier     = "carrier"           // the carrier is Yamato
	ConditionSlip        = "slip_number"       // a slip number is given
	ConditionFulfillment = "fulfillment_state" // the order is SHIPPED
)

// MissingConditions names what an order with Yamato delivery lacks to be
// captured (R27); nil once it is, however that came, and for every other order.
func (p *Payment) MissingConditions() []string {
	switch {
	case !p.Yamato || p.Winner > 0 && p.State != Authorized:
		return nil
	case !p.Shipped:
		return []string{ConditionCarrier, ConditionSlip, ConditionFulfillment}
	}
	return p.Shipments[len(p.Shipments)-1].lacks()
}

// lacks names what a parcel has not that a Yamato slip at the provider needs.
func (s Shipment) lacks() (missing []string) {
	if s.Carrier != shipping.CarrierYamato {
		missing = append(missing, ConditionCarrier)
	}
	if s.Slip == "" {
		missing = append(missing, ConditionSlip)
	}
	return missing
}

func (p *Payment) registeredSlips() int {
	n := 0
	for _, s := range p.Shipments {
		if s.Registered {
			n++
		}
	}
	return n
}

// decideShip says what follows from the order's being sent. With Yamato delivery
// and nothing missing the slip goes to the provider, and the first one captures
// (R27), unless the shop's own B2 puts it there (P69); another order that is only authorized is captured now (R33); one that
// was captured at purchase stays so (R32). What is missing is no error: a later
// Ship brings it (R31).
func decideShip(p *Payment, c Ship, r Rules) ([]Event, error) {
	said := p.lastSaid()
	if said != nil && c.Carrier == "" && c.Slip == "" && p.Yamato { // P63: nothing new
		return r.events(p, Event{Kind: KindUnchanged, Operation: OpShip, Slip: said.Slip}), nil
	}
	if said != nil && c.Slip == "" && (c.Carrier == "" || c.Carrier == said.Carrier) {
		c.Carrier, c.Slip = said.Carrier, said.Slip
	}
	slip, err := shipSlip(p, c.Carrier, c.Slip)
	if err != nil {
		return nil, err
	}
	if c.Carrier == "" && p.Yamato && slip != "" {
		c.Carrier = shipping.CarrierYamato
	}
	if known := p.shipment(slip); slip != "" && known != nil && known.Registered {
		return r.events(p, Event{Kind: KindUnchanged, Operation: OpShip, Slip: slip}), nil // the same slip again
	}
	if refusal := p.anotherSlip(slip, r); refusal != nil {
		return nil, refusal
	}
	sent := Event{Kind: KindShipped, Carrier: c.Carrier, Slip: slip}
	parcel := Shipment{Carrier: c.Carrier, Slip: slip}
	switch {
	case p.Yamato && len(parcel.lacks()) == 0 && p.State != Settled && r.Settings.B2.Registers:
		return r.events(p, sent), nil // B2 registers it: the provider is asked whether it has (P69)
	case p.Yamato && len(parcel.lacks()) == 0 && p.State != Settled:
		return r.events(p, sent, Event{Kind: KindAsked, Operation: OpShip, Attempt: p.Winner, Amount: p.Amount, Slip: slip}), nil
	case !p.Yamato && p.State == Authorized && r.Contract.Flags.CaptureByCode99:
		return r.events(p, sent, Event{Kind: KindAsked, Operation: OpCapture, Attempt: p.Winner, Amount: p.Amount}), nil
	}
	return r.events(p, sent), nil
}

// shipSlip folds and checks a slip number. Another carrier's is taken as it is.
func shipSlip(p *Payment, carrier shipping.Carrier, text string) (string, error) {
	yamato := carrier == shipping.CarrierYamato || carrier == "" && p.Yamato
	if text == "" || !yamato {
		return text, nil
	}
	slip, err := shipping.ParseSlip(text)
	switch {
	case err != nil:
		return "", &InvalidError{[]Violation{{"shipment.slip_number", err.Error()}}}
	case slip.Placeholder(): // it passes its check digit, and is no parcel's (P70)
		return "", &InvalidError{[]Violation{{"shipment.slip_number", "twelve zeros are a placeholder, and no parcel's number: enter the number on the slip"}}}
	}
	return string(slip), nil
}

// anotherSlip refuses a further slip where the contract allows one parcel only,
// and says what would be right (R28).
func (p *Payment) anotherSlip(slip string, r Rules) *Refusal {
	n := p.registeredSlips()
	switch {
	case !p.Yamato || slip == "" || n == 0:
		return nil
	case n >= shipping.MaxSlips:
		return &Refusal{
			Reason: WrongState, Text: fmt.Sprintf("the order has %d slips, and the provider takes no more: send the rest as another order", n), Allowed: p.Allowed(r.Now),
			Japanese: fmt.Sprintf("この注文には送り状番号が%d件登録されており、これ以上は登録できません。残りは別の注文として発送してください。", n),
		}
	case !r.Contract.Flags.SeveralShipments:
		return &Refusal{
			Reason: WrongState, Text: "the order was shipped with another slip: correct the shipment, or have several parcels put into the contract", Allowed: p.Allowed(r.Now),
			Japanese: "この注文は、別の送り状番号で発送済みです。番号が誤っていた場合は送り状番号を訂正してください。複数口で発送するには、複数口の契約が必要です。",
		}
	}
	return nil
}

// decideCorrection puts the new slip on first and takes the old one off then, so
// that the charge never falls back to a hold (R28).
func decideCorrection(p *Payment, c CorrectShipment, r Rules) ([]Event, error) {
	refuse := func(reason Reason, english, japanese string) ([]Event, error) {
		return nil, &Refusal{Reason: reason, Text: english, Japanese: japanese, Allowed: p.Allowed(r.Now)}
	}
	old := p.lastRegistered()
	switch {
	case old == nil && !p.Yamato:
		return refuse(WrongState, "the order was captured without a slip: nothing at the provider needs correcting",
			"送り状番号なしで売上確定した注文です。決済代行会社に訂正するものはありません。")
	case old == nil:
		return refuse(WrongState, "no slip is at the provider: ship the order with the right one",
			"登録済みの送り状番号がありません。正しい送り状番号で発送済みにしてください。")
	case p.State == Settled:
		return refuse(TooLate, "the charge is settled: its slip can no longer be changed; note the right one with the order",
			"精算が確定しているため、送り状番号は訂正できません。正しい番号は注文に控えてください。")
	case p.registeredSlips() >= shipping.MaxSlips:
		return refuse(WrongState, fmt.Sprintf("the order has %d slips, and the provider takes no more: take one off at the provider first", shipping.MaxSlips),
			fmt.Sprintf("送り状番号が%d件登録されており、訂正用の番号を登録できません。先に決済代行会社の画面で1件取り消してください。", shipping.MaxSlips))
	}
	slip, err := shipSlip(p, shipping.CarrierYamato, c.Slip)
	switch {
	case err != nil:
		return nil, err
	case slip == "":
		return nil, &InvalidError{[]Violation{{"shipment.slip_number", "is needed"}}}
	case slip == old.Slip:
		return r.events(p, Event{Kind: KindUnchanged, Operation: OpShip, Slip: slip}), nil
	}
	return r.events(p,
		Event{Kind: KindShipped, Carrier: shipping.CarrierYamato, Slip: slip, Replaces: old.Slip},
		Event{Kind: KindAsked, Operation: OpShip, Attempt: p.Winner, Amount: p.Amount, Slip: slip, Replaces: old.Slip}), nil
}

func (p *Payment) lastRegistered() *Shipment {
	for i := len(p.Shipments) - 1; i >= 0; i-- {
		if p.Shipments[i].Registered {
			return &p.Shipments[i]
		}
	}
	return nil
}

// HasSlip reports whether the slip is at the provider with this payment, or may
// be: it was asked for, and nobody knows the answer yet.
func (p *Payment) HasSlip(slip string) bool {
	if q := p.Question(); q != nil && q.Operation == OpShip && q.Slip == slip {
		return true
	}
	s := p.shipment(slip)
	return s != nil && s.Registered
}

func (p *Payment) shipment(slip string) *Shipment {
	for i := range p.Shipments {
		if p.Shipments[i].Slip == slip {
			return &p.Shipments[i]
		}
	}
	return nil
}

// lastSaid is the parcel that the shop has told a slip of which the provider does not have;
// nil: there is none. What is left out later does not erase it (P63).
func (p *Payment) lastSaid() *Shipment {
	if n := len(p.Shipments); n > 0 && !p.Shipments[n-1].Registered && p.Shipments[n-1].Slip != "" {
		return &p.Shipments[n-1]
	}
	return nil
}

// ship records what the shop says of a parcel: one that is known already, one
// that was lacking something, or another one.
func (p *Payment) ship(e *Event) {
	p.Shipped = true
	sent := Shipment{Carrier: e.Carrier, Slip: e.Slip, Time: e.Time}
	p.Shipments = slices.Clone(p.Shipments)
	if n := len(p.Shipments); n > 0 && !p.Shipments[n-1].Registered { // it was not complete, or not taken
		p.Shipments[n-1] = sent
		return
	}
	p.Shipments = append(p.Shipments, sent)
}

func (p *Payment) register(slip string) {
	p.Shipments = slices.Clone(p.Shipments)
	if s := p.shipment(slip); s != nil {
		s.Registered = true
	}
}

func (p *Payment) unregister(slip string) {
	p.Shipments = slices.DeleteFunc(slices.Clone(p.Shipments), func(s Shipment) bool { return s.Slip == slip })
}

// dropSlips: a cancellation takes every slip off at the provider.
func (p *Payment) dropSlips() {
	p.Shipments = slices.Clone(p.Shipments)
	for i := range p.Shipments {
		p.Shipments[i].Registered = false
	}
}

// registered is the fact that a slip is on, with the wish to take off the one
// that it replaces (R28).
func registered(p *Payment, a *Attempt, r Rules) []Event {
	q := a.Open
	list := []Event{{Kind: KindRegistered, Attempt: a.Number, Amount: p.Amount, Slip: q.Slip}}
	if q.Replaces != "" {
		list = append(list, Event{Kind: KindAsked, Operation: OpUnship, Attempt: a.Number, Amount: p.Amount, Slip: q.Replaces})
	}
	return r.events(p, list...)
}

// strangeSlip names a slip that only one side knows: at the provider and not
// here, or registered here and gone there. Empty: the lists agree. What stands
// in for a slip of another carrier is none. Where nothing is charged there are
// no slips.
func (p *Payment) strangeSlip(t Trade) string {
	if t.Standing != StandingCaptured && t.Standing != StandingSettled {
		return ""
	}
	for _, s := range t.Slips {
		if slip, err := shipping.ParseSlip(s); err != nil || string(slip) != s {
			continue
		}
		if known := p.shipment(s); known == nil || !known.Registered {
			return s
		}
	}
	for _, s := range p.Shipments {
		if s.Registered && !slices.Contains(t.Slips, s.Slip) {
			return s.Slip
		}
	}
	return ""
}

// judgeSlip: the provider's list of slips tells.
func judgeSlip(p *Payment, a *Attempt, t Trade, no bool, r Rules) []Event {
	on := slices.Contains(t.Slips, a.Open.Slip)
	charged := t.Standing == StandingCaptured || t.Standing == StandingSettled
	switch {
	case a.Open.Operation == OpShip && on && charged && p.State != Settled:
		if t.Standing == StandingSettled { // too late to take another one off
			return r.events(p,
				Event{Kind: KindRegistered, Attempt: a.Number, Amount: p.Amount, Slip: a.Open.Slip},
				Event{Kind: KindSettled, Attempt: a.Number, Amount: p.Amount})
		}
		return registered(p, a, r)
	case a.Open.Operation == OpUnship && !on && charged:
		return r.events(p, Event{Kind: KindUnregistered, Attempt: a.Number, Slip: a.Open.Slip})
	}
	return judgeNot(p, a, t, no, r)
}
