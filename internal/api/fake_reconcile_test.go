package api_test

import (
	"context"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/reconcile"
)

// differFake is what a real reconciler needs of the fake.
type differFake struct{ lostFake }

func (f differFake) History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error) {
	return f.fake.History(ctx, c, id)
}

func newReconciler(h *house, o *api.Options) *reconcile.Reconciler {
	n := uint64(0)
	return reconcile.New(reconcile.Options{
		Payments: differFake{lostFake{h.fake}}, Books: forgetful{}, Directory: o.Directory, Clock: h.clock, Random: func() uint64 { n++; return n }, Logger: o.Logger,
	})
}

// proven are books in which all is right.
type proven struct{}

func (proven) Last(context.Context) (uint64, error) { return 2, nil }

func (proven) Verify(_ context.Context, progress func(uint64)) (ledger.Report, error) {
	progress(1)
	return ledger.Report{Records: 2}, nil
}
