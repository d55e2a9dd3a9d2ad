package shipping

import (
	"cmp"
	"slices"
	"strings"

	"kessai.dev/kessai/internal/money"
)

// Row is one parcel of a batch: what the slip's side says (B2, a list), and what
// the order's side says. What is not known is left empty.
type Row struct {
	Reference     string    // the order
	Carrier       Carrier   // empty is Yamato, as in a file of B2
	Slip          string    // as it was typed or read
	ReceiverB2    Receiver  // on the slip
	ReceiverOrder Receiver  // in the order that the reference names
	Amount        money.Yen // of the order; 0: not known
}

func (r Row) yamato() bool { return r.Carrier == "" || r.Carrier == CarrierYamato }

// CheckBatch looks through the rows of a batch for slips that are wrong, used
// twice, or at the wrong order, and gives what it finds by the first row
// concerned. It changes and applies nothing.
//
// Rows that are on the books already may be put behind the new ones, so that a
// slip used before is seen like one used twice. The hints are what is known
// besides the batch, and may be nil.
//
// What it cannot see: a slip of another shop; two slips swapped between orders
// of one receiver, or whose receivers are not known; names that the two sides
// write in different scripts.
func CheckBatch(rows []Row, known *Hints) []Finding {
	b := newBatch(rows, known)
	for i := range rows {
		b.checkNumber(i)
	}
	b.checkUse()
	b.checkReceivers()
	slices.SortStableFunc(b.findings, func(a, c Finding) int { return cmp.Compare(a.Rows[0], c.Rows[0]) })
	return b.findings
}

// batch is the rows with what is worked out of them once.
type batch struct {
	rows     []Row
	slips    []Slip // by row; empty: not of the form
	faults   []*SlipError
	hints    *Hints
	findings []Finding
}

func newBatch(rows []Row, known *Hints) *batch {
	b := &batch{rows: rows, slips: make([]Slip, len(rows)), faults: make([]*SlipError, len(rows))}
	var taken []Slip
	for i, r := range rows {
		b.slips[i], b.faults[i] = foldSlip(r.Slip)
		if b.slips[i] != "" && r.yamato() {
			taken = append(taken, b.slips[i])
		}
	}
	b.hints = known.with(taken)
	return b
}

func (b *batch) find(f Finding) { b.findings = append(b.findings, f) }

// checkNumber judges the number of one row by its carrier (P60, P63, P70). Other
// Japanese carriers number in Yamato's form, so that the form alone is worth a
// note; near Yamato slips of the shop it is worth a question.
func (b *batch) checkNumber(i int) {
	row, slip, fault := b.rows[i], b.slips[i], b.faults[i]
	f := Finding{Rows: []int{i}, Number: row.Slip, Weight: Stop}
	switch {
	case !row.yamato() && (slip == "" || slip.Placeholder()):
		return
	case !row.yamato():
		f.Kind, f.Number, f.Weight = FindYamatoForm, string(slip), Note
		if b.hints.Near(slip) {
			f.Weight = Ask
		}
	case fault != nil && fault.Fault == SlipEmpty:
		f.Kind, f.Number = FindBlank, ""
	case fault != nil:
		f.Kind, f.Fault, f.Suggestions = FindNotYamato, fault, b.hints.Suggest(row.Slip)
	case slip.Placeholder():
		f.Kind, f.Number = FindPlaceholder, string(slip)
	default:
		return
	}
	b.find(f)
}

// number is what a row's use is counted by: the slip, or what stands in its
// place without the blanks around it.
func (b *batch) number(i int) string {
	switch s := b.slips[i]; {
	case s.Placeholder():
		return ""
	case s != "":
		return string(s)
	case b.faults[i].Fault == SlipEmpty:
		return ""
	}
	return strings.TrimFunc(b.rows[i].Slip, blank)
}

// checkUse finds numbers that several rows have.
func (b *batch) checkUse() {
	use := map[string][]int{}
	for i := range b.rows {
		if n := b.number(i); n != "" {
			use[n] = append(use[n], i)
		}
	}
	for i := range b.rows {
		n := b.number(i)
		if rows := use[n]; len(rows) > 1 && rows[0] == i {
			b.find(b.judgeUse(n, rows))
		}
	}
}

// judgeUse says what it means that the rows have one number. Only orders of one
// receiver, as far as known the same, are a bundle.
func (b *batch) judgeUse(number string, rows []int) Finding {
	f := Finding{Kind: FindUsedTwice, Weight: Stop, Rows: rows, Number: number}
	orders, sure := b.orders(rows)
	switch {
	case !b.oneCarrier(rows):
		return f
	case len(orders) == 1:
		f.Kind, f.Weight = FindRepeated, Note
		return f
	case !b.rows[rows[0]].yamato():
		f.Weight = Ask // another carrier's rules are not known here
		return f
	case b.slips[rows[0]] == "":
		return f
	}
	f.Limit = judgeBundle(orders)
	if f.Limit == nil && sure {
		f.Kind, f.Weight = FindBundle, Note
	}
	return f
}

func (b *batch) oneCarrier(rows []int) bool {
	return !slices.ContainsFunc(rows, func(i int) bool {
		r, first := b.rows[i], b.rows[rows[0]]
		return r.yamato() != first.yamato() || !r.yamato() && r.Carrier != first.Carrier
	})
}

// orders gives each order of the rows once, and whether their receivers are
// known to be one. Rows without a reference are orders of their own. Of several
// amounts of one order the largest counts.
func (b *batch) orders(rows []int) (orders []Bundled, sure bool) {
	at := map[string]int{}
	sure = true
	for _, i := range rows {
		r := b.rows[i]
		if n, seen := at[r.Reference]; seen && r.Reference != "" {
			orders[n].Amount = max(orders[n].Amount, r.Amount)
			continue
		}
		at[r.Reference] = len(orders)
		orders = append(orders, Bundled{Amount: r.Amount, Receiver: r.ReceiverOrder})
		who := r.ReceiverOrder.identity()
		sure = sure && who.name != "" && who.compare(orders[0].Receiver.identity()) == alike
	}
	return orders, sure
}
