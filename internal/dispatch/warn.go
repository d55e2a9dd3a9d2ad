package dispatch

import (
	"slices"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
)

// Columns of B2's layout that the reader does not name.
const (
	columnReference = 1
	columnToAddress = 12
	columnToName    = 16
)

// crossing are the findings about several rows; what one row shows is its verdict.
var crossing = []shipping.FindingKind{
	shipping.FindUsedTwice, shipping.FindBundle, shipping.FindRepeated,
	shipping.FindSwapped, shipping.FindMisplaced, shipping.FindOtherPlace,
}

// warn looks through the file as a whole for slips that are at the wrong order
// (P62), and refuses rows with one slip that cannot carry them all, both of them:
// which is right only a person can say. The rows of its findings are lines less
// one.
func (b *batch) warn() []shipping.Finding {
	var rows []shipping.Row
	var items []*item
	for _, it := range b.items {
		if it.over {
			continue
		}
		rows = append(rows, shipping.Row{
			Reference: string(it.pay.ID), Slip: string(it.row.Slip), Amount: it.pay.Amount,
			ReceiverB2:    shipping.Receiver{Name: it.row.Cell(columnToName), Prefecture: it.row.Cell(columnToAddress)},
			ReceiverOrder: receiver(it.order),
		})
		items = append(items, it)
	}
	var out []shipping.Finding
	for _, f := range shipping.CheckBatch(rows, nil) {
		if !slices.Contains(crossing, f.Kind) {
			continue
		}
		for i, at := range f.Rows {
			it := items[at]
			f.Rows[i] = it.row.Line - 1
			if f.Kind == shipping.FindUsedTwice && f.Weight == shipping.Stop && !b.has(it.pay, it.row.Slip) {
				it.end(Refused, textUsedTwice)
			}
		}
		out = append(out, f)
	}
	return out
}

func receiver(o *payment.Order) shipping.Receiver {
	if o == nil || len(o.ShipTos) != 1 {
		return shipping.Receiver{}
	}
	a := &o.ShipTos[0]
	return shipping.Receiver{Name: a.Name, Prefecture: a.Prefecture + a.City + a.Line1}
}
