package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Members is what RunMembers tests: a ledger.Members that can be closed.
type Members interface {
	ledger.Members
	io.Closer
}

// OpenMembers opens the members in a directory. It fails the test when it
// cannot.
type OpenMembers func(t testing.TB, dir string) Members

// Member gives a new member with so many cards, every field of them set.
func Member(customer string, cards int) ledger.Member {
	at := time.Date(2026, 11, 22, 10, 0, 0, 123456789, time.UTC)
	m := ledger.Member{
		MemberKey:  ledger.MemberKey{Tenant: shop.Tenant{Shop: "demo", Environment: shop.Test}, Contract: "main", Customer: customer},
		ProviderID: "0123456789abcdef0123456789abcdef", Secret: []byte("encrypted " + customer), Updated: at,
	}
	for i := range cards {
		m.Cards = append(m.Cards, ledger.StoredCard{
			ID: fmt.Sprint("card-", i+1), Key: fmt.Sprint(i%3 + 1), LastCredit: "20261122100000",
			Hint:   card.Hint{Brand: card.BrandVisa, LastFour: "1111", Expiry: "1230"},
			Holder: "HANAKO \"H\" 山田", Payment: payment.NewID(at, uint64(i)), Created: at, Updated: at.Add(time.Hour),
		})
	}
	return m
}

// RunMembers runs the suite of the members.
func RunMembers(t *testing.T, open OpenMembers) {
	if dir := os.Getenv(childDir); dir != "" {
		beKilledMembers(t, open(t, dir))
		return
	}
	for _, c := range []struct {
		name string
		test func(*register)
	}{
		{"Life", membersLife},
		{"Stale", membersStale},
		{"Races", membersRace},
		{"Scope", membersScope},
		{"Copies", membersCopies},
		{"Malformed", membersMalformed},
		{"Each", membersEach},
		{"Closed", membersClosed},
		{"Killed", membersKilled},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &register{desk: &desk{T: t}, open: open, dir: t.TempDir()}
			r.Members = open(t, r.dir)
			c.test(r)
			if err := r.Members.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	}
}

// register is a test with its members.
type register struct {
	*desk
	Members
	open OpenMembers
	dir  string
}

// Close is the members', not the desk's, which has no books.
func (r *register) Close() error { return r.Members.Close() }

func (r *register) reopen() {
	r.Helper()
	if err := r.Members.Close(); err != nil {
		r.Fatal(err)
	}
	r.Members = r.open(r.T, r.dir)
}

// put must succeed; it gives the record as it is then.
func (r *register) put(m ledger.Member) ledger.Member {
	r.Helper()
	if err := r.PutMember(r.Context(), m); err != nil {
		r.Fatalf("put %s at %d: %v", m.Customer, m.Version, err)
	}
	m.Version++
	return m
}

func (r *register) is(want ledger.Member) {
	r.Helper()
	have, err := r.Member(r.Context(), want.MemberKey)
	if err != nil {
		r.Fatalf("member %s: %v", want.Customer, err)
	}
	r.same("member", have, want)
}

// membersLife: what was put is there, whole, from memory and from the files.
func membersLife(r *register) {
	if _, err := r.Member(r.Context(), Member("c-1", 0).MemberKey); !errors.Is(err, ledger.ErrNotFound) {
		r.Errorf("a member nobody put: %v", err)
	}
	m := r.put(Member("c-1", 0))
	r.is(m)
	m.Cards = Member("c-1", 3).Cards
	m.Cards[1].Gone, m.Cards[2].Key = m.Updated, ""
	m = r.put(m)
	for range 2 {
		r.is(m)
		r.reopen()
	}
	m.Cards, m.Secret = m.Cards[:1], nil
	m = r.put(m)
	r.reopen()
	r.is(m)
}

// membersStale: only who knows the latest version may put (P36).
func membersStale(r *register) {
	refuses := func(m ledger.Member) {
		r.Helper()
		if err := r.PutMember(r.Context(), m); !errors.Is(err, ledger.ErrStale) {
			r.Errorf("put at %d: %v", m.Version, err)
		}
	}
	first := Member("c-1", 1)
	ahead := first
	ahead.Version = 1
	refuses(ahead) // there is none yet
	second := r.put(first)
	refuses(first)
	third := r.put(second)
	for range 2 {
		refuses(first)
		refuses(second)
		ahead.Version = 4
		refuses(ahead)
		r.is(third)
		r.reopen()
	}
}

// membersRace: of many who read one version exactly one wins, each time (P36).
func membersRace(r *register) {
	m := Member("c-1", 0)
	for round := range 10 {
		var won atomic.Int64
		winner := make(chan ledger.Member, 16)
		together(16, func(worker int) {
			mine := m
			mine.ProviderID = fmt.Sprint(round, "-", worker)
			switch err := r.PutMember(context.Background(), mine); {
			case err == nil:
				won.Add(1)
				winner <- mine
			case !errors.Is(err, ledger.ErrStale):
				r.Errorf("worker %d: %v", worker, err)
			}
		})
		if won.Load() != 1 {
			r.Fatalf("round %d: %d won", round, won.Load())
		}
		m = <-winner
		m.Version++
		r.is(m)
	}
	r.reopen()
	r.is(m)
}

// membersScope: each part of the key counts, also when parts run into one
// another (P12).
func membersScope(r *register) {
	var all []ledger.Member
	for i, parts := range []string{"a|TEST|m|c", "a|PRODUCTION|m|c", "b|TEST|m|c", "a|TEST|n|c", "a|TEST|m|d", "aT|EST|m|c", "a|TESTm|c|c", "a|TEST|mc|c"} {
		p := strings.Split(parts, "|")
		m := Member(p[3], i%3)
		m.Tenant, m.Contract = shop.Tenant{Shop: shop.ID(p[0]), Environment: shop.Environment(p[1])}, p[2]
		m.ProviderID = parts
		all = append(all, r.put(m))
	}
	for _, m := range all {
		r.is(m)
	}
}

// membersCopies: what a caller does to what was put or given changes nothing.
func membersCopies(r *register) {
	given := Member("c-1", 2)
	want := Member("c-1", 2)
	r.put(given)
	want.Version = 1
	spoil := func(m *ledger.Member) { m.Secret[0], m.Cards[0].ID = 'X', "X" }
	spoil(&given)
	r.is(want)
	have, err := r.Member(r.Context(), want.MemberKey)
	if err != nil {
		r.Fatal(err)
	}
	spoil(&have)
	if err := r.EachMember(r.Context(), func(m ledger.Member) bool { spoil(&m); return true }); err != nil {
		r.Fatal(err)
	}
	r.is(want)
}

// membersMalformed: nonsense is refused, and nothing of it is kept.
func membersMalformed(r *register) {
	for name, spoil := range map[string]func(*ledger.Member){
		"no shop":             func(m *ledger.Member) { m.Tenant.Shop = "" },
		"no environment":      func(m *ledger.Member) { m.Tenant.Environment = "" },
		"no contract":         func(m *ledger.Member) { m.Contract = "" },
		"no customer":         func(m *ledger.Member) { m.Customer = "" },
		"a long customer":     func(m *ledger.Member) { m.Customer = strings.Repeat("c", 257) },
		"no text":             func(m *ledger.Member) { m.Customer = "c\xff" },
		"a holder of no text": func(m *ledger.Member) { m.Cards[0].Holder = "\xff" },
		"negative version":    func(m *ledger.Member) { m.Version = -1 },
		"a card without id":   func(m *ledger.Member) { m.Cards[0].ID = "" },
		"one card twice":      func(m *ledger.Member) { m.Cards[1].ID = m.Cards[0].ID },
		"a huge secret":       func(m *ledger.Member) { m.Secret = make([]byte, ledger.MaxMember) },
		"a year no text has":  func(m *ledger.Member) { m.Updated = time.Date(10_000, 1, 1, 0, 0, 0, 0, time.UTC) },
	} {
		m := Member("c-1", 2)
		spoil(&m)
		if err := r.PutMember(r.Context(), m); err == nil {
			r.Errorf("%s: put", name)
		}
	}
	calls := 0
	if err := r.EachMember(r.Context(), func(ledger.Member) bool { calls++; return true }); err != nil || calls > 0 {
		r.Errorf("%d members, %v", calls, err)
	}
	r.put(Member("c-1", 2))
}

// membersEach: every record once, also while others are put.
func membersEach(r *register) {
	const n = 450
	for i := range n {
		r.put(Member(fmt.Sprint("c-", i), i%4))
	}
	for range 2 {
		have := map[string]int{}
		err := r.EachMember(r.Context(), func(m ledger.Member) bool {
			have[m.Customer] = len(m.Cards)
			if m.Customer == "c-7" {
				r.put(m) // no lock is held
			}
			return true
		})
		if err != nil || len(have) != n {
			r.Fatalf("%d members, %v", len(have), err)
		}
		for i := range n {
			if cards, ok := have[fmt.Sprint("c-", i)]; !ok || cards != i%4 {
				r.Errorf("customer %d: %d cards, %v", i, cards, ok)
			}
		}
		r.reopen()
	}
	calls := 0
	if err := r.EachMember(r.Context(), func(ledger.Member) bool { calls++; return false }); err != nil || calls != 1 {
		r.Errorf("yield said stop: %d calls, %v", calls, err)
	}
}

// membersClosed: closed members say so.
func membersClosed(r *register) {
	m := r.put(Member("c-1", 1))
	if err := r.Members.Close(); err != nil {
		r.Fatal(err)
	}
	_, err := r.Member(r.Context(), m.MemberKey)
	for name, err := range map[string]error{
		"member": err, "put": r.PutMember(r.Context(), m),
		"each": r.EachMember(r.Context(), func(ledger.Member) bool { return true }),
	} {
		if !errors.Is(err, ledger.ErrClosed) {
			r.Errorf("%s: %v", name, err)
		}
	}
}

// membersKilled: what a killed process had acknowledged is there (P06, P96).
func membersKilled(r *register) {
	dir := filepath.Join(r.dir, "killed")
	name := strings.Split(strings.TrimSuffix(r.Name(), "/Killed"), "/")
	pattern := "^" + strings.Join(name, "$/^") + "$"
	last := r.killAfter(exec.Command(os.Args[0], "-test.run="+pattern, "-test.timeout=120s"), dir, 60)
	members := r.open(r.T, dir)
	defer func() {
		if err := members.Close(); err != nil {
			r.Error(err)
		}
	}()
	version := map[payment.ID]int{}
	for _, a := range last {
		version[a.id] = max(version[a.id], a.version)
	}
	for customer, least := range version {
		m, err := members.Member(r.Context(), Member(string(customer), 0).MemberKey)
		if err != nil || m.Version < least || len(m.Cards) != m.Version%4 {
			r.Errorf("%s was acknowledged at version %d: %+v, %v", customer, least, m, err)
		}
	}
}

// beKilledMembers is the child: it puts members, and reports each once it is
// acknowledged, for ever.
func beKilledMembers(t *testing.T, members Members) {
	together(4, func(worker int) {
		m := Member(fmt.Sprint("c-", worker), 1)
		for ; ; m.Version++ {
			m.Cards = Member("", (m.Version+1)%4).Cards
			if err := members.PutMember(context.Background(), m); err != nil {
				panic(err)
			}
			report(&payment.Payment{ID: payment.ID(m.Customer), Version: m.Version + 1})
		}
	})
}
