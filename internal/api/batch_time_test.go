package api

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc/codes"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// silent answers the first payments of a batch at once, and after them it answers
// nothing: such a call ends when its caller's time is up, as it stands.
type silent struct{ answers int }

func (s *silent) Command(ctx context.Context, _ processor.Caller, _ payment.Request, id payment.ID, _ payment.Command) (processor.Result, error) {
	if s.answers--; s.answers >= 0 {
		return processor.Result{Payment: &payment.Payment{ID: id, State: payment.Canceled}}, nil
	}
	<-ctx.Done()
	open := payment.Attempt{Number: 1, Open: &payment.Question{Operation: payment.OpCancel}}
	return processor.Result{Payment: &payment.Payment{ID: id, State: payment.Captured, Winner: 1, Attempts: []payment.Attempt{open}}}, nil
}

func (*silent) Begun(context.Context, processor.Caller, payment.Request) (bool, error) {
	return false, nil
}

func (*silent) Preview(context.Context, processor.Caller, payment.ID, payment.Command) (*payment.Payment, []payment.Event, error) {
	return nil, nil, ledger.ErrNotFound
}

func (*silent) Order(context.Context, processor.Caller, payment.ID) (*payment.Order, error) {
	return nil, ledger.ErrNotFound
}

func (*silent) List(context.Context, processor.Caller, ledger.Query) (ledger.Page, error) {
	return ledger.Page{}, nil
}

// Promise 4, P65: a batch answers within 10 s, however the provider is: what is
// done, what is open, and what was not begun and can be sent again.
func TestBatchAnswersInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := []byte("a key of the tests, thirty-two bytes")
		a := &API{
			o:    Options{Clock: time.Now, Logger: slog.New(slog.DiscardHandler), Bulk: bulk.New(bulk.Options{Payments: &silent{answers: 5}, Parallel: 1})},
			keys: newKeyring(key), stopping: make(chan struct{}), draining: make(chan struct{}),
		}
		a.o.Payments = struct{ Payments }{}
		r := &paymentv1.BatchCancelPaymentsRequest{RequestId: "k"}
		for n := range uint64(20) {
			r.Payments = append(r.Payments, payment.NewID(time.Now(), n).Name())
		}
		ctx := context.WithValue(t.Context(), callKey{}, &call{method: paymentv1.PaymentService_BatchCancelPayments_FullMethodName})
		began := time.Now()
		answer, err := (&paymentService{a: a}).BatchCancelPayments(ctx, r)
		if took := time.Since(began); err != nil || took > 9500*time.Millisecond || took < 9*time.Second {
			t.Fatalf("%v after %v", err, took)
		}
		for i, got := range answer.GetResults() {
			switch {
			case i < 5 && got.GetPayment().GetState() == paymentv1.Payment_STATE_CANCELED:
			case i == 5 && got.GetPayment().GetPendingOperation() == paymentv1.Payment_OPERATION_CANCEL:
			case i > 5 && codes.Code(got.GetError().GetCode()) == codes.Aborted && strings.Contains(got.GetError().GetMessage(), "same idempotency key"):
				info, retry := &errdetails.ErrorInfo{}, &errdetails.RetryInfo{}
				if d := got.GetError().GetDetails(); d[0].UnmarshalTo(info) != nil || info.GetReason() != "REQUEST_RUNNING" || d[1].UnmarshalTo(retry) != nil || retry.GetRetryDelay().AsDuration() != time.Second {
					t.Errorf("item %d: %v", i, d)
				}
			default:
				t.Errorf("item %d: %v", i, got)
			}
		}
	})
}
