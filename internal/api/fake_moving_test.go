package api_test

import (
	"context"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/moving"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// oldOrders is the list of an old shop system.
const oldOrders = "order_number,acceptance_number,state\r\nW-1,WC0001,AUTHORIZED\r\nW-2,WC0002,CAPTURED\r\nW-3,WC0003,\r\n"

// takes is a provider that holds 5,080 yen for every number but WC0003.
type takes struct{}

func (takes) TakeOver(_ context.Context, _ processor.Caller, cmd payment.Import, _ bool) (processor.Taken, error) {
	if cmd.Acceptance == "WC0003" {
		return processor.Taken{}, nil
	}
	return processor.Taken{Trade: payment.Trade{Standing: payment.StandingHeld, Amount: 5080}}, nil
}

// forgetful are books of shops that keep nothing.
type forgetful struct{ ledger.Shops }

func (forgetful) EachDocument(context.Context, func(ledger.Document) bool) error { return nil }
func (forgetful) Revise(context.Context, ledger.Revision) error                  { return nil }

func newMoving(h *house, o *api.Options) *moving.Importer {
	return moving.New(moving.Options{Payments: takes{}, Directory: o.Directory, Books: forgetful{}, Clock: h.clock, Logger: o.Logger})
}
