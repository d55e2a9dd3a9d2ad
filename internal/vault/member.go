package vault

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// Lengths of random words. The provider takes no more than eight characters of
// a member's key.
const (
	memberIDLength  = 32
	memberKeyLength = 8
	cardIDLength    = 26
)

// enrol gives a customer's record, and makes one at first need. Two first calls
// agree on one.
func (v *Vault) enrol(ctx context.Context, a *account) (ledger.Member, error) {
	m, err := v.o.Members.Member(ctx, a.key)
	if !errors.Is(err, ledger.ErrNotFound) {
		return m, err
	}
	m = ledger.Member{MemberKey: a.key}
	if err := v.issue(&m); err != nil {
		return ledger.Member{}, err
	}
	switch err := v.o.Members.PutMember(ctx, m); {
	case errors.Is(err, ledger.ErrStale): // another call was first
		return v.o.Members.Member(ctx, a.key)
	case err != nil:
		return ledger.Member{}, err
	}
	m.Version++
	return m, nil
}

// issue gives a member a new pair of random words (P53).
func (v *Vault) issue(m *ledger.Member) (err error) {
	m.ProviderID, m.Updated = word(memberIDLength, letters, rand.Read), v.o.Clock()
	m.Secret, err = v.o.Keys.seal(m, acquirer.MemberKey(word(memberKeyLength, letters, rand.Read)))
	return err
}

// Reissue gives a customer a new pair, for when the provider's side of the old
// one was lost, or the key file. The old cards become gone. While the provider
// still keeps cards under the old pair it is refused with an *InUseError:
// remove them first; and so it is while a card is being registered.
func (v *Vault) Reissue(ctx context.Context, t shop.Tenant, customer string) error {
	a, err := v.account(t, customer)
	if err != nil {
		return err
	}
	for range maxRounds {
		m, err := v.o.Members.Member(ctx, a.key)
		if err != nil {
			return err
		}
		if err := v.mayReissue(ctx, &a, &m); err != nil {
			return err
		}
		if err := v.issue(&m); err != nil {
			return err
		}
		m.Cards = slices.Clone(m.Cards)
		for i := range m.Cards {
			if k := &m.Cards[i]; k.Gone.IsZero() {
				k.Gone, k.Updated = m.Updated, m.Updated
			}
		}
		if err := v.o.Members.PutMember(ctx, m); !errors.Is(err, ledger.ErrStale) {
			return err
		}
	}
	return errMoving
}

func (v *Vault) mayReissue(ctx context.Context, a *account, m *ledger.Member) error {
	regs, err := v.registrations(ctx, m)
	if err != nil {
		return err
	}
	var live []payment.ID
	for _, p := range regs {
		if fateOf(p) == undecided || fateOf(p) == waiting {
			live = append(live, p.ID)
		}
	}
	if len(live) > 0 {
		return &InUseError{Payments: live}
	}
	theirs, err := v.ask(ctx, a, m)
	switch {
	case errors.Is(err, ErrUnreadable): // nobody can use the old pair any more
		return nil
	case err != nil:
		return err
	case len(theirs) > 0:
		return &InUseError{}
	}
	return nil
}

// change edits a record that exists, again when it changed meanwhile. Edit says
// whether there is anything to write.
func (v *Vault) change(ctx context.Context, key ledger.MemberKey, edit func(*ledger.Member) bool) (ledger.Member, error) {
	for range maxRounds {
		m, err := v.o.Members.Member(ctx, key)
		if err != nil {
			return ledger.Member{}, err
		}
		m.Cards = slices.Clone(m.Cards)
		if !edit(&m) {
			return m, nil
		}
		m.Updated = v.o.Clock()
		err = v.o.Members.PutMember(ctx, m)
		if err == nil {
			m.Version++
			return m, nil
		}
		if !errors.Is(err, ledger.ErrStale) {
			return ledger.Member{}, err
		}
	}
	return ledger.Member{}, errMoving
}

// Alphabets of random words.
const (
	letters   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	base32hex = "0123456789abcdefghijklmnopqrstuv"
)

// word gives n characters, each as likely as any other of the alphabet: bytes
// beyond a whole number of alphabets are thrown away (P53).
func word(n int, alphabet string, random func([]byte) (int, error)) string {
	limit := 256 - 256%len(alphabet)
	out, buf := make([]byte, 0, n), make([]byte, n)
	for len(out) < n {
		_, _ = random(buf) // crypto/rand never fails
		for _, b := range buf {
			if int(b) < limit && len(out) < n {
				out = append(out, alphabet[int(b)%len(alphabet)])
			}
		}
	}
	return string(out)
}

// newCardID gives a card an id of ours.
func newCardID() string { return word(cardIDLength, base32hex, rand.Read) }
