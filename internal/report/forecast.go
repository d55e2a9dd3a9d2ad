package report

import (
	"context"
	"errors"
	"slices"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// oldestCharge is how old a payment may be that is still expected to be settled.
const oldestCharge = 400 * 24 * time.Hour

// Deposit is money that the provider is expected to pay out (pitfall feature 17).
type Deposit struct {
	Date    time.Time // the day of the deposit in Japan
	Closing time.Time // the closing day that it belongs to
	// Count, Amount, Refunded and Fee are of what was settled, and of what is
	// expected to be.
	SettledDay
	// Expected is how many yen of Amount are charged and not settled yet: a guess,
	// as if it were all settled today.
	Expected int64
}

// errNoShop means a caller without a shop: a key for it cannot exist.
var errNoShop = errors.New("report: no such shop in this environment")

// Forecast tells what is to be paid out from today on, by date. Closing and pay days
// are the shop's (Settings.deposit); a day on which banks are closed is not moved.
// The error is the books', or ctx's.
func (s *Settlements) Forecast(ctx context.Context, t shop.Tenant) ([]Deposit, error) {
	known, _, ok := s.o.Directory.Now().Contract(t)
	if !ok {
		return nil, errNoShop
	}
	f := &forecast{cycle: known.Settings.Deposit.OrDefault(), today: dayOf(s.o.Clock()), deposits: map[time.Time]*Deposit{}}
	r := s.rates(t)
	// A closing day is a month away at most.
	span := Span{f.today.AddDate(0, 0, -f.cycle.PayDays-shop.MaxClosingDay), f.today}
	err := s.rows(ctx, t, span, r, func(row *SettledRow) error {
		if d := f.deposit(row.Day); d != nil {
			d.add(row)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	rate, err := r.at(ctx, s.o.Clock())
	if err != nil {
		return nil, err
	}
	err = s.charged(ctx, t, func(p *payment.Payment) {
		d := f.deposit(f.today)
		d.add(&SettledRow{First: true, Amount: p.Amount, Fee: feeOf(p.Amount, rate)})
		d.Expected += int64(p.Amount)
	})
	return f.list(), err
}

// forecast is one being made.
type forecast struct {
	cycle    shop.Deposit
	today    time.Time
	deposits map[time.Time]*Deposit // by closing day
}

// deposit is where what is settled on a day is paid out; nil: that is past.
func (f *forecast) deposit(day time.Time) *Deposit {
	closing := closingOf(f.cycle.ClosingDays, day)
	date := closing.AddDate(0, 0, f.cycle.PayDays)
	if date.Before(f.today) {
		return nil
	}
	d := f.deposits[closing]
	if d == nil {
		d = &Deposit{Date: date, Closing: closing}
		f.deposits[closing] = d
	}
	return d
}

func (f *forecast) list() []Deposit {
	list := make([]Deposit, 0, len(f.deposits))
	for _, d := range f.deposits {
		list = append(list, *d)
	}
	slices.SortFunc(list, func(a, b Deposit) int { return a.Date.Compare(b.Date) })
	return list
}

// closingOf is the first closing day from a day on: days of the month, ascending. A
// month that is shorter closes on its last day instead.
func closingOf(days []int, day time.Time) time.Time {
	y, m, d := day.Date()
	last := time.Date(y, m+1, 0, 0, 0, 0, 0, shop.Tokyo).Day()
	for _, closing := range days {
		if c := min(closing, last); c >= d {
			return time.Date(y, m, c, 0, 0, 0, 0, shop.Tokyo)
		}
	}
	return closingOf(days, time.Date(y, m+1, 1, 0, 0, 0, 0, shop.Tokyo))
}

// charged calls yield for every payment that is charged and not settled.
func (s *Settlements) charged(ctx context.Context, t shop.Tenant, yield func(*payment.Payment)) error {
	q := ledger.Query{Tenant: t, Limit: 200, Filter: ledger.Filter{States: []payment.State{payment.Captured}, CreatedAfter: s.o.Clock().Add(-oldestCharge)}}
	for {
		page, err := s.o.Books.List(ctx, q)
		if err != nil {
			return err
		}
		for _, p := range page.Payments {
			yield(p)
		}
		if !page.More {
			return ctx.Err()
		}
		q.Before = page.Next
	}
}
