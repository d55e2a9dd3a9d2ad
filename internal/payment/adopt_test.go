package payment

import (
	"testing"

	"kessai.dev/kessai/internal/shipping"
)

// P69: a slip that B2 registered by itself ships and captures, as if we had asked;
// what the provider does not show concludes nothing.
func TestAdopt(t *testing.T) {
	charged := Trade{Standing: StandingCaptured, Amount: 5080, Code: "30", Slips: []string{slipB, slipA}}
	for name, c := range map[string]struct {
		trade func(*Trade)
		want  State
	}{
		"registered":           {func(*Trade) {}, Captured},
		"settled meanwhile":    {func(t *Trade) { t.Standing = StandingSettled }, Settled},
		"not there yet":        {func(t *Trade) { t.Standing, t.Slips = StandingHeld, nil }, Authorized},
		"another slip":         {func(t *Trade) { t.Slips = []string{slipB} }, Authorized},
		"another amount":       {func(t *Trade) { t.Amount = 1 }, Authorized},
		"canceled":             {func(t *Trade) { t.Standing = StandingCanceled }, Authorized},
		"an operator must see": {func(t *Trade) { t.Standing = StandingAttention }, Authorized},
	} {
		f, trade := yamatoOrder(t), charged
		c.trade(&trade)
		events := Adopt(f.p, slipA, trade, f.rules)
		if (len(events) > 0) != (c.want != Authorized) {
			t.Fatalf("%s: %+v", name, events)
		}
		if len(events) == 0 {
			continue
		}
		f.write(events)
		if s := f.p.Shipments; f.p.State != c.want || !f.p.Shipped || len(s) != 1 || !s[0].Registered || s[0].Slip != slipA || s[0].Carrier != shipping.CarrierYamato || f.p.Captured != 5080 {
			t.Errorf("%s: %s, %+v", name, f.p.State, s)
		}
		if again := Adopt(f.p, slipA, trade, f.rules); again != nil {
			t.Errorf("%s, again: %+v", name, again)
		}
	}
}

// P69 R42: a difference that a look showed before is explained by the slip, and a
// second parcel is adopted like the first.
func TestAdoptExplains(t *testing.T) {
	f := yamatoOrder(t)
	trade := Trade{Standing: StandingCaptured, Amount: 5080, Code: "30", Slips: []string{slipA, slipB}}
	f.write(Compare(f.p, trade, f.rules))
	if f.p.Attention != ProviderDiffers {
		t.Fatalf("%s", f.p.Attention)
	}
	f.write(Adopt(f.p, slipA, trade, f.rules)).write(Adopt(f.p, slipB, trade, f.rules))
	if f.p.Attention != "" || len(f.p.Shipments) != 2 || !agrees(f.p, trade) {
		t.Errorf("%s %+v", f.p.Attention, f.p.Shipments)
	}
}
