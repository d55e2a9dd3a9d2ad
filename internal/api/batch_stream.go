package api

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/bulk"
	"kessai.dev/kessai/internal/dispatch"
)

// batchStream is the way back to whoever follows a batch.
type batchStream = grpc.ServerStreamingServer[paymentv1.RunBatchResponse]

// RunBatch tells of each item as it ends. Its first message comes before anything
// begins: how many items there are, and what looks wrong with the slips. A caller
// who leaves, or a process that stops, stops what has not begun.
func (s *paymentService) RunBatch(r *paymentv1.RunBatchRequest, st batchStream) error {
	c := callFrom(st.Context())
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	f := &follower{st: st, leave: cancel}
	if r.GetImport() != nil {
		return s.a.runImport(ctx, c, r.GetImport(), f)
	}
	j := s.a.newJob(c, nested(r))
	if err := s.a.checkSlips(ctx, j); err != nil {
		return err
	}
	f.total = int32(len(j.names)) //nolint:gosec // at most 1,000
	begins := func() {
		f.send(&paymentv1.RunBatchResponse{Total: f.total, Warnings: slipWarnings(j.warnings)})
	}
	err := s.a.run(ctx, j, begins, func(done, index int, r bulk.Result) {
		f.send(&paymentv1.RunBatchResponse{
			Done: int32(done), Total: f.total, Index: int32(index), Result: s.a.batchResult(ctx, j, index, r), //nolint:gosec // at most 1,000
		})
	})
	if err != nil {
		return s.a.classify(ctx, j.call, err)
	}
	return f.failed
}

// nested is the batch that a RunBatch stands for, under its key.
func nested(r *paymentv1.RunBatchRequest) proto.Message {
	switch {
	case r.GetShip() != nil:
		r.GetShip().RequestId = r.GetRequestId()
		return r.GetShip()
	case r.GetCancel() != nil:
		r.GetCancel().RequestId = r.GetRequestId()
		return r.GetCancel()
	}
	r.GetReauthorize().RequestId = r.GetRequestId()
	return r.GetReauthorize()
}

// follower sends, until that fails: then the batch is left.
type follower struct {
	st     batchStream
	leave  context.CancelFunc
	total  int32
	failed error
}

func (f *follower) send(m *paymentv1.RunBatchResponse) {
	if f.failed != nil {
		return
	}
	if f.failed = f.st.Send(m); f.failed != nil {
		f.leave()
	}
}

// runImport is ImportShipments row by row. It is rehearsed first, so that what
// looks wrong with the file as a whole is told before its first row is shipped.
func (a *API) runImport(ctx context.Context, c *call, r *paymentv1.ImportShipmentsRequest, f *follower) error {
	if a.o.Dispatch == nil {
		return errNoDispatch()
	}
	caller := c.who.caller()
	plan, err := a.o.Dispatch.Import(ctx, caller, r.GetContent(), true, nil)
	if err != nil {
		return importFault(err)
	}
	places := map[int]int{}
	for i := range plan.Rows {
		places[plan.Rows[i].Line] = i
	}
	f.total = int32(len(plan.Rows)) //nolint:gosec // the file's size bounds them
	f.send(&paymentv1.RunBatchResponse{Total: f.total, Warnings: fileWarnings(plan.Warnings)})
	tell := func(done, _ int, row dispatch.Row) {
		f.send(&paymentv1.RunBatchResponse{
			Done: int32(done), Total: f.total, Index: int32(places[row.Line]), Row: importedRow(&row), //nolint:gosec // the file's size bounds them
		})
	}
	if r.GetDryRun() {
		for i := range plan.Rows {
			tell(i+1, 0, plan.Rows[i])
		}
		return f.failed
	}
	if _, err = a.o.Dispatch.Import(ctx, caller, r.GetContent(), false, tell); err != nil {
		return importFault(err)
	}
	return f.failed
}
