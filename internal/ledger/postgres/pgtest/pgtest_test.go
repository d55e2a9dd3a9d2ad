package pgtest_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// P96: what a killed server had acknowledged is there when it starts again, and a
// database is nobody else's.
func TestKill(t *testing.T) {
	s := pgtest.Start(t)
	dsn, other := s.Database(t), s.Database(t)
	s.Exec("test1", "CREATE TABLE a (b integer); INSERT INTO a VALUES (7)")
	s.Kill()
	if _, err := pgx.Connect(t.Context(), dsn); err == nil {
		t.Fatal("a killed server answers")
	}
	s.Restart()
	s.Restart() // a running one
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context()) //nolint:errcheck // nothing is lost
	n := 0
	if err := conn.QueryRow(t.Context(), "SELECT b FROM a").Scan(&n); err != nil || n != 7 {
		t.Fatal(n, err)
	}
	if dsn == other {
		t.Fatal("one database twice")
	}
}
