package processor

import (
	"context"
	"errors"
	"slices"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// slipKey is the claim of an order on a slip. Every order that ever had the slip
// is among its holders; which of them share it now their payments tell.
func slipKey(pay *payment.Payment, slip string) ledger.Key {
	return ledger.Key{Kind: ledger.KeySlip, Tenant: pay.Tenant, Value: slip}
}

// decide is payment.Decide with what the other orders on a slip forbid (P38): up
// to three orders of one consignee may share a slip, together up to 300,000 yen;
// the amount and the slip of an order that shares one can no longer change. It
// gives the claim that a new slip needs, too.
func (p *Processor) decide(ctx context.Context, pay *payment.Payment, cmd payment.Command, r payment.Rules) ([]payment.Event, []ledger.Claim, error) {
	events, err := payment.Decide(pay, cmd, r)
	wish := wished(events)
	if err == nil && wish == nil && r.Settings.B2.Registers {
		return p.decideAwaited(ctx, pay, events, r)
	}
	if err != nil || wish == nil {
		return events, nil, err
	}
	if wish.Operation == payment.OpAdjust || wish.Operation == payment.OpShip {
		if err := p.unshared(ctx, pay, wish.Operation, r); err != nil {
			return nil, nil, err
		}
	}
	if wish.Operation != payment.OpShip {
		return events, nil, nil
	}
	claim, err := p.claimSlip(ctx, pay, wish.Slip, r)
	if err != nil || claim == nil {
		return events, nil, err
	}
	return events, []ledger.Claim{*claim}, nil
}

// unshared refuses what cannot be done to an order that shares one of its slips:
// the provider would (A073000002, E012000006).
func (p *Processor) unshared(ctx context.Context, pay *payment.Payment, op payment.Operation, r payment.Rules) error {
	for _, s := range pay.Shipments {
		if !s.Registered {
			continue
		}
		mates, _, err := p.mates(ctx, pay, s.Slip)
		if err != nil {
			return err
		}
		if len(mates) == 0 {
			continue
		}
		say := sharedAdvice[op]
		return &payment.Refusal{
			Reason: payment.Bundled, Other: mates[0].ID, Allowed: pay.Allowed(r.Now),
			Text:     "the order shares slip " + s.Slip + " with other orders: " + say.english,
			Japanese: "送り状番号" + s.Slip + "をほかの注文と共有（同梱）しています。" + say.japanese,
		}
	}
	return nil
}

// sharedAdvice says what to do with an order that shares its slip.
var sharedAdvice = map[payment.Operation]struct{ english, japanese string }{
	payment.OpAdjust: {
		"its amount can no longer change; cancel the payment and charge the new amount with another one",
		"利用額は変更できません。決済を取り消して、新しい金額で決済し直してください。",
	},
	payment.OpShip: {
		"it takes no other slip; note the right one with the order, or cancel the payment and charge anew",
		"送り状番号は変更・追加できません。正しい番号を注文に控えるか、決済を取り消して決済し直してください。",
	},
}

// claimSlip gives the claim on a new slip, over the last order that had it; nil
// when the order has it already. It refuses a slip that the orders which have
// it leave no room on.
func (p *Processor) claimSlip(ctx context.Context, pay *payment.Payment, slip string, r payment.Rules) (*ledger.Claim, error) {
	mates, holder, err := p.mates(ctx, pay, slip)
	if err != nil {
		return nil, err
	}
	if len(mates) > 0 {
		err := p.judgeBundle(ctx, pay, mates)
		var limit *shipping.LimitError
		if err != nil && !errors.As(err, &limit) {
			return nil, err // the books cannot be read
		}
		if err != nil {
			return nil, &payment.Refusal{Reason: payment.Bundled, Text: err.Error(), Japanese: limit.Japanese() + "。", Other: mates[0].ID, Allowed: pay.Allowed(r.Now)}
		}
	}
	claim := &ledger.Claim{Key: slipKey(pay, slip)}
	switch {
	case holder == nil:
	case holder.ID == pay.ID:
		return nil, nil //nolint:nilnil // it has it: none is needed
	default:
		claim.Over = &ledger.Ref{Payment: holder.ID, Version: holder.Version}
	}
	return claim, nil
}

// mates are the other orders that have a slip, or may have it; holder is the last
// that claimed it, nil when nobody did.
func (p *Processor) mates(ctx context.Context, pay *payment.Payment, slip string) (mates []*payment.Payment, holder *payment.Payment, err error) {
	found, err := p.o.Ledger.Find(ctx, slipKey(pay, slip))
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	awaited := p.awaits(pay)
	for i, id := range found.Payments {
		other, err := p.o.Ledger.Load(ctx, id)
		if err != nil {
			return nil, nil, err
		}
		if id == found.Holds() {
			holder = other
		}
		has := other.HasSlip(slip) || awaited && slices.Contains(other.AwaitedSlips(), slip)
		if id != pay.ID && has && !slices.Contains(found.Payments[:i], id) {
			mates = append(mates, other)
		}
	}
	return mates, holder, nil
}

// judgeBundle reports whether the orders may share a slip with pay, as far as
// their amounts and consignees are known.
func (p *Processor) judgeBundle(ctx context.Context, pay *payment.Payment, mates []*payment.Payment) error {
	var bundle []shipping.Bundled
	for _, one := range append([]*payment.Payment{pay}, mates...) {
		b := shipping.Bundled{Amount: one.Amount}
		order, err := p.order(ctx, one.ID)
		if err != nil {
			return err
		}
		if order != nil && len(order.ShipTos) == 1 {
			to := order.ShipTos[0]
			b.Receiver = shipping.Receiver{Name: to.Name, Prefecture: to.Prefecture}
		}
		bundle = append(bundle, b)
	}
	return shipping.JudgeBundle(bundle)
}
