package event

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// memory is a journal in memory: pages as the port describes them.
type memory struct {
	author  *ledgertest.Author
	entries []ledger.JournalEntry
	broken  error // what History gives
}

func (m *memory) write(e ledger.Entry) *payment.Payment {
	for i := range e.Events {
		m.entries = append(m.entries, ledger.JournalEntry{
			Number: uint64(len(m.entries) + 1), Tenant: e.After.Tenant, Payment: e.Payment,
			Registration: e.After.Registration, Foreign: e.After.Foreign, Event: e.Events[i],
		})
	}
	return e.After
}

func (m *memory) next(p *payment.Payment, events ...payment.Event) *payment.Payment {
	return m.write(m.author.Next(p, events...))
}

func (m *memory) Read(_ context.Context, q ledger.JournalQuery) (ledger.JournalPage, error) {
	page := ledger.JournalPage{Looked: q.After}
	for i := range m.entries {
		e := &m.entries[i]
		if e.Number <= q.After {
			continue
		}
		if len(page.Entries) == q.Limit {
			page.More = true
			break
		}
		page.Looked = e.Number
		if (q.Tenant == nil || *q.Tenant == e.Tenant) && slices.Contains(q.Kinds, e.Event.Kind) {
			page.Entries = append(page.Entries, *e)
		}
	}
	return page, nil
}

func (m *memory) History(_ context.Context, id payment.ID) (list []payment.Event, err error) {
	for i := range m.entries {
		if m.entries[i].Payment == id {
			list = append(list, m.entries[i].Event)
		}
	}
	return list, m.broken
}

func (m *memory) Last(context.Context) (uint64, error)              { return uint64(len(m.entries)), nil }
func (m *memory) Before(context.Context, time.Time) (uint64, error) { return 0, nil }
func (m *memory) Wait(context.Context, uint64) error                { return nil }

func newMemory() *memory { return &memory{author: ledgertest.NewAuthor(1)} }

// told are the types that the feed gives for a payment, in pages of one.
func told(t *testing.T, m *memory, id payment.ID) (types []string) {
	t.Helper()
	f := NewFeed(m)
	for after := uint64(0); ; {
		list, next, more, err := f.Read(t.Context(), after, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if e.Payment == id {
				types = append(types, e.Type)
			}
		}
		if !more {
			return types
		}
		after = next
	}
}

// P29: an attempt that lost, and the hold that turned up on it, are told under types
// that say nothing of the payment, which another attempt has paid.
func TestLosingAttemptsChangeNothing(t *testing.T) {
	m := newMemory()
	p := m.write(m.author.Open("1", "r", nil))
	p = m.next(p, payment.Event{Kind: payment.KindDeclined, Attempt: 1, Reason: payment.ResultLost})
	p = m.next(p, payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: 2, Amount: p.Amount})
	p = m.next(p, payment.Event{Kind: payment.KindAuthorized, Attempt: 2, Amount: p.Amount})
	p = m.next(p, payment.Event{Kind: payment.KindLateHold, Attempt: 1, Reason: payment.LateHold},
		payment.Event{Kind: payment.KindAsked, Operation: payment.OpCancel, Attempt: 1, Amount: p.Amount, Reason: payment.LateHold})
	p = m.next(p, payment.Event{Kind: payment.KindCanceled, Attempt: 1, Amount: p.Amount, Reason: payment.LateHold})
	p = m.next(p, payment.Event{Kind: payment.KindAsked, Operation: payment.OpCapture, Attempt: 2, Amount: p.Amount})
	p = m.next(p, payment.Event{Kind: payment.KindCaptured, Attempt: 2, Amount: p.Amount})
	want := []string{"payment.created", "attempt.declined", "payment.authorized", "attempt.late_hold", "attempt.released", "payment.captured"}
	if diff := cmp.Diff(want, told(t, m, p.ID)); diff != "" {
		t.Error(diff)
	}
	list, _, _, err := NewFeed(m).Read(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		want := map[string]string{
			"attempt.declined": p.ID.Acceptance(1), "attempt.released": p.ID.Acceptance(1), "payment.captured": p.ID.Acceptance(2), "payment.created": "",
		}
		if w, ok := want[e.Type]; ok && e.Attempt != w {
			t.Errorf("%s is about %q, want %q", e.Type, e.Attempt, w)
		}
	}
}

// R27 P32: a Yamato order is charged by its first slip: that is told as a capture,
// and a second slip is not.
func TestFirstSlipCharges(t *testing.T) {
	m := newMemory()
	p := m.write(m.author.Open("1", "r", nil))
	p = m.next(p, ledgertest.Authorized(p))
	for _, slip := range []string{"100000000001", "100000000002"} {
		p = m.next(p, payment.Event{Kind: payment.KindAsked, Operation: payment.OpShip, Attempt: 1, Amount: p.Amount, Slip: slip})
		p = m.next(p, payment.Event{Kind: payment.KindRegistered, Attempt: 1, Amount: p.Amount, Slip: slip})
	}
	want := []string{"payment.created", "payment.authorized", "payment.captured", "shipment.registered"}
	if diff := cmp.Diff(want, told(t, m, p.ID)); diff != "" {
		t.Error(diff)
	}
	m.broken = errors.New("a disk")
	if _, _, _, err := NewFeed(m).Read(t.Context(), 0, 1000); !errors.Is(err, m.broken) {
		t.Errorf("what cannot be told was told: %v", err)
	}
}

// P29: a payment that only registers a card tells nothing that an order could be
// taken for.
func TestRegistrationsTellOfNoOrder(t *testing.T) {
	m := newMemory()
	p := m.write(m.author.Register("r", nil))
	p = m.next(p, ledgertest.Authorized(p), payment.Event{Kind: payment.KindAsked, Operation: payment.OpCancel, Attempt: 1, Amount: 1})
	p = m.next(p, payment.Event{Kind: payment.KindCanceled, Attempt: 1, Amount: 1, Reason: payment.CardRegistered})
	want := []string{"registration.created", "registration.authorized", "registration.canceled"}
	if diff := cmp.Diff(want, told(t, m, p.ID)); diff != "" {
		t.Error(diff)
	}
	for _, typ := range want {
		if !slices.Contains(Types(), typ) {
			t.Errorf("%s is not listed", typ)
		}
	}
}

// P78 P79: an event's id is its payment and sequence, the sequence grows within the
// payment, and every list, of whatever types and pages, gives the same.
func TestEventsAreTheSameEverywhere(t *testing.T) {
	m := newMemory()
	for i := range 9 {
		m.author.Tenant.Shop = shop.ID(fmt.Sprint("shop", i%2))
		p := m.write(m.author.Open(fmt.Sprint(i), fmt.Sprint(i), nil))
		m.next(p, ledgertest.Authorized(p))
	}
	f := NewFeed(m)
	all, _, _, err := f.Read(t.Context(), 0, 1000)
	if err != nil || len(all) != 18 {
		t.Fatalf("%d events, %v", len(all), err)
	}
	bodies, highest := map[string]string{}, map[payment.ID]int{}
	for _, e := range all {
		if want := fmt.Sprintf("%s-%d-", e.Payment, e.Sequence); !strings.HasPrefix(e.ID(), want) || bodies[e.ID()] != "" {
			t.Fatalf("id %s, want %s…, once", e.ID(), want)
		}
		restored := e.Event
		if restored.Time = e.Time.Add(time.Millisecond); restored.ID() == e.ID() { // P95
			t.Fatalf("%s is also another event", e.ID())
		}
		if e.Sequence <= highest[e.Payment] {
			t.Fatalf("%s comes after %d", e.ID(), highest[e.Payment])
		}
		highest[e.Payment], bodies[e.ID()] = e.Sequence, string(e.JSON())
	}
	tenant := shop.Tenant{Shop: "shop1", Environment: shop.Test}
	for limit := 1; limit < 20; limit++ {
		seen := 0
		for q := (Query{Tenant: &tenant, Types: []string{"payment.authorized"}, Limit: limit}); ; {
			page, err := f.List(t.Context(), q)
			if err != nil || len(page.Events) > limit {
				t.Fatalf("%d events, %v", len(page.Events), err)
			}
			for _, e := range page.Events {
				if seen++; e.Type != "payment.authorized" || e.Tenant != tenant || bodies[e.ID()] != string(e.JSON()) {
					t.Fatalf("%s is another one here: %s", e.ID(), e.JSON())
				}
			}
			if q.After = page.Next; !page.More {
				break
			}
		}
		if seen != 4 {
			t.Fatalf("%d events in pages of %d, want 4", seen, limit)
		}
	}
}

// receiver takes events as docs/events.md says: none twice, and nothing that happened
// earlier than what it has worked on.
type receiver struct {
	highest map[payment.ID]int
	stands  map[payment.ID]string
}

func (r *receiver) take(e *Event) {
	if e.Sequence <= r.highest[e.Payment] {
		return
	}
	r.highest[e.Payment] = e.Sequence
	if kind, _, _ := strings.Cut(e.Type, "."); kind == "payment" {
		r.stands[e.Payment] = e.Type
		return
	}
	// what is about an attempt, an order or a slip leaves it as it is
}

// P30 P33 P79: events that come in any order, and more than once, leave a receiver
// where those in order leave it, or at a payment to be read again; an old
// "authorized" never takes back a "captured", and an end comes once.
func TestShuffledEventsConverge(t *testing.T) {
	m := newMemory()
	for i := range 5 {
		p := m.write(m.author.Open(fmt.Sprint(i), fmt.Sprint(i), nil))
		p = m.next(p, ledgertest.Authorized(p))
		p = m.next(p, ledgertest.Asked(p, payment.OpCapture, p.Amount))
		p = m.next(p, ledgertest.Fact(p, payment.KindCaptured, p.Amount))
		if i%2 == 0 {
			p = m.next(p, ledgertest.Asked(p, payment.OpCancel, p.Amount))
			m.next(p, ledgertest.Fact(p, payment.KindCanceled, p.Amount))
		}
	}
	list, _, _, err := NewFeed(m).Read(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	want := receiver{highest: map[payment.ID]int{}, stands: map[payment.ID]string{}}
	ends := map[payment.ID]int{}
	for i := range list {
		if want.take(&list[i].Event); list[i].Type == "payment.canceled" {
			ends[list[i].Payment]++
		}
	}
	for id, n := range ends {
		if n != 1 {
			t.Errorf("%s ended %d times", id, n)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		have := receiver{highest: map[payment.ID]int{}, stands: map[payment.ID]string{}}
		for _, e := range rapid.Permutation(slices.Concat(list, list)).Draw(t, "order") {
			have.take(&e.Event)
		}
		if diff := cmp.Diff(want.stands, have.stands); diff != "" {
			t.Fatal(diff)
		}
	})
}

// An order that moved here keeps the acceptance number it had.
func TestImportedAttempt(t *testing.T) {
	e := ledger.JournalEntry{Payment: payment.NewID(time.Unix(1e9, 0), 1), Foreign: "0000000123", Event: payment.Event{Kind: payment.KindImported, Attempt: 1, Sequence: 2}}
	if n := of(&e, "payment.imported"); n.Attempt != "0000000123" {
		t.Errorf("attempt %q", n.Attempt)
	}
}
