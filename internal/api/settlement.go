package api

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/report"
	"kessai.dev/kessai/internal/shop"
)

// Settlements tell what the provider settled and what it costs: *report.Settlements,
// or a stand-in in tests. Their errors are *payment.InvalidError and the caller's
// own context; any other means that the books could not be read.
type Settlements interface {
	Settlement(ctx context.Context, t shop.Tenant, span report.Span) (report.Settlement, error)
	Export(ctx context.Context, t shop.Tenant, span report.Span, send func([]byte) error) error
	Forecast(ctx context.Context, t shop.Tenant) ([]report.Deposit, error)
	MatchStatement(ctx context.Context, t shop.Tenant, content []byte, from, to string) (report.Statement, error)
}

func noSettlements() error {
	return unknownMethod(codes.Unimplemented, "this installation has no settlements")
}

// GetSettlement reads what was settled in a time, and its fee (R22).
func (s *ledgerService) GetSettlement(ctx context.Context, r *ledgerv1.GetSettlementRequest) (*ledgerv1.GetSettlementResponse, error) {
	if s.a.o.Settlements == nil {
		return nil, noSettlements()
	}
	span, err := report.ParseSpan(r.GetStartDate(), r.GetEndDate(), s.a.o.Clock())
	if err != nil {
		return nil, fromPayments(err)
	}
	ctx, cancel := s.a.untilStop(ctx)
	defer cancel()
	found, err := s.a.o.Settlements.Settlement(ctx, callFrom(ctx).who.tenant, span)
	switch {
	case err != nil && s.a.stopped():
		return nil, shuttingDown()
	case err != nil:
		return nil, fromPayments(err)
	}
	out := &ledgerv1.Settlement{
		StartDate: japanDay(span.From), EndDate: japanDay(span.To), FeeRate: int32(found.FeeRate), //nolint:gosec // at most shop.MaxFeeRate
		Total: settledDay(&found.Total),
	}
	for i := range found.Days {
		out.Days = append(out.Days, settledDay(&found.Days[i]))
	}
	return &ledgerv1.GetSettlementResponse{Settlement: out}, nil
}

func settledDay(d *report.SettledDay) *ledgerv1.Settlement_Day {
	return &ledgerv1.Settlement_Day{
		Date: japanDay(d.Day), Count: int32(d.Count), Amount: d.Amount, Refunded: d.Refunded, Fee: d.Fee, Net: d.Net(), //nolint:gosec // payments of one shop in a year
	}
}

// ExportSettlement sends each payment of a settlement as CSV, piece by piece. It ends
// when the caller leaves.
func (s *ledgerService) ExportSettlement(r *ledgerv1.ExportSettlementRequest, st grpc.ServerStreamingServer[ledgerv1.ExportSettlementResponse]) error {
	if s.a.o.Settlements == nil {
		return noSettlements()
	}
	span, err := report.ParseSpan(r.GetStartDate(), r.GetEndDate(), s.a.o.Clock())
	if err != nil {
		return fromPayments(err)
	}
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	name := span.FileName()
	err = s.a.o.Settlements.Export(ctx, callFrom(st.Context()).who.tenant, span, func(b []byte) error {
		piece := &ledgerv1.ExportSettlementResponse{Content: b, FileName: name}
		name = "" // in the first message
		return st.Send(piece)
	})
	if err != nil && s.a.stopped() && st.Context().Err() == nil {
		return shuttingDown()
	}
	return fromPayments(err)
}

// ForecastDeposits reads what is to be paid out from today on.
func (s *ledgerService) ForecastDeposits(ctx context.Context, _ *ledgerv1.ForecastDepositsRequest) (*ledgerv1.ForecastDepositsResponse, error) {
	if s.a.o.Settlements == nil {
		return nil, noSettlements()
	}
	ctx, cancel := s.a.untilStop(ctx)
	defer cancel()
	list, err := s.a.o.Settlements.Forecast(ctx, callFrom(ctx).who.tenant)
	switch {
	case err != nil && s.a.stopped():
		return nil, shuttingDown()
	case err != nil:
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ForecastDepositsResponse{}
	for i := range list {
		d := &list[i]
		out.Deposits = append(out.Deposits, &ledgerv1.Deposit{
			Date: japanDay(d.Date), ClosingDate: japanDay(d.Closing), Count: int32(d.Count), Amount: d.Amount - d.Refunded, Fee: d.Fee, Net: d.Net(), Expected: d.Expected, //nolint:gosec // payments of one shop
		})
	}
	return out, nil
}

// japanDay writes the beginning of a day in Japan; none is empty.
func japanDay(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
