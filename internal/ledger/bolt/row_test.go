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
