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

// P96: what a primary that waits for its standby had acknowledged is there when the standby
// takes its place, and goes on without one.
func TestStandby(t *testing.T) {
	primary := pgtest.Start(t)
	dsn := primary.Database(t)
	standby := pgtest.StartStandby(t, primary)
	primary.Exec("test1", "CREATE TABLE a (b integer); INSERT INTO a VALUES (7)")
	primary.Kill()
	if _, err := pgx.Connect(t.Context(), dsn); err == nil {
		t.Fatal("a killed server answers")
	}
	standby.Promote()
	standby.Exec("test1", "INSERT INTO a VALUES (8)")
	conn, err := pgx.Connect(t.Context(), standby.DSN("test1"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context()) //nolint:errcheck // nothing is lost
	sum := 0
	if err := conn.QueryRow(t.Context(), "SELECT sum(b) FROM a").Scan(&sum); err != nil || sum != 15 {
		t.Fatal(sum, err)
	}
}
