package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// testModel: any sequence of calls and restarts gives what a map would.
func testModel(d *desk) {
	runs := 0
	rapid.Check(d.T, func(t *rapid.T) {
		runs++
		inner := &desk{T: d.T, open: d.open, dir: filepath.Join(d.dir, fmt.Sprint("run", runs)), author: NewAuthor(uint64(runs))}
		inner.Ledger = d.open(d.T, inner.dir)
		defer inner.close()
		m := &model{desk: inner, payments: map[payment.ID]*payment.Payment{}, holders: map[ledger.Key][]payment.ID{}, erased: map[payment.ID]bool{}, secrets: map[payment.ID]map[int]bool{}}
		t.Repeat(map[string]func(*rapid.T){
			"open":      m.openOne,
			"next":      m.next,
			"challenge": m.challenge,
			"forget":    m.forgetOne,
			"erase":     m.erase,
			"find":      m.find,
			"list":      m.list,
			"reopen":    func(*rapid.T) { inner.reopen() },
			"":          m.check,
		})
	})
}

// model is what the books should hold.
type model struct {
	*desk
	payments map[payment.ID]*payment.Payment
	ids      []payment.ID // oldest first
	holders  map[ledger.Key][]payment.ID
	erased   map[payment.ID]bool
	secrets  map[payment.ID]map[int]bool // events with a secret; true: it is forgotten
}

// openOne opens a payment for one of a few orders, freely or over a holder.
func (m *model) openOne(t *rapid.T) {
	order := fmt.Sprint("o", rapid.IntRange(0, 5).Draw(t, "order"))
	e := m.author.Open(order, fmt.Sprint("r", rapid.IntRange(0, 9).Draw(t, "request")), []byte(secret))
	if held := m.holders[e.Claims[1].Key]; len(held) > 0 && rapid.Bool().Draw(t, "over") {
		id := held[rapid.IntRange(0, len(held)-1).Draw(t, "which")]
		e.Claims[1].Over = &ledger.Ref{Payment: id, Version: max(1, m.payments[id].Version-rapid.IntRange(0, 1).Draw(t, "late"))}
	}
	err := m.Append(context.Background(), e)
	if key, ok := m.mayClaim(&e); !ok {
		var claimed *ledger.ClaimedError
		if !errors.As(err, &claimed) || claimed.Key != key || !slices.Equal(claimed.By.Payments, m.holders[key]) {
			t.Fatalf("opened although a key is held: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	m.payments[e.Payment] = e.After
	m.ids = append(m.ids, e.Payment)
	for i := range e.Claims {
		m.holders[e.Claims[i].Key] = append(m.holders[e.Claims[i].Key], e.Payment)
	}
}

// mayClaim gives the first claim that must be refused.
func (m *model) mayClaim(e *ledger.Entry) (ledger.Key, bool) {
	for i := range e.Claims {
		c := &e.Claims[i]
		held := m.holders[c.Key]
		if c.Over == nil && len(held) == 0 {
			continue
		}
		if c.Over == nil || len(held) == 0 || held[len(held)-1] != c.Over.Payment || m.payments[c.Over.Payment].Version != c.Over.Version {
			return c.Key, false
		}
	}
	return ledger.Key{}, true
}

func (m *model) any(t *rapid.T) *payment.Payment {
	if len(m.ids) == 0 {
		t.Skip("no payment yet")
	}
	return m.payments[rapid.SampledFrom(m.ids).Draw(t, "payment")]
}

// next adds an event, at the right version or one that is over.
func (m *model) next(t *rapid.T) {
	p := m.any(t)
	event := payment.Event{Kind: payment.KindUnchanged}
	if p.State == payment.Pending && p.Question() != nil && rapid.Bool().Draw(t, "answer") {
		event = Authorized(p)
	}
	e := m.author.Next(p, event)
	stale := rapid.Bool().Draw(t, "stale")
	if stale {
		if p.Version == 2 {
			t.Skip("no earlier version to be late with")
		}
		e.Version--
		e.Events[0].Sequence--
		after := *e.After
		after.Version--
		e.After = &after
	}
	err := m.Append(context.Background(), e)
	switch {
	case stale && !errors.Is(err, ledger.ErrStale):
		t.Fatalf("a stale append: %v", err)
	case !stale && err != nil:
		t.Fatalf("append: %v", err)
	case !stale:
		m.payments[p.ID] = e.After
	}
}

// challenge gives a payment one more attempt with two secrets.
func (m *model) challenge(t *rapid.T) {
	p := m.any(t)
	if p.State == payment.Authorized || m.erased[p.ID] {
		t.Skip("paid, or erased: no challenge")
	}
	p = m.challengedAgain(p)
	m.payments[p.ID] = p
	if m.secrets[p.ID] == nil {
		m.secrets[p.ID] = map[int]bool{}
	}
	m.secrets[p.ID][p.Version-1], m.secrets[p.ID][p.Version] = false, false
}

func (m *model) forgetOne(t *rapid.T) {
	p := m.any(t)
	if err := m.Forget(context.Background(), p.ID, p.Version); err != nil {
		t.Fatalf("forget: %v", err)
	}
	for n := range m.secrets[p.ID] {
		m.secrets[p.ID][n] = true
	}
}

func (m *model) erase(t *rapid.T) {
	p := m.any(t)
	if err := m.Erase(context.Background(), p.ID); err != nil {
		t.Fatalf("erase: %v", err)
	}
	m.erased[p.ID] = true
}

func (m *model) find(t *rapid.T) {
	for key, held := range m.holders {
		h, err := m.Find(context.Background(), key)
		if err != nil || !slices.Equal(h.Payments, held) {
			t.Fatalf("%v is held by %v, %v, want %v", key, h, err, held)
		}
	}
}

func (m *model) list(t *rapid.T) {
	f := ledger.Filter{Unanswered: rapid.Bool().Draw(t, "unanswered")}
	if rapid.Bool().Draw(t, "by state") {
		f.States = []payment.State{payment.Authorized}
	}
	if rapid.Bool().Draw(t, "by order") {
		f.OrderNumber = "o1"
	}
	var want []payment.ID
	for _, id := range slices.Backward(m.ids) {
		if f.Match(m.payments[id]) {
			want = append(want, id)
		}
	}
	have := m.all(ledger.Query{Tenant: m.author.Tenant, Filter: f, Limit: rapid.IntRange(1, 4).Draw(t, "limit")})
	if !slices.Equal(have, want) {
		t.Fatalf("list: %v, want %v", have, want)
	}
}

// check holds after every step.
func (m *model) check(t *rapid.T) {
	for id, want := range m.payments {
		p, err := m.Load(context.Background(), id)
		if err != nil || p.Version != want.Version || p.State != want.State {
			t.Fatalf("load %s: %+v, %v, want %+v", id, p, err, want)
		}
		private, err := m.Reveal(context.Background(), id, 1)
		if m.erased[id] && !errors.Is(err, ledger.ErrErased) || !m.erased[id] && string(private) != secret {
			t.Fatalf("reveal %s: %q, %v", id, private, err)
		}
	}
	m.checkSecrets(t)
}

func (m *model) checkSecrets(t *rapid.T) {
	want := map[payment.ID]bool{}
	for id, numbers := range m.secrets {
		for n, forgotten := range numbers {
			private, err := m.Reveal(context.Background(), id, n)
			gone := forgotten || m.erased[id]
			if gone != errors.Is(err, ledger.ErrErased) || gone != (private == nil) {
				t.Fatalf("reveal secret %d of %s: %q, %v, gone: %v", n, id, private, err, gone)
			}
			if !gone {
				want[id] = true
			}
		}
	}
	err := m.Secrets(context.Background(), func(id payment.ID) bool {
		if !want[id] {
			t.Fatalf("%s has no secrets", id)
		}
		delete(want, id)
		return true
	})
	if err != nil || len(want) > 0 {
		t.Fatalf("secrets: %v, not given: %v", err, want)
	}
}
