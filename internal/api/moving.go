package api

import (
	"context"

	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/moving"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Moving takes over the orders of another shop system: a *moving.Importer, or a
// stand-in in tests. Its errors are *payment.InvalidError and the caller's own
// context; any other means that the books could not be read or written.
type Moving interface {
	Import(ctx context.Context, c processor.Caller, content []byte, dry bool) (moving.Report, error)
}

// ImportOrders answers when every row has its verdict, which takes as long as the
// provider takes to tell of them, eight at a time.
func (s *ledgerService) ImportOrders(ctx context.Context, r *ledgerv1.ImportOrdersRequest) (*ledgerv1.ImportOrdersResponse, error) {
	if s.a.o.Moving == nil {
		return nil, unknownMethod(codes.Unimplemented, "this installation takes over no orders")
	}
	ctx, cancel := s.a.untilStop(ctx)
	defer cancel()
	report, err := s.a.o.Moving.Import(ctx, callFrom(ctx).who.caller(), r.GetContent(), r.GetDryRun())
	switch {
	case err != nil && s.a.stopped():
		return nil, shuttingDown() // the same file goes on where it ended
	case err != nil:
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ImportOrdersResponse{
		Imported: int32(report.Imported), Differing: int32(report.Differing), QuietDays: int32(report.QuietDays), //nolint:gosec // at most moving.MaxRows, and days
	}
	for i := range report.Orders {
		out.Orders = append(out.Orders, importedOrder(&report.Orders[i]))
	}
	return out, nil
}

func importedOrder(o *moving.Order) *ledgerv1.ImportedOrder {
	out := &ledgerv1.ImportedOrder{
		Line: int32(o.Line), Verdict: string(o.Verdict), OrderNumber: o.OrderNumber, AcceptanceNumber: o.Acceptance, Claimed: o.Claimed, //nolint:gosec // at most moving.MaxFile
		Differs: o.Differs, Japanese: o.Japanese, English: o.English,
	}
	if o.Payment != "" {
		out.Payment = o.Payment.Name()
	}
	if o.Asked {
		out.Standing, out.Amount = standingWords[o.Trade.Standing], int32(o.Trade.Amount)
	}
	return out
}

// standingWords are what the provider shows, in a word (Difference.standing).
var standingWords = map[payment.Standing]string{
	payment.StandingNone: "NONE", payment.StandingFailed: "FAILED", payment.StandingWaiting: "WAITING", payment.StandingHeld: "HELD",
	payment.StandingReserved: "RESERVED", payment.StandingCaptured: "CAPTURED", payment.StandingSettled: "SETTLED",
	payment.StandingCanceled: "CANCELED", payment.StandingAttention: "ATTENTION",
}
