package postgres

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// serverOf tells a process that a test has started where its database is.
const serverOf = "KESSAI_POSTGRES_TEST_DSN"

// library makes a database that has books for as many directories as a suite
// asks for: each has a schema of its own, named after it.
func library(t *testing.T) (dsn string) {
	t.Helper()
	if dsn = os.Getenv(serverOf); dsn == "" {
		dsn = pgtest.Shared(t).Database(t)
		t.Setenv(serverOf, dsn)
	}
	return dsn
}

// optionsOf are those of the books of a directory; change may be nil.
func optionsOf(t testing.TB, dsn, dir string, change func(*Options)) Options {
	t.Helper()
	h := fnv.New64a()
	h.Write([]byte(dir))
	schema := fmt.Sprintf("books_%x", h.Sum64())
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is lost
	if _, err := conn.Exec(context.Background(), "CREATE SCHEMA IF NOT EXISTS "+schema); err != nil {
		t.Fatal(err)
	}
	o := Options{DSN: dsn + "&search_path=" + schema, Keys: dir, Process: "test"}
	if change != nil {
		change(&o)
	}
	return o
}

// open opens the books of a directory.
func open(t testing.TB, dsn, dir string, change func(*Options)) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), optionsOf(t, dsn, dir, change))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

// hurried has everything small and fast: seals and partitions all the time, and next to no
// memory.
func hurried(o *Options) {
	o.SealEvery, o.PollEvery, o.Cache, o.Width = 20*time.Millisecond, time.Millisecond, 4, 1000
}

// fewer lets rapid try fewer sequences than it does by itself: each has tables of its own,
// and a round trip for every look at them.
func fewer(t *testing.T, checks string) {
	t.Helper()
	before := flag.Lookup("rapid.checks").Value.String()
	if err := flag.Set("rapid.checks", checks); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", before) })
}

// The suite, as the product runs.
func TestConformance(t *testing.T) {
	fewer(t, "8")
	dsn := library(t)
	ledgertest.Run(t, func(t testing.TB, dir string) ledger.Ledger { return open(t, dsn, dir, nil) })
}
