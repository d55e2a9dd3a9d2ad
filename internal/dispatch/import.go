package dispatch

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// errNoShop means a caller without a shop: a key for it cannot exist.
var errNoShop = errors.New("dispatch: no such shop in this environment")

// Import takes a file that B2 gave back, CP932 or UTF-8 with its mark, at most
// MaxImport bytes (R30): each row with a sound slip ships the order that it names
// with Yamato, which captures it. A row names an order by the payment's id, as
// Export writes it, an acceptance number or the shop's order number.
//
// Every row has a verdict, and rows that do not go do not hold up the rest (P65).
// A row is carried out once by its file and line: the same file again changes
// nothing, and one that was broken off, by whatever, is taken up where it ended
// (P64). A blank slip erases nothing (P63). Rows of one order keep their order;
// of the others a few are under way at once.
//
// A dry run writes and sends nothing and says what would become of each row.
//
// Progress, if not nil, is called after each row, one call at a time, in the
// order in which they are done. The error is a *b2.FileError, or a
// *payment.InvalidError of an empty file, and then no row was acted on; or ctx's, and then the rows that had begun go on; or the books'.
func (d *Desk) Import(ctx context.Context, c processor.Caller, content []byte, dryRun bool, progress func(done, total int, row Row)) (Report, error) {
	s, contract, ok := d.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Report{}, errNoShop
	}
	if len(content) == 0 {
		return Report{}, &payment.InvalidError{Violations: []payment.Violation{{Field: "content", Text: "is needed: the file that B2 gave back"}}}
	}
	b := &batch{
		desk: d, caller: c, dry: dryRun, progress: progress, registers: s.Settings.B2.Registers, several: contract.Flags.SeveralShipments,
		code99: contract.Flags.CaptureByCode99,
	}
	if err := b.read(content); err != nil {
		return Report{}, err
	}
	if err := b.match(ctx); err != nil {
		return Report{}, err
	}
	warnings := b.warn()
	if err := b.run(ctx); err != nil {
		return Report{}, err
	}
	report := Report{Warnings: warnings, Rows: make([]Row, len(b.items))}
	for i, it := range b.items {
		report.Rows[i] = it.out
	}
	return report, nil
}

// batch is one import.
type batch struct {
	desk      *Desk
	caller    processor.Caller
	dry       bool
	registers bool // B2 registers slips at the provider by itself (P69)
	several   bool // the contract allows several parcels
	code99    bool // the contract captures without a slip
	file      b2.File
	items     []*item

	mu       sync.Mutex
	done     int
	progress func(done, total int, row Row)
}

// item is one row on its way.
type item struct {
	row   *b2.Row
	pay   *payment.Payment // nil: the row matches none
	order *payment.Order
	out   Row
	over  bool // out says all there is to say
}

// end gives the row its verdict.
func (it *item) end(v Verdict, t text) {
	it.out.Verdict, it.out.Reason, it.out.English, it.out.Japanese = v, t.reason, t.en, t.ja
	it.over = true
}

// found ends the row by what was found in a cell.
func (it *item) found(v Verdict, f b2.Finding) {
	it.end(v, text{string(f.Kind), f.English(), f.Japanese()})
}

// read takes the file apart. A file that cannot be read to its end is refused
// before its first row is acted on.
func (b *batch) read(content []byte) (err error) {
	limits := b2.Limits{Bytes: MaxImport}
	if b.file, err = b2.Inspect(bytes.NewReader(content), limits, nil); err != nil {
		return err
	}
	for r := b2.NewReader(bytes.NewReader(content), limits, nil); ; {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		it := &item{row: row, out: Row{Line: row.Line, Reference: row.Reference, Slip: string(row.Slip)}}
		it.judge()
		b.items = append(b.items, it)
	}
}

// judge is what the cells alone say (P60, P63, P67, P68).
func (it *item) judge() {
	for _, f := range it.row.Findings {
		switch {
		case it.row.Verdict == b2.RefusedLine && f.Refuses:
			it.found(Refused, f)
			return
		case it.row.Verdict == b2.NoSlipYet && f.Kind == b2.NoSlip:
			it.found(Skipped, f)
			return
		}
	}
	if it.row.Slip.Placeholder() {
		it.end(Refused, textPlaceholder)
	}
}

// match finds the payment of every row whose reference can be read, and of those
// that may be shipped the order, too.
func (b *batch) match(ctx context.Context) error {
	for _, it := range b.items {
		if !it.named() {
			continue
		}
		pay, err := b.find(ctx, it.row.Reference)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return err
		case pay == nil && !it.over:
			it.end(Refused, textUnknown)
		}
		if pay == nil {
			continue
		}
		it.pay, it.out.Payment = pay, pay.ID
		if it.over {
			continue
		}
		if it.order, err = b.desk.o.Payments.Order(ctx, b.caller, pay.ID); err != nil {
			return err
		}
	}
	return nil
}

// named reports whether column 1 holds up what it names.
func (it *item) named() bool {
	return it.row.Reference != "" && !slices.ContainsFunc(it.row.Findings, func(f b2.Finding) bool { return f.Refuses && f.Column <= columnReference })
}

// find gives the payment that a reference names, or nil. A payment's id is told
// by its form, in capitals too; what has another form is the shop's own number.
func (b *batch) find(ctx context.Context, reference string) (*payment.Payment, error) {
	pay, err := b.byNumber(ctx, reference)
	if errors.Is(err, errNone) {
		pay, err = b.desk.o.Payments.ByOrder(ctx, b.caller, reference)
	}
	if none(err) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	return pay, err
}

// run acts on what is left, order by order, a few of them at once (P65).
func (b *batch) run(ctx context.Context) error {
	var orders [][]*item
	at := map[payment.ID]int{}
	for _, it := range b.items {
		if it.over {
			b.tell(it)
			continue
		}
		n, seen := at[it.pay.ID]
		if !seen {
			n = len(orders)
			at[it.pay.ID], orders = n, append(orders, nil)
		}
		orders[n] = append(orders[n], it)
	}
	work := make(chan []*item)
	var hands sync.WaitGroup
	for range min(b.desk.o.Parallel, len(orders)) {
		hands.Go(func() {
			for rows := range work {
				b.ship(ctx, rows)
			}
		})
	}
	for _, rows := range orders {
		if ctx.Err() != nil {
			break
		}
		work <- rows
	}
	close(work)
	hands.Wait()
	return ctx.Err()
}

// ship carries out the rows of one order, one after the other.
func (b *batch) ship(ctx context.Context, rows []*item) {
	planned := plan{}
	for _, it := range rows {
		if ctx.Err() != nil {
			return // the file is sent again, and goes on here
		}
		if b.dry {
			b.rehearse(ctx, it, planned)
		} else {
			b.carryOut(ctx, it)
		}
		if ctx.Err() != nil && !it.over {
			return
		}
		b.tell(it)
	}
}

// tell reports a row that is done.
func (b *batch) tell(it *item) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done++
	if b.progress != nil {
		b.progress(b.done, len(b.items), it.out)
	}
}
