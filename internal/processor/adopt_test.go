package processor

import (
	"errors"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// P69: a slip that B2 registered is found by asking, and nothing is sent; until it
// is there the payment stands, and no difference is cried.
func TestAdopt(t *testing.T) {
	r := newDepot(t)
	p := r.parcel("1", "佐藤", 5080)
	adopt := func() *payment.Payment {
		t.Helper()
		after, err := r.Adopt(t.Context(), r.caller, p.ID, slipA)
		if err != nil {
			t.Fatal(err)
		}
		return after
	}
	if after := adopt(); after.Version != p.Version {
		t.Errorf("nothing is there yet: %s %s", after.State, after.Attention)
	}
	r.bank.mu.Lock()
	r.bank.trades[p.Acceptance()] = &payment.Trade{Standing: payment.StandingCaptured, Amount: 5080, Slips: []string{slipA}}
	r.bank.mu.Unlock()
	asked := len(r.bank.asked)
	after := adopt()
	if after.State != payment.Captured || !after.HasSlip(slipA) || after.Attention != "" || len(r.bank.asked) != asked {
		t.Errorf("%s %+v %v", after.State, after.Shipments, r.bank.asked)
	}
	if again := adopt(); again.Version != after.Version {
		t.Errorf("the second look changed something: %+v", again)
	}
	if mates, holder, err := r.mates(t.Context(), after, slipA); err != nil || holder == nil || holder.ID != p.ID || len(mates) != 0 { // P62
		t.Errorf("the slip is not the order's: %v %v %v", mates, holder, err)
	}
	if refusal := r.refused(r.parcel("2", "鈴木", 5080).ID, payment.Ship{Slip: slipA}); refusal.Reason != payment.Bundled {
		t.Errorf("%+v", refusal)
	}
}

// P69 R42: another slip than B2 says is a difference; one whose provider does not
// answer is left alone; another shop's payment is not found.
func TestAdoptNot(t *testing.T) {
	r := newDepot(t)
	p := r.parcel("1", "佐藤", 5080)
	r.bank.deaf = true
	if _, err := r.Adopt(t.Context(), r.caller, p.ID, slipA); err == nil || r.load(p.ID).Version != p.Version {
		t.Errorf("nobody answered: %v", err)
	}
	r.bank.deaf = false
	r.bank.mu.Lock()
	r.bank.trades[p.Acceptance()] = &payment.Trade{Standing: payment.StandingCaptured, Amount: 5080, Slips: []string{slipB}}
	r.bank.mu.Unlock()
	after, err := r.Adopt(t.Context(), r.caller, p.ID, slipA)
	if err != nil || after.State != payment.Authorized || after.Attention != payment.ProviderDiffers {
		t.Errorf("%v %s %s", err, after.State, after.Attention)
	}
	other := r.caller
	other.Tenant.Shop = "t"
	if _, err := r.Adopt(t.Context(), other, p.ID, slipA); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
