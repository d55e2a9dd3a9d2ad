package payment

import (
	"slices"

	"kessai.dev/kessai/internal/shipping"
)

// Adopt says what it means that the shop's own B2 registered a slip at the
// provider, and the inquiry t shows it there: the order is shipped with it, and
// its first one captured it, without our asking (P69). None: the provider does
// not show that slip with this charge, and nothing is concluded. The payment has
// no open question.
func Adopt(p *Payment, slip shipping.Slip, t Trade, r Rules) []Event {
	number := string(slip)
	known := p.shipment(number)
	charged := t.Standing == StandingCaptured || t.Standing == StandingSettled
	switch {
	case !charged || !slices.Contains(t.Slips, number) || t.Amount != p.Amount:
		return nil
	case p.State != Authorized && p.State != Captured || known != nil && known.Registered:
		return nil
	}
	var list []Event
	if p.Attention == ProviderDiffers { // what was found without us is explained now
		list = append(list, Event{Kind: KindAttention, Attempt: p.Winner, Code: t.Code})
	}
	list = append(list,
		Event{Kind: KindShipped, Carrier: shipping.CarrierYamato, Slip: number},
		Event{Kind: KindRegistered, Attempt: p.Winner, Amount: p.Amount, Slip: number, Code: t.Code})
	if t.Standing == StandingSettled {
		list = append(list, Event{Kind: KindSettled, Attempt: p.Winner, Amount: p.Amount, Code: t.Code})
	}
	return r.events(p, list...)
}

// AwaitedSlips are the Yamato slips of an order with Yamato delivery that is
// shipped with them while the provider is not known to have them: in a shop
// whose B2 registers them, an inquiry tells when it does (P69).
func (p *Payment) AwaitedSlips() (slips []string) {
	if !p.Yamato || p.State != Authorized && p.State != Captured {
		return nil
	}
	for _, s := range p.Shipments {
		if s.Carrier == shipping.CarrierYamato && s.Slip != "" && !s.Registered {
			slips = append(slips, s.Slip)
		}
	}
	return slips
}
