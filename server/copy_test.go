package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	ledgerbolt "kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	ledgerpostgres "kessai.dev/kessai/internal/ledger/postgres"
	"kessai.dev/kessai/internal/ledger/postgres/pgtest"
	"kessai.dev/kessai/internal/payment"
)

// wholeBooks is what a server keeps in the books.
type wholeBooks interface {
	ledger.Ledger
	ledger.Journal
	ledger.Sealed
	ledger.Members
	ledger.Shops
}

// fillBooks writes payments of which some are challenged, some erased and one order is
// tried twice, and what lies beside them.
func fillBooks(t *testing.T, l wholeBooks, n int) {
	t.Helper()
	author := ledgertest.NewAuthor(7)
	for i := range n {
		key := fmt.Sprint("c", i)
		e := author.Open(key, key, []byte("黒猫 太郎"))
		entries := []ledger.Entry{e}
		switch i % 4 {
		case 0:
			entries = append(entries, author.Next(e.After, ledgertest.Authorized(e.After)))
		case 1:
			declined := author.Next(e.After, ledgertest.Declined(e.After))
			again := author.Open(key, key+"-2", nil)
			again.Claims[1].Over = &ledger.Ref{Payment: e.Payment, Version: declined.After.Version}
			entries = append(entries, declined, again)
		case 2:
			challenge := ledgertest.Fact(e.After, payment.KindChallenged, 0)
			challenge.Private, challenge.Until = []byte("token"), e.After.Created.Add(payment.ChallengeTTL)
			entries = append(entries, author.Next(e.After, challenge))
		}
		for _, e := range entries {
			if err := l.Append(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		last := entries[len(entries)-1].After
		var err error
		switch i % 8 {
		case 3:
			err = l.Erase(t.Context(), last.ID)
		case 6:
			err = l.Forget(t.Context(), last.ID, last.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
		if i%10 > 0 {
			continue
		}
		member := ledger.Member{MemberKey: ledger.MemberKey{Tenant: author.Tenant, Contract: "main", Customer: key}, ProviderID: key, Updated: last.Created.UTC()}
		revision := ledger.Revision{
			Documents: []ledger.Document{{DocumentName: ledger.DocumentName{Kind: ledger.DocumentShop, ID: key}, Body: []byte(`{"a":1}`)}},
			Trail:     []ledger.AuditEntry{{Tenant: author.Tenant, Time: last.Created.UTC(), Actor: "kessai", Resource: "settings", Action: "updated"}},
		}
		if err := errors.Join(l.PutMember(t.Context(), member), l.Revise(t.Context(), revision)); err != nil {
			t.Fatal(err)
		}
	}
}

// readBooks gives everything that can be read of books.
func readBooks(t *testing.T, l wholeBooks) map[string]any {
	t.Helper()
	all := map[string]any{}
	ctx := t.Context()
	fail := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	tenant := ledgertest.NewAuthor(7).Tenant
	for q := (ledger.JournalQuery{Limit: 1000}); ; {
		page, err := l.Read(ctx, q)
		fail(err)
		for _, e := range page.Entries {
			private, err := l.Reveal(ctx, e.Payment, e.Event.Sequence)
			all[fmt.Sprint("event ", e.Number)] = []any{e, string(private), err != nil}
			seal, err := l.SealAfter(ctx, e.Number)
			fail(err)
			all[fmt.Sprint("seal ", e.Number)] = seal
		}
		if q.After = page.Looked; !page.More {
			break
		}
	}
	page, err := l.List(ctx, ledger.Query{Tenant: tenant, Limit: 1000})
	fail(err)
	all["list"] = page
	for i := range 240 {
		key := fmt.Sprint("c", i)
		h, err := l.Find(ctx, ledger.Key{Kind: ledger.KeyOrder, Tenant: tenant, Value: key})
		if !errors.Is(err, ledger.ErrNotFound) {
			fail(err)
			all["order "+key] = h
		}
	}
	fail(l.Unsettled(ctx, func(id payment.ID) bool { all["unsettled "+string(id)] = true; return true }))
	fail(l.Secrets(ctx, func(id payment.ID) bool { all["secrets "+string(id)] = true; return true }))
	fail(l.EachMember(ctx, func(m ledger.Member) bool { all["member "+m.Customer] = m; return true }))
	fail(l.EachDocument(ctx, func(d ledger.Document) bool { all["document "+d.ID] = d; return true }))
	all["trail"], err = l.Trail(ctx, tenant, 0, 1000)
	fail(err)
	return all
}

func sameBooks(t *testing.T, have, want map[string]any) {
	t.Helper()
	if diff := cmp.Diff(want, have, cmp.Comparer(time.Time.Equal)); diff != "" || len(want) < 500 {
		t.Fatalf("%d things (-want +have):\n%s", len(want), diff)
	}
}

// P87, P95: books go from bolt to a database and back and are the same in everything that
// can be read of them; a copy that was interrupted is no books, and goes on; nothing is
// copied over other books.
func TestCopyBooks(t *testing.T) {
	dsn := pgtest.Start(t, pgtest.NoSync).Database(t)
	dir := t.TempDir()
	first, keys, second := filepath.Join(dir, "first"), filepath.Join(dir, "keys"), filepath.Join(dir, "second")
	l, err := ledgerbolt.Open(ledgerbolt.Options{Dir: first})
	if err != nil {
		t.Fatal(err)
	}
	fillBooks(t, l, 240)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	waiting := ledger.DeliveryChange{
		Endpoint: ledger.EndpointKey{Tenant: ledgertest.NewAuthor(7).Tenant, ID: "e"}, Course: &ledger.Course{Cursor: 3, Streak: 2},
		Put: []ledger.Delivery{ledgertest.Delivery(1, ledger.DeliveryWaiting, time.Hour), ledgertest.Delivery(2, ledger.DeliveryDead, 0)},
	}
	onTheWay(t, first, func(d ledger.Deliveries) error { return d.Settle(t.Context(), waiting) })
	l, err = ledgerbolt.Open(ledgerbolt.Options{Dir: first})
	if err != nil {
		t.Fatal(err)
	}
	want := readBooks(t, l)
	copies := func(ctx context.Context, code int, text string, args ...string) {
		t.Helper()
		var out, errs strings.Builder
		if got := run(ctx, append([]string{"ledger", "copy", "--key-dir", keys}, args...), &out, &errs); got != code || !strings.Contains(out.String()+errs.String(), text) {
			t.Fatalf("%v: %d, want %d and %q\n%s\n%s", args, got, code, text, out.String(), errs.String())
		}
	}
	copies(t.Context(), 1, "in use", "--from", "bolt:"+first, "--to", dsn)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}

	over, cancel := context.WithCancel(t.Context())
	interrupted(t, over, cancel, first, ledgerpostgres.Options{DSN: dsn, Keys: keys})
	if _, err := ledgerpostgres.Open(t.Context(), ledgerpostgres.Options{DSN: dsn, Keys: keys}); err == nil || !strings.Contains(err.Error(), "unfinished copy") {
		t.Fatalf("half of the books: %v", err)
	}
	copies(t.Context(), 0, "right", "--from", "bolt:"+first, "--to", dsn)
	copies(t.Context(), 1, "books already", "--from", "bolt:"+first, "--to", dsn)
	p, err := ledgerpostgres.Open(t.Context(), ledgerpostgres.Options{DSN: dsn, Keys: keys})
	if err != nil {
		t.Fatal(err)
	}
	sameBooks(t, readBooks(t, p), want)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}

	copies(t.Context(), 0, "right", "--from", dsn, "--to", "bolt:"+second)
	copies(t.Context(), 1, "books already", "--from", dsn, "--to", "bolt:"+second)
	onTheWay(t, second, func(d ledger.Deliveries) error {
		course, _, err := d.Course(t.Context(), waiting.Endpoint)
		list, err2 := d.Deliveries(t.Context(), ledger.DeliveryQuery{Endpoint: waiting.Endpoint, Limit: 10})
		if course.Cursor != 3 || course.Waiting != 1 || course.Dead != 1 || !cmp.Equal(list, waiting.Put, cmp.Comparer(time.Time.Equal)) {
			t.Errorf("on the way: %+v, %+v", course, list)
		}
		return errors.Join(err, err2)
	})
	if l, err = ledgerbolt.Open(ledgerbolt.Options{Dir: second}); err != nil {
		t.Fatal(err)
	}
	sameBooks(t, readBooks(t, l), want)
	if err := l.Append(t.Context(), ledgertest.NewAuthor(8).Open("later", "later", []byte("黒猫 太郎"))); err != nil { // it goes on
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(filepath.Join(keys, "seal.key"), []byte(strings.Repeat("0", 64)), 0o600); err != nil {
		t.Fatal(err)
	}
	copies(t.Context(), 1, "another key", "--from", "bolt:"+second, "--to", dsn)
	copies(t.Context(), 1, "bolt:PATH or postgres://", "--from", "mysql://x", "--to", dsn)
}

// onTheWay opens the deliveries of a folder.
func onTheWay(t *testing.T, dir string, use func(ledger.Deliveries) error) {
	t.Helper()
	d, err := ledgerbolt.OpenDeliveries(dir)
	if err == nil {
		err = errors.Join(use(d), d.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// interrupted begins a copy and ends it after the first portion.
func interrupted(t *testing.T, ctx context.Context, cancel func(), dir string, o ledgerpostgres.Options) {
	t.Helper()
	from, err := ledgerbolt.OpenSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	to, err := ledgerpostgres.OpenTarget(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer to.Close()
	if _, _, err := ledger.Copy(ctx, from, to, func(uint64) { cancel() }); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if at, _, err := to.At(); err != nil || at == 0 {
		t.Fatal(at, err)
	}
}
