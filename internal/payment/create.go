package payment

import (
	"fmt"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// Create is a new payment.
type Create struct {
	Amount       money.Yen
	OrderNumber  string
	Means        // neither token nor stored card: pending, to be confirmed by a browser
	Customer     string
	Delivery     string    // bare id of a delivery method
	Mode         shop.Mode // empty: the shop's setting
	Device       string    // "pc" or "smartphone"; empty: "pc"
	ReturnURI    string
	Order        *Order // nil: none given
	Registration bool   // only to register the card: one yen, released at once
	ShipDate     string // planned, YYYY-MM-DD in Japan: a reservation 予約販売; empty: none
}

// Begin says what a new payment begins with: its created event and, with a
// token, the wish to authorize; or an *InvalidError or *Refusal, and then
// nothing is written.
func Begin(id ID, s *shop.Shop, tenant shop.Tenant, c Create, r Rules) ([]Event, error) {
	opening := Opening{
		Tenant: tenant, OrderNumber: c.OrderNumber, Requested: c.Amount, Mode: c.Mode, Installments: max(c.Installments, 1),
		Customer: c.Customer, Delivery: c.Delivery, Device: c.Device, ReturnURI: c.ReturnURI, Registration: c.Registration, Planned: c.ShipDate,
	}
	if err := checkOpening(&opening, s, r); err != nil {
		return nil, err
	}
	if err := mayReserve(&opening, r); err != nil {
		return nil, err
	}
	created := Event{Kind: KindCreated, ID: id, Opening: &opening, Amount: c.Amount}
	if c.Token == "" && c.Stored == "" {
		return r.events(nil, created), nil
	}
	c.Installments = opening.Installments
	asked, err := authorize(&Payment{ID: id, Opening: opening, Amount: c.Amount, ShipDate: opening.Planned}, c.Means, r)
	if err != nil {
		return nil, err
	}
	return r.events(nil, created, asked), nil
}

// checkOpening checks a new payment against shop and contract, and fills in
// the shop's settings.
func checkOpening(o *Opening, s *shop.Shop, r Rules) error {
	var bad []Violation
	if limit := r.Contract.Limit(); !o.Requested.Valid() || o.Requested > limit {
		bad = append(bad, Violation{"amount", fmt.Sprintf("must be 1 to %d yen", limit)})
	}
	if o.OrderNumber == "" {
		bad = append(bad, Violation{"order_number", "is needed"})
	}
	if o.Device == "" {
		o.Device = "pc"
	}
	if o.Mode == "" {
		if o.Mode = s.Settings.Mode; o.Mode == "" {
			o.Mode = shop.Authorize
		}
	}
	if o.Delivery != "" {
		m, ok := s.Delivery(o.Delivery)
		if !ok {
			bad = append(bad, Violation{"delivery_method", fmt.Sprintf("%q is not a delivery method of this shop", o.Delivery)})
		}
		if o.Yamato = m.Yamato(); o.Yamato {
			o.Mode = shop.Authorize // R17, whatever was asked
		}
	}
	if o.Planned != "" {
		bad = append(bad, checkShipDate(o.Planned, r)...)
		o.Mode = shop.Authorize // it is no hold yet: there is nothing to capture at purchase
	}
	if len(bad) > 0 {
		return &InvalidError{bad}
	}
	return nil
}

// GiveWay says what a payment must do so that a newer one may have its order
// number: nothing, be superseded, or refuse because it holds, took or may hold
// money (P09). With a call under way the refusal says when to come back.
func GiveWay(p *Payment, r Rules) ([]Event, *Refusal) {
	if p.Engaged() {
		err := &Refusal{Reason: OrderNumberTaken, Other: p.ID, Text: fmt.Sprintf("order number %q belongs to %s, which is %s", p.OrderNumber, p.ID.Name(), p.State)}
		if p.Question() != nil {
			err.RetryAt = r.Now.Add(5 * time.Second)
		}
		return nil, err
	}
	if p.State == Pending || p.State == Authenticating {
		return r.events(p, Event{Kind: KindCanceled, Reason: Superseded}), nil
	}
	return nil, nil
}
