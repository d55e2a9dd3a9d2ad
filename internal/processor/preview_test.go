package processor

import (
	"errors"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// R30: a dry run says what would be done, and nothing is done: no event, no
// call to the provider.
func TestPreviewDoesNothing(t *testing.T) {
	r := newRig(t)
	p := r.create("a", order("1"))
	asked := len(r.bank.asked)
	pay, events, err := r.Preview(t.Context(), r.caller, p.ID, payment.Capture{})
	if err != nil || pay.Version != p.Version || len(events) != 1 || events[0].Kind != payment.KindAsked || events[0].Operation != payment.OpCapture {
		t.Fatalf("%v %v %v", pay, events, err)
	}
	now, err := r.Get(t.Context(), r.caller, p.ID)
	if err != nil || now.Version != p.Version || len(r.bank.asked) != asked {
		t.Errorf("version %d after %d, %v, %d calls after %d", now.Version, p.Version, err, len(r.bank.asked), asked)
	}
}

// R30: what would be refused is refused, with the payment beside it.
func TestPreviewRefuses(t *testing.T) {
	r := newRig(t)
	p := r.create("a", order("1"))
	if _, err := r.command("b", p.ID, payment.Cancel{}); err != nil {
		t.Fatal(err)
	}
	pay, events, err := r.Preview(t.Context(), r.caller, p.ID, payment.Capture{})
	var refusal *payment.Refusal
	if !errors.As(err, &refusal) || refusal.Reason != payment.WrongState || len(events) != 0 || pay == nil || pay.State != payment.Canceled {
		t.Errorf("%v %v %v", pay, events, err)
	}
	other := r.caller
	other.Tenant.Shop = "t"
	if _, _, err := r.Preview(t.Context(), other, p.ID, payment.Capture{}); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("another shop previews it: %v", err)
	}
}

// P62: a slip finds its order by the number the shop or the provider knows it
// by, and never another shop's.
func TestPaymentIsFoundByItsNumbers(t *testing.T) {
	r := newRig(t)
	r.bank.will(declines)
	first := r.create("a", order("1396"))
	if first.State != payment.Declined {
		t.Fatalf("%s", first.State)
	}
	second := r.create("b", order("1396"))
	other, production := r.caller, r.caller
	other.Tenant.Shop, production.Tenant.Environment = "t", shop.Production
	for _, c := range []struct {
		by     string
		caller Caller
		number string
		want   *payment.Payment
	}{
		{"order", r.caller, "1396", second},
		{"order", r.caller, "1397", nil},
		{"order", other, "1396", nil},
		{"order", production, "1396", nil},
		{"acceptance", r.caller, first.ID.Acceptance(1), first},
		{"acceptance", r.caller, second.ID.Acceptance(1), second},
		{"acceptance", r.caller, first.ID.Acceptance(2), nil},
		{"acceptance", r.caller, strings.ToLower(first.ID.Acceptance(1)), nil},
		{"acceptance", r.caller, "1396", nil},
		{"acceptance", other, first.ID.Acceptance(1), nil},
		{"acceptance", production, first.ID.Acceptance(1), nil},
	} {
		find := r.ByOrder
		if c.by == "acceptance" {
			find = r.ByAcceptance
		}
		p, err := find(t.Context(), c.caller, c.number)
		switch {
		case c.want == nil && !errors.Is(err, ledger.ErrNotFound):
			t.Errorf("%s %q of %v: %v %v", c.by, c.number, c.caller.Tenant, p, err)
		case c.want != nil && (err != nil || p.ID != c.want.ID):
			t.Errorf("%s %q: %v %v, not %s", c.by, c.number, p, err, c.want.ID)
		}
	}
}
