package api

import (
	"context"
	"errors"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/ledger"
)

// Verifier proves the books while they are in use: a ledger, or a stand-in in
// tests.
type Verifier interface {
	Verify(ctx context.Context, progress func(records uint64)) (ledger.Report, error)
	Last(ctx context.Context) (uint64, error)
}

// VerifyLedger proves the books from their first event (P87). It is about all
// shops, since the seals are; what it tells of a fault names no payment of another
// shop.
func (s *ledgerService) VerifyLedger(_ *ledgerv1.VerifyLedgerRequest, st grpc.ServerStreamingServer[ledgerv1.VerifyLedgerResponse]) error {
	if s.a.o.Verifier == nil {
		return unknownMethod(codes.Unimplemented, "this installation cannot verify its books while they are in use")
	}
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	last, err := s.a.o.Verifier.Last(ctx)
	if err != nil {
		return fromPayments(err)
	}
	report, err := s.a.o.Verifier.Verify(ctx, func(records uint64) {
		if st.Send(&ledgerv1.VerifyLedgerResponse{Events: int64(records), EventsTotal: int64(max(last, records))}) != nil { //nolint:gosec // numbers of the journal
			cancel()
		}
	})
	switch {
	case err != nil && s.a.stopped():
		return shuttingDown()
	case errors.Is(err, context.Canceled):
		return st.Context().Err()
	case err != nil:
		return fromPayments(err)
	}
	out := &ledgerv1.VerifyLedgerResponse{Events: int64(report.Records), EventsTotal: int64(report.Records), Done: true, Head: report.Head.String()} //nolint:gosec // as above
	if report.Fault != nil {
		whole := *report.Fault
		whole.Payment = ""
		out.Faults = append(out.Faults, whole.Error())
	}
	return st.Send(out)
}
