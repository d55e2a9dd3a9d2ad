package postgres

import (
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// P18: of several processes each finds what any of them asked about, whatever is to be looked
// at later.
func TestUnanswered(t *testing.T) {
	l := open(t, library(t), t.TempDir(), nil)
	a := ledgertest.NewAuthor(1)
	put := func(e ledger.Entry) *payment.Payment {
		if err := l.Append(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		return e.After
	}
	asked := put(a.Open("1396", "a1", nil))
	held := put(a.Open("1397", "a2", nil))
	put(a.Next(held, ledgertest.Authorized(held)))
	var found []payment.ID
	if err := l.Unanswered(t.Context(), func(id payment.ID) bool { found = append(found, id); return true }); err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found[0] != asked.ID {
		t.Errorf("%v, want %s", found, asked.ID)
	}
}
