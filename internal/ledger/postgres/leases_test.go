package postgres

import (
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// TestLeases runs the suite, each process with connections of its own.
func TestLeases(t *testing.T) {
	s := pgtest.Start(t, pgtest.NoSync)
	at := map[string]Options{}
	ledgertest.RunLeases(t, func(t testing.TB) (ledger.Leases, func()) {
		o, known := at[t.Name()]
		if !known {
			o = optionsOf(t, s.Database(t), t.TempDir(), func(o *Options) { o.Patience = time.Second })
			at[t.Name()] = o
		}
		l, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		dead := false
		t.Cleanup(func() {
			if err := l.Close(); err != nil && !dead {
				t.Error(err)
			}
		})
		return l, func() { dead = true; l.pool.Close() }
	})
}

// A lease that somebody took away is lost at the next renewal.
func TestLeaseTaken(t *testing.T) {
	s := pgtest.Start(t, pgtest.NoSync)
	l := open(t, s.Database(t), t.TempDir(), nil)
	held, ours, err := l.Hold(t.Context(), "x", time.Second)
	if err != nil || !ours {
		t.Fatal(ours, err)
	}
	if _, err := l.pool.Exec(t.Context(), "UPDATE leases SET holder = 'another one'"); err != nil {
		t.Fatal(err)
	}
	<-held.Lost()
}
