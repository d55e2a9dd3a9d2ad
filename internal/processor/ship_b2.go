package processor

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// adoptShipped asks the provider (E04) for the slip of an order that a Ship has
// just recorded in a shop whose B2 registers slips by itself: ours would collide
// with it (P69). What is not there yet, or could not be asked for, leaves the
// order shipped and not captured; a later Refresh or Ship asks again.
func (p *Processor) adoptShipped(ctx context.Context, c Caller, cmd payment.Command, r payment.Rules, result Result, err error) (Result, error) {
	if _, ok := cmd.(payment.Ship); !ok || err != nil || !r.Settings.B2.Registers {
		return result, err
	}
	after, asked := p.adoptAwaited(ctx, c, result.Payment)
	if asked == nil {
		result.Payment = after
	}
	return result, nil
}

// adoptAwaited adopts the slips of a payment that are not known to be at the
// provider.
func (p *Processor) adoptAwaited(ctx context.Context, c Caller, pay *payment.Payment) (*payment.Payment, error) {
	for _, slip := range pay.AwaitedSlips() {
		after, err := p.Adopt(ctx, c, pay.ID, shipping.Slip(slip))
		if err != nil {
			return nil, err
		}
		pay = after
	}
	return pay, nil
}

// decideAwaited refuses a slip that other orders leave no room on, though B2 and
// not we put it at the provider (P62).
func (p *Processor) decideAwaited(ctx context.Context, pay *payment.Payment, events []payment.Event, r payment.Rules) ([]payment.Event, []ledger.Claim, error) {
	for _, e := range events {
		if e.Kind != payment.KindShipped || e.Carrier != shipping.CarrierYamato || e.Slip == "" || !pay.Yamato {
			continue
		}
		claim, err := p.claimSlip(ctx, pay, e.Slip, r)
		if err != nil || claim == nil {
			return events, nil, err
		}
		return events, []ledger.Claim{*claim}, nil
	}
	return events, nil, nil
}

// awaits reports whether the payment's shop leaves slips to B2: then an order has
// a slip from the moment it is shipped with it.
func (p *Processor) awaits(pay *payment.Payment) bool {
	r, _, err := p.rules(Caller{Tenant: pay.Tenant}, nil)
	return err == nil && r.Settings.B2.Registers
}
