package vault

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
	"kessai.dev/kessai/internal/shop"
)

// R15: a card registered alone holds one yen, which is let go, and is active.
func TestRegister(t *testing.T) {
	r := newRig(t, nil)
	k := r.register("m", "0001")
	r.quiet()
	if !k.Active() || k.Key != "1" || k.Hint.LastFour != "0001" || k.Customer != "m" || len(k.ID) != cardIDLength {
		t.Errorf("%+v", k)
	}
	k = r.get("m", k.ID)
	if p := k.Registration; p == nil || p.Amount != 1 || p.State != payment.Canceled || p.OrderNumber != "card-"+k.ID || !p.Registration {
		t.Fatalf("%+v", k.Registration)
	}
	if r.bank.last.Token == "" || r.bank.calls["authorize"] != 1 || r.bank.calls["cancel"] != 1 {
		t.Errorf("%v", r.bank.calls)
	}
	if list := r.list("m"); len(list) != 1 || list[0].ID != k.ID {
		t.Errorf("%+v", list)
	}
}

// The provider is told who the customer is.
func TestRegisterTellsBuyer(t *testing.T) {
	r := newRig(t, nil)
	reg := r.typed("m", "0001")
	reg.Buyer = &payment.Buyer{Name: "山田花子", Phone: "03-1234-5678", Email: "hanako@example.test"}
	if _, _, err := r.Register(t.Context(), r.caller, requestOf("CreateCard", "k"), reg); err != nil || r.bank.last.Buyer != *reg.Buyer {
		t.Errorf("%+v, %v", r.bank.last.Buyer, err)
	}
}

// P54: the same key leads to the same card, also when the member is full by
// then; another customer under the key is another request.
func TestRegisterAgain(t *testing.T) {
	r := newRig(t, nil)
	q, reg := requestOf("CreateCard", "once"), r.typed("m", "0001")
	first, replayed, err := r.Register(t.Context(), r.caller, q, reg)
	if err != nil || replayed {
		t.Fatal(replayed, err)
	}
	r.register("m", "0002")
	r.register("m", "0003")
	again, replayed, err := r.Register(t.Context(), r.caller, q, reg)
	if err != nil || !replayed || again.ID != first.ID || !again.Active() || again.Hint.LastFour != "0001" {
		t.Errorf("%+v, %v, %v", again, replayed, err)
	}
	other := q
	other.Digest = []byte("other")
	_, _, err = r.Register(t.Context(), r.caller, other, r.typed("n", "0001"))
	if _, ok := errors.AsType[*processor.KeyReusedError](err); !ok {
		t.Errorf("%v", err)
	}
	if m := r.memberOf("n"); len(m.Cards) != 0 {
		t.Errorf("a card is left of a refused call: %+v", m.Cards)
	}
}

// P54: a fourth card is refused before anything is asked of it, and the same
// card twice is a clear no of the provider.
func TestFull(t *testing.T) {
	r := newRig(t, nil)
	for _, n := range []string{"0001", "0002", "0003"} {
		r.register("m", n)
	}
	r.quiet()
	before, cards := r.bank.calls["authorize"], len(r.memberOf("m").Cards)
	_, _, err := r.Register(t.Context(), r.caller, r.request("CreateCard"), Registration{Customer: "m", Token: "tok0000000000000"})
	refusedWith(t, err, payment.VaultFull)
	if r.bank.calls["authorize"] != before || len(r.memberOf("m").Cards) != cards {
		t.Error("it was asked")
	}
	r.register("n", "0001")
	twice := r.register("n", "0001")
	if twice.Active() || twice.Registration.State != payment.Declined || twice.Registration.Decline.Reason != payment.VaultFull {
		t.Errorf("%+v %+v", twice, twice.Registration.Decline)
	}
	if list := r.list("n"); len(list) != 1 {
		t.Errorf("a failed card is listed: %+v", list)
	}
}

// R15: what the contract, the shop or the request does not allow, and what
// cannot be known, is refused and leaves nothing behind.
func TestMayNotRegister(t *testing.T) {
	without := newRig(t, func(s *shop.Settings, f *shop.Flags) { f.Vault, s.Saving = false, shop.SavingNever })
	never := newRig(t, func(s *shop.Settings, _ *shop.Flags) { s.Saving = shop.SavingNever })
	for _, r := range []*rig{without, never} {
		_, _, err := r.Register(t.Context(), r.caller, r.request("CreateCard"), Registration{Customer: "m", Token: "tok0000000000000"})
		refusedWith(t, err, payment.NotAllowedByContract)
	}
	r := newRig(t, nil)
	_, _, err := r.Register(t.Context(), r.caller, r.request("CreateCard"), Registration{Token: "tok0000000000000"})
	invalidIn(t, err, "parent")
	_, _, err = r.Register(t.Context(), r.caller, r.request("CreateCard"), Registration{Customer: "m"})
	invalidIn(t, err, "card_token")
	reg := r.typed("m", "0001")
	r.bank.by(func() { r.bank.deaf = true })
	_, _, err = r.Register(t.Context(), r.caller, r.request("CreateCard"), reg)
	if _, ok := errors.AsType[*acquirer.NotSentError](err); !ok {
		t.Errorf("%v", err)
	}
	if r.bank.calls["authorize"] != 0 || len(r.memberOf("m").Cards) != 0 {
		t.Error("something was asked, or left")
	}
}

// R13 P58: a card that waits for 3-D Secure is pending, takes the provider's
// card when the shopper came back, and fails when they did not.
func TestRegisterWithChallenge(t *testing.T) {
	r := newRig(t, nil)
	r.bank.will(challenges)
	k := r.register("m", "0001")
	if k.Active() || k.Registration.State != payment.Authenticating {
		t.Fatalf("%+v", k)
	}
	// Meanwhile a card comes that somebody saved while paying, unheard of.
	m, err := r.o.Keys.open(ptr(r.memberOf("m")))
	if err != nil {
		t.Fatal(err)
	}
	r.bank.by(func() { r.bank.keep(m.ID, "0002") })
	if list := r.list("m"); len(list) != 2 || list[0].ID != k.ID || list[0].Active() || list[1].Hint.LastFour != "0002" || list[1].Registration != nil {
		t.Errorf("%+v", list)
	}
	uri := r.proc.ChallengeURI(k.Registration)
	if _, err := r.proc.Return(t.Context(), uri[strings.LastIndex(uri, "/")+1:], map[string][]string{"RES_CODE": {"0000"}, "ITEM_PRICE": {"1"}}); err != nil {
		t.Fatal(err)
	}
	r.quiet()
	if k = r.get("m", k.ID); !k.Active() || k.Hint.LastFour != "0001" {
		t.Errorf("%+v", k)
	}
	r.bank.will(challenges)
	lost := r.register("m", "0003")
	r.clock.advance(31 * time.Minute)
	r.proc.Sweep(t.Context())
	r.quiet()
	if lost = r.get("m", lost.ID); lost.Active() || lost.Registration.State != payment.Expired {
		t.Errorf("%+v", lost)
	}
	if list := r.list("m"); len(list) != 2 {
		t.Errorf("%+v", list)
	}
}

func ptr[T any](v T) *T { return &v }

// P18 P58: while nobody knows whether a card was registered, a new one at the
// provider is not given to another; when it is known, the card is active.
func TestRegisterLosesAnswer(t *testing.T) {
	r := newRig(t, nil)
	r.bank.will(losesAnswer)
	r.bank.mute = true
	k := r.register("m", "0001")
	if k.Active() || k.Registration.Question() == nil {
		t.Fatalf("%+v", k)
	}
	if list := r.list("m"); len(list) != 1 || list[0].ID != k.ID || list[0].Active() {
		t.Errorf("%+v", list)
	}
	r.quiet()
	r.bank.mute = false
	r.clock.advance(time.Minute)
	r.proc.Sweep(t.Context())
	r.quiet()
	if k = r.get("m", k.ID); !k.Active() || len(r.list("m")) != 1 {
		t.Errorf("%+v", k)
	}
}

// R15: a yen that was not held leaves the card failed; what was not sent can be
// sent again under the same key.
func TestRegisterFails(t *testing.T) {
	r := newRig(t, nil)
	r.bank.will(declines)
	if k := r.register("m", "0001"); k.Active() || k.Registration.State != payment.Declined {
		t.Errorf("%+v", k)
	}
	q, reg := requestOf("CreateCard", "again"), r.typed("m", "0002")
	r.bank.will(notSent)
	_, _, err := r.Register(t.Context(), r.caller, q, reg)
	if _, ok := errors.AsType[*acquirer.NotSentError](err); !ok {
		t.Errorf("%v", err)
	}
	k, _, err := r.Register(t.Context(), r.caller, q, reg)
	if err != nil || !k.Active() || k.Hint.LastFour != "0002" {
		t.Errorf("%+v, %v", k, err)
	}
}

// P06: a process that dies between the yen and the record: the card's payment is
// found by its order number, and the card is active all the same.
func TestRegisterDies(t *testing.T) {
	r := newRig(t, nil)
	create := r.o.Create
	r.o.Create = func(ctx context.Context, c processor.Caller, q payment.Request, p processor.Create) (processor.Result, error) {
		_, _ = create(ctx, c, q, p)
		panic("dies")
	}
	q, reg := requestOf("CreateCard", "k"), r.typed("m", "0001")
	func() {
		defer func() { _ = recover() }()
		_, _, _ = r.Register(t.Context(), r.caller, q, reg)
	}()
	r.quiet()
	id := registeredID(r.memberOf("m").MemberKey, q)
	if list := r.list("m"); len(list) != 1 || list[0].ID != id || !list[0].Active() || list[0].Registration == nil {
		t.Errorf("%+v", list)
	}
	// And one that dies before the yen: forgotten after a while.
	r.o.Create = func(context.Context, processor.Caller, payment.Request, processor.Create) (processor.Result, error) {
		panic("dies")
	}
	reg = r.typed("m", "0002")
	func() {
		defer func() { _ = recover() }()
		_, _, _ = r.Register(t.Context(), r.caller, requestOf("CreateCard", "l"), reg)
	}()
	if list := r.list("m"); len(list) != 2 || list[1].Active() {
		t.Errorf("%+v", list)
	}
	r.clock.advance(unborn)
	if list := r.list("m"); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

// P05: many calls with one key register one card.
func TestRegisterRace(t *testing.T) {
	r := newRig(t, nil)
	q, reg := requestOf("CreateCard", "k"), r.typed("m", "0001")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			k, _, err := r.Register(t.Context(), r.caller, q, reg)
			running, ok := errors.AsType[*processor.RunningError](err)
			if err != nil && (!ok || running == nil) || err == nil && k.ID == "" {
				t.Errorf("%+v, %v", k, err)
			}
		})
	}
	wait.Wait()
	r.quiet()
	if list := r.list("m"); len(list) != 1 || !list[0].Active() || r.bank.calls["authorize"] != 1 {
		t.Errorf("%+v, %v", list, r.bank.calls)
	}
}

// P52: ids of cards are never shared between customers, shops and keys.
func TestRegisteredID(t *testing.T) {
	key := ledger.MemberKey{Tenant: tenant, Contract: "c", Customer: "m"}
	seen := map[string]bool{registeredID(key, requestOf("CreateCard", "k")): true}
	for _, edit := range []func(*ledger.MemberKey, *payment.Request){
		func(k *ledger.MemberKey, _ *payment.Request) { k.Customer = "n" },
		func(k *ledger.MemberKey, _ *payment.Request) { k.Contract = "d" },
		func(k *ledger.MemberKey, _ *payment.Request) { k.Contract, k.Customer = "cm", "" },
		func(k *ledger.MemberKey, _ *payment.Request) { k.Tenant.Shop = "t" },
		func(k *ledger.MemberKey, _ *payment.Request) { k.Tenant.Environment = shop.Production },
		func(_ *ledger.MemberKey, r *payment.Request) { r.Key = "l" },
	} {
		k, q := key, requestOf("CreateCard", "k")
		edit(&k, &q)
		id := registeredID(k, q)
		if seen[id] || len(orderNumber(id)) > payment.MaxOrderField {
			t.Errorf("%+v %+v: %s", k, q, id)
		}
		seen[id] = true
	}
}
