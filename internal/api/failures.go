package api

import (
	"context"
	"slices"
	"strconv"
	"time"

	"google.golang.org/grpc/codes"

	ledgerv1 "kessai.dev/kessai/gen/kessai/ledger/v1"
	"kessai.dev/kessai/internal/explain"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Failures is the log of payment errors: an *explain.Log, or a stand-in in tests.
// Its errors are ledger.ErrNotFound and the caller's own context; any other means
// that the books could not be read.
type Failures interface {
	List(ctx context.Context, q explain.Query) (explain.Page, error)
	Explain(ctx context.Context, t shop.Tenant, id payment.ID) (explain.Story, error)
}

func noFailures() error {
	return unknownMethod(codes.Unimplemented, "this installation has no log of payment errors")
}

// ListPaymentErrors reads failures, newest first (R41).
func (s *ledgerService) ListPaymentErrors(ctx context.Context, r *ledgerv1.ListPaymentErrorsRequest) (*ledgerv1.ListPaymentErrorsResponse, error) {
	if s.a.o.Failures == nil {
		return nil, noFailures()
	}
	t := callFrom(ctx).who.tenant
	q := explain.Query{Tenant: t, Limit: pageSize(r.GetPageSize())}
	var err error
	if q.Filter, err = parseFailures(r.GetFilter()); err != nil {
		return nil, err
	}
	if q.From, err = s.a.keys.openFailuresToken(t, r.GetFilter(), r.GetPageToken()); err != nil {
		return nil, err
	}
	page, err := s.a.o.Failures.List(ctx, q)
	if err != nil {
		return nil, fromPayments(err)
	}
	out := &ledgerv1.ListPaymentErrorsResponse{}
	for i := range page.Failures {
		out.Errors = append(out.Errors, failureMessage(&page.Failures[i]))
	}
	if page.More {
		out.NextPageToken = s.a.keys.failuresToken(t, r.GetFilter(), page.Next)
	}
	return out, nil
}

// ExplainPayment tells the story of a payment in both languages.
func (s *ledgerService) ExplainPayment(ctx context.Context, r *ledgerv1.ExplainPaymentRequest) (*ledgerv1.ExplainPaymentResponse, error) {
	if s.a.o.Failures == nil {
		return nil, noFailures()
	}
	c := callFrom(ctx)
	id, err := own(c, r.GetName())
	if err != nil {
		return nil, err
	}
	story, err := s.a.o.Failures.Explain(ctx, c.who.tenant, id)
	if err != nil {
		return nil, fromPayments(err)
	}
	return &ledgerv1.ExplainPaymentResponse{Explanation: storyMessage(&story)}, nil
}

func failureMessage(f *explain.Failure) *ledgerv1.PaymentError {
	return &ledgerv1.PaymentError{
		Payment: f.Payment.Name(), Sequence: int32(f.Sequence), CreateTime: timestamp(f.Time), OrderNumber: f.Order, AcceptanceNumber: f.Acceptance, //nolint:gosec // a payment has fewer events
		Operation: operationMessages[f.Operation], Kind: string(f.Kind), Reason: string(f.Reason), ProviderCode: f.Code, Amount: int32(f.Amount),
		RetrySafe: f.RetrySafe, Resolved: f.Resolved, Japanese: f.Japanese, English: f.English,
	}
}

func storyMessage(s *explain.Story) *ledgerv1.Explanation {
	m := &ledgerv1.Explanation{SummaryJapanese: s.SummaryJapanese, SummaryEnglish: s.SummaryEnglish, NextJapanese: s.NextJapanese, NextEnglish: s.NextEnglish}
	for i := range s.Steps {
		step := &s.Steps[i]
		m.Steps = append(m.Steps, &ledgerv1.Explanation_Step{
			Sequence: int32(step.Sequence), CreateTime: timestamp(step.Time), Actor: step.Actor, Japanese: step.Japanese, English: step.English, //nolint:gosec // a payment has fewer events
			Cause: int32(step.Cause), UnknownSeconds: int32(min(step.Unknown/time.Second, 1<<30)), //nolint:gosec // as above
		})
	}
	return m
}

// failuresToken names where the next page of failures begins, for this tenant and
// filter: a cursor under a key of its own.
func (k keyring) failuresToken(t shop.Tenant, filter string, n uint64) string {
	return k.cursor(failuresOf(t, filter), n)
}

func (k keyring) openFailuresToken(t shop.Tenant, filter, token string) (uint64, error) {
	if token == "" {
		return 0, nil
	}
	n, ok := k.openCursor(failuresOf(t, filter), token)
	if !ok {
		return 0, invalidField("page_token", "is not the next_page_token of a page with this filter")
	}
	return n, nil
}

// failuresOf is a tenant that no shop can be: its name holds a blank.
func failuresOf(t shop.Tenant, filter string) shop.Tenant {
	return shop.Tenant{Shop: shop.ID("failures " + strconv.Quote(string(t.Shop)) + filter), Environment: t.Environment}
}

func parseFailures(s string) (explain.Filter, error) {
	return parseConditions(s, failureFields, "kind, reason, provider_code, operation, order_number, acceptance_number, payment and create_time")
}

// failureFields are the fields of the list of failures.
var failureFields = fields[explain.Filter]{
	"kind":              setKind,
	"reason":            equals(func(f *explain.Filter) *string { return (*string)(&f.Reason) }),
	"provider_code":     equals(func(f *explain.Filter) *string { return &f.Code }),
	"operation":         setOperation,
	"order_number":      equals(func(f *explain.Filter) *string { return &f.Order }),
	"acceptance_number": equals(func(f *explain.Filter) *string { return &f.Acceptance }),
	"payment":           setPayment,
	"create_time": func(f *explain.Filter, op, v string) (place, string) {
		return setTime(&f.After, &f.Before, op, v)
	},
}

func setKind(f *explain.Filter, op, v string) (place, string) {
	switch {
	case op != "=":
		return badOperator, "this field takes = only"
	case !slices.Contains(explain.Kinds(), explain.Kind(v)):
		return badValue, "is no kind; kinds are DECLINED, REFUSED, NOT_SENT, UNANSWERED and ATTENTION"
	}
	f.Kind = explain.Kind(v)
	return badValue, ""
}

func setOperation(f *explain.Filter, op, v string) (place, string) {
	if op != "=" {
		return badOperator, "this field takes = only"
	}
	for _, o := range payment.Operations() {
		if operationMessages[o].String() == v {
			f.Operation = o
			return badValue, ""
		}
	}
	return badValue, "is no operation; operations begin with " + operationMessages[payment.OpAuthorize].String()
}

func setPayment(f *explain.Filter, op, v string) (place, string) {
	if op != "=" {
		return badOperator, "this field takes = only"
	}
	id, ok := payment.ParseName(v)
	if !ok {
		return badValue, `is no name of a payment: "payments/…"`
	}
	f.Payment = id
	return badValue, ""
}
