package bulk

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shipping"
)

// recent is how many of a shop's newest payments are looked through for slips
// that are used already. What is older is not seen: a slip that is used again
// is nearly always of the same days, and the provider refuses it anyway.
const recent = 1000

// Parcel is what a batch says of the parcel of one order.
type Parcel struct {
	Payment payment.ID
	Carrier shipping.Carrier // empty: Yamato for an order with Yamato delivery
	Slip    string           // as people write it; empty: none yet
}

// Warning is something that looks wrong with slips of a batch. Only a person can
// tell; nothing is held back because of it.
type Warning struct {
	shipping.Finding // its Rows count the batch's parcels that have a slip, then the books'

	Places []int        // of the parcels concerned, in the batch, from 0
	Others []payment.ID // orders outside the batch that have the slip already
}

// English says what it is and what to do, with places as people count them.
func (w Warning) English() string {
	text := "item"
	if len(w.Places) > 1 {
		text = "items"
	}
	for i, at := range w.Places {
		if i > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %d", at+1)
	}
	text += ": " + w.AboutEnglish()
	for _, id := range w.Others {
		text += "; " + id.Name() + " has it already"
	}
	return text
}

// Japanese says the same.
func (w Warning) Japanese() string {
	var places []string
	for _, at := range w.Places {
		places = append(places, fmt.Sprint(at+1))
	}
	text := strings.Join(places, "・") + "件目：" + w.AboutJapanese()
	for _, id := range w.Others {
		text += "（" + id.Name() + "に登録済み）"
	}
	return text
}

// CheckSlips looks through the slips of a batch before it begins (P60, P62, P70):
// numbers that are none of Yamato's, with what may have been meant, and numbers
// that several orders have, those of the shop's newest thousand payments
// included. It asks nobody and writes nothing. Parcels without a slip, and of
// payments that the caller does not have, are passed over: their results tell.
// The error is the books'.
//
// What it cannot see: two slips swapped between orders, since a batch does not
// say to whom its slips are addressed (an import from B2 does).
func (b *Bulk) CheckSlips(ctx context.Context, c processor.Caller, parcels []Parcel) ([]Warning, error) {
	rows, places, err := b.rows(ctx, c, parcels)
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	used, hints, err := b.used(ctx, c, parcels, rows)
	if err != nil {
		return nil, err
	}
	var warnings []Warning
	for _, f := range shipping.CheckBatch(append(slices.Clip(rows), used...), hints) {
		w := Warning{Finding: f}
		for _, at := range f.Rows {
			if at < len(rows) {
				w.Places = append(w.Places, places[at])
			} else {
				w.Others = append(w.Others, payment.ID(used[at-len(rows)].Reference))
			}
		}
		// Other carriers number in Yamato's form, too: far from Yamato's own it says nothing.
		if len(w.Places) > 0 && (f.Kind != shipping.FindYamatoForm || f.Weight > shipping.Note) {
			warnings = append(warnings, w)
		}
	}
	return warnings, nil
}

// Suggest gives the slips that may have been meant by one that cannot be, by
// what the shop's newest payments have (P60); nil when there is nothing to go by.
func (b *Bulk) Suggest(ctx context.Context, c processor.Caller, text string) ([]shipping.Suggestion, error) {
	_, hints, err := b.used(ctx, c, nil, nil)
	if err != nil {
		return nil, err
	}
	return hints.Suggest(text), nil
}

// rows puts what the orders say beside each parcel that has a slip.
func (b *Bulk) rows(ctx context.Context, c processor.Caller, parcels []Parcel) (rows []shipping.Row, places []int, err error) {
	for i, p := range parcels {
		if p.Slip == "" {
			continue
		}
		pay, _, err := b.o.Payments.Preview(ctx, c, p.Payment, payment.Ship{Carrier: p.Carrier, Slip: p.Slip})
		if errors.Is(err, ledger.ErrNotFound) {
			continue
		}
		if pay == nil {
			return nil, nil, err // a refusal has its payment beside it
		}
		if p.Carrier == "" && !pay.Yamato {
			p.Carrier = shipping.CarrierOther
		}
		row, err := b.row(ctx, c, pay, p.Carrier, p.Slip)
		if err != nil {
			return nil, nil, err
		}
		rows, places = append(rows, row), append(places, i)
	}
	return rows, places, nil
}

func (b *Bulk) row(ctx context.Context, c processor.Caller, pay *payment.Payment, carrier shipping.Carrier, slip string) (shipping.Row, error) {
	row := shipping.Row{Reference: string(pay.ID), Carrier: carrier, Slip: slip, Amount: pay.Amount}
	order, err := b.o.Payments.Order(ctx, c, pay.ID)
	if err == nil && order != nil && len(order.ShipTos) == 1 {
		to := &order.ShipTos[0]
		row.ReceiverOrder = shipping.Receiver{Name: to.Name, Prefecture: to.Prefecture + to.City + to.Line1}
	}
	return row, err
}

// used gives the rows of other orders that have a slip of rows already, and hints
// from all slips that the shop's newest payments have.
func (b *Bulk) used(ctx context.Context, c processor.Caller, parcels []Parcel, rows []shipping.Row) (same []shipping.Row, hints *shipping.Hints, err error) {
	page, err := b.o.Payments.List(ctx, c, ledger.Query{Limit: recent})
	if err != nil {
		return nil, nil, err
	}
	own, wanted := map[payment.ID]bool{}, map[shipping.Slip]bool{}
	for i := range parcels {
		own[parcels[i].Payment] = true
	}
	for i := range rows {
		if slip, err := shipping.ParseSlip(rows[i].Slip); err == nil {
			wanted[slip] = true
		}
	}
	var taken []shipping.Slip
	for _, pay := range page.Payments {
		for _, s := range pay.Shipments {
			if !s.Registered {
				continue
			}
			slip := shipping.Slip(s.Slip)
			taken = append(taken, slip)
			if !wanted[slip] || own[pay.ID] {
				continue
			}
			row, err := b.row(ctx, c, pay, s.Carrier, s.Slip)
			if err != nil {
				return nil, nil, err
			}
			same = append(same, row)
		}
	}
	return same, shipping.NewHints(nil, taken), nil
}
