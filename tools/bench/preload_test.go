package main

import (
	"path/filepath"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/payment"
)

// Preloaded books are books: the product reads every payment in them.
func TestFill(t *testing.T) {
	const payments = 1500
	dir := filepath.Join(t.TempDir(), "ledger")
	if err := fill(t.Context(), dir, payments); err != nil {
		t.Fatal(err)
	}
	books, err := bolt.Open(bolt.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer books.Close()
	seen, before := 0, payment.ID("")
	for {
		page, err := books.List(t.Context(), ledger.Query{Tenant: demo, Before: before, Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.Payments {
			if seen++; p.State != payment.Authorized || p.Question() != nil {
				t.Errorf("%s is %s", p.ID, p.State)
			}
		}
		if before = page.Next; !page.More {
			break
		}
	}
	if seen != payments {
		t.Errorf("%d payments, want %d", seen, payments)
	}
}
