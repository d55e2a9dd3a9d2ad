package processor

import (
	"testing"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// newB2Depot is a depot whose B2 registers slips by itself.
func newB2Depot(t *testing.T) *rig {
	r := newDepot(t)
	for _, s := range r.o.Directory.Now().Shops {
		s.Settings.B2 = shop.B2{Registers: true}
	}
	return r
}

// P69: where B2 registers slips, shipping an order sends nothing: it is shipped,
// and the provider is asked. What B2 has not registered yet is found by the next
// look, and no difference is cried meanwhile.
func TestShipWhereB2Registers(t *testing.T) {
	r := newB2Depot(t)
	p, early := r.parcel("1", "佐藤", 5080), r.parcel("2", "鈴木", 5080)
	there := func(p *payment.Payment, slip string) {
		r.bank.mu.Lock()
		defer r.bank.mu.Unlock()
		r.bank.trades[p.Acceptance()] = &payment.Trade{Standing: payment.StandingCaptured, Amount: 5080, Slips: []string{slip}}
	}
	calls := len(r.bank.asked)
	there(p, slipA)
	if after := r.must("ship", p.ID, payment.Ship{Slip: slipA}); after.State != payment.Captured || !after.Shipped || len(after.AwaitedSlips()) != 0 || len(after.Shipments) != 1 {
		t.Errorf("B2 had registered it: %s %+v", after.State, after.Shipments)
	}
	after := r.must("ship early", early.ID, payment.Ship{Slip: slipB})
	if after.State != payment.Authorized || !after.Shipped || after.Attention != "" || after.Question() != nil || len(after.AwaitedSlips()) != 1 {
		t.Errorf("B2 has not registered it: %s %s %+v", after.State, after.Attention, after.Shipments)
	}
	there(early, slipB)
	if after, err := r.Refresh(t.Context(), r.caller, early.ID); err != nil || after.State != payment.Captured || len(after.AwaitedSlips()) != 0 || after.Attention != "" {
		t.Errorf("the next look: %v %s %s %+v", err, after.State, after.Attention, after.Shipments)
	}
	if len(r.bank.asked) != calls {
		t.Errorf("something was sent: %v", r.bank.asked[calls:])
	}
}

// P69: a provider that does not answer the inquiry takes nothing from what was
// said: the order is shipped, and the slip awaited.
func TestShipWhereB2RegistersUnanswered(t *testing.T) {
	r := newB2Depot(t)
	p := r.parcel("1", "佐藤", 5080)
	r.bank.deaf = true
	after := r.must("ship", p.ID, payment.Ship{Slip: slipA})
	if after.State != payment.Authorized || !after.Shipped || len(after.AwaitedSlips()) != 1 || r.load(p.ID).Version != after.Version {
		t.Errorf("%s %+v", after.State, after.Shipments)
	}
}

// P62: a slip that another order has is refused before anything is written or
// asked, whoever registers it.
func TestShipAnothersSlipWhereB2Registers(t *testing.T) {
	r := newB2Depot(t)
	r.must("ship", r.parcel("1", "佐藤", 5080).ID, payment.Ship{Slip: slipA})
	other := r.parcel("2", "鈴木", 5080)
	if refusal := r.refused(other.ID, payment.Ship{Slip: slipA}); refusal.Reason != payment.Bundled || refusal.Japanese == "" {
		t.Errorf("%+v", refusal)
	}
	if after := r.load(other.ID); after.Shipped || after.Version != other.Version {
		t.Errorf("half applied: %+v", after.Shipments)
	}
}
