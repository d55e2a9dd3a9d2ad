package postgres

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
)

// letter is a change of an endpoint's deliveries: one more that waits.
func letter(n uint64) ledger.DeliveryChange {
	return ledger.DeliveryChange{
		Endpoint: ledger.EndpointKey{Tenant: demoTenant, ID: "e"}, Course: &ledger.Course{Cursor: n},
		Put: []ledger.Delivery{ledgertest.Delivery(n, ledger.DeliveryWaiting, 0)},
	}
}

// P18, P96: wherever the connection is cut, in any statement, in the COMMIT or in its
// answer, a change of shops, members or deliveries is there exactly once, and its caller is
// told so. Both outcomes of a lost answer occur.
func TestScribeCut(t *testing.T) {
	dsn := library(t)
	p, through := newProxy(t, dsn)
	h := &listener{}
	l := open(t, through, t.TempDir(), func(o *Options) {
		h.hears(o)
		o.SealEvery = time.Hour // nothing else is under way
	})
	l.scribes.close()
	l.scribes = newScribes(l, 1) // the one that is cut is the one that goes on
	d := l.OpenDeliveries()
	d.scribes.close()
	d.scribes = newScribes(l, 1)
	defer d.Close() //nolint:errcheck // nothing is lost
	versions := map[string]int{}
	for _, c := range []struct {
		name   string
		change func(version int) error
	}{
		{"shops", func(v int) error { return l.Revise(t.Context(), revise("s", v)) }},
		{"members", func(v int) error {
			m := ledgertest.Member("c", 1)
			m.Version = v
			return l.PutMember(t.Context(), m)
		}},
		{"deliveries", func(v int) error { return d.Settle(t.Context(), letter(uint64(v)+1)) }}, //nolint:gosec // small
	} {
		for _, answers := range []bool{false, true} {
			for at := 0; ; at += 37 {
				p.arm(answers, at)
				if err := c.change(versions[c.name]); err != nil {
					t.Fatalf("%s, answers %v, cut at %d: %v", c.name, answers, at, err)
				}
				versions[c.name]++
				if p.disarm() {
					break // it took less than that
				}
			}
		}
	}
	t.Logf("%d cuts, lost answers: %d not in the books, %d in the books", p.cuts, h.settled[0].Load(), h.settled[1].Load())
	if h.settled[0].Load() == 0 || h.settled[1].Load() == 0 || p.cuts < 20 {
		t.Error("the cuts did not hit what they should")
	}
	report, err := l.Verify(t.Context(), nil)
	if err != nil || report.Fault != nil || report.Changes != uint64(versions["shops"]) { //nolint:gosec // small
		t.Errorf("%+v, %v: want %d changes", report, err, versions["shops"])
	}
	course, _, err := d.Course(t.Context(), letter(1).Endpoint)
	if err != nil || course.Waiting != versions["deliveries"] {
		t.Errorf("%+v, %v: want %d", course, err, versions["deliveries"])
	}
}

// P18, P96: when the database stays away, a change that may be there is said to be unknown,
// and one that was not sent not to be there. What was unknown is found by its version when
// the database is back, and who tries it once more is refused.
func TestScribeUnknown(t *testing.T) {
	dsn := library(t)
	p, through := newProxy(t, dsn)
	h := &listener{}
	l := open(t, through, t.TempDir(), func(o *Options) {
		h.hears(o)
		o.SealEvery, o.Patience = time.Hour, 300*time.Millisecond
	})
	for i := range maxScribes { // statements are prepared from here on
		if err := l.Revise(t.Context(), revise("s", i)); err != nil {
			t.Fatal(err)
		}
	}
	version := maxScribes
	goDown := func() { p.arm(true, 0); p.mu.Lock(); p.down = true; p.mu.Unlock() }
	h.commit.Store(&goDown)
	if err := l.Revise(t.Context(), revise("s", version)); !errors.Is(err, ErrUnknown) {
		t.Fatalf("the answer to the commit was lost: %v", err)
	}
	h.commit.Store(nil)
	p.cutAll(true)
	if err := l.Revise(t.Context(), revise("other", 0)); !errors.Is(err, ErrUnreachable) {
		t.Fatalf("nothing was sent: %v", err)
	}
	p.cutAll(false)
	if err := l.Revise(t.Context(), revise("s", version)); !errors.Is(err, ledger.ErrStale) {
		t.Fatalf("it is there: %v", err)
	}
	have := map[string]int{}
	if err := l.EachDocument(t.Context(), func(d ledger.Document) bool { have[d.ID] = d.Version; return true }); err != nil {
		t.Fatal(err)
	}
	if want := map[string]int{"s": version + 1}; fmt.Sprint(have) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", have, want)
	}
	proven(t, l)
}

// P18: while the transaction of a lost connection still holds what it changes, nobody says
// what became of it; once it is over the answer is final.
func TestScribeWaitsForTheTransaction(t *testing.T) {
	dsn := library(t)
	l := open(t, dsn, t.TempDir(), func(o *Options) { o.Attempt = 200 * time.Millisecond })
	w := <-l.scribes.free
	defer func() { l.scribes.free <- w }()
	w.count = 1
	tx, err := l.pool.Begin(t.Context()) // the server has not yet heard that its client is gone
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), sqlMark, w.id[:], "", w.count, int64(0)); err != nil {
		t.Fatal(err)
	}
	if there, err := w.ask(t.Context()); err == nil {
		t.Fatalf("it is not over, and the answer is %v", there)
	}
	w.disconnect()
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if there, err := w.ask(t.Context()); err != nil || !there {
		t.Fatalf("it was committed: %v, %v", there, err)
	}
	w.count++ // that one was never committed, and nothing of it can come now
	if there, err := w.ask(t.Context()); err != nil || there {
		t.Fatalf("it was not committed: %v, %v", there, err)
	}
}

// A caller who leaves while nothing is sent yet has changed nothing; closed books say so.
func TestScribeLeft(t *testing.T) {
	dsn := library(t)
	l := open(t, dsn, t.TempDir(), nil)
	left, leave := context.WithCancel(t.Context())
	tx, err := l.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), sqlRegistry); err != nil { // who revises now waits
		t.Fatal(err)
	}
	said := make(chan error)
	go func() { said <- l.Revise(left, revise("s", 0)) }()
	leave()
	if err := <-said; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := l.Revise(t.Context(), revise("s", 0)); err != nil {
		t.Errorf("it is there, though nobody waited for it: %v", err)
	}
}
