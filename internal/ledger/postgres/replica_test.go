package postgres

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
)

// tablesOfBooks are those that a list reads.
var tablesOfBooks = []string{"books", "journal", "payments", "claims"}

// follower is a replica that stands still until it is told to catch up: copies of the
// tables in a schema of its own.
type follower struct {
	t      *testing.T
	dsn    string // of its schema
	conn   *pgx.Conn
	schema string // of the books
}

func newFollower(t *testing.T, dsn, schema string) *follower {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	f := &follower{t: t, dsn: dsn + "&search_path=" + schema + "_behind&default_transaction_read_only=on", conn: conn, schema: schema}
	f.exec("CREATE SCHEMA " + schema + "_behind")
	for _, table := range tablesOfBooks {
		f.exec(fmt.Sprintf("CREATE TABLE %s_behind.%s AS SELECT * FROM %s.%s", schema, table, schema, table))
	}
	return f
}

func (f *follower) exec(sql string) {
	f.t.Helper()
	if _, err := f.conn.Exec(f.t.Context(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		f.t.Fatal(sql, err)
	}
}

// catchUp brings it to where the books are.
func (f *follower) catchUp() {
	f.t.Helper()
	sql := "BEGIN;"
	for _, table := range tablesOfBooks {
		sql += fmt.Sprintf("DELETE FROM %s_behind.%s; INSERT INTO %s_behind.%s SELECT * FROM %s.%s;", f.schema, table, f.schema, table, f.schema, table)
	}
	f.exec(sql + "COMMIT")
}

// behind has books, a replica of them that stands still, and a second process of the same
// books that has none.
type behind struct {
	*Ledger
	t        *testing.T
	listing  *Listing
	other    *Ledger
	follower *follower
	proxy    *proxy // before the follower
	now      time.Time
	author   *ledgertest.Author
	made     int
}

func newBehind(t *testing.T) *behind {
	t.Helper()
	dsn, dir := library(t), t.TempDir()
	b := &behind{t: t, now: time.Date(2026, 4, 1, 9, 0, 0, 0, time.UTC), author: ledgertest.NewAuthor(1)}
	b.other = open(t, dsn, dir, nil)
	o := optionsOf(t, dsn, dir, nil)
	_, schema, _ := strings.Cut(o.DSN, "&search_path=")
	p, through := newProxy(t, dsn)
	b.proxy, b.follower = p, newFollower(t, dsn, schema)
	b.Ledger = open(t, dsn, dir, func(o *Options) {
		o.ReplicaDSN = strings.Replace(b.follower.dsn, dsn, through, 1)
		o.Clock, o.SealEvery = func() time.Time { return b.now }, time.Hour
	})
	b.listing = b.Listing()
	return b
}

// pay writes a payment through one of the processes.
func (b *behind) pay(l *Ledger) payment.ID {
	b.t.Helper()
	b.made++
	e := b.author.Open(fmt.Sprint("o", b.made), fmt.Sprint("r", b.made), nil)
	if err := l.Append(b.t.Context(), e); err != nil {
		b.t.Fatal(err)
	}
	return e.Payment
}

// everything asks for all payments.
func (b *behind) everything() ledger.Query {
	return ledger.Query{Tenant: b.author.Tenant, Limit: 100}
}

// lists wants so many payments and events listed, by the replica or by the primary.
func (b *behind) lists(what string, payments int, byReplica bool) {
	b.t.Helper()
	served, passed := b.replica.served.Load(), b.replica.passed.Load()
	tenant := b.author.Tenant
	page, err := b.listing.List(b.t.Context(), b.everything())
	events, errEvents := b.listing.Read(b.t.Context(), ledger.JournalQuery{Tenant: &tenant, Kinds: []payment.Kind{payment.KindCreated}, Limit: 100})
	if err := errors.Join(err, errEvents); err != nil || len(page.Payments) != payments || len(events.Entries) != payments || events.More {
		b.t.Errorf("%s: %d payments, %d events, want %d; %v", what, len(page.Payments), len(events.Entries), payments, err)
	}
	served, passed = b.replica.served.Load()-served, b.replica.passed.Load()-passed
	if byReplica && served != 2 || !byReplica && passed != 2 {
		b.t.Errorf("%s: %d lists by the replica, %d by the primary", what, served, passed)
	}
}

// Lists come from the replica as long as it has what this process wrote, and what others
// had written five seconds ago; else from the primary. Nothing else is ever asked of it.
func TestReplicaBehind(t *testing.T) {
	b := newBehind(t)
	b.lists("nothing yet", 0, true)
	first := b.pay(b.Ledger)
	b.lists("its own write, which the replica lacks", 1, false)
	b.follower.catchUp()
	b.lists("the replica is passed over for a second", 1, false)
	b.now = b.now.Add(b.options.Behind / 5)
	b.lists("caught up", 1, true)

	b.pay(b.other)
	b.lists("what another has just written may be missing", 1, true)
	b.now = b.now.Add(b.options.Behind + 1)
	b.lists("but not for longer", 2, false)
	if _, err := b.Load(t.Context(), first); err != nil {
		t.Error(err)
	}
	if page, err := b.List(t.Context(), ledger.Query{Tenant: b.author.Tenant, Limit: 10}); err != nil || len(page.Payments) != 2 {
		t.Errorf("who decides reads the primary: %d, %v", len(page.Payments), err)
	}
	b.now = b.now.Add(-time.Hour)
	b.lists("a clock that was set back", 2, false)
	b.follower.catchUp()
	b.now = b.now.Add(time.Minute)
	b.lists("caught up again", 2, true)

	last, err := b.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b.pay(b.other)
	for until, want := range map[uint64]int{last: 2, 1 << 40: 3} {
		q := ledger.JournalQuery{Kinds: []payment.Kind{payment.KindCreated}, Until: until, Limit: 10}
		if page, err := b.listing.Read(t.Context(), q); err != nil || len(page.Entries) != want {
			t.Errorf("up to %d, a number of the primary's: %d events, want %d, %v", until, len(page.Entries), want, err)
		}
	}
}

// Lists come from the primary when the replica is away, is that of other books or has no
// tables, and from the replica again when it is back. Bad questions are refused as ever.
func TestReplicaAway(t *testing.T) {
	b := newBehind(t)
	b.pay(b.other)
	b.follower.catchUp()
	b.lists("the replica", 1, true)
	b.proxy.cutAll(true)
	b.lists("it is away", 1, false)
	b.proxy.cutAll(false)
	b.now = b.now.Add(time.Second)
	b.lists("it is back", 1, true)

	b.follower.exec("UPDATE " + b.follower.schema + "_behind.books SET mark = '\\x01'")
	b.lists("other books", 1, false)
	b.follower.exec("DROP TABLE " + b.follower.schema + "_behind.payments")
	b.follower.exec("UPDATE " + b.follower.schema + "_behind.books SET mark = (SELECT mark FROM " + b.follower.schema + ".books)")
	b.now = b.now.Add(time.Second)
	b.lists("no such table", 1, false)

	if _, err := b.listing.List(t.Context(), ledger.Query{Tenant: b.author.Tenant}); err == nil {
		t.Error("a page of nothing")
	}
	if _, err := b.listing.Read(t.Context(), ledger.JournalQuery{}); err == nil {
		t.Error("a page of no events")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := b.listing.List(t.Context(), ledger.Query{Tenant: b.author.Tenant, Limit: 1}); !errors.Is(err, ledger.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// Without a replica lists are those of the books.
func TestNoReplica(t *testing.T) {
	l := open(t, library(t), t.TempDir(), nil)
	story(t, l)
	page, err := l.Listing().List(t.Context(), ledger.Query{Tenant: ledgertest.NewAuthor(1).Tenant, Limit: 100})
	if err != nil || len(page.Payments) != 12 {
		t.Error(len(page.Payments), err)
	}
}
