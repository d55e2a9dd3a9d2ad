package harness

import (
	"fmt"

	"github.com/anishathalye/porcupine"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// verbInput is what one caller asked of the payment.
type verbInput struct {
	verb   string // "capture", "adjust", "cancel" or "get"
	amount int32  // of an adjust
}

// verbOutput is what it was told.
type verbOutput struct {
	refusal string // reason of a definite no; empty: there is a payment
	unknown bool   // it may have happened within the call's time: the provider had not answered, or the answer was a repeated one
	money   money
	version int // number of the payment's last event, as answered
}

// place is where the payment is: what it is, and the highest version that
// anybody was told by then. Versions only grow, which ends the search for a
// wrong order early.
type place struct {
	money
	version int
}

// money is the payment as the model knows it.
type money struct {
	state                      paymentv1.Payment_State
	amount, captured, refunded int32
}

func moneyOf(p *paymentv1.Payment) money {
	return money{p.GetState(), p.GetAmount(), p.GetCapturedAmount(), p.GetRefundedAmount()}
}

const (
	authorized = paymentv1.Payment_STATE_AUTHORIZED
	captured   = paymentv1.Payment_STATE_CAPTURED
	canceled   = paymentv1.Payment_STATE_CANCELED
)

// do is the rule book: what a verb makes of the payment, or that it may not.
func (m money) do(in verbInput) (money, bool) {
	switch {
	case in.verb == "capture" && m.state == authorized:
		m.state, m.captured = captured, m.amount
	case in.verb == "adjust" && m.state == authorized:
		m.amount = in.amount
	case in.verb == "adjust" && m.state == captured:
		m.amount = in.amount
		m.captured = max(m.captured, m.amount)
		m.refunded = m.captured - m.amount
	case in.verb == "cancel" && (m.state == authorized || m.state == captured):
		m.state, m.refunded = canceled, m.captured
	case in.verb == "get":
	default:
		return m, false
	}
	return m, true
}

// possible are the payments that may be there after a call, given what its
// caller was told; none: it cannot have been told that.
func (at place) possible(in verbInput, out verbOutput) []place {
	next, allowed := at.do(in)
	switch out.refusal {
	case "":
	case "WRONG_STATE": // only where the rule book says so
		if allowed {
			return nil
		}
		return []place{at}
	case "OPERATION_PENDING": // another call is under way; nothing was done
		return []place{at}
	case "OUTSIDE_SERVICE_HOURS":
		if in.verb != "adjust" {
			return nil
		}
		return []place{at}
	default: // the provider had to refuse what kessai should not have asked
		return nil
	}
	switch {
	case out.unknown && allowed:
		return []place{at, {next, at.version}}
	case out.unknown:
		return []place{at}
	case !allowed || next != out.money || out.version < at.version || out.version == at.version && in.verb != "get":
		return nil
	}
	return []place{{next, out.version}}
}

// oneAtATime says that calls made at once end as if each had been made alone,
// in some order that fits the clock.
func oneAtATime(start place) porcupine.Model {
	m := porcupine.NondeterministicModel{
		Init: func() []any { return []any{start} },
		Step: func(state, input, output any) []any {
			var next []any
			for _, n := range state.(place).possible(input.(verbInput), output.(verbOutput)) {
				next = append(next, n)
			}
			return next
		},
		DescribeOperation: func(input, output any) string {
			in, out := input.(verbInput), output.(verbOutput)
			return fmt.Sprintf("%s %d: %s unknown=%t version %d %s %d/%d/%d", in.verb, in.amount, out.refusal, out.unknown,
				out.version, out.money.state, out.money.amount, out.money.captured, out.money.refunded)
		},
	}
	return m.ToModel()
}
