// Package dispatch is the work between the shop's books and 送り状発行システム B2:
// it gives B2 the orders that wait for their slip (R29), and takes the slips back,
// each of which ships an order and captures it (R30). The format is b2's, what a
// payment allows is payment's; here one is matched to the other, row by row.
package dispatch

import (
	"context"
	"log/slog"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Payments is what a Desk needs of the processor.
type Payments interface {
	// Preview is what a command would lead to; nothing is written.
	Preview(ctx context.Context, c processor.Caller, id payment.ID, cmd payment.Command) (*payment.Payment, []payment.Event, error)
	ByOrder(ctx context.Context, c processor.Caller, number string) (*payment.Payment, error)
	ByAcceptance(ctx context.Context, c processor.Caller, number string) (*payment.Payment, error)
	Order(ctx context.Context, c processor.Caller, id payment.ID) (*payment.Order, error)
	History(ctx context.Context, c processor.Caller, id payment.ID) ([]payment.Event, error)
	List(ctx context.Context, c processor.Caller, q ledger.Query) (ledger.Page, error)
	Command(ctx context.Context, c processor.Caller, r payment.Request, id payment.ID, cmd payment.Command) (processor.Result, error)
	// Adopt asks the provider whether it has a slip that B2 registered, and if so
	// writes it down; it sends nothing that changes anything (P69).
	Adopt(ctx context.Context, c processor.Caller, id payment.ID, slip shipping.Slip) (*payment.Payment, error)
}

// Options is what a Desk is made of. The first three are needed.
type Options struct {
	Payments  Payments
	Directory shop.Source
	Clock     func() time.Time
	// Parallel is how many rows of all imports may be at the provider at once;
	// zero: 8. More only leaves less for shoppers (P65).
	Parallel int
	Logger   *slog.Logger // nil: nothing is logged
}

// Desk exports to B2 and imports from it. It is safe for concurrent use.
type Desk struct {
	o     Options
	hands chan struct{} // one for each row that may be at the provider, of all imports
}

// New makes a desk.
func New(o Options) *Desk {
	if o.Parallel <= 0 {
		o.Parallel = 8
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return &Desk{o: o, hands: make(chan struct{}, o.Parallel)}
}

// Verdict is what became of a row of an import, in one word. An open set.
type Verdict string

// The verdicts.
const (
	Shipped   Verdict = "shipped"    // by this import; the payment is captured unless the row says what is missing
	WouldShip Verdict = "would_ship" // in a dry run: nothing stands against it
	Unchanged Verdict = "unchanged"  // the order has the slip already
	Pending   Verdict = "pending"    // the provider has not answered; import the file again to see
	Skipped   Verdict = "skipped"    // no slip yet; nothing is erased (P63)
	Refused   Verdict = "refused"    // the row cannot be as it is
	Failed    Verdict = "failed"     // nothing was done; the same file may be imported again
)

// Verdicts lists them in the order in which they are counted.
func Verdicts() []Verdict {
	return []Verdict{Shipped, WouldShip, Unchanged, Pending, Skipped, Refused, Failed}
}

// Row is one row of an import, and what became of it (P65). Reference and texts
// hold cells of the file: personal data, not for logs.
type Row struct {
	Line      int // in the file, from 1
	Verdict   Verdict
	Reference string     // お客様管理番号, if it can be read
	Payment   payment.ID // empty: the row matches none
	Slip      string     // empty: none that can be read
	Reason    string     // a payment.Reason, a b2.Kind or a word of texts.go; empty: all is well
	English   string     // why, and what to do; empty: all is well
	Japanese  string
}

// Report is what became of a file.
type Report struct {
	Rows []Row // one for each data row, in the file's order
	// Warnings are what looks wrong with the slips of the file as a whole. Their
	// rows are lines of the file less one.
	Warnings []shipping.Finding
}

// Count gives how many rows have a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for i := range r.Rows {
		if r.Rows[i].Verdict == v {
			n++
		}
	}
	return n
}

// MaxImport is how large an imported file may be, in bytes.
const MaxImport = 8 << 20

// ExportRequest asks for a file for B2.
type ExportRequest struct {
	// Filter narrows what the export chooses by itself.
	Filter ledger.Filter
	// ShipDate is 出荷予定日, any time of that day in Japan; zero: today.
	ShipDate time.Time
}

// Export is a file for B2.
type Export struct {
	Content  []byte // CP932, CRLF
	Rows     int
	Findings []Finding
}

// Finding is something that was changed in an order's row, or why the order is
// not in the file. The texts hold cells: personal data, not for logs.
type Finding struct {
	Payment     payment.ID
	OrderNumber string
	Kind        string // one word: a b2.Kind, or why the order cannot be shipped now
	Column      int    // from 1; 0: the row as a whole
	English     string
	Japanese    string
	Refused     bool // the order is not in the file
}

// IncompleteError says what the shop's settings lack for an export (R19).
type IncompleteError struct{ Missing []string }
