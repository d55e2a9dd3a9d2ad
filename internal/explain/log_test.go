package explain

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/bolt"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// shelf is a log on real books.
type shelf struct {
	*testing.T
	books  *bolt.Ledger
	author *ledgertest.Author
	log    *Log
}

func openShelf(t *testing.T) *shelf {
	t.Helper()
	books, err := bolt.Open(bolt.Options{Dir: filepath.Join(t.TempDir(), "ledger"), NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = books.Close() })
	return &shelf{T: t, books: books, author: ledgertest.NewAuthor(1), log: New(books, func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) })}
}

func (s *shelf) write(e ledger.Entry) *payment.Payment {
	s.Helper()
	if err := s.books.Append(s.Context(), e); err != nil {
		s.Fatal(err)
	}
	return e.After
}

func (s *shelf) next(p *payment.Payment, events ...payment.Event) *payment.Payment {
	s.Helper()
	return s.write(s.author.Next(p, events...))
}

// all reads every page.
func (s *shelf) all(q Query) (list []Failure) {
	s.Helper()
	for range 1000 {
		page, err := s.log.List(s.Context(), q)
		if err != nil || len(page.Failures) > q.Limit {
			s.Fatalf("%d failures, %v", len(page.Failures), err)
		}
		list = append(list, page.Failures...)
		if !page.More {
			return list
		}
		q.From = page.Next
	}
	s.Fatal("it never ends")
	return nil
}

// R41: the log has every failure of the shop and nobody else's, newest first; any
// filter gives exactly those that meet it, in pages of any size.
func TestListFailures(t *testing.T) {
	s := openShelf(t)
	other := shop.Tenant{Shop: "other", Environment: shop.Test}
	demo := s.author.Tenant
	var last *payment.Payment
	for i := range 24 {
		if s.author.Tenant = demo; i%4 == 3 {
			s.author.Tenant = other
		}
		p := s.write(s.author.Open(fmt.Sprint("o", i), fmt.Sprint("r", i), nil))
		switch i % 3 {
		case 0:
			p = s.next(p, ledgertest.Declined(p))
		case 1:
			p = s.next(p, payment.Event{Kind: payment.KindUnanswered, Attempt: 1, Operation: payment.OpAuthorize})
			p = s.next(p, payment.Event{Kind: payment.KindDeclined, Attempt: 1, Reason: payment.ResultLost})
		case 2:
			p = s.next(p, ledgertest.Authorized(p))
			p = s.next(p, ledgertest.Asked(p, payment.OpCapture, p.Amount))
			p = s.next(p, payment.Event{Kind: payment.KindRefused, Attempt: 1, Operation: payment.OpCapture, Amount: p.Amount, Reason: payment.ProviderBusy, Code: "A012050002"})
			p = s.next(p, payment.Event{Kind: payment.KindAttention, Attempt: 1, Reason: payment.ProviderDiffers, Code: "40"})
		}
		last = p
	}
	everything := s.all(Query{Tenant: demo, Limit: 1000})
	if len(everything) != 30 || !slices.IsSortedFunc(everything, func(a, b Failure) int { return b.Time.Compare(a.Time) }) {
		t.Fatalf("%d failures", len(everything))
	}
	middle := everything[15].Time
	for i, f := range []Filter{
		{},
		{Kind: Declined},
		{Kind: Attention},
		{Kind: NotSent},
		{Reason: payment.ResultLost},
		{Code: "A012050002"},
		{Operation: payment.OpCapture},
		{Operation: payment.OpAuthorize, Kind: Unanswered},
		{Order: "o4"},
		{Order: "o3"},
		{Order: "nothing"},
		{Payment: everything[3].Payment},
		{Payment: last.ID},
		{Acceptance: everything[5].Acceptance},
		{Acceptance: "1234567890"},
		{After: middle},
		{Before: middle},
		{After: middle, Before: everything[0].Time, Kind: Refused},
		{Before: time.Unix(0, 0)},
		{After: time.Unix(1e10, 0)},
	} {
		var want []Failure
		for k := range everything {
			if f.match(&everything[k]) {
				want = append(want, everything[k])
			}
		}
		for _, limit := range []int{1, 7, 1000} {
			if diff := cmp.Diff(want, s.all(Query{Tenant: demo, Filter: f, Limit: limit}), cmp.Comparer(time.Time.Equal)); diff != "" {
				t.Errorf("filter %d, pages of %d: %s", i, limit, diff)
			}
		}
	}
	if got := s.all(Query{Tenant: other, Limit: 10}); len(got) != 10 || got[0].Payment != last.ID {
		t.Errorf("the other shop's log has %d", len(got))
	}
}

// A payment is explained to its own shop only.
func TestExplainTenant(t *testing.T) {
	s := openShelf(t)
	p := s.write(s.author.Open("1", "r", nil))
	story, err := s.log.Explain(t.Context(), s.author.Tenant, p.ID)
	if err != nil || len(story.Steps) != 2 || story.SummaryEnglish == "" {
		t.Errorf("%+v, %v", story, err)
	}
	if _, err := s.log.Explain(t.Context(), shop.Tenant{Shop: "other", Environment: shop.Test}, p.ID); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("another shop: %v", err)
	}
	if _, err := s.log.Explain(t.Context(), s.author.Tenant, payment.NewID(time.Unix(1e9, 0), 1)); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("nothing: %v", err)
	}
}
