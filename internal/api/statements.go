package api

import (
	"context"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/report"
)

// MatchStatement holds the provider's statement against the books. Nothing is
// changed.
func (s *ledgerService) MatchStatement(ctx context.Context, r *ledgerv1.MatchStatementRequest) (*ledgerv1.MatchStatementResponse, error) {
	if s.a.o.Settlements == nil {
		return nil, noSettlements()
	}
	ctx, cancel := s.a.untilStop(ctx)
	defer cancel()
	m, err := s.a.o.Settlements.MatchStatement(ctx, callFrom(ctx).who.tenant, r.GetContent(), r.GetStartDate(), r.GetEndDate())
	switch {
	case err != nil && s.a.stopped():
		return nil, shuttingDown()
	case err != nil:
		return nil, fromPayments(err)
	}
	out := &ledgerv1.MatchStatementResponse{
		Matched: int32(m.Matched), MatchedAmount: m.MatchedAmount, UnmatchedAmount: m.UnmatchedAmount, MissingAmount: m.MissingAmount, //nolint:gosec // at most report.MaxStatementRows
	}
	for i := range m.Rows {
		out.Rows = append(out.Rows, statementRow(&m.Rows[i]))
	}
	return out, nil
}

func statementRow(r *report.StatementRow) *ledgerv1.StatementRow {
	out := &ledgerv1.StatementRow{
		Line: int32(r.Line), Verdict: string(r.Verdict), AcceptanceNumber: r.Acceptance, StatementAmount: int32(r.Statement), Amount: int32(r.Books), //nolint:gosec // at most report.MaxStatement
		Japanese: r.Japanese, English: r.English,
	}
	if r.Payment != "" {
		out.Payment = r.Payment.Name()
	}
	return out
}
