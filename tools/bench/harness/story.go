package harness

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
)

// tale adds up a history by rules of its own, written from the API's
// documentation and not from the server's code: what the state and the amounts
// were after each event.
type tale struct {
	state                      paymentv1.Payment_State
	amount, captured, refunded int32
	current                    string // acceptance number whose facts move the payment
	slips                      string // at the provider, in the order they came
}

// step takes one event.
func (t tale) step(e *paymentv1.PaymentEvent) (tale, error) {
	switch e.GetType() {
	case "created":
		t.state, t.amount = paymentv1.Payment_STATE_PENDING, e.GetAmount()
	case "asked":
		if e.GetOperation() == paymentv1.Payment_OPERATION_AUTHORIZE {
			t.current = e.GetAcceptanceNumber()
		}
	case "challenged":
		t.state = paymentv1.Payment_STATE_AUTHENTICATING
	case "authorized":
		t.state, t.amount = paymentv1.Payment_STATE_AUTHORIZED, e.GetAmount()
	case "reauthorized":
		t.state = paymentv1.Payment_STATE_AUTHORIZED
	case "declined":
		t.state = paymentv1.Payment_STATE_DECLINED
	case "expired":
		t.state = paymentv1.Payment_STATE_EXPIRED
	case "settled":
		t.state = paymentv1.Payment_STATE_SETTLED
	case "registered":
		t.state, t.slips = paymentv1.Payment_STATE_CAPTURED, strings.TrimSpace(t.slips+" "+e.GetSlipNumber())
		t.charge(t.amount)
	case "unregistered":
		t.slips = strings.Join(slices.DeleteFunc(strings.Fields(t.slips), func(s string) bool { return s == e.GetSlipNumber() }), " ")
	case "captured":
		t.state = paymentv1.Payment_STATE_CAPTURED
		t.charge(t.amount)
	case "adjusted":
		if t.amount = e.GetAmount(); t.state != paymentv1.Payment_STATE_AUTHORIZED {
			t.charge(t.amount)
		}
	case "canceled":
		// The release of a hold that nobody wanted ends that attempt, not the
		// payment.
		if a := e.GetAcceptanceNumber(); a == "" || a == t.current {
			t.state, t.refunded, t.slips = paymentv1.Payment_STATE_CANCELED, t.captured, ""
		}
	case "unanswered", "released", "refused", "late_hold", "watched", "deferred", "undeferred", "unchanged", "attention",
		"converted", "shipped", "order_updated", "rescheduled", "held":
	default:
		return t, fmt.Errorf("event %d is a %q, which nobody documented", e.GetSequence(), e.GetType())
	}
	return t, nil
}

func (t *tale) charge(y int32) {
	t.captured = max(t.captured, y)
	t.refunded = t.captured - y
}

// checkStory holds what was acknowledged against the history: it may have
// grown, but it must not have lost or changed a line, and what each answer
// said must be what the lines up to its version add up to.
func checkStory(r *record, events []*paymentv1.PaymentEvent) error {
	if len(events) < len(r.story) {
		return fmt.Errorf("%s had %d events and has %d", r.name, len(r.story), len(events))
	}
	for i, before := range r.story {
		if !proto.Equal(before, events[i]) {
			return fmt.Errorf("%s: event %d was %v and is %v", r.name, i+1, before, events[i])
		}
	}
	answers := r.answers
	var t tale
	var err error
	for i, e := range events {
		if int(e.GetSequence()) != i+1 {
			return fmt.Errorf("%s: event %d has the number %d", r.name, i+1, e.GetSequence())
		}
		if t, err = t.step(e); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		if len(answers) > 0 && answers[0].version == i+1 {
			if err := t.agrees(&answers[0]); err != nil {
				return fmt.Errorf("%s at version %d: %w", r.name, i+1, err)
			}
			answers = answers[1:]
		}
	}
	if len(answers) > 0 {
		return fmt.Errorf("%s was acknowledged at version %d and has %d events", r.name, answers[len(answers)-1].version, len(events))
	}
	return nil
}

func (t tale) agrees(s *snapshot) error {
	if t.slips != s.slips {
		return fmt.Errorf("acknowledged the slips [%s]; the history adds up to [%s]", s.slips, t.slips)
	}
	if t.state != s.state || t.amount != s.amount || t.captured != s.captured || t.refunded != s.refunded {
		return fmt.Errorf("acknowledged %s, %d yen, %d captured, %d refunded; the history adds up to %s, %d, %d, %d",
			s.state, s.amount, s.captured, s.refunded, t.state, t.amount, t.captured, t.refunded)
	}
	return nil
}
