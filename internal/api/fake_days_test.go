package api_test

import (
	"context"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

// fakeDays are three days of the first shop: two closed, and today.
type fakeDays struct{}

func threeDays() []report.Day {
	held, charged := payment.Balance{Held: 5080}, payment.Balance{Held: 1000, Charged: 4080}
	return []report.Day{
		{Date: "2026-11-22", Opening: charged, Closing: charged, Number: 9},
		{Date: "2026-11-21", Opening: held, Closing: charged, Number: 9, Closed: true, Seal: "ab12", Movements: []report.DayMovement{
			{Kind: payment.MovementAuthorized, Count: 1, By: payment.Balance{Held: 1000}}, {Kind: payment.MovementCaptured, Count: 1, By: payment.Balance{Held: -5080, Charged: 4080}},
		}},
		{Date: "2026-11-20", Closing: held, Number: 4, Closed: true, Movements: []report.DayMovement{{Kind: payment.MovementAuthorized, Count: 1, By: held}}},
	}
}

func (f fakeDays) Day(ctx context.Context, t shop.Tenant, date string) (report.Day, error) {
	if date > "2026-11-22" {
		return report.Day{}, &payment.InvalidError{Violations: []payment.Violation{{Field: "name", Text: "must be dayCloses/YYYY-MM-DD, a day in Japan that has begun"}}}
	}
	page, err := f.Days(ctx, t, "", 31)
	for _, d := range page.Days {
		if d.Date == date {
			return d, err
		}
	}
	return report.Day{}, ledger.ErrNotFound
}

func (fakeDays) Days(_ context.Context, t shop.Tenant, before string, limit int) (page report.DayPage, err error) {
	for _, d := range threeDays() {
		if t.Shop != "first" || before != "" && d.Date >= before {
			continue
		}
		if page.More = len(page.Days) == limit; page.More {
			return page, nil
		}
		page.Days = append(page.Days, d)
	}
	return page, nil
}
