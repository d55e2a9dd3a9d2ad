package vault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// bank is a provider with a vault: three cards a member, under the keys 1 to 3,
// which it uses again.
type bank struct {
	mu     sync.Mutex
	keys   map[string]string          // member to key: the first that comes counts
	cards  map[string][]acquirer.Card // by member
	tokens map[card.Token]madeToken
	trades map[string]*payment.Trade
	open   map[string]madeToken // challenges, by acceptance number
	clock  *clock
	calls  map[string]int
	checks acquirer.Checks // of the last entry
	last   acquirer.Authorization

	deaf  bool           // A03 fails
	mute  bool           // E04 fails
	fates []fateOfCall   // of the next wishes, A04 and A05; empty: it answers
	hook  func(f string) // runs ahead of "cards", "update", "remove", unlocked
}

type fateOfCall string

const (
	answers     fateOfCall = "answers"
	declines    fateOfCall = "declines"
	losesAnswer fateOfCall = "does it, and the answer is lost"
	losesWish   fateOfCall = "never gets it"
	notSent     fateOfCall = "nothing listens"
	challenges  fateOfCall = "asks the shopper"
)

// madeToken is what a browser made a token of.
type madeToken struct {
	member acquirer.Member // none: the card is not kept
	number string          // last four digits
	stored string          // the key of a stored card
}

var errLost = errors.New("connection reset")

func newBank(c *clock) *bank {
	return &bank{
		clock: c,
		keys:  map[string]string{}, cards: map[string][]acquirer.Card{}, tokens: map[card.Token]madeToken{},
		trades: map[string]*payment.Trade{}, open: map[string]madeToken{}, calls: map[string]int{},
	}
}

// token is what the provider's script does in a browser.
func (b *bank) token(m madeToken) card.Token {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := card.Token(fmt.Sprintf("tok%013d", len(b.tokens)))
	b.tokens[t] = m
	return t
}

func (b *bank) next() fateOfCall {
	if len(b.fates) == 0 {
		return answers
	}
	f := b.fates[0]
	b.fates = b.fates[1:]
	return f
}

func (b *bank) will(f ...fateOfCall) { b.mu.Lock(); b.fates = append(b.fates, f...); b.mu.Unlock() }

// tick is the moment of a use of a card; no two are the same.
func (b *bank) tick() string { b.clock.advance(time.Second); return b.now() }

func (b *bank) now() string { return b.clock.Now().In(shop.Tokyo).Format(providerTime) }

// keep stores a card, as an authorization does that asks for it.
func (b *bank) keep(member, number string) bool {
	have := b.cards[member]
	for _, k := range have {
		if k.Hint.LastFour == number {
			return false // this very one
		}
	}
	for _, key := range []string{"1", "2", "3"} {
		if !slices.ContainsFunc(have, func(k acquirer.Card) bool { return k.Key == key }) {
			b.cards[member] = append(have, acquirer.Card{
				Key: key, LastCredit: b.tick(), Hint: card.Hint{Brand: card.BrandVisa, LastFour: number, Expiry: "12/30"}, Holder: "TARO",
			})
			return true
		}
	}
	return false
}

// drop takes a card away without telling us (P58).
func (b *bank) drop(member, number string) {
	b.cards[member] = slices.DeleteFunc(b.cards[member], func(k acquirer.Card) bool { return k.Hint.LastFour == number })
}

// by does something under the bank's lock.
func (b *bank) by(do func()) { b.mu.Lock(); defer b.mu.Unlock(); do() }

// Perform implements acquirer.Acquirer.
func (b *bank) Perform(_ context.Context, _ acquirer.Merchant, w acquirer.Wish) (payment.Fact, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls[w.Operation.String()]++
	f := b.next()
	if w.Authorization != nil {
		b.last = *w.Authorization
	}
	switch f {
	case notSent:
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderUnreachable}
	case losesWish:
		return payment.Fact{}, errLost
	case declines:
		return payment.Fact{Outcome: payment.No, Reason: payment.CardDeclined, Code: "A082000010"}, nil
	case challenges:
		b.open[w.Acceptance] = b.tokens[w.Authorization.Token]
		return payment.Fact{Outcome: payment.Challenge, ChallengeToken: "t", ChallengeHTML: "h"}, nil
	}
	fact := b.work(w)
	if f == losesAnswer {
		return payment.Fact{}, errLost
	}
	return fact, nil
}

func (b *bank) work(w acquirer.Wish) payment.Fact {
	if w.Operation == payment.OpCancel {
		b.trades[w.Acceptance].Standing = payment.StandingCanceled
		return payment.Fact{Outcome: payment.Yes}
	}
	made := b.open[w.Acceptance]
	if w.Authorization != nil {
		made = b.tokens[w.Authorization.Token]
	}
	switch {
	case made.stored != "":
		for i := range b.cards[made.member.ID] {
			if k := &b.cards[made.member.ID][i]; k.Key == made.stored {
				k.LastCredit = b.tick()
			}
		}
	case made.member.ID != "":
		if !b.keep(made.member.ID, made.number) {
			return payment.Fact{Outcome: payment.No, Reason: payment.VaultFull, Code: "A082000011"}
		}
		b.keys[made.member.ID] = cmp.Or(b.keys[made.member.ID], made.member.Key.Reveal())
	}
	b.trades[w.Acceptance] = &payment.Trade{Standing: payment.StandingHeld, Amount: w.Amount, Approval: "100001", ApprovedAt: b.now()}
	return payment.Fact{Outcome: payment.Yes, Approval: "100001"}
}

// Inquire implements acquirer.Acquirer.
func (b *bank) Inquire(_ context.Context, _ acquirer.Merchant, acceptance string) (payment.Trade, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.mute {
		return payment.Trade{}, errLost
	}
	if t := b.trades[acceptance]; t != nil {
		return *t, nil
	}
	return payment.Trade{}, nil
}

func (b *bank) begin(f string) {
	b.mu.Lock()
	b.calls[f]++
	hook := b.hook
	b.mu.Unlock()
	if hook != nil {
		hook(f)
	}
}

// Cards implements acquirer.Wallet.
func (b *bank) Cards(ctx context.Context, _ acquirer.Merchant, m acquirer.Member) ([]acquirer.Card, error) {
	b.begin("cards")
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := ctx.Err(); err != nil || b.deaf {
		return nil, cmp.Or(err, errLost)
	}
	if key := b.keys[m.ID]; key != "" && key != m.Key.Reveal() {
		return nil, errors.New("another key than before")
	}
	return slices.Clone(b.cards[m.ID]), nil
}

// UpdateCard implements acquirer.Wallet.
func (b *bank) UpdateCard(_ context.Context, _ acquirer.Merchant, s acquirer.StoredCard, change acquirer.CardChange) (payment.Fact, error) {
	b.begin("update")
	return b.onCard(s, func(k *acquirer.Card) {
		k.Hint.Expiry, k.Holder = cmp.Or(change.Expiry, k.Hint.Expiry), cmp.Or(change.Holder, k.Holder)
		k.LastCredit = b.tick()
	})
}

// RemoveCard implements acquirer.Wallet.
func (b *bank) RemoveCard(_ context.Context, _ acquirer.Merchant, s acquirer.StoredCard) (payment.Fact, error) {
	b.begin("remove")
	return b.onCard(s, func(k *acquirer.Card) { b.drop(s.Member.ID, k.Hint.LastFour) })
}

func (b *bank) onCard(s acquirer.StoredCard, do func(*acquirer.Card)) (payment.Fact, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.next()
	switch f {
	case notSent:
		return payment.Fact{}, &acquirer.NotSentError{Reason: payment.ProviderUnreachable}
	case losesWish:
		return payment.Fact{}, errLost
	case declines:
		return payment.Fact{Outcome: payment.No, Reason: payment.CardDeclined, Code: "A044000001"}, nil
	}
	have := b.cards[s.Member.ID]
	i := slices.IndexFunc(have, func(k acquirer.Card) bool { return k.Key == s.Key && k.LastCredit == s.LastCredit })
	if i < 0 {
		return payment.Fact{Outcome: payment.No, Reason: payment.EtagMismatch, Code: "A053000001"}, nil
	}
	k := have[i]
	do(&k)
	if j := slices.IndexFunc(b.cards[s.Member.ID], func(c acquirer.Card) bool { return c.Key == k.Key }); j >= 0 {
		b.cards[s.Member.ID][j] = k
	}
	if f == losesAnswer {
		return payment.Fact{}, errLost
	}
	return payment.Fact{Outcome: payment.Yes}, nil
}

// Entry implements acquirer.Browser: the script's names hold what it was asked.
func (b *bank) Entry(_ acquirer.Merchant, c acquirer.Checks) (acquirer.Entry, error) {
	b.by(func() { b.checks = c })
	e := acquirer.Entry{ScriptURI: "https://provider.example.test/token.js", OptServDiv: "00"}
	if c.Member != nil {
		e.OptServDiv, e.MemberID, e.AuthKey = "01", c.Member.ID, c.Member.Key.Reveal()
	}
	if c.Stored != nil {
		e.CardKey, e.LastCreditDate = c.Stored.Key, c.Stored.LastCredit
	}
	return e, nil
}

// ReadReturn implements acquirer.Browser.
func (b *bank) ReadReturn(form map[string][]string) (payment.Return, error) {
	amount, err := strconv.Atoi(form["ITEM_PRICE"][0])
	return payment.Return{Result: form["RES_CODE"][0], Amount: money.Yen(amount), Values: []byte("posted")}, err
}
