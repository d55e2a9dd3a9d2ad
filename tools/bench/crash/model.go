package main

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
	unknown bool   // the provider had not answered: it may have happened, and may yet
	money   money
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
func (m money) possible(in verbInput, out verbOutput) []money {
	next, allowed := m.do(in)
	switch out.refusal {
	case "":
	case "WRONG_STATE": // only where the rule book says so
		if allowed {
			return nil
		}
		return []money{m}
	case "OPERATION_PENDING": // another call is under way; nothing was done
		return []money{m}
	case "OUTSIDE_SERVICE_HOURS":
		if in.verb != "adjust" {
			return nil
		}
		return []money{m}
	default: // the provider had to refuse what kessai should not have asked
		return nil
	}
	switch {
	case out.unknown && allowed:
		return []money{m, next}
	case out.unknown:
		return []money{m}
	case !allowed || next != out.money:
		return nil
	}
	return []money{next}
}

// oneAtATime says that calls made at once end as if each had been made alone,
// in some order that fits the clock.
func oneAtATime(start money) porcupine.Model {
	m := porcupine.NondeterministicModel{
		Init: func() []any { return []any{start} },
		Step: func(state, input, output any) []any {
			var next []any
			for _, n := range state.(money).possible(input.(verbInput), output.(verbOutput)) {
				next = append(next, n)
			}
			return next
		},
		DescribeOperation: func(input, output any) string {
			in, out := input.(verbInput), output.(verbOutput)
			return fmt.Sprintf("%s %d: %s unknown=%t %s %d/%d/%d", in.verb, in.amount, out.refusal, out.unknown,
				out.money.state, out.money.amount, out.money.captured, out.money.refunded)
		},
	}
	return m.ToModel()
}
