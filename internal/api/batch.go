package api

import (
	"context"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
)

// Bulk does one thing to many payments: a *bulk.Bulk, or a stand-in in tests.
// Its errors are those of Payments, *bulk.TwiceError and *bulk.SizeError.
type Bulk interface {
	Run(ctx context.Context, c processor.Caller, batch bulk.Batch, items []bulk.Item, begins func(), ended func(done, index int, r bulk.Result)) ([]bulk.Result, error)
	CheckSlips(ctx context.Context, c processor.Caller, parcels []bulk.Parcel) ([]bulk.Warning, error)
	Suggest(ctx context.Context, c processor.Caller, text string) ([]shipping.Suggestion, error)
}

// batchWithin is how long a batch call that answers at once begins items: what
// is under way then is answered as it stands, and the rest as not begun, so that
// the answer is there within 10 s (promise 4). RunBatch has no such limit.
const batchWithin = 9 * time.Second

// job is a batch call as Bulk takes it.
type job struct {
	call     *call // as if the single-purpose call had come, also by RunBatch
	request  bulk.Batch
	names    []string
	commands []payment.Command
	parcels  []bulk.Parcel // of a batch that ships, as long as names
	warnings []bulk.Warning
}

// newJob reads one of the three batches. RunBatch is the same call as the one it
// stands for: a batch that was begun by one goes on by the other.
func (a *API) newJob(c *call, m proto.Message) *job {
	j := &job{}
	as := *c
	switch r := m.(type) {
	case *paymentv1.BatchShipPaymentsRequest:
		as.method = paymentv1.PaymentService_BatchShipPayments_FullMethodName
		for _, item := range r.GetRequests() {
			carrier, slip := shipping.Carrier(item.GetShipment().GetCarrier()), item.GetShipment().GetSlipNumber()
			id, _ := payment.ParseName(item.GetPayment())
			j.add(item.GetPayment(), payment.Ship{Carrier: carrier, Slip: slip})
			j.parcels = append(j.parcels, bulk.Parcel{Payment: id, Carrier: carrier, Slip: slip})
		}
	case *paymentv1.BatchCancelPaymentsRequest:
		as.method = paymentv1.PaymentService_BatchCancelPayments_FullMethodName
		for _, name := range r.GetPayments() {
			j.add(name, payment.Cancel{})
		}
	case *paymentv1.BatchReauthorizePaymentsRequest:
		as.method = paymentv1.PaymentService_BatchReauthorizePayments_FullMethodName
		for _, name := range r.GetPayments() {
			j.add(name, payment.Reauthorize{AllowDeferral: r.GetAllowDeferral()})
		}
	}
	j.call, j.request = &as, a.request(&as, m)
	return j
}

func (j *job) add(name string, cmd payment.Command) {
	j.names, j.commands = append(j.names, name), append(j.commands, cmd)
}

// BatchShipPayments ships (R31, R33, R34).
func (s *paymentService) BatchShipPayments(ctx context.Context, r *paymentv1.BatchShipPaymentsRequest) (*paymentv1.BatchShipPaymentsResponse, error) {
	j := s.a.newJob(callFrom(ctx), r)
	results, err := s.a.runAtOnce(ctx, j)
	if err != nil {
		return nil, err
	}
	return &paymentv1.BatchShipPaymentsResponse{Results: results, Warnings: slipWarnings(j.warnings)}, nil
}

// BatchCancelPayments cancels (R34).
func (s *paymentService) BatchCancelPayments(ctx context.Context, r *paymentv1.BatchCancelPaymentsRequest) (*paymentv1.BatchCancelPaymentsResponse, error) {
	results, err := s.a.runAtOnce(ctx, s.a.newJob(callFrom(ctx), r))
	if err != nil {
		return nil, err
	}
	return &paymentv1.BatchCancelPaymentsResponse{Results: results}, nil
}

// BatchReauthorizePayments holds anew (R34, P37).
func (s *paymentService) BatchReauthorizePayments(ctx context.Context, r *paymentv1.BatchReauthorizePaymentsRequest) (*paymentv1.BatchReauthorizePaymentsResponse, error) {
	results, err := s.a.runAtOnce(ctx, s.a.newJob(callFrom(ctx), r))
	if err != nil {
		return nil, err
	}
	return &paymentv1.BatchReauthorizePaymentsResponse{Results: results}, nil
}

// runAtOnce runs a batch whose results are answered together.
func (a *API) runAtOnce(ctx context.Context, j *job) ([]*paymentv1.BatchResult, error) {
	within, cancel := context.WithTimeout(ctx, batchWithin)
	defer cancel()
	within, end := a.untilStop(within)
	defer end()
	if err := a.checkSlips(within, j); err != nil {
		return nil, err
	}
	results := make([]*paymentv1.BatchResult, len(j.names))
	replayed := false
	err := a.run(within, j, nil, func(_, index int, r bulk.Result) {
		results[index] = a.batchResult(within, j, index, r)
		replayed = replayed || r.Replayed
	})
	if err != nil {
		return nil, a.classify(ctx, j.call, err)
	}
	if replayed {
		_ = grpc.SetHeader(ctx, metadata.Pairs("idempotency-replayed", "true"))
	}
	return results, nil
}

// checkSlips looks through the slips of a batch that ships, before it begins.
func (a *API) checkSlips(ctx context.Context, j *job) (err error) {
	if a.o.Bulk == nil {
		return unknownMethod(codes.Unimplemented, "this installation has no batches")
	}
	if len(j.parcels) > 0 {
		j.warnings, err = a.o.Bulk.CheckSlips(ctx, j.call.who.caller(), j.parcels)
	}
	return fromPayments(err)
}

// run carries the job out and tells of each item as it ends, one at a time, with
// its place; begins, if not nil, is called before. A name of no form is not found,
// like a payment of another shop; it never gets as far as Bulk.
func (a *API) run(ctx context.Context, j *job, begins func(), tell func(done, index int, r bulk.Result)) error {
	var items []bulk.Item
	var places, unknown []int
	for i, name := range j.names {
		id, ok := payment.ParseName(name)
		if !ok {
			unknown = append(unknown, i)
			continue
		}
		items, places = append(items, bulk.Item{Payment: id, Command: j.commands[i]}), append(places, i)
	}
	switch {
	case len(items) > 0:
		_, err := a.o.Bulk.Run(ctx, j.call.who.caller(), j.request, items, begins, func(done, index int, r bulk.Result) { tell(done, places[index], r) })
		if err != nil {
			return fromPayments(err)
		}
	case begins != nil:
		begins()
	}
	for n, i := range unknown {
		tell(len(items)+n+1, i, bulk.Result{Err: ledger.ErrNotFound})
	}
	return nil
}
