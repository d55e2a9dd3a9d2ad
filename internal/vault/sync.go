package vault

import (
	"context"
	"errors"
	"slices"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// onFile is what a look at the provider's list gave.
type onFile struct {
	member ledger.Member
	theirs []acquirer.Card
	regs   map[string]*payment.Payment // of the cards being registered, by card
	moved  Moves
}

// sync asks the provider which cards a member has (A03) and brings the record
// into line. The record is read before the list, and written only if it is
// still the same: an old list never undoes what a newer one has shown. It gives
// ledger.ErrNotFound when the customer has no record, and an
// *acquirer.NotSentError when the provider could not be asked.
func (v *Vault) sync(ctx context.Context, a *account) (onFile, error) {
	for range maxRounds {
		m, err := v.o.Members.Member(ctx, a.key)
		if err != nil {
			return onFile{}, err
		}
		regs, err := v.registrations(ctx, &m)
		if err != nil {
			return onFile{}, err
		}
		theirs, err := v.ask(ctx, a, &m)
		if err != nil {
			return onFile{}, err
		}
		got := onFile{member: m, theirs: theirs, regs: regs}
		cards, moved := align(m.Cards, theirs, regs, v.o.Clock(), newCardID)
		if got.moved = moved; !moved.written {
			return got, nil
		}
		got.member.Cards, got.member.Updated = cards, v.o.Clock()
		err = v.o.Members.PutMember(context.WithoutCancel(ctx), got.member)
		if err == nil {
			got.member.Version++
			return got, nil
		}
		if !errors.Is(err, ledger.ErrStale) {
			return onFile{}, err
		}
	}
	return onFile{}, errMoving
}

// ask reads the provider's list. Asking does nothing there, so whatever goes
// wrong is a *acquirer.NotSentError; ErrUnreadable when we have lost the key.
func (v *Vault) ask(ctx context.Context, a *account, m *ledger.Member) ([]acquirer.Card, error) {
	member, err := v.o.Keys.open(m)
	if err != nil {
		return nil, err
	}
	theirs, err := v.o.Provider.Cards(ctx, a.merchant(), member)
	if _, ok := errors.AsType[*acquirer.NotSentError](err); err != nil && !ok {
		err = &acquirer.NotSentError{Reason: payment.ProviderUnreachable, Err: err}
	}
	return theirs, err
}

// registrations finds the payments of the cards that are being registered.
func (v *Vault) registrations(ctx context.Context, m *ledger.Member) (map[string]*payment.Payment, error) {
	regs := map[string]*payment.Payment{}
	for i := range m.Cards {
		k := &m.Cards[i]
		if k.Key != "" || !k.Gone.IsZero() {
			continue
		}
		p, err := v.registration(ctx, m.Tenant, k)
		if err != nil {
			return nil, err
		}
		if p != nil {
			regs[k.ID] = p
		}
	}
	return regs, nil
}

// registration gives the payment that registers a card, or nil: by its id, or,
// when a crash kept that from the record, by its order number.
func (v *Vault) registration(ctx context.Context, t shop.Tenant, k *ledger.StoredCard) (*payment.Payment, error) {
	id := k.Payment
	if id == "" {
		holder, err := v.o.Payments.Find(ctx, ledger.Key{Kind: ledger.KeyOrder, Tenant: t, Value: orderNumber(k.ID)})
		if errors.Is(err, ledger.ErrNotFound) {
			return nil, nil //nolint:nilnil // none is an answer
		}
		if err != nil {
			return nil, err
		}
		id = holder.Holds()
	}
	p, err := v.o.Payments.Load(ctx, id)
	if errors.Is(err, ledger.ErrNotFound) {
		return nil, nil //nolint:nilnil // none is an answer
	}
	if err == nil && !p.Registration {
		return nil, nil //nolint:nilnil // the shop's own order happens to have this number
	}
	return p, err
}

// orderNumber is the order number of the payment that registers a card.
func orderNumber(card string) string { return "card-" + card }

// fate is what a registration has come to.
type fate int

const (
	unknown   fate = iota // there is no such payment
	waiting               // nothing is held, and nobody is being asked
	undecided             // the provider is being asked: it may keep the card already
	kept                  // one yen was held: the provider keeps the card
	failed                // nothing was held, and now never will be
)

func fateOf(p *payment.Payment) fate {
	switch {
	case p == nil:
		return unknown
	case p.Winner > 0:
		return kept
	case p.Question() != nil:
		return undecided
	case p.State == payment.Pending, p.State == payment.Authenticating:
		return waiting
	}
	return failed
}

// Moves is how a record was brought into line.
type Moves struct {
	Adopted   int // cards that the provider has and we did not know (P58)
	Activated int // cards being registered that the provider keeps now
	Gone      int // cards that the provider does not have any more (P58)
	written   bool
}

// unborn is how long a card waits for its payment to be created.
const unborn = 10 * time.Minute

// maxDead is how many cards that are gone or failed a record remembers.
const maxDead = 32

// align brings our cards into line with the provider's. A card is the same when
// key, last four digits and brand are: keys are used again. What else the list
// shows belongs to the cards for which one yen was held; the rest is adopted,
// since it is the customer's. While the provider is being asked about a
// registration nobody can tell whose a new card is: it is left for the next time.
func align(ours []ledger.StoredCard, theirs []acquirer.Card, regs map[string]*payment.Payment, now time.Time, newID func() string) ([]ledger.StoredCard, Moves) {
	l := line{cards: slices.Clone(ours), regs: regs, now: now}
	fresh := l.match(theirs)
	fresh = l.activate(fresh)
	if !l.anyUndecided() {
		for _, p := range slices.Backward(fresh) {
			l.cards = append(l.cards, ledger.StoredCard{ID: newID(), Created: now})
			l.take(len(l.cards)-1, p)
			l.moves.Adopted++
		}
	}
	l.tidy()
	return l.cards, l.moves
}
