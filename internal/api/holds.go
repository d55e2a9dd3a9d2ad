package api

import (
	"context"
	"encoding/binary"
	"fmt"

	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/radar"
)

// Radar looks ahead: a *radar.Radar, or a stand-in in tests. Its errors are those
// of Payments.
type Radar interface {
	Holds(ctx context.Context, c processor.Caller, q radar.Query) (radar.Page, error)
	Calendar(ctx context.Context, c processor.Caller) ([]byte, error)
	Preview(ctx context.Context, c processor.Caller, id payment.ID, amount money.Yen) (*payment.Statement, error)
}

// maxHoldDays is how many days ahead holds may be asked for: longer than any lasts.
const maxHoldDays = 400

func noRadar() error {
	return unknownMethod(codes.Unimplemented, "this installation has no hold radar")
}

// ListHolds reads what is held and not charged, the soonest to lapse first.
func (s *ledgerService) ListHolds(ctx context.Context, r *ledgerv1.ListHoldsRequest) (*ledgerv1.ListHoldsResponse, error) {
	if s.a.o.Radar == nil {
		return nil, noRadar()
	}
	c := callFrom(ctx)
	q := radar.Query{Days: int(r.GetDays()), Limit: pageSize(r.GetPageSize())}
	list := fmt.Sprintf("holds %d", q.Days)
	place, err := s.a.keys.openPlaceToken(c.who.tenant, list, r.GetPageToken())
	if err != nil {
		return nil, err
	}
	if len(place) > 8 { // else it is the first page: the token is ours
		q.After = radar.Place{Ends: int64(binary.BigEndian.Uint64(place)), ID: payment.ID(place[8:])} //nolint:gosec // as it was written
	}
	page, err := s.a.o.Radar.Holds(ctx, c.who.caller(), q)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListHoldsResponse{}
	for i := range page.Holds {
		out.Holds = append(out.Holds, holdMessage(&page.Holds[i]))
	}
	if page.More {
		place = binary.BigEndian.AppendUint64(nil, uint64(page.Next.Ends)) //nolint:gosec // as it is read
		out.NextPageToken = s.a.keys.placeToken(c.who.tenant, list, append(place, page.Next.ID...))
	}
	return out, nil
}

func holdMessage(h *radar.Hold) *ledgerv1.Hold {
	p := h.Payment
	m := &ledgerv1.Hold{
		Payment: p.ID.Name(), OrderNumber: p.OrderNumber, Amount: int32(p.Amount), ExpireTime: timestamp(p.HoldExpires),
		DaysLeft: int32(h.DaysLeft), ReauthorizeTime: timestamp(h.Renew), Liability: string(h.Liability), //nolint:gosec // some hundred days
	}
	m.MessageJapanese, m.MessageEnglish = p.RenewMessage()
	for _, risk := range h.Risks {
		m.Risks = append(m.Risks, string(risk))
	}
	return m
}

// ExportHoldCalendar gives the ends of holds as an iCalendar file.
func (s *ledgerService) ExportHoldCalendar(ctx context.Context, _ *ledgerv1.ExportHoldCalendarRequest) (*ledgerv1.ExportHoldCalendarResponse, error) {
	if s.a.o.Radar == nil {
		return nil, noRadar()
	}
	file, err := s.a.o.Radar.Calendar(ctx, callFrom(ctx).who.caller())
	if err != nil {
		return nil, fromPayments(err)
	}
	return &ledgerv1.ExportHoldCalendarResponse{Content: file, FileName: radar.CalendarFile}, nil
}

// PreviewAdjustment tells what the shopper will see of a change of amount.
func (s *paymentService) PreviewAdjustment(ctx context.Context, r *paymentv1.PreviewAdjustmentRequest) (*paymentv1.PreviewAdjustmentResponse, error) {
	if s.a.o.Radar == nil {
		return nil, noRadar()
	}
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	seen, err := s.a.o.Radar.Preview(ctx, c.who.caller(), id, money.Yen(r.GetAmount()))
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &paymentv1.PreviewAdjustmentResponse{MessageJapanese: seen.Japanese, MessageEnglish: seen.English}
	for _, l := range seen.Lines {
		out.Lines = append(out.Lines, &paymentv1.PreviewAdjustmentResponse_StatementLine{Amount: int32(l.Amount), Kind: string(l.Kind), Date: l.Date})
	}
	for _, n := range seen.Notes {
		out.Notes = append(out.Notes, &paymentv1.PreviewAdjustmentResponse_StatementNote{Reason: n.Reason, Japanese: n.Japanese, English: n.English})
	}
	return out, nil
}

func (k *checker) holds(r *ledgerv1.ListHoldsRequest) {
	k.when(r.GetPageSize() < 0, "page_size", "must be 1 to 1,000")
	k.within("days", r.GetDays(), 0, maxHoldDays)
}
