package dispatch

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"kessai.dev/kessai/internal/b2"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// MaxExport is how many orders one file may have.
const MaxExport = 20_000

// maxAhead is how many days ahead B2 plans.
const maxAhead = 30

// exportPage is how many payments are read at once.
const exportPage = 500

// Export gives the orders that wait for their slip as a file for B2 (R29): with
// Yamato delivery, authorized, no slip registered, not canceled by the shop and no
// reservation whose time is to come, oldest first, as the shop's settings want it
// written. Column 1 is the payment's id: its 20 characters survive the older
// layouts of B2 too, and Import finds the payment by them (P73). One with a question open, a lapsed hold or whatever else
// would stop the slip on its way back is left out and told, as is one whose row B2
// could not print (P66).
//
// The error is an *IncompleteError when the settings lack what B2 needs of the
// sender (R19), a *payment.InvalidError about ship_date or filter, or the books'.
func (d *Desk) Export(ctx context.Context, c processor.Caller, r ExportRequest) (Export, error) {
	s, contract, ok := d.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Export{}, errNoShop
	}
	from, err := senderOf(&s.Settings)
	if err != nil {
		return Export{}, err
	}
	now := d.o.Clock().In(shop.Tokyo)
	day, err := shipDate(r.ShipDate, now)
	if err != nil {
		return Export{}, err
	}
	waiting, err := d.waiting(ctx, c, &s.Settings, r.Filter)
	if err != nil {
		return Export{}, err
	}
	var content bytes.Buffer
	writer, err := b2.NewWriter(&content, layout(&s.Settings, &contract, now))
	if err != nil {
		return Export{}, err
	}
	x := &exporter{desk: d, caller: c, writer: writer, from: from, day: day, slipType: slipType(&s.Settings), now: now}
	for _, p := range waiting {
		if err := x.add(ctx, p); err != nil {
			return Export{}, err
		}
	}
	if err := writer.Flush(); err != nil {
		return Export{}, err
	}
	return Export{Content: content.Bytes(), Rows: x.rows, Findings: x.findings}, nil
}

// layout is how the shop wants the file (R29, P69).
func layout(s *shop.Settings, contract *shop.Contract, now time.Time) b2.Options {
	o := b2.Options{Columns: s.B2.Columns, Header: s.B2.Header, QuoteAll: s.B2.QuoteAll, Today: b2.DateOf(now)}
	if s.B2.Registers {
		o.Merchant = contract.TraderCode
	}
	return o
}

func slipType(s *shop.Settings) string {
	if s.B2.SlipType == "" {
		return "0"
	}
	return s.B2.SlipType
}

func shipDate(asked, now time.Time) (b2.Date, error) {
	today := b2.DateOf(now)
	if asked.IsZero() {
		return today, nil
	}
	day := b2.DateOf(asked.In(shop.Tokyo))
	if day.Before(today) || today.Add(maxAhead).Before(day) {
		return b2.Date{}, &payment.InvalidError{Violations: []payment.Violation{{Field: "ship_date", Text: "must be today to 30 days on, Japan time"}}}
	}
	return day, nil
}

// waiting lists the orders that wait for a slip, oldest first.
func (d *Desk) waiting(ctx context.Context, c processor.Caller, s *shop.Settings, f ledger.Filter) ([]*payment.Payment, error) {
	if len(f.States) > 0 && !slices.Contains(f.States, payment.Authorized) {
		return nil, nil
	}
	f.States = []payment.State{payment.Authorized}
	var out []*payment.Payment
	for q := (ledger.Query{Tenant: c.Tenant, Filter: f, Limit: exportPage}); ; {
		page, err := d.o.Payments.List(ctx, c, q)
		if err != nil {
			return nil, err
		}
		for _, p := range page.Payments {
			if waits(p, s) {
				out = append(out, p)
			}
		}
		if len(out) > MaxExport {
			return nil, &payment.InvalidError{Violations: []payment.Violation{{Field: "filter", Text: "finds more than 20,000 orders: narrow it by create_time"}}}
		}
		if !page.More {
			slices.Reverse(out)
			return out, nil
		}
		q.Before = page.Next
	}
}

// waits reports whether the order is one that B2 prints a slip for. A reservation
// is none until the provider has made it a hold, near its planned ship date. Where B2
// registers slips, an order whose slip was imported has its label, registered or not.
func waits(p *payment.Payment, s *shop.Settings) bool {
	printed := s.B2.Registers && len(p.AwaitedSlips()) > 0 // B2 will register it
	return p.Yamato && p.State == payment.Authorized && registered(p) == "" && !p.OrderCanceled && !p.Reserved && !printed
}

// exporter writes one file.
type exporter struct {
	desk     *Desk
	caller   processor.Caller
	writer   *b2.Writer
	from     b2.Sender
	day      b2.Date
	now      time.Time
	slipType string

	rows     int
	findings []Finding
}

// add writes an order's rows, one for each of its destinations, or tells why not.
func (x *exporter) add(ctx context.Context, p *payment.Payment) error {
	if t, stopped, err := x.stopped(ctx, p); err != nil || stopped {
		if stopped {
			x.tell(p, t, true)
		}
		return err
	}
	order, err := x.desk.o.Payments.Order(ctx, x.caller, p.ID)
	if err != nil {
		return err
	}
	if order == nil || len(order.ShipTos) == 0 {
		x.tell(p, textNoAddress, true)
		return nil
	}
	things, known := goods(order.Lines)
	if !known {
		x.tell(p, textNoGoods, false)
	}
	for i := range order.ShipTos {
		report, err := x.writer.Write(&b2.Shipment{
			Reference: string(p.ID), SlipType: x.slipType, ShipDate: x.day, From: x.from,
			To: party(&order.ShipTos[i], order.Buyer), Goods: things, Note: note(p.OrderNumber),
			Acceptance: []string{p.Acceptance()},
		})
		if err != nil {
			return err
		}
		if report.Line > 0 {
			x.rows++
		}
		for _, f := range report.Findings {
			x.findings = append(x.findings, Finding{
				Payment: p.ID, OrderNumber: p.OrderNumber, Kind: string(f.Kind), Column: f.Column,
				English: f.English(), Japanese: f.Japanese(), Refused: report.Refused(),
			})
		}
	}
	return nil
}

// stopped reports whether the slip would be refused if it came back now: a parcel
// that cannot be captured should not leave the house (P31, R42).
func (x *exporter) stopped(ctx context.Context, p *payment.Payment) (text, bool, error) {
	now, _, err := x.desk.o.Payments.Preview(ctx, x.caller, p.ID, payment.Ship{Carrier: shipping.CarrierYamato})
	var refusal *payment.Refusal
	switch {
	case err == nil:
		return text{}, false, nil
	case !errors.As(err, &refusal):
		return text{}, false, err
	case refusal.Reason == payment.OperationPending:
		return textWaits, true, nil
	}
	return refusalText(now, refusal), true, nil
}

func (x *exporter) tell(p *payment.Payment, t text, refused bool) {
	x.findings = append(x.findings, Finding{Payment: p.ID, OrderNumber: p.OrderNumber, Kind: t.kind(), English: t.en, Japanese: t.ja, Refused: refused})
}
