package api

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/desk"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// Desk looks after lost orders: a *desk.Desk, or a stand-in in tests. Its errors
// are those of Payments.
type Desk interface {
	Register(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.RegisterOrder) (p *payment.Payment, already bool, err error)
	Orphans(ctx context.Context, c processor.Caller, q desk.Query) (desk.Page, error)
	Recoveries(ctx context.Context, c processor.Caller) (last time.Time, list []desk.Recovery, err error)
}

// maxOrphanDays is how far back lost orders may be looked for.
const maxOrphanDays = 400

func noDesk() error {
	return unknownMethod(codes.Unimplemented, "this installation has no lost-order desk")
}

// RegisterOrder says that the shop has the order: once (R40).
func (s *paymentService) RegisterOrder(ctx context.Context, r *paymentv1.RegisterOrderRequest) (*paymentv1.RegisterOrderResponse, error) {
	if s.a.o.Desk == nil {
		return nil, noDesk()
	}
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	found, already, err := s.a.o.Desk.Register(ctx, c.who.caller(), id, payment.RegisterOrder{From: payment.DateFrom(r.GetDateFrom()), Etag: r.GetEtag()})
	if err != nil {
		return nil, fromPayments(err)
	}
	p, err := s.whole(ctx, found)
	if err != nil {
		return nil, err
	}
	return &paymentv1.RegisterOrderResponse{Payment: p, AlreadyRegistered: already}, nil
}

// ListOrphans reads lost orders, each with its order as it was written down before
// payment started (R39).
func (s *ledgerService) ListOrphans(ctx context.Context, r *ledgerv1.ListOrphansRequest) (*ledgerv1.ListOrphansResponse, error) {
	if s.a.o.Desk == nil {
		return nil, noDesk()
	}
	c := callFrom(ctx)
	q := desk.Query{Verdict: desk.Verdict(r.GetVerdict()), Days: int(r.GetDays()), Acceptance: r.GetAcceptanceNumber(), Limit: pageSize(r.GetPageSize())}
	list := fmt.Sprintf("orphans %s %d %s", q.Verdict, q.Days, q.Acceptance)
	var err error
	if q.Before, err = s.a.keys.openPageToken(c.who.tenant, list, r.GetPageToken()); err != nil {
		return nil, err
	}
	page, err := s.a.o.Desk.Orphans(ctx, c.who.caller(), q)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListOrphansResponse{}
	payments := &paymentService{a: s.a}
	for i := range page.Orphans {
		o := &page.Orphans[i]
		p, err := payments.whole(ctx, o.Payment)
		if err != nil {
			return nil, err
		}
		out.Orphans = append(out.Orphans, &ledgerv1.Orphan{
			Payment: p, Verdict: string(o.Verdict), Proposal: string(o.Proposal), Japanese: o.Japanese, English: o.English, RuleTime: timestamp(o.RuleTime),
		})
	}
	if page.More {
		out.NextPageToken = s.a.keys.pageToken(c.who.tenant, list, page.Next)
	}
	return out, nil
}

// ListRecoveries reads what was under way when the process last died.
func (s *ledgerService) ListRecoveries(ctx context.Context, _ *ledgerv1.ListRecoveriesRequest) (*ledgerv1.ListRecoveriesResponse, error) {
	if s.a.o.Desk == nil {
		return nil, noDesk()
	}
	last, list, err := s.a.o.Desk.Recoveries(ctx, callFrom(ctx).who.caller())
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListRecoveriesResponse{StartTime: timestamp(last)}
	for i := range list {
		v := &list[i]
		out.Recoveries = append(out.Recoveries, &ledgerv1.Recovery{
			Payment: v.Payment.Name(), OrderNumber: v.OrderNumber, Operation: operationMessages[v.Operation], AskTime: timestamp(v.Asked),
			StartTime: timestamp(v.Started), Outcome: string(v.Outcome), Japanese: v.Japanese, English: v.English,
		})
	}
	return out, nil
}

func (k *checker) registerOrder(r *paymentv1.RegisterOrderRequest) {
	k.name("name", r.GetName())
	k.oneOf("date_from", r.GetDateFrom(), string(payment.FromNow), string(payment.FromLog))
}

func (k *checker) orphans(r *ledgerv1.ListOrphansRequest) {
	k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	k.within("days", r.GetDays(), 0, maxOrphanDays)
	verdicts := make([]string, 0, len(desk.Verdicts()))
	for _, v := range desk.Verdicts() {
		verdicts = append(verdicts, string(v))
	}
	k.oneOf("verdict", r.GetVerdict(), verdicts...)
}
