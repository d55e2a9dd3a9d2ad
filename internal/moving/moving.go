// Package moving takes over the open orders of another shop system: the provider
// is asked about each (E04), and what it shows is what the books begin with, not
// what the other system believed. A dry run changes nothing and says where the two
// differ: run beside the old system for some days it shows when to switch.
package moving

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// Limits of a file. Each row is a call to the provider, and the caller waits.
const (
	MaxFile = 1 << 20 // bytes
	MaxRows = 2000
)

// atOnce is how many rows are at the provider at once: shoppers need it more.
const atOnce = 8

// Payments is what is asked of the processor.
type Payments interface {
	TakeOver(ctx context.Context, c processor.Caller, cmd payment.Import, dry bool) (processor.Taken, error)
}

// Options are what an Importer is made of; all are needed.
type Options struct {
	Payments  Payments
	Directory shop.Source
	Books     ledger.Shops // of the comparisons
	Clock     func() time.Time
	Logger    *slog.Logger
}

// Importer takes over orders. It is safe for concurrent use.
type Importer struct{ o Options }

// New makes an importer.
func New(o Options) *Importer { return &Importer{o} }

// Order is what became of one row.
type Order struct {
	Line        int // in the file, from 1
	Verdict     Verdict
	OrderNumber string
	Acceptance  string
	Payment     payment.ID // empty: none
	Claimed     string     // the state, as the file has it
	Trade       payment.Trade
	Asked       bool // the provider answered: Trade is what it shows
	Differs     bool // the provider shows something else than the file gives
	English     string
	Japanese    string
}

// Report is what became of a file.
type Report struct {
	Orders    []Order // every row, in the file's order
	Imported  int     // rows that are here now, or would be
	Differing int
	// QuietDays is how many days in Japan have gone since every dry run of the shop
	// found no difference; 0: the latest one found some, or there was none.
	QuietDays int
}

// errNoShop means a caller without a shop: a key for it cannot exist.
var errNoShop = errors.New("moving: no such shop in this environment")

// Import takes a file over, row by row: a row that fails holds up no other. The
// same file again changes nothing more. A *payment.InvalidError says that the file
// cannot be read; then no row was acted on. The error may also be ctx's, or the
// books'.
func (im *Importer) Import(ctx context.Context, c processor.Caller, content []byte, dry bool) (Report, error) {
	s, _, ok := im.o.Directory.Now().Contract(c.Tenant)
	if !ok {
		return Report{}, errNoShop
	}
	rows, err := read(content)
	if err != nil {
		return Report{}, err
	}
	report := Report{Orders: make([]Order, len(rows))}
	var wg sync.WaitGroup
	room := make(chan struct{}, atOnce)
	for i := range rows {
		room <- struct{}{}
		wg.Go(func() {
			report.Orders[i] = im.row(ctx, c, s, &rows[i], dry)
			<-room
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	for i := range report.Orders {
		o := &report.Orders[i]
		switch o.Verdict {
		case Imported, WouldImport, Already:
			report.Imported++
		}
		if o.Differs {
			report.Differing++
		}
	}
	report.QuietDays, err = im.note(ctx, c, &report, dry)
	im.o.Logger.LogAttrs(ctx, slog.LevelInfo, "orders of another system", slog.String("shop", string(c.Tenant.Shop)), slog.Bool("dry_run", dry),
		slog.Int("rows", len(rows)), slog.Int("imported", report.Imported), slog.Int("differing", report.Differing))
	return report, err
}

// row is one order.
func (im *Importer) row(ctx context.Context, c processor.Caller, s *shop.Shop, r *row, dry bool) Order {
	o := Order{Line: r.line, OrderNumber: r.order, Acceptance: r.acceptance, Claimed: r.state}
	cmd, bad := r.command(s)
	if bad != "" {
		return o.say(Refused, bad)
	}
	taken, err := im.o.Payments.TakeOver(ctx, c, cmd, dry)
	var refusal *payment.Refusal
	switch {
	case errors.As(err, &refusal):
		o.Trade, o.Asked = taken.Trade, true
		o.Differs = r.differs(taken.Trade.Standing)
		return o.say(Refused, "taken")
	case err != nil:
		return o.say(Unanswered, "unanswered")
	case taken.Already:
		o.Payment = taken.Payment.ID
		return o.say(Already, "already")
	}
	o.Trade, o.Asked = taken.Trade, true
	o.Differs = r.differs(taken.Trade.Standing)
	if taken.Payment != nil {
		o.Payment = taken.Payment.ID
	}
	return o.judge(dry)
}

// judge says what the provider's answer means.
func (o Order) judge(dry bool) Order {
	switch o.Trade.Standing {
	case payment.StandingHeld, payment.StandingReserved, payment.StandingCaptured, payment.StandingSettled:
		switch {
		case !o.Trade.Amount.Valid():
			return o.say(Refused, "amount")
		case dry && o.Differs:
			return o.say(WouldImport, "differs")
		case dry:
			return o.say(WouldImport, "would")
		case o.Differs:
			return o.say(Imported, "differs")
		}
		return o.say(Imported, "imported")
	case payment.StandingNone:
		return o.say(Closed, "none")
	case payment.StandingFailed, payment.StandingCanceled:
		return o.say(Closed, "closed")
	case payment.StandingAttention:
		return o.say(Refused, "attention")
	}
	return o.say(Unanswered, "waiting")
}
