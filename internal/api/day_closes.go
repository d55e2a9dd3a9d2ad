package api

import (
	"context"
	"strconv"
	"strings"

	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

// Days tell what happened to the money, day by day: *report.Days, or a stand-in in
// tests. Their errors are ledger.ErrNotFound, *payment.InvalidError and the caller's
// own context; any other means that the books could not be read or written.
type Days interface {
	Day(ctx context.Context, t shop.Tenant, date string) (report.Day, error)
	Days(ctx context.Context, t shop.Tenant, before string, limit int) (report.DayPage, error)
}

// dayCloses is before a day's date in its name.
const dayCloses = "dayCloses/"

func noDays() error {
	return unknownMethod(codes.Unimplemented, "this installation closes no days")
}

// GetDayClose reads one day.
func (s *ledgerService) GetDayClose(ctx context.Context, r *ledgerv1.GetDayCloseRequest) (*ledgerv1.GetDayCloseResponse, error) {
	if s.a.o.Days == nil {
		return nil, noDays()
	}
	c := callFrom(ctx)
	date, named := strings.CutPrefix(r.GetName(), dayCloses)
	if !named {
		return nil, notFound(c.method)
	}
	day, err := s.a.o.Days.Day(ctx, c.who.tenant, date)
	if err != nil {
		return nil, fromPayments(err)
	}
	return &ledgerv1.GetDayCloseResponse{DayClose: dayClose(&day)}, nil
}

// ListDayCloses reads days, newest first.
func (s *ledgerService) ListDayCloses(ctx context.Context, r *ledgerv1.ListDayClosesRequest) (*ledgerv1.ListDayClosesResponse, error) {
	if s.a.o.Days == nil {
		return nil, noDays()
	}
	t := callFrom(ctx).who.tenant
	before, err := s.a.keys.openPlaceToken(t, dayCloses, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	page, err := s.a.o.Days.Days(ctx, t, string(before), daysPage(r.GetPageSize()))
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListDayClosesResponse{}
	for i := range page.Days {
		out.DayCloses = append(out.DayCloses, dayClose(&page.Days[i]))
	}
	if n := len(page.Days); page.More && n > 0 {
		out.NextPageToken = s.a.keys.placeToken(t, dayCloses, []byte(page.Days[n-1].Date))
	}
	return out, nil
}

// How many days a page has: a month unless the caller says otherwise, three at most.
const (
	usualDaysPage = 31
	maxDaysPage   = 92
)

func daysPage(asked int32) int {
	if asked == 0 {
		return usualDaysPage
	}
	return int(asked)
}

func dayClose(d *report.Day) *ledgerv1.DayClose {
	m := &ledgerv1.DayClose{
		Name: dayCloses + d.Date, Closed: d.Closed, JournalNumber: strconv.FormatUint(d.Number, 10), Seal: d.Seal,
		OpeningHeld: d.Opening.Held, OpeningCharged: d.Opening.Charged, ClosingHeld: d.Closing.Held, ClosingCharged: d.Closing.Charged,
	}
	for _, v := range d.Movements {
		m.Movements = append(m.Movements, &ledgerv1.DayClose_Movement{
			Kind: string(v.Kind), Count: int32(v.Count), Held: v.By.Held, Charged: v.By.Charged, //nolint:gosec // payments of one shop in a day
		})
	}
	return m
}
