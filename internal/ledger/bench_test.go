package ledger_test

import (
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// BenchmarkRecords is what a caller does for an entry of two events, the first
// with a buyer, before the writer sees it.
func BenchmarkRecords(b *testing.B) {
	master, err := ledger.NewMasterKey(make([]byte, ledger.KeySize))
	if err != nil {
		b.Fatal(err)
	}
	e := ledgertest.NewAuthor(1).Open("1396", "a1", make([]byte, 300))
	b.ReportAllocs()
	for b.Loop() {
		key, _ := master.Create(e.Payment)
		if _, _, err := e.Records(ledger.Head{}, ledger.Keys{Personal: key}); err != nil {
			b.Fatal(err)
		}
	}
}
