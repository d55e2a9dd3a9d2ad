package bolt

import (
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// A list passes over a registration by its row alone: nothing is read for it
// (R43).
func TestRegistrationsArePassedOver(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	card, order := author.Register("a", nil), author.Open("1396", "b", nil)
	for _, asked := range []bool{false, true} {
		s := newSieve(&ledger.Query{Tenant: author.Tenant, Filter: ledger.Filter{Registrations: asked}})
		for _, e := range []ledger.Entry{card, order} {
			r, err := decodeRow(encodedRow(e.After))
			if err != nil {
				t.Fatal(err)
			}
			if want := asked || !e.After.Registration; s.passes(&r) != want {
				t.Errorf("asked %v, registration %v: passes %v", asked, e.After.Registration, !want)
			}
		}
	}
}

func encodedRow(p *payment.Payment) []byte {
	r := rowOf(p, uint64(p.Version))
	return r.encode()
}

// R39: lost orders are found by their rows alone: what the shop has confirmed, and
// what was told of, is not read for it.
func TestConfirmedOrdersArePassedOver(t *testing.T) {
	author := ledgertest.NewAuthor(1)
	open := author.Open("1", "a", nil).After
	told, known := *open, *open
	told.Unconfirmed, known.OrderKnown = true, true
	for _, c := range []struct {
		filter ledger.Filter
		want   [3]bool
	}{
		{ledger.Filter{}, [3]bool{true, true, true}},
		{ledger.Filter{Confirmed: ledger.IsNot}, [3]bool{true, true, false}},
		{ledger.Filter{Confirmed: ledger.Is}, [3]bool{false, false, true}},
		{ledger.Filter{Told: ledger.Is}, [3]bool{false, true, false}},
		{ledger.Filter{Told: ledger.IsNot}, [3]bool{true, false, true}},
		{ledger.Filter{Confirmed: ledger.IsNot, Told: ledger.IsNot}, [3]bool{true, false, false}},
	} {
		s := newSieve(&ledger.Query{Tenant: author.Tenant, Filter: c.filter})
		for i, p := range []*payment.Payment{open, &told, &known} {
			r, err := decodeRow(encodedRow(p))
			if err != nil {
				t.Fatal(err)
			}
			if s.passes(&r) != c.want[i] {
				t.Errorf("%+v: row %d passes %v", c.filter, i, !c.want[i])
			}
		}
	}
}
