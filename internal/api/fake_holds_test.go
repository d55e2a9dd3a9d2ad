package api_test

import (
	"context"

	"kessai.dev/kessai/internal/api"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/radar"
)

// holdFake is what a real radar needs of the fake.
type holdFake struct{ *fake }

func newRadar(h *house, o *api.Options) *radar.Radar {
	return radar.New(radar.Options{Payments: holdFake{h.fake}, Books: lostFake{h.fake}, Journal: retold{Journal: failureFake{h.fake}, f: failureFake{h.fake}}, Directory: o.Directory, Clock: h.clock})
}

func (f holdFake) Preview(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error) {
	return batchFake(f).Preview(ctx, c, id, cmd)
}

func (f holdFake) Note(ctx context.Context, c processor.Caller, id payment.ID, decide func(*payment.Payment, payment.Rules) ([]payment.Event, error)) (*payment.Payment, []payment.Event, error) {
	return lostFake(f).Note(ctx, c, id, decide)
}

// retold is a journal that tells everything again each time: the fake's has no
// lasting numbers.
type retold struct {
	ledger.Journal
	f failureFake
}

func (r retold) Read(_ context.Context, q ledger.JournalQuery) (ledger.JournalPage, error) {
	return ledger.JournalPage{Entries: r.f.journal(), Looked: q.After}, r.f.fail
}
