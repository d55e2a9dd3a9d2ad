package postgres

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// pair is two processes on one database: every call goes to the other one than the call
// before.
type pair struct {
	books [2]*Ledger
	calls atomic.Uint64
}

func (p *pair) next() *Ledger { return p.books[p.calls.Add(1)%2] }

func (p *pair) Append(ctx context.Context, e ledger.Entry) error { return p.next().Append(ctx, e) }
func (p *pair) Erase(ctx context.Context, id payment.ID) error   { return p.next().Erase(ctx, id) }
func (p *pair) Forget(ctx context.Context, id payment.ID, version int) error {
	return p.next().Forget(ctx, id, version)
}

func (p *pair) Load(ctx context.Context, id payment.ID) (*payment.Payment, error) {
	return p.next().Load(ctx, id)
}

func (p *pair) History(ctx context.Context, id payment.ID) ([]payment.Event, error) {
	return p.next().History(ctx, id)
}

func (p *pair) Reveal(ctx context.Context, id payment.ID, n int) ([]byte, error) {
	return p.next().Reveal(ctx, id, n)
}

func (p *pair) Secrets(ctx context.Context, yield func(payment.ID) bool) error {
	return p.next().Secrets(ctx, yield)
}

func (p *pair) Find(ctx context.Context, key ledger.Key) (ledger.Holder, error) {
	return p.next().Find(ctx, key)
}

func (p *pair) List(ctx context.Context, q ledger.Query) (ledger.Page, error) {
	return p.next().List(ctx, q)
}

func (p *pair) Unsettled(ctx context.Context, yield func(payment.ID) bool) error {
	return p.next().Unsettled(ctx, yield)
}

func (p *pair) Read(ctx context.Context, q ledger.JournalQuery) (ledger.JournalPage, error) {
	return p.next().Read(ctx, q)
}

func (p *pair) Last(ctx context.Context) (uint64, error) { return p.next().Last(ctx) }

func (p *pair) SealAfter(ctx context.Context, number uint64) ([]byte, error) {
	return p.next().SealAfter(ctx, number)
}

func (p *pair) Before(ctx context.Context, t time.Time) (uint64, error) {
	return p.next().Before(ctx, t)
}

func (p *pair) Wait(ctx context.Context, after uint64) error { return p.next().Wait(ctx, after) }

func (p *pair) Verify(ctx context.Context, progress func(uint64)) (ledger.Report, error) {
	return p.next().Verify(ctx, progress)
}

func (p *pair) Close() error { return errors.Join(p.books[0].Close(), p.books[1].Close()) }

func openPair(t testing.TB, dsn, dir string) *pair {
	return &pair{books: [2]*Ledger{open(t, dsn, dir, hurried), open(t, dsn, dir, hurried)}}
}

// P09, P36: two processes keep the suite together: linearisable per payment, a claim held
// once, each event seen by both, with everything small and fast.
func TestConformancePair(t *testing.T) {
	fewer(t, "5")
	dsn := library(t)
	ledgertest.Run(t, func(t testing.TB, dir string) ledger.Ledger { return openPair(t, dsn, dir) })
}

// The suite of those who read the journal, each time another process of two.
func TestJournalPair(t *testing.T) {
	dsn := library(t)
	ledgertest.RunJournal(t, func(t testing.TB, dir string) ledgertest.JournalBooks { return openPair(t, dsn, dir) })
}
