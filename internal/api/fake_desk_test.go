package api_test

import (
	"context"

	"kessai.dev/kessai/internal/dispatch"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// sender is what B2 needs of the tests' shops (R19).
var sender = shop.Sender{
	Name: "黒猫商店", PostalCode: "104-8125", Address: "東京都中央区銀座2-16-10", Phone: "03-3541-3411",
	BillingCode: "0335413411", FreightNumber: "01",
}

// deskFake is what a real desk needs of the fake.
type deskFake struct{ batchFake }

func newDesk(h *house, d shop.Source) *dispatch.Desk {
	return dispatch.New(dispatch.Options{Payments: deskFake{batchFake{h.fake}}, Directory: d, Clock: h.clock})
}

func (f deskFake) ByOrder(_ context.Context, c processor.Caller, number string) (*payment.Payment, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.payments {
		if p.Tenant == c.Tenant && p.OrderNumber == number && p.State != payment.Canceled {
			return p, nil
		}
	}
	return nil, ledger.ErrNotFound
}

func (f deskFake) ByAcceptance(_ context.Context, c processor.Caller, number string) (*payment.Payment, error) {
	id, _, err := payment.ParseAcceptance(number)
	if err != nil {
		return nil, ledger.ErrNotFound
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.own(c, id)
}

func (f deskFake) Adopt(ctx context.Context, c processor.Caller, id payment.ID, _ shipping.Slip) (*payment.Payment, error) {
	return f.Get(ctx, c, id)
}
