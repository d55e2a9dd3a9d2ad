package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// JournalBooks is what RunJournal tests.
type JournalBooks interface {
	ledger.Ledger
	ledger.Journal
}

// OpenJournal opens the books in a directory. It fails the test when it cannot.
type OpenJournal func(t testing.TB, dir string) JournalBooks

// RunJournal runs the suite of the journal's readers.
func RunJournal(t *testing.T, open OpenJournal) {
	for _, c := range []struct {
		name string
		test func(*reader)
	}{
		{"Pages", journalPages},
		{"Time", journalTime},
		{"Wait", journalWait},
		{"BesideWriters", journalBesideWriters},
		{"Erased", journalErased},
		{"Many", journalMany},
		{"Seals", journalSeals},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{T: t, dir: t.TempDir(), author: NewAuthor(1)}
			d.open = func(t testing.TB, dir string) ledger.Ledger { return open(t, dir) }
			d.Ledger = d.open(t, d.dir)
			defer d.close()
			c.test(&reader{desk: d})
		})
	}
}

// reader is a desk that remembers in which order it wrote.
type reader struct {
	*desk
	wrote []ledger.JournalEntry
}

func (r *reader) journal() ledger.Journal { return r.Ledger.(JournalBooks) }

// writes appends, and remembers.
func (r *reader) writes(e ledger.Entry) *payment.Payment {
	p := r.append(e)
	for _, event := range e.Events {
		event.Private = nil
		r.wrote = append(r.wrote, ledger.JournalEntry{Number: uint64(len(r.wrote) + 1), Tenant: p.Tenant, Payment: p.ID, Registration: p.Registration, Foreign: p.Foreign, Event: event})
	}
	return p
}

// story writes payments of three tenants, their events mixed.
func (r *reader) story(n int) {
	tenants := []shop.Tenant{{Shop: "demo", Environment: shop.Test}, {Shop: "demo", Environment: shop.Production}, {Shop: "other", Environment: shop.Test}}
	var open []*payment.Payment
	for i := range n {
		r.author.Tenant = tenants[i%len(tenants)]
		key := fmt.Sprint("j", len(r.wrote), "-", i)
		if i%9 == 5 {
			open = append(open, r.writes(r.author.Register(key, nil)))
			continue
		}
		open = append(open, r.writes(r.author.Open(key, key, []byte(secret))))
		if len(open) < 4 {
			continue
		}
		p := open[0]
		open = open[1:]
		if i%4 == 0 {
			r.writes(r.author.Next(p, Declined(p)))
			continue
		}
		p = r.writes(r.author.Next(p, Authorized(p)))
		if p.Registration {
			continue
		}
		p = r.writes(r.author.Next(p, Asked(p, payment.OpCapture, p.Amount)))
		r.writes(r.author.Next(p, Fact(p, payment.KindCaptured, p.Amount)))
	}
}

// wanted is what a query must give in all.
func (r *reader) wanted(q ledger.JournalQuery) []ledger.JournalEntry {
	var list []ledger.JournalEntry
	for _, e := range r.wrote {
		if e.Number > q.After && (q.Until == 0 || e.Number <= q.Until) &&
			(q.Tenant == nil || *q.Tenant == e.Tenant) &&
			(len(q.Kinds) == 0 || slices.Contains(q.Kinds, e.Event.Kind)) {
			list = append(list, e)
		}
	}
	if q.Backwards {
		slices.Reverse(list)
	}
	return list
}

// reads reads every page of a query, going on from where each has looked.
func (r *reader) reads(q ledger.JournalQuery) (list []ledger.JournalEntry) {
	r.Helper()
	for pages := 0; ; pages++ {
		page, err := r.journal().Read(r.Context(), q)
		if err != nil {
			r.Fatalf("%+v: %v", q, err)
		}
		if len(page.Entries) > q.Limit || pages > 10_000 {
			r.Fatalf("page %d of %+v has %d events", pages, q, len(page.Entries))
		}
		list = append(list, page.Entries...)
		if !page.More {
			return list
		}
		switch at := page.Looked; {
		case q.Backwards && at > 1 && (q.Until == 0 || at <= q.Until):
			q.Until = at - 1
		case !q.Backwards && at > q.After:
			q.After = at
		default:
			r.Fatalf("a page of %+v looked as far as %d and has more", q, at)
		}
	}
}

// journalPages: any query gives exactly what was written, in its order, however
// large the pages are, and after a restart (R41).
func journalPages(r *reader) {
	r.story(80)
	n := uint64(len(r.wrote))
	demo, nobody := shop.Tenant{Shop: "demo", Environment: shop.Test}, shop.Tenant{Shop: "nobody", Environment: shop.Test}
	answers := []payment.Kind{payment.KindAuthorized, payment.KindDeclined}
	queries := []ledger.JournalQuery{
		{},
		{Tenant: &demo},
		{Tenant: &nobody},
		{Kinds: answers},
		{Tenant: &demo, Kinds: answers},
		{Kinds: []payment.Kind{payment.KindExpired}},
		{After: 10},
		{Until: 10},
		{After: 7, Until: 19, Tenant: &demo},
		{After: n - 1},
		{After: n},
		{After: n + 5},
		{Until: n + 5},
		{After: 9, Until: 5},
		{After: 5, Until: 6},
		{Tenant: &demo, Kinds: answers, After: n / 2},
	}
	for range 2 {
		for _, q := range queries {
			for _, backwards := range []bool{false, true} {
				for _, limit := range []int{1, 7, 1000} {
					q.Backwards, q.Limit = backwards, limit
					r.same(fmt.Sprintf("%+v", q), r.reads(q), r.wanted(q))
				}
			}
		}
		last, err := r.journal().Last(r.Context())
		if err != nil || last != n {
			r.Fatalf("last %d, %v, want %d", last, err, n)
		}
		r.reopen()
	}
	for _, limit := range []int{0, -1, 1001} {
		if _, err := r.journal().Read(r.Context(), ledger.JournalQuery{Limit: limit}); err == nil {
			r.Errorf("a page of %d events", limit)
		}
	}
	r.story(3) // it goes on after a restart
	q := ledger.JournalQuery{After: n, Limit: 100}
	r.same("after the restart", r.reads(q), r.wanted(q))
}

// journalTime: the place of a moment.
func journalTime(r *reader) {
	if n, err := r.journal().Before(r.Context(), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)); n != 0 || err != nil {
		r.Fatalf("empty books: %d, %v", n, err)
	}
	r.story(20)
	for _, e := range r.wrote {
		for offset, want := range map[time.Duration]uint64{-1: e.Number - 1, 0: e.Number - 1, 1: e.Number} {
			if n, err := r.journal().Before(r.Context(), e.Event.Time.Add(offset)); n != want || err != nil {
				r.Fatalf("before event %d and %d ns: %d, %v", e.Number, offset, n, err)
			}
		}
	}
}

// journalWait: it returns when there is something, when its caller leaves, and
// when the books are closed; never before. The time in here stands still while
// anybody can go on, so what has not returned is waiting.
func journalWait(r *reader) {
	r.close()
	synctest.Test(r.T, func(t *testing.T) {
		dir := t.TempDir()
		books := r.open(t, dir).(JournalBooks)
		p := NewAuthor(1).Open("o", "r", nil)
		waits := func(ctx context.Context, after uint64) chan error {
			done := make(chan error, 1)
			go func() { done <- books.Wait(ctx, after) }()
			return done
		}
		ctx, leave := context.WithCancel(context.Background())
		first, second, third, left := waits(t.Context(), 0), waits(t.Context(), 1), waits(t.Context(), 2), waits(ctx, 0)
		leave()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Fatalf("a caller who left: %v", err)
		}
		synctest.Wait()
		if len(first)+len(second)+len(third) > 0 {
			t.Fatal("something came of nothing")
		}
		if err := books.Append(t.Context(), p); err != nil { // two events
			t.Fatal(err)
		}
		if err := errors.Join(<-first, <-second, books.Wait(t.Context(), 1)); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(third) > 0 {
			t.Fatalf("there is no third event: %v", <-third)
		}
		if err := books.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-third; !errors.Is(err, ledger.ErrClosed) {
			t.Fatalf("closed books: %v", err)
		}
		if err := books.Wait(t.Context(), 0); !errors.Is(err, ledger.ErrClosed) {
			t.Fatalf("closed books: %v", err)
		}
		if _, err := books.Read(t.Context(), ledger.JournalQuery{Limit: 1}); !errors.Is(err, ledger.ErrClosed) {
			t.Fatalf("closed books: %v", err)
		}
	})
}

// journalBesideWriters: readers who follow see every event once, a payment's in
// their order, and each payment is at least as far as its event when they ask
// for it (P79).
func journalBesideWriters(r *reader) {
	const writers, each = 8, 40
	total := uint64(writers * each * 3)
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { r.follow(total) })
	}
	together(writers, func(worker int) {
		author := NewAuthor(uint64(worker + 2))
		for i := range each {
			key := fmt.Sprint(worker, "-", i)
			e := author.Open(key, key, nil)
			if err := r.Append(context.Background(), e); err != nil {
				r.Errorf("append: %v", err)
				return
			}
			if err := r.Append(context.Background(), author.Next(e.After, Authorized(e.After))); err != nil {
				r.Errorf("append: %v", err)
				return
			}
		}
	})
	group.Wait()
}

func (r *reader) follow(total uint64) {
	versions := map[payment.ID]int{}
	for at := uint64(0); at < total; {
		if err := r.journal().Wait(r.Context(), at); err != nil {
			r.Errorf("wait: %v", err)
			return
		}
		page, err := r.journal().Read(r.Context(), ledger.JournalQuery{After: at, Limit: 100})
		if err != nil || len(page.Entries) == 0 {
			r.Errorf("after %d: %d events, %v", at, len(page.Entries), err)
			return
		}
		for i, e := range page.Entries {
			if at++; e.Number != at || e.Event.Sequence != versions[e.Payment]+1 {
				r.Errorf("%d. of a page: number %d after %d, event %d of %s after %d", i+1, e.Number, at-1, e.Event.Sequence, e.Payment, versions[e.Payment])
				return
			}
			versions[e.Payment] = e.Event.Sequence
			if p, err := r.Load(r.Context(), e.Payment); err != nil || p.Version < e.Event.Sequence {
				r.Errorf("event %d of %s is read, and it is loaded at another version: %v", e.Event.Sequence, e.Payment, err)
				return
			}
		}
	}
}

// journalErased: who is erased keeps a history, without the person (P103).
func journalErased(r *reader) {
	r.story(5)
	for _, e := range r.wrote {
		if err := r.Erase(r.Context(), e.Payment); err != nil {
			r.Fatal(err)
		}
	}
	r.same("erased", r.reads(ledger.JournalQuery{Limit: 1000}), r.wanted(ledger.JournalQuery{}))
}

// journalMany: books that are larger than what one call looks at.
func journalMany(r *reader) {
	p := r.writes(r.author.Open("o", "r", nil))
	for range 60 {
		var events []payment.Event
		for range 500 {
			events = append(events, payment.Event{Kind: payment.KindUnchanged, Amount: p.Amount})
		}
		p = r.writes(r.author.Next(p, events...))
	}
	r.author.Tenant.Shop = "other"
	r.writes(r.author.OpenPending("o", "r"))
	for _, tenant := range []shop.Tenant{p.Tenant, r.author.Tenant} {
		for _, backwards := range []bool{false, true} {
			q := ledger.JournalQuery{Tenant: &tenant, Kinds: []payment.Kind{payment.KindCreated}, Backwards: backwards, Limit: 2}
			r.same(fmt.Sprintf("%+v", q), r.reads(q), r.wanted(q))
		}
	}
}

// journalSeals: every event is covered by a seal once the books were closed, by the
// first one at or after it; nothing covers what is not there (P87).
func journalSeals(r *reader) {
	for i := range 20 {
		r.append(r.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil))
		if i%7 == 6 {
			r.reopen()
		}
	}
	r.reopen()
	sealed := r.Ledger.(ledger.Sealed)
	last, err := r.journal().Last(r.Context())
	if err != nil {
		r.Fatal(err)
	}
	var before uint64
	for n := uint64(1); n <= last; n++ {
		encoded, err := sealed.SealAfter(r.Context(), n)
		if err != nil || encoded == nil {
			r.Fatalf("event %d of %d: %v, %v", n, last, encoded, err)
		}
		s, err := ledger.DecodeSeal(encoded)
		if err != nil || s.Sequence < n || before >= n && s.Sequence != before {
			r.Fatalf("event %d is sealed by %+v, the one before by %d: %v", n, s, before, err)
		}
		before = s.Sequence
	}
	if before != last {
		r.Errorf("sealed up to %d of %d", before, last)
	}
	if encoded, err := sealed.SealAfter(r.Context(), last+1); err != nil || encoded != nil {
		r.Errorf("what is not there is sealed: %v, %v", encoded, err)
	}
}
