package vault

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/processor"
)

// P58: the sweep finds cards that we do not know, cards removed at the provider
// only, and registrations that were over unheard of.
func TestCheck(t *testing.T) {
	r := newRig(t, nil)
	gone := r.register("m", "0001")
	r.register("n", "0002")
	r.entry(EntryRequest{Customer: "o", Save: true}) // has no card that we know
	r.bank.will(challenges)
	pending := r.register("p", "0003")
	r.quiet()
	m, o := r.memberOf("m"), r.memberOf("o")
	r.bank.by(func() {
		r.bank.drop(m.ProviderID, "0001")
		r.bank.keep(o.ProviderID, "0004")
		r.bank.deaf = true // the news of p's card are lost
	})
	uri := r.proc.ChallengeURI(pending.Registration)
	if _, err := r.proc.Return(t.Context(), uri[strings.LastIndex(uri, "/")+1:], map[string][]string{"RES_CODE": {"0000"}, "ITEM_PRICE": {"1"}}); err != nil {
		t.Fatal(err)
	}
	r.quiet()
	r.bank.by(func() { r.bank.deaf = false })
	got, err := r.Check(t.Context())
	if want := (Findings{Members: 4, Moves: Moves{Adopted: 1, Activated: 1, Gone: 1}}); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err = r.Check(t.Context()); err != nil || got != (Findings{Members: 4}) {
		t.Errorf("again: %+v, %v", got, err)
	}
	if k := r.get("m", gone.ID); k.Gone.IsZero() || !r.active("p", pending.ID) {
		t.Errorf("%+v", k)
	}
	if list := r.list("o"); len(list) != 1 || list[0].Hint.LastFour != "0004" {
		t.Errorf("%+v", list)
	}
}

// P58: the sweep stops when the provider is away, when it is told to, and at
// once when the books are; members of contracts past are left alone.
func TestCheckStops(t *testing.T) {
	r := newRig(t, nil)
	for i := range maxInRow + 5 {
		r.entry(EntryRequest{Customer: fmt.Sprint("m", i), Save: true})
	}
	r.bank.by(func() { r.bank.deaf = true })
	got, err := r.Check(t.Context())
	if _, ok := errors.AsType[*acquirer.NotSentError](err); !ok || got.Members != maxInRow || got.Unreachable != maxInRow {
		t.Errorf("%+v, %v", got, err)
	}
	r.bank.by(func() { r.bank.deaf = false })
	r.o.Pace = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	r.bank.hook = func(string) { cancel() }
	if got, err = r.Check(ctx); err == nil || got.Members != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	r.bank.hook = nil
	r.o.Pace = -1
	s := r.dir.Shops["s"]
	c := s.Contracts[tenant.Environment]
	c.ID = "another"
	s.Contracts[tenant.Environment] = c
	if got, err = r.Check(t.Context()); err != nil || got != (Findings{Skipped: maxInRow + 5}) {
		t.Errorf("%+v, %v", got, err)
	}
	members := newMemory()
	members.broken = errors.New("disk")
	members.records[ledger.MemberKey{Tenant: tenant, Contract: "another", Customer: "m"}] = ledger.Member{MemberKey: ledger.MemberKey{Tenant: tenant, Contract: "another", Customer: "m"}}
	r.o.Members = members
	if _, err = r.Check(t.Context()); !errors.Is(err, members.broken) {
		t.Errorf("%v", err)
	}
}

// P58: the sweep is gentle: it rests between two members.
func TestCheckRests(t *testing.T) {
	r := newRig(t, nil)
	members := newMemory()
	r.o.Members, r.o.Payments, r.o.Pace = members, nil, pace
	r.o.Keys = openKeys(t, t.TempDir()+"/vault.keys", members)
	for i := range 5 {
		if _, err := r.Entry(t.Context(), processor.Caller{Tenant: tenant}, EntryRequest{Customer: fmt.Sprint("m", i), Save: true}); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		if got, err := r.Check(t.Context()); err != nil || got.Members != 5 || time.Since(begin) != 4*pace {
			t.Errorf("%+v, %v, after %s", got, err, time.Since(begin))
		}
	})
}

// P58: a list that was read before somebody else wrote the record is read anew:
// what it no longer shows does not come back, and what it does not show yet is
// not taken away.
func TestOldListUndoesNothing(t *testing.T) {
	r := newRig(t, nil)
	members := newMemory()
	r.o.Members = members
	r.o.Keys = openKeys(t, t.TempDir()+"/vault.keys", members)
	r.entry(EntryRequest{Customer: "m", Save: true})
	a, err := r.account(tenant, "m")
	if err != nil {
		t.Fatal(err)
	}
	m := members.records[a.key]
	r.bank.by(func() { r.bank.keep(m.ProviderID, "0001") })
	members.before = func(ledger.Member) { // meanwhile another one is kept, and known
		r.bank.by(func() { r.bank.drop(m.ProviderID, "0001"); r.bank.keep(m.ProviderID, "0002") })
		if got, err := r.sync(t.Context(), &a); err != nil || got.moved.Adopted != 1 {
			t.Errorf("%+v, %v", got, err)
		}
	}
	got, err := r.sync(t.Context(), &a)
	if err != nil || len(got.member.Cards) != 1 || got.member.Cards[0].Hint.LastFour != "0002" || !got.member.Cards[0].Active() {
		t.Errorf("%+v, %v", got.member.Cards, err)
	}
}
