package report

import (
	"context"
	"strconv"
	"time"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// feeOf is the provider's fee of a payment, rounded down to whole yen; rate is in
// hundredths of a percent. There is no initial, monthly or per-transaction fee
// (R22).
func feeOf(y money.Yen, rate int) money.Yen {
	return money.Yen(int64(y) * int64(rate) / shop.MaxFeeRate) //nolint:gosec // at most y
}

// Where the audit trail tells of the fee rate.
const (
	settingsResource = "settings"
	feeRateField     = "feeRate"
)

// trailPage is how many entries of the audit trail are read at once.
const trailPage = 1000

// rates are a shop's fee rates as they were: the audit trail has every change, so
// that a new rate changes no settlement of before. The trail is read backwards, as
// far as somebody asks.
type rates struct {
	s      *Settlements
	tenant shop.Tenant

	steps  []rateStep // newest first
	begun  bool
	next   int  // the trail's entries below this number were not read; 0: from the newest
	all    bool // the trail was read to its beginning
	oldest int  // the rate before the oldest step
}

// rateStep is a rate that began to count.
type rateStep struct {
	from time.Time
	rate int
}

func (s *Settlements) rates(t shop.Tenant) *rates { return &rates{s: s, tenant: t} }

// at is the rate at a moment. Before the trail begins it is the first one known.
func (r *rates) at(ctx context.Context, when time.Time) (int, error) {
	if !r.begun {
		if known, _, ok := r.s.o.Directory.Now().Contract(r.tenant); ok {
			r.oldest = known.Settings.FeeRate
		}
		r.begun = true
	}
	for i := 0; ; i++ {
		for i == len(r.steps) && !r.all {
			if err := r.read(ctx); err != nil {
				return 0, err
			}
		}
		switch {
		case i == len(r.steps):
			return r.oldest, nil
		case !r.steps[i].from.After(when):
			return r.steps[i].rate, nil
		}
	}
}

// read takes in one more page of the trail.
func (r *rates) read(ctx context.Context) error {
	page, err := r.s.o.Books.Trail(ctx, r.tenant, r.next, trailPage)
	if err != nil {
		return err
	}
	for i := range page {
		e := &page[i]
		r.next = e.Sequence
		if e.Resource != settingsResource {
			continue
		}
		for _, f := range e.Fields {
			if rate, err := strconv.Atoi(f.After); err == nil && f.Field == feeRateField {
				r.steps, r.oldest = append(r.steps, rateStep{e.Time, rate}), rate
				if was, err := strconv.Atoi(f.Before); err == nil {
					r.oldest = was
				}
			}
		}
	}
	r.all = len(page) < trailPage || r.next <= 1
	return nil
}
