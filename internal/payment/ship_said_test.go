package payment

import (
	"testing"

	"kessai.dev/kessai/internal/shipping"
)

// P63: what is left out of a later Ship erases nothing: a slip that B2 is to register, one
// that could not be sent, or another carrier's number.
func TestShipLeavesWhatWasSaid(t *testing.T) {
	f := yamatoOrder(t)
	f.rules.Settings.B2.Registers = true
	f.sent(Ship{Slip: slipA})
	for _, c := range []Ship{{}, {Carrier: shipping.CarrierYamato}} {
		f.sent(c)
		if got := f.p.AwaitedSlips(); len(got) != 1 || got[0] != slipA {
			t.Errorf("after %+v: %v", c, f.p.Shipments)
		}
	}
	f.sent(Ship{Slip: slipB})
	if got := f.p.AwaitedSlips(); len(got) != 1 || got[0] != slipB {
		t.Errorf("another slip: %v", f.p.Shipments)
	}
	f = authorizedPayment(t)
	f.sent(Ship{Carrier: "sagawa", Slip: "12-34"})
	f.write(Release(f.p, 1, ProviderUnreachable, "", f.rules))
	events, err := Decide(f.p, Ship{}, f.rules)
	if err != nil {
		t.Fatal(err)
	}
	if last := events[len(events)-1]; last.Kind != KindAsked || last.Operation != OpCapture {
		t.Errorf("%+v", events)
	}
	if f.write(events); f.p.Shipments[0].Slip != "12-34" || f.p.Shipments[0].Carrier != "sagawa" || len(f.p.Shipments) != 1 {
		t.Errorf("%+v", f.p.Shipments)
	}
}
