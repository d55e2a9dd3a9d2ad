package postgres

import (
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
)

// A real standby: lists come from it, with all that this process has written; while it
// replays nothing, and once it is killed, from the primary. P18: it is asked for
// nothing else.
func TestStandbyLists(t *testing.T) {
	primary := pgtest.Start(t, pgtest.NoSync)
	standby := pgtest.StartStandby(t, primary)
	b := &behind{t: t, now: time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC), author: ledgertest.NewAuthor(1)}
	b.Ledger = open(t, primary.Database(t), t.TempDir(), func(o *Options) {
		_, schema, _ := strings.Cut(o.DSN, "&search_path=")
		o.ReplicaDSN = standby.DSN("test1") + "&search_path=" + schema
		o.Clock, o.SealEvery = func() time.Time { return b.now }, time.Hour
	})
	b.listing = b.Listing()
	b.pay(b.Ledger)
	b.catchUp(1)

	standby.Exec("postgres", "SELECT pg_wal_replay_pause()")
	b.pay(b.Ledger)
	b.lists("the standby replays nothing", 2, false)
	standby.Exec("postgres", "SELECT pg_wal_replay_resume()")
	b.catchUp(2)

	primary.Exec("postgres", "ALTER SYSTEM SET synchronous_standby_names = ''")
	primary.Exec("postgres", "SELECT pg_reload_conf()")
	standby.Kill()
	b.now = b.now.Add(time.Minute)
	b.lists("it is gone", 2, false)
	b.pay(b.Ledger)
	b.lists("it is still gone", 3, false)
	proven(t, b.Ledger)
}

// catchUp lists until the standby answers: how soon is the machine's affair, but what is
// listed is never less than what was written.
func (b *behind) catchUp(payments int) {
	b.t.Helper()
	for served := b.replica.served.Load(); b.replica.served.Load() == served; b.now = b.now.Add(b.options.Behind / 5) {
		page, err := b.listing.List(b.t.Context(), b.everything())
		if err != nil || len(page.Payments) != payments {
			b.t.Fatalf("%d payments, want %d, %v", len(page.Payments), payments, err)
		}
	}
	b.lists("the standby", payments, true)
}
