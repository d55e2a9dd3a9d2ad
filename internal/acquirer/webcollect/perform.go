package webcollect

import (
	"context"
	"strings"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// otherCarrier is the delivery_service_code of a plain sales confirmation;
// the acceptance number stands in for the slip (protocol 2.5).
const otherCarrier = "99"

const (
	maxApproval  = 64
	maxChallenge = 32 // of a threeDToken, exactly
)

// Perform asks the provider for the wish. What is no operation gives a
// NotSentError with ErrNotOffered in it.
func (c *Connector) Perform(ctx context.Context, m acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	switch w.Operation {
	case payment.OpAuthorize:
		f, body, err := authorization(m, w)
		switch {
		case err != nil:
			return payment.Fact{}, err
		case f == creditStored:
			return c.ask(ctx, m, w.Acceptance, f, body, charged)
		}
		return c.ask(ctx, m, w.Acceptance, f, body, authorized)
	case payment.OpAuthenticate:
		body, err := authentication(m, w)
		if err != nil {
			return payment.Fact{}, err
		}
		return c.ask(ctx, m, w.Acceptance, creditToken3D, body, authenticated)
	case payment.OpCapture:
		return c.ask(ctx, m, w.Acceptance, shipmentEntry, about(m, shipmentEntry, w.Acceptance, field{"slip_no", w.Acceptance}, field{"delivery_service_code", otherCarrier}), yes)
	case payment.OpAdjust:
		if !w.Amount.Valid() {
			return payment.Fact{}, invalid(changePrice, "new_price")
		}
		return c.ask(ctx, m, w.Acceptance, changePrice, about(m, changePrice, w.Acceptance, field{"new_price", w.Amount.String()}), yes)
	case payment.OpCancel:
		return c.ask(ctx, m, w.Acceptance, creditCancel, about(m, creditCancel, w.Acceptance), yes)
	case payment.OpShip:
		shipment, err := c.EnterShipment(ctx, m, w.Acceptance, shipping.Slip(w.Slip))
		return shipment.Fact, err
	case payment.OpUnship:
		return c.CancelShipment(ctx, m, w.Acceptance, w.Slip)
	case payment.OpReschedule:
		day, ok := payment.ParseShipDate(w.ShipDate)
		if !ok {
			return payment.Fact{}, invalid(changeDate, "scheduled_shipping_date")
		}
		return c.Reschedule(ctx, m, w.Acceptance, day)
	case payment.OpReauthorize:
		return c.ask(ctx, m, w.Acceptance, reAuth, about(m, reAuth, w.Acceptance), reauthorized)
	}
	return payment.Fact{}, &acquirer.NotSentError{Reason: payment.InvalidRequest, Err: ErrNotOffered}
}

// ask checks what every call about a trade has in common, sends the body and
// judges the answer.
func (c *Connector) ask(ctx context.Context, m acquirer.Merchant, acceptance string, f function, body form, done func(answer) (payment.Fact, error)) (payment.Fact, error) {
	if now := c.clock(); f == changePrice || f == reAuth {
		if reopens, ok := shop.ServiceReopens(now); ok { // P37: the answer would be A070000000 or A110000000
			return payment.Fact{}, notSent(payment.OutsideServiceHours, "", "", reopens.Sub(now), f, "", nil)
		}
	}
	if !orderNumber(acceptance) {
		return payment.Fact{}, invalid(f, "order_no")
	}
	a, err := c.send(ctx, m, f, body)
	if err != nil {
		return payment.Fact{}, err
	}
	return c.judge(f, a, done)
}

// send sends a body to where the merchant's environment is.
func (c *Connector) send(ctx context.Context, m acquirer.Merchant, f function, body form) (answer, error) {
	address, ok := c.address(m.Environment, f)
	if !ok {
		return answer{}, notSent(payment.ProviderMisconfigured, "", "", 0, f, "no such environment", nil)
	}
	if !traderCode(m.TraderCode) {
		return answer{}, notSent(payment.ProviderMisconfigured, "", "trader_code", 0, f, "no trader code", nil)
	}
	return c.call(ctx, address, f, body)
}

// yes is the fact of a call that has nothing more to say.
func yes(answer) (payment.Fact, error) { return payment.Fact{Outcome: payment.Yes}, nil }

// authorized reads the success of A08: an approval number, or a challenge.
// Neither, both or half a challenge is no answer.
func authorized(a answer) (payment.Fact, error) {
	approval, token, page := a.root.get("crdCResCd"), a.root.get("threeDToken"), a.root.get("threeDAuthHtml")
	switch {
	case plain(approval, maxApproval) && token == "" && page == "":
		return payment.Fact{Outcome: payment.Yes, Approval: approval}, nil
	case approval == "" && len(token) == maxChallenge && plain(token, maxChallenge) && page != "":
		return payment.Fact{Outcome: payment.Challenge, ChallengeToken: token, ChallengeHTML: unwrap(page)}, nil
	}
	return payment.Fact{}, unknownAnswer(creditToken, a, "neither an approval nor a challenge")
}

// charged reads the success of A01 with a stored card. A challenge, of a call
// that declined all of them, authorizes nothing, and with nobody at a browser
// it cannot be completed: it is a certain no.
func charged(a answer) (payment.Fact, error) {
	fact, err := authorized(a)
	switch {
	case err != nil:
		return payment.Fact{}, unknownAnswer(creditStored, a, "neither an approval nor a challenge")
	case fact.Outcome == payment.Challenge:
		return payment.Fact{Outcome: payment.No, Reason: payment.AuthenticationFailed}, nil
	}
	return fact, nil
}

// authenticated reads the success of A09: an approval number and nothing else.
func authenticated(a answer) (payment.Fact, error) {
	fact, err := authorized(a)
	if err != nil || fact.Outcome != payment.Yes {
		return payment.Fact{}, unknownAnswer(creditToken3D, a, "no approval")
	}
	return fact, nil
}

// reauthorized reads the success of A11.
func reauthorized(a answer) (payment.Fact, error) {
	approval := a.root.get("crdCResCd")
	if approval != "" && !plain(approval, maxApproval) || a.root.get("threeDToken") != "" {
		return payment.Fact{}, unknownAnswer(reAuth, a, "no approval number")
	}
	return payment.Fact{Outcome: payment.Yes, Approval: approval}, nil
}

// unwrap takes the literal CDATA mark off a challenge page (protocol 3.2).
func unwrap(page string) string {
	inner, ok := strings.CutPrefix(page, "<![CDATA[")
	if !ok {
		return page
	}
	return strings.TrimSuffix(inner, "]]>")
}

// invalid says that a field cannot be sent.
func invalid(f function, field string) *acquirer.NotSentError {
	return notSent(payment.InvalidRequest, "", field, 0, f, "the field cannot be sent as it is", nil)
}
