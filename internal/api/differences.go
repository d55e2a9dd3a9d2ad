package api

import (
	"context"
	"errors"
	"strings"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/reconcile"
)

// Reconciler holds the books against the provider's: a *reconcile.Reconciler, or a
// stand-in in tests. Its errors are those of Payments, and reconcile.BusyError.
type Reconciler interface {
	Differences(ctx context.Context, c processor.Caller, before payment.ID, limit int) (reconcile.Page, error)
	Resolve(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Resolve) (p *payment.Payment, proposed bool, err error)
	Run(ctx context.Context, c processor.Caller, scope reconcile.Scope, progress func(run reconcile.Run, total int)) (reconcile.Run, error)
	Runs(ctx context.Context, c processor.Caller) ([]reconcile.Run, error)
}

// Names of resources, before their ids.
const (
	differences     = "differences/"
	reconciliations = "reconciliations/"
)

func noReconciler() error {
	return unknownMethod(codes.Unimplemented, "this installation does not reconcile")
}

// ListDifferences reads payments that need an operator (R42).
func (s *ledgerService) ListDifferences(ctx context.Context, r *ledgerv1.ListDifferencesRequest) (*ledgerv1.ListDifferencesResponse, error) {
	if s.a.o.Reconciler == nil {
		return nil, noReconciler()
	}
	c := callFrom(ctx)
	before, err := s.a.keys.openPageToken(c.who.tenant, differences, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	page, err := s.a.o.Reconciler.Differences(ctx, c.who.caller(), before, pageSize(r.GetPageSize()))
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListDifferencesResponse{}
	for i := range page.Differences {
		d := &page.Differences[i]
		out.Differences = append(out.Differences, &ledgerv1.Difference{
			Name: differences + string(d.Payment.ID), Payment: s.a.view(c, d.Payment), Reason: string(d.Payment.Attention), Cause: string(d.Cause),
			Proposal: string(d.Proposal), Japanese: d.Japanese, English: d.English, Amount: int32(d.AmountYen), NeedsTwo: d.NeedsTwo, FindTime: timestamp(d.Found), //nolint:gosec // yen of one payment
		})
	}
	if page.More {
		out.NextPageToken = s.a.keys.pageToken(c.who.tenant, differences, page.Next)
	}
	return out, nil
}

// ResolveDifference ends one, by a new entry (R42).
func (s *ledgerService) ResolveDifference(ctx context.Context, r *ledgerv1.ResolveDifferenceRequest) (*ledgerv1.ResolveDifferenceResponse, error) {
	if s.a.o.Reconciler == nil {
		return nil, noReconciler()
	}
	c := callFrom(ctx)
	bare, named := strings.CutPrefix(r.GetName(), differences)
	id, ok := payment.ParseName(payment.ID(bare).Name())
	if !named || !ok {
		return nil, notFound(c.method)
	}
	p, proposed, err := s.a.o.Reconciler.Resolve(ctx, c.who.caller(), id, payment.Resolve{Resolution: payment.Resolution(r.GetResolution()), Note: r.GetNote(), Etag: r.GetEtag()})
	if err != nil {
		return nil, fromPayments(err)
	}
	return &ledgerv1.ResolveDifferenceResponse{Payment: s.a.view(c, p), Proposed: proposed}, nil
}

// tellEvery is after how many payments a reconciliation tells how far it is.
const tellEvery = 20

// RunReconciliation compares now. A caller who leaves ends it; what was found
// stands.
func (s *ledgerService) RunReconciliation(r *ledgerv1.RunReconciliationRequest, st grpc.ServerStreamingServer[ledgerv1.RunReconciliationResponse]) error {
	if s.a.o.Reconciler == nil {
		return noReconciler()
	}
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	c := callFrom(st.Context())
	total := 0
	run, err := s.a.o.Reconciler.Run(ctx, c.who.caller(), reconcile.Scope{Sample: int(r.GetSample()), Cards: r.GetCards()}, func(run reconcile.Run, all int) {
		if total = all; (run.Asked+run.Failed)%tellEvery == 0 && st.Send(&ledgerv1.RunReconciliationResponse{Reconciliation: runMessage(&run), Total: int32(all)}) != nil { //nolint:gosec // payments of one shop
			cancel()
		}
	})
	switch {
	case errors.Is(err, reconcile.BusyError{}):
		return &fault{other: codes.Aborted, reason: paymentv1.ErrorReason_ERROR_REASON_REQUEST_RUNNING, text: "a reconciliation of this shop is running: wait until it has ended", ja: "このショップの照合は実行中です。終わるまでお待ちください。", retry: retryPending}
	case err != nil && s.a.stopped():
		return shuttingDown()
	case err != nil:
		return fromPayments(err)
	}
	return st.Send(&ledgerv1.RunReconciliationResponse{Reconciliation: runMessage(&run), Total: int32(total)}) //nolint:gosec // as above
}

// ListReconciliations reads the latest ones. The page token is the name of the
// last one before.
func (s *ledgerService) ListReconciliations(ctx context.Context, r *ledgerv1.ListReconciliationsRequest) (*ledgerv1.ListReconciliationsResponse, error) {
	if s.a.o.Reconciler == nil {
		return nil, noReconciler()
	}
	c := callFrom(ctx)
	after, err := s.a.keys.openPageToken(c.who.tenant, reconciliations, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	runs, err := s.a.o.Reconciler.Runs(ctx, c.who.caller())
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListReconciliationsResponse{}
	for i := range runs {
		if after != "" && runs[i].ID >= string(after) {
			continue
		}
		if len(out.GetReconciliations()) == pageSize(r.GetPageSize()) {
			out.NextPageToken = s.a.keys.pageToken(c.who.tenant, reconciliations, payment.ID(runs[i-1].ID))
			break
		}
		out.Reconciliations = append(out.Reconciliations, runMessage(&runs[i]))
	}
	return out, nil
}

func runMessage(r *reconcile.Run) *ledgerv1.Reconciliation {
	return &ledgerv1.Reconciliation{
		Name: reconciliations + r.ID, StartTime: timestamp(r.Started), EndTime: timestamp(r.Ended), Actor: r.Actor,
		Asked: int32(r.Asked), Failed: int32(r.Failed), Settled: int32(r.Settled), Differences: int32(r.Differences), Cleared: int32(r.Cleared), Cards: int32(r.Cards), //nolint:gosec // counts of one shop
	}
}

// differenceMessage is what the provider shows instead (R42).
func differenceMessage(f *payment.Found, by *payment.Proposal) *paymentv1.Difference {
	if f == nil {
		return nil
	}
	out := &paymentv1.Difference{Standing: standingWords[f.Standing], Amount: int32(f.Amount), SlipNumbers: f.Slips, ProviderCode: f.Code}
	if by != nil {
		out.ProposedBy = by.Actor
	}
	return out
}
