package processor

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/session"
	"kessai.dev/kessai/internal/shop"
)

// wallet has one card and notes what it is told.
type wallet struct {
	mu    sync.Mutex
	saved []payment.ID
}

func (w *wallet) Stored(_ context.Context, _ shop.Tenant, customer, id string) (acquirer.StoredCard, card.Hint, error) {
	if customer != "m" || id != "card1" {
		return acquirer.StoredCard{}, card.Hint{}, noCard("no such card")
	}
	return acquirer.StoredCard{Key: "1"}, card.Hint{Brand: card.BrandAmex, LastFour: "0001"}, nil
}

func (w *wallet) Saved(_ context.Context, pay *payment.Payment) {
	w.mu.Lock()
	w.saved = append(w.saved, pay.ID)
	w.mu.Unlock()
}

// challenged is a payment whose shopper is at the issuer, and the challenge's id.
func (r *rig) challenged(number string) (*payment.Payment, string) {
	r.t.Helper()
	r.bank.will(challenges)
	p := r.create("create "+number, order(number))
	uri := r.ChallengeURI(p)
	id := uri[strings.LastIndex(uri, "/")+1:]
	if p.State != payment.Authenticating || len(id) != session.ChallengeIDLength {
		r.t.Fatalf("%s, %q", p.State, uri)
	}
	return p, id
}

func posted(result, price string) map[string][]string {
	return map[string][]string{"RES_CODE": {result}, "ITEM_PRICE": {price}}
}

func (r *rig) comeBack(id string) *payment.Payment {
	r.t.Helper()
	p, err := r.Return(r.t.Context(), id, posted("0000", "5080"))
	if err != nil {
		r.t.Fatal(err)
	}
	return p
}

// atMost fails unless A09 reached the bank so often.
func (r *rig) asked(n int) {
	r.t.Helper()
	if got := r.bank.count(payment.OpAuthenticate); got != n {
		r.t.Errorf("A09 was asked %d times, want %d", got, n)
	}
}

// R03 R11: a challenge from the first answer to the authorization; what it
// needed is destroyed when it is over.
func TestChallenge(t *testing.T) {
	r := newRig(t)
	p, id := r.challenged("1396")
	if _, page, err := r.Challenge(t.Context(), id); err != nil || page != "h" {
		t.Fatalf("the page is %q, %v", page, err)
	}
	after := r.comeBack(id)
	if after.State != payment.Authorized || after.Approval != "400004" || after.Latest().Class() != payment.ClassAuthenticated {
		t.Fatalf("%s, %+v", after.State, after.Latest())
	}
	if pay, page, err := r.Challenge(t.Context(), id); err != nil || page != "" || pay.ID != p.ID {
		t.Errorf("after it the page is %q, %v", page, err)
	}
	a := after.Latest()
	for _, sequence := range []int{a.Challenged, a.Returned} {
		if secret, err := r.books.Reveal(t.Context(), p.ID, sequence); !errors.Is(err, ledger.ErrErased) {
			t.Errorf("the secret of event %d is still there: %d bytes, %v", sequence, len(secret), err)
		}
	}
	if _, err := r.Return(t.Context(), strings.Repeat("A", session.ChallengeIDLength), posted("0000", "5080")); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("a made-up id: %v", err)
	}
	r.asked(1)
}

// P43: reload, back and 32 posts at once of the same return: one A09, one
// answer for all.
func TestReturnTwice(t *testing.T) {
	r := newRig(t)
	_, id := r.challenged("1396")
	r.bank.gate = make(chan struct{})
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			if p, err := r.Return(context.Background(), id, posted("0000", "5080")); err != nil || p.State != payment.Authorized {
				t.Errorf("%v, %v", p.State, err)
			}
		})
	}
	close(r.bank.gate)
	all.Wait()
	if p := r.comeBack(id); p.State != payment.Authorized {
		t.Errorf("once more: %s", p.State)
	}
	if p, err := r.Return(t.Context(), id, nil); err != nil || p.State != payment.Authorized {
		t.Errorf("without a form: %s, %v", p.State, err)
	}
	r.asked(1)
}

// P45 P46 P74 P75: what came back is not about this payment, or the order went to a
// newer one meanwhile: the provider is not asked.
func TestReturnOfAnother(t *testing.T) {
	r := newRig(t)
	p, id := r.challenged("1396")
	var bad *payment.InvalidError
	for name, form := range map[string]map[string][]string{"another amount": posted("0000", "1"), "no result": {"X": {"y"}}} {
		if pay, err := r.Return(t.Context(), id, form); !errors.As(err, &bad) || pay == nil || pay.State != payment.Authenticating {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := r.create("another amount", Create{Amount: 9000, OrderNumber: "1396"})
	if old := r.comeBack(id); old.State != payment.Canceled || newer.State != payment.Pending {
		t.Errorf("the old one is %s, the new one %s", old.State, newer.State)
	}
	if p = r.load(p.ID); r.ChallengeURI(p) != "" {
		t.Error("the superseded payment still sends shoppers to the issuer")
	}
	r.asked(0)
}

// P41 P44 P07 P08: whatever happens to answer, process and session while A09 is
// under way, the payment ends right by itself, with one hold.
func TestReturnSurvives(t *testing.T) {
	for name, c := range map[string]struct {
		fate  fate
		asked int
		what  func(r *rig)
	}{
		"the answer is lost":      {losesAnswer, 1, func(*rig) {}},
		"the wish is lost":        {losesWish, 2, func(*rig) {}},
		"nothing listens":         {notSent, 1, func(*rig) {}},
		"the session is wiped":    {answers, 1, func(r *rig) { r.wipe() }},
		"the session is down":     {answers, 1, func(r *rig) { r.claims.down.Store(true) }},
		"the process starts anew": {losesWish, 2, func(r *rig) { r.restart() }},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			p, id := r.challenged("1396")
			c.what(r)
			r.bank.will(c.fate)
			r.comeBack(id)
			if c.fate != answers {
				r.restart()
			}
			r.later(2*time.Minute, time.Second)
			if p = r.load(p.ID); p.State != payment.Authorized || p.Approval != "400004" || p.Attention != "" {
				t.Errorf("%s, %+v", p.State, p.Latest())
			}
			r.asked(c.asked)
			if again := r.comeBack(id); again.State != payment.Authorized {
				t.Errorf("a reload shows %s", again.State)
			}
			r.asked(c.asked)
		})
	}
}

// P44: nobody comes back. The payment ends within the challenge's life, its
// secrets are destroyed, and a late return changes nothing.
func TestChallengeAbandoned(t *testing.T) {
	r := newRig(t)
	p, id := r.challenged("1396")
	r.later(payment.ChallengeTTL+time.Second, time.Minute)
	r.Sweep(t.Context())
	if p = r.load(p.ID); p.State != payment.Expired {
		t.Fatalf("%s", p.State)
	}
	if _, err := r.books.Reveal(t.Context(), p.ID, p.Latest().Challenged); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("the challenge's secret is still there: %v", err)
	}
	if late := r.comeBack(id); late.State != payment.Expired {
		t.Errorf("a late return makes it %s", late.State)
	}
	r.asked(0)
}

// A process that ended between the end of a challenge and the destruction of
// its secrets does that when it starts.
func TestSecretsForgottenAtStart(t *testing.T) {
	r := newRig(t)
	p, _ := r.challenged("1396")
	rules, _, err := r.rules(r.caller, nil)
	if err != nil {
		t.Fatal(err)
	}
	events := payment.Tend(p, payment.Rules{Now: rules.Now.Add(payment.ChallengeTTL)})
	after, err := payment.Replay(p, events)
	if err != nil {
		t.Fatal(err)
	}
	entry := ledger.Entry{Payment: p.ID, Version: p.Version, Events: events, After: after}
	if err := r.books.Append(t.Context(), entry); err != nil {
		t.Fatal(err)
	}
	r.restart()
	if _, err := r.books.Reveal(t.Context(), p.ID, p.Latest().Challenged); !errors.Is(err, ledger.ErrErased) {
		t.Errorf("the challenge's secret is still there: %v", err)
	}
}

// P52 P101: a stored card is found by shop and customer before anything is
// written, and what is known of it counts, not what the caller says.
func TestStoredCard(t *testing.T) {
	r := newRig(t)
	pay := func(customer, id string, count int) (Result, error) {
		return r.Create(t.Context(), r.caller, request("CreatePayment", customer+id), Create{
			Amount: 5080, OrderNumber: customer + id, Customer: customer,
			Means: payment.Means{Token: token, Stored: id, Installments: count, Card: card.Hint{Brand: card.BrandVisa}},
		})
	}
	var bad *payment.InvalidError
	for _, c := range []struct{ customer, id string }{{"other", "card1"}, {"m", "card2"}, {"", "card1"}} {
		if _, err := pay(c.customer, c.id, 1); !errors.As(err, &bad) || bad.Violations[0].Field != "card" {
			t.Errorf("%+v: %v", c, err)
		}
	}
	result, err := pay("m", "card1", 1)
	if err != nil || result.Payment.State != payment.Authorized || result.Payment.Latest().Card.Brand != card.BrandAmex || result.Payment.Latest().Stored != "card1" {
		t.Fatalf("%+v, %v", result.Payment, err)
	}
	if len(r.wallet.saved) != 1 {
		t.Errorf("the wallet heard of %v", r.wallet.saved)
	}
}

// P26: the yen that registers a card is let go whatever happens.
func TestRegistrationIsReleased(t *testing.T) {
	for _, f := range []fate{answers, losesAnswer, losesWish, notSent, refuses} {
		t.Run(string(f), func(t *testing.T) {
			r := newRig(t)
			r.bank.will(answers, f)
			p := r.create("k", Create{Amount: 1, OrderNumber: "card-1", Registration: true, Means: payment.Means{Token: token}})
			r.later(5*time.Minute, 5*time.Second)
			if p = r.load(p.ID); p.State != payment.Canceled {
				t.Fatalf("%s, %+v", p.State, p.Latest())
			}
			if trade, _ := r.bank.Inquire(t.Context(), noMerchant, p.Acceptance()); trade.Standing != payment.StandingCanceled {
				t.Errorf("at the provider: %+v", trade)
			}
		})
	}
}

// R08 P102: of 32 that claim at once, one gets the conversion.
func TestClaimConversion(t *testing.T) {
	r := newRig(t)
	c := order("1396")
	c.Order = &payment.Order{Lines: []payment.Line{{Name: "りんごジュース", Quantity: 1, UnitAmount: 5080}}}
	pending := r.create("pending", Create{Amount: 1, OrderNumber: "1397"})
	if _, _, _, err := r.ClaimConversion(t.Context(), r.caller, pending.ID); reason(err) != payment.WrongState {
		t.Errorf("of a pending payment: %v", err)
	}
	p := r.create("k", c)
	var mu sync.Mutex
	var all sync.WaitGroup
	claimed := 0
	for range 32 {
		all.Go(func() {
			_, order, ok, err := r.ClaimConversion(context.Background(), r.caller, p.ID)
			if err != nil || ok != (order != nil) {
				t.Errorf("%v, %v", order, err)
			}
			if ok {
				mu.Lock()
				claimed++
				mu.Unlock()
			}
		})
	}
	if all.Wait(); claimed != 1 {
		t.Errorf("%d claimed it", claimed)
	}
}
