package api

import (
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/payment"
)

// currency is the one there is.
const currency = "JPY"

// view shows a payment without its order. A browser sees less: no approval
// number, provider codes, customer, attention, stored cards or liability, and only
// a coarse reason for a decline.
func (a *API) view(c *call, p *payment.Payment) *paymentv1.Payment {
	reduced := c.who.browser()
	out := &paymentv1.Payment{
		Name: p.ID.Name(), Shop: string(p.Tenant.Shop), Environment: string(p.Tenant.Environment), State: stateMessages[p.State],
		OrderNumber: p.OrderNumber, AcceptanceNumber: p.Acceptance(),
		Amount: int32(p.Amount), CapturedAmount: int32(p.Captured), RefundedAmount: int32(p.Refunded), CurrencyCode: currency,
		CaptureMode: string(p.Mode), InstallmentCount: int32(max(p.Installments, 1)), //nolint:gosec // a payment count
		Decline: declineMessage(p.Decline, reduced), DeliveryMethod: p.Delivery, ReturnUri: p.ReturnURI,
		ScheduledOperation: scheduledMessage(p.Scheduled), HoldExpired: p.HoldLapsed(a.o.Clock()),
		CreateTime: timestamp(p.Created), UpdateTime: timestamp(p.Updated), Etag: p.Etag(),
		Authentication: a.authentication(p, reduced), Registration: p.Registration, OrderState: orderState(p), ShipDate: p.ShipDate, Imported: p.Foreign != "",
	}
	if q := p.Question(); q != nil {
		out.PendingOperation, out.PendingSinceTime = operationMessages[q.Operation], timestamp(q.Asked)
	}
	if p.State == payment.Authorized {
		out.HoldExpireTime = timestamp(p.HoldExpires)
	}
	if at := p.Current(); at != nil {
		out.Card = cardMessage(at.Card)
	}
	for i := range p.Attempts {
		out.Attempts = append(out.Attempts, attemptMessage(&p.Attempts[i], reduced))
	}
	if p.Shipped {
		out.FulfillmentState = paymentv1.Payment_FULFILLMENT_STATE_SHIPPED
	}
	if !reduced {
		out.Shipments, out.MissingCaptureConditions = shipmentMessages(p.Shipments), p.MissingConditions()
		out.ApprovalNumber, out.Customer, out.Attention = p.Approval, p.Customer, string(p.Attention)
		out.Difference = differenceMessage(p.Difference, p.Proposal)
		out.OrderRegistered, out.OrderTime = p.Confirmed(), timestamp(p.OrderDate)
	}
	return out
}

func attemptMessage(at *payment.Attempt, reduced bool) *paymentv1.Attempt {
	out := &paymentv1.Attempt{
		AcceptanceNumber: at.Acceptance, State: stateMessages[at.State], Decline: declineMessage(at.Decline, reduced), CreateTime: timestamp(at.Created),
		Authentication: authenticationMessage(at, reduced),
	}
	if !reduced {
		out.StoredCard = at.Stored
	}
	if at.Open != nil {
		out.PendingOperation = operationMessages[at.Open.Operation]
	}
	return out
}

func shipmentMessages(list []payment.Shipment) []*paymentv1.Shipment {
	var out []*paymentv1.Shipment
	for _, s := range list {
		out = append(out, &paymentv1.Shipment{Carrier: string(s.Carrier), SlipNumber: s.Slip, Registered: s.Registered, CreateTime: timestamp(s.Time)})
	}
	return out
}

// coarse are reasons that would tell somebody who tries card numbers how close
// they are: a browser sees CARD_DECLINED for all of them (P91).
var coarse = map[payment.Reason]bool{
	payment.CardLimitExceeded: true, payment.CardExpired: true, payment.CardInvalid: true, payment.SecurityCodeWrong: true,
}

func declineMessage(d *payment.Decline, reduced bool) *paymentv1.Decline {
	switch {
	case d == nil:
		return nil
	case !reduced:
		return &paymentv1.Decline{Reason: string(d.Reason), Hard: d.Hard, ProviderCode: d.Code}
	case coarse[d.Reason]:
		return &paymentv1.Decline{Reason: string(payment.CardDeclined)}
	case d.Reason == payment.CardDeclined:
		return &paymentv1.Decline{Reason: string(d.Reason)}
	}
	return &paymentv1.Decline{Reason: string(d.Reason), Hard: d.Hard}
}

func cardMessage(h card.Hint) *paymentv1.CardSummary {
	if h == (card.Hint{}) {
		return nil
	}
	return &paymentv1.CardSummary{Brand: string(h.Brand), LastFour: h.LastFour, Expiry: h.Expiry}
}

func scheduledMessage(s *payment.Scheduled) *paymentv1.ScheduledOperation {
	if s == nil {
		return nil
	}
	return &paymentv1.ScheduledOperation{Operation: operationMessages[s.Operation], Amount: int32(s.Amount), DueTime: timestamp(s.Due)}
}

func orderMessage(o *payment.Order) *paymentv1.Order {
	if o == nil {
		return nil
	}
	out := &paymentv1.Order{Total: int32(o.Total)}
	for _, l := range o.Lines {
		out.Lines = append(out.Lines, &paymentv1.OrderLine{Name: l.Name, Quantity: int32(l.Quantity), UnitAmount: int32(l.UnitAmount), Kind: l.Kind}) //nolint:gosec // checked when it came in
	}
	if b := o.Buyer; b != nil {
		out.Buyer = &paymentv1.Buyer{Name: b.Name, NameKana: b.NameKana, Phone: b.Phone, Email: b.Email}
	}
	for i, a := range o.ShipTos {
		m := &paymentv1.Address{Name: a.Name, PostalCode: a.PostalCode, Prefecture: a.Prefecture, City: a.City, Line1: a.Line1, Line2: a.Line2, Phone: a.Phone}
		if len(o.ShipTos) == 1 && i == 0 {
			out.ShippingAddress = m
			break
		}
		out.ShippingAddresses = append(out.ShippingAddresses, m)
	}
	return out
}

// eventMessages shows the history: what happened, never what is private.
func eventMessages(id payment.ID, events []payment.Event) []*paymentv1.PaymentEvent {
	out := make([]*paymentv1.PaymentEvent, 0, len(events))
	for i := range events {
		e := &events[i]
		m := &paymentv1.PaymentEvent{
			Sequence: int32(e.Sequence), Type: string(e.Kind), CreateTime: timestamp(e.Time), //nolint:gosec // counts up from 1
			Operation: operationMessages[e.Operation], Amount: int32(e.Amount), ApprovalNumber: e.Approval,
			Reason: string(e.Reason), ProviderCode: e.Code, Actor: e.Actor, SlipNumber: e.Slip, ShipDate: e.ShipDate,
		}
		m.Difference, m.OrderTime, m.Days, m.Note = differenceMessage(e.Found, nil), timestamp(e.Dated), int32(e.Days), e.Note //nolint:gosec // days of a hold
		orderChange(m, e.Order)
		if e.Kind == payment.KindAsked { // what was there before the wish is for us
			m.ApprovalNumber = ""
		}
		if e.Attempt > 0 {
			m.AcceptanceNumber = id.Acceptance(e.Attempt)
		}
		out = append(out, m)
	}
	return out
}

// timestamp leaves out a time that is not set.
func timestamp(t time.Time) *timestamppb.Timestamp {
	if t.IsZero() {
		return nil
	}
	return timestamppb.New(t)
}

var stateMessages = map[payment.State]paymentv1.Payment_State{
	payment.Pending:        paymentv1.Payment_STATE_PENDING,
	payment.Authenticating: paymentv1.Payment_STATE_AUTHENTICATING,
	payment.Authorized:     paymentv1.Payment_STATE_AUTHORIZED,
	payment.Captured:       paymentv1.Payment_STATE_CAPTURED,
	payment.Settled:        paymentv1.Payment_STATE_SETTLED,
	payment.Canceled:       paymentv1.Payment_STATE_CANCELED,
	payment.Declined:       paymentv1.Payment_STATE_DECLINED,
	payment.Expired:        paymentv1.Payment_STATE_EXPIRED,
}

var operationMessages = map[payment.Operation]paymentv1.Payment_Operation{
	payment.OpAuthorize:    paymentv1.Payment_OPERATION_AUTHORIZE,
	payment.OpAuthenticate: paymentv1.Payment_OPERATION_AUTHENTICATE,
	payment.OpCapture:      paymentv1.Payment_OPERATION_CAPTURE,
	payment.OpAdjust:       paymentv1.Payment_OPERATION_ADJUST,
	payment.OpCancel:       paymentv1.Payment_OPERATION_CANCEL,
	payment.OpReauthorize:  paymentv1.Payment_OPERATION_REAUTHORIZE,
	payment.OpShip:         paymentv1.Payment_OPERATION_SHIP,
	payment.OpUnship:       paymentv1.Payment_OPERATION_UNSHIP,
	payment.OpReschedule:   paymentv1.Payment_OPERATION_RESCHEDULE,
}
