package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/sheet"
	"kessai.dev/kessai/internal/shop"
)

// P72: a cell that a spreadsheet would compute gets an apostrophe, and only that
// one.
func TestHarmlessCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "黒猫 太郎": "黒猫 太郎", "1396": "1396", "5-1": "5-1", " =1": " =1", "'": "'", "'a": "'a", "a=1": "a=1",
		"=HYPERLINK(\"http://x\")": "'=HYPERLINK(\"http://x\")", "+81-90": "'+81-90", "-5": "'-5", "@SUM(A1)": "'@SUM(A1)",
		"\t=1": "'\t=1", "\r=1": "'\r=1", "\n=1": "'\n=1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a",
		"'=1": "''=1", "''-1": "'''-1", "\xff": "\xff",
	} {
		if got := sheet.Harmless(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

// asWritten takes the apostrophe off again.
func asWritten(cell string) string {
	if s, ok := strings.CutPrefix(cell, "'"); ok && sheet.Harmless(s) == cell {
		return s
	}
	return cell
}

// shelf is payments for an export, made one by one.
type shelf struct {
	n       int // payments
	order   func(i int) *payment.Order
	limits  int // the largest page asked for
	pages   int
	fail    error // of the third page
	payment func(i int) *payment.Payment
}

func (s *shelf) List(ctx context.Context, _ processor.Caller, q ledger.Query) (ledger.Page, error) {
	s.pages++
	s.limits = max(s.limits, q.Limit)
	if s.pages == 3 && s.fail != nil {
		return ledger.Page{}, s.fail
	}
	var page ledger.Page
	from := 0
	if q.Before != "" {
		from = int(noonOf.Sub(q.Before.Time())/time.Millisecond) + 1
	}
	for i := from; i < s.n && len(page.Payments) < q.Limit; i++ {
		page.Payments = append(page.Payments, s.payment(i))
	}
	if k := len(page.Payments); k > 0 {
		page.More, page.Next = from+k < s.n, page.Payments[k-1].ID
	}
	return page, ctx.Err()
}

func (s *shelf) OrderOf(_ context.Context, _ processor.Caller, p *payment.Payment) (*payment.Order, error) {
	return s.order(int(noonOf.Sub(p.ID.Time()) / time.Millisecond)), nil
}

var noonOf = time.Date(2026, 11, 23, 12, 0, 0, 0, shop.Tokyo)

func plainPayment(i int) *payment.Payment {
	at := noonOf.Add(-time.Duration(i) * time.Millisecond)
	return &payment.Payment{
		ID: payment.NewID(at, 7), State: payment.Authorized, Amount: 5080, Created: at, Updated: at, HoldExpires: at.AddDate(0, 0, 60),
		Opening: payment.Opening{OrderNumber: fmt.Sprint(i), Installments: 1},
	}
}

func buyer(int) *payment.Order {
	return &payment.Order{Buyer: &payment.Buyer{Name: "黒猫 太郎"}, Lines: []payment.Line{{Name: "茶", Quantity: 2, UnitAmount: 2540}}}
}

// R43: a list of a million payments needs no more memory at its end than at its
// beginning: a page and a piece.
func TestExportOfAMillion(t *testing.T) {
	s := &shelf{n: 1_000_000, payment: plainPayment, order: buyer}
	rows, pieces, largest := 0, 0, 0
	var early, late uint64
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	x := &export{payments: s, send: func(b []byte) error {
		if pieces == 0 && s.pages > 0 {
			t.Error("the first piece waited for a page")
		}
		pieces++
		rows += bytes.Count(b, []byte("\r\n"))
		largest = max(largest, len(b))
		switch pieces {
		case 100:
			early = heap()
		case 4000:
			late = heap()
		}
		return nil
	}}
	if err := x.run(t.Context(), ledger.Query{Limit: exportPage}); err != nil {
		t.Fatal(err)
	}
	if rows != s.n+1 || s.limits != exportPage || largest > 2*exportPiece || x.buffer.Cap() > 4*exportPiece || late == 0 {
		t.Errorf("%d rows in %d pieces, the largest %d; pages of %d; a buffer of %d", rows, pieces, largest, s.limits, x.buffer.Cap())
	}
	if late > early+1<<20 {
		t.Errorf("%d bytes at first, %d later", early, late)
	}
}

// Who leaves ends it, and so does what goes wrong.
func TestExportEnds(t *testing.T) {
	gone := errors.New("gone")
	s := &shelf{n: 10_000, payment: plainPayment, order: buyer}
	pieces := 0
	x := &export{payments: s, send: func([]byte) error {
		if pieces++; pieces == 5 {
			return gone
		}
		return nil
	}}
	if err := x.run(t.Context(), ledger.Query{Limit: exportPage}); !errors.Is(err, gone) || s.pages > 10 {
		t.Errorf("%v after %d pages", err, s.pages)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s = &shelf{n: 10_000, payment: plainPayment, order: buyer}
	x = &export{payments: s, send: func([]byte) error { cancel(); return nil }}
	if err := x.run(ctx, ledger.Query{Limit: exportPage}); !errors.Is(err, context.Canceled) || s.pages > 2 {
		t.Errorf("%v after %d pages", err, s.pages)
	}
	s = &shelf{n: 10_000, payment: plainPayment, order: buyer, fail: gone}
	x = &export{payments: s, send: func([]byte) error { return nil }}
	if err := x.run(t.Context(), ledger.Query{Limit: exportPage}); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
}

// R43: whatever is in orders and payments comes back through encoding/csv, every
// row with as many cells as the header; erased orders leave theirs empty.
func TestExportReadsBack(t *testing.T) {
	word := rapid.OneOf(rapid.StringN(0, 12, -1), rapid.SampledFrom([]string{`"`, `a,"b"`, "=1+1", "'=1", "－", " x ", "髙﨑", "a\nb", `\.`}))
	clean := func(s string) string { // the door lets no control characters in but the line feed of a test
		return strings.NewReplacer("\r", "", "\x00", "").Replace(strings.ToValidUTF8(s, ""))
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 5).Draw(t, "payments")
		var list []*payment.Payment
		var orders []*payment.Order
		for i := range n {
			p := plainPayment(i)
			p.OrderNumber, p.Delivery, p.Customer = clean(word.Draw(t, "number")), clean(word.Draw(t, "delivery")), clean(word.Draw(t, "customer"))
			p.Amount = money.Yen(rapid.IntRange(1, 9_999_999).Draw(t, "amount"))
			p.OrderCanceled, p.Shipped = rapid.Bool().Draw(t, "canceled"), rapid.Bool().Draw(t, "shipped")
			var o *payment.Order
			if rapid.Bool().Draw(t, "kept") {
				o = &payment.Order{Buyer: &payment.Buyer{Name: clean(word.Draw(t, "buyer"))}}
				for range rapid.IntRange(0, 3).Draw(t, "lines") {
					o.Lines = append(o.Lines, payment.Line{Name: clean(word.Draw(t, "line")), Quantity: rapid.IntRange(1, 999).Draw(t, "quantity"), UnitAmount: money.Yen(rapid.IntRange(0, 9_999_999).Draw(t, "unit"))})
				}
			}
			list, orders = append(list, p), append(orders, o)
		}
		for _, lines := range []bool{false, true} {
			var file bytes.Buffer
			x := &export{lines: lines, send: func(b []byte) error { file.Write(b); return nil }, payments: &shelf{
				n: n, payment: func(i int) *payment.Payment { return list[i] }, order: func(i int) *payment.Order { return orders[i] },
			}}
			if err := x.run(context.Background(), ledger.Query{Limit: 2}); err != nil {
				t.Fatal(err)
			}
			text, ok := strings.CutPrefix(file.String(), byteOrderMark)
			if !ok || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") {
				t.Fatalf("no mark, or lines that do not end in CRLF: %q", text)
			}
			rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var want [][]string
			for i, p := range list {
				o := orders[i]
				if o == nil {
					o = &payment.Order{}
				}
				switch {
				case !lines:
					want = append(want, orderRow(nil, p, o))
				case len(o.Lines) == 0:
					want = append(want, lineRow(nil, p, o, 0, nil))
				}
				for j := range o.Lines {
					if lines {
						want = append(want, lineRow(nil, p, o, j+1, &o.Lines[j]))
					}
				}
			}
			if len(rows) != len(want)+1 {
				t.Fatalf("%d rows, want %d", len(rows), len(want)+1)
			}
			for i, row := range rows[1:] {
				for j := range row {
					row[j] = asWritten(row[j])
				}
				if !slices.Equal(row, want[i]) {
					t.Fatalf("%q, want %q", row, want[i])
				}
			}
		}
	})
}
