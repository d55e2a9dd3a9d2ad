package report

import (
	"context"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// SettledBooks is what settlements read.
type SettledBooks interface {
	ledger.Journal
	History(ctx context.Context, id payment.ID) ([]payment.Event, error)
	Find(ctx context.Context, key ledger.Key) (ledger.Holder, error)
	List(ctx context.Context, query ledger.Query) (ledger.Page, error)
	Trail(ctx context.Context, t shop.Tenant, before, limit int) ([]ledger.AuditEntry, error)
}

// SettlementOptions are what Settlements are made of; all are needed.
type SettlementOptions struct {
	Books     SettledBooks
	Directory shop.Source
	Clock     func() time.Time
}

// Settlements tell what the provider settled (state 31), what it costs and when the
// money is to come (R22). They read the books, change nothing, and hold no more of
// them in memory than a page, so a shop may have millions of payments. They are
// safe for concurrent use.
//
// A settlement is dated by the moment at which the books learnt of it. The
// provider's inquiry (E04) has no field of which anybody says that it is the day of
// settlement, and kessai guesses none; the nightly reconciliation asks at ten past
// three, so what is settled on one day is here on the next morning at the latest.
// What is dated so never changes afterwards: a day that is over is over.
type Settlements struct{ o SettlementOptions }

// NewSettlements makes them.
func NewSettlements(o SettlementOptions) *Settlements { return &Settlements{o} }

// SettledDay is the sum of one day, or of several.
type SettledDay struct {
	Day      time.Time // its beginning in Japan; zero: a total
	Count    int       // payments that were settled
	Amount   int64     // yen settled
	Refunded int64     // yen given back of what was settled before
	Fee      int64     // what the provider keeps; less than nothing when more fees came back
}

// Net is what is to come.
func (d *SettledDay) Net() int64 { return d.Amount - d.Refunded - d.Fee }

// Settlement is what was settled in a span, and what it costs (R22).
type Settlement struct {
	Span
	Days    []SettledDay // those with something in them, the earliest first
	Total   SettledDay   // the sum of Days
	FeeRate int          // hundredths of a percent: the rate at the span's end
}

// Settlement sums a span up, day by day. Total is the sum of the rows of Rows, to
// the yen. The error is the books', or ctx's.
func (s *Settlements) Settlement(ctx context.Context, t shop.Tenant, span Span) (Settlement, error) {
	out := Settlement{Span: span}
	r := s.rates(t)
	var err error
	if out.FeeRate, err = r.at(ctx, span.end()); err != nil {
		return out, err
	}
	err = s.rows(ctx, t, span, r, func(row *SettledRow) error {
		if n := len(out.Days); n == 0 || !out.Days[n-1].Day.Equal(row.Day) {
			out.Days = append(out.Days, SettledDay{Day: row.Day})
		}
		out.Days[len(out.Days)-1].add(row)
		out.Total.add(row)
		return nil
	})
	return out, err
}

// Rows calls yield for every row of a settlement, in the order of the books. An
// error of yield ends it.
func (s *Settlements) Rows(ctx context.Context, t shop.Tenant, span Span, yield func(*SettledRow) error) error {
	return s.rows(ctx, t, span, s.rates(t), yield)
}

// add takes one row into a sum.
func (d *SettledDay) add(r *SettledRow) {
	if r.Amount < 0 {
		d.Refunded -= int64(r.Amount)
	} else {
		d.Amount += int64(r.Amount)
	}
	if r.First {
		d.Count++
	}
	d.Fee += int64(r.Fee)
}

// SettledRow is one change of what is settled of one payment.
type SettledRow struct {
	Day         time.Time // in Japan, of the journal's cut
	Time        time.Time // when the books learnt of it
	Payment     payment.ID
	OrderNumber string
	Acceptance  string
	First       bool      // the payment was settled by it; else it was settled before
	Amount      money.Yen // less than nothing: given back
	Fee         money.Yen // by how much the payment's fee changed
	Rate        int       // that it is counted at, in hundredths of a percent
}
