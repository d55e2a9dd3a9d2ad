package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"

	paymentv1 "kessai.dev/kessai/gen/kessai/payment/v1"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/sheet"
	"kessai.dev/kessai/internal/shop"
)

// Sizes of an export: what is in memory at once is one page and one piece.
const (
	exportPage  = 200
	exportPiece = 32 << 10 // bytes of a message, more or less
)

// byteOrderMark tells a spreadsheet that the file is UTF-8.
const byteOrderMark = "\uFEFF"

// ExportPayments sends a list as CSV, newest first, a piece after each page
// (R43). It ends when the caller leaves. Payments that change meanwhile are shown
// as they are when their turn comes.
func (s *paymentService) ExportPayments(r *paymentv1.ExportPaymentsRequest, st grpc.ServerStreamingServer[paymentv1.ExportPaymentsResponse]) error {
	c := callFrom(st.Context())
	filter, err := parseFilter(r.GetFilter())
	if err != nil {
		return err
	}
	ctx, cancel := s.a.untilStop(st.Context())
	defer cancel()
	x := &export{
		payments: s.a.o.Payments, who: c.who.caller(), lines: r.GetLines(),
		send: func(b []byte) error { return st.Send(&paymentv1.ExportPaymentsResponse{Content: b}) },
	}
	err = x.run(ctx, ledger.Query{Tenant: c.who.tenant, Filter: filter, Limit: exportPage})
	if err != nil && s.a.stopped() && st.Context().Err() == nil {
		return shuttingDown()
	}
	return fromPayments(err)
}

// dressList names an exported list after what it lists and its moment.
func dressList(a *API, req, _ proto.Message, _ http.Header) string {
	name := "orders"
	if r, ok := req.(*paymentv1.ExportPaymentsRequest); ok && r.GetLines() {
		name = "lines"
	}
	return name + "-" + a.o.Clock().In(shop.Tokyo).Format("20060102-150405") + ".csv"
}

// export writes one list.
type export struct {
	payments interface {
		List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
		OrderOf(ctx context.Context, c processor.Caller, p *payment.Payment) (*payment.Order, error)
	}
	who   processor.Caller
	lines bool
	send  func([]byte) error

	buffer bytes.Buffer
	csv    *csv.Writer
	row    []string // used again for every row
}

// run writes the header at once, and then page after page.
func (x *export) run(ctx context.Context, q ledger.Query) error {
	x.csv = csv.NewWriter(&x.buffer)
	x.csv.UseCRLF = true
	x.buffer.WriteString(byteOrderMark)
	header := orderHeader
	if x.lines {
		header = lineHeader
	}
	if err := x.csv.Write(header); err != nil {
		return err
	}
	if err := x.flush(); err != nil {
		return err
	}
	for {
		page, err := x.payments.List(ctx, x.who, q)
		if err != nil {
			return err
		}
		for _, p := range page.Payments {
			if err := x.add(ctx, p); err != nil {
				return err
			}
		}
		if err := x.flush(); err != nil || !page.More {
			return err
		}
		q.Before = page.Next
		if err := ctx.Err(); err != nil { // a page without payments asked nothing of it
			return err
		}
	}
}

// add writes a payment's rows. An order that was erased, or never given, leaves
// its cells empty.
func (x *export) add(ctx context.Context, p *payment.Payment) error {
	order, err := x.payments.OrderOf(ctx, x.who, p)
	if err != nil {
		return err
	}
	if order == nil {
		order = &payment.Order{}
	}
	if !x.lines {
		return x.write(orderRow(x.row[:0], p, order))
	}
	if len(order.Lines) == 0 {
		return x.write(lineRow(x.row[:0], p, order, 0, nil))
	}
	for i := range order.Lines {
		if err := x.write(lineRow(x.row[:0], p, order, i+1, &order.Lines[i])); err != nil {
			return err
		}
	}
	return nil
}

func (x *export) write(row []string) error {
	x.row = row
	for i, cell := range row {
		row[i] = sheet.Harmless(cell)
	}
	if err := x.csv.Write(row); err != nil {
		return err
	}
	if x.buffer.Len() < exportPiece {
		return nil
	}
	return x.flush()
}

// flush sends what there is. Whoever gets it may keep it.
func (x *export) flush() error {
	x.csv.Flush()
	if err := x.csv.Error(); err != nil || x.buffer.Len() == 0 {
		return err
	}
	piece := bytes.Clone(x.buffer.Bytes())
	x.buffer.Reset()
	return x.send(piece)
}
