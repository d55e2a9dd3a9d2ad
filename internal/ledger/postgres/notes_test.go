package postgres

import (
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// P36: what one process notes another one finds.
func TestNotes(t *testing.T) {
	dsn, dir := library(t), t.TempDir()
	ledgertest.RunNotes(t, func(t testing.TB) ledger.Notes { return open(t, dsn, dir, nil) })
}
