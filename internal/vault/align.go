package vault

import (
	"cmp"
	"math"
	"slices"
	"time"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shop"
)

// line is a record on its way to what the provider shows.
type line struct {
	cards []ledger.StoredCard
	regs  map[string]*payment.Payment
	now   time.Time
	moves Moves
}

// match finds our active cards in the provider's list, marks as gone those that
// are not there, and gives the provider's that none of ours is, latest first.
func (l *line) match(theirs []acquirer.Card) []acquirer.Card {
	var fresh []acquirer.Card
	seen := map[string]bool{}
	for _, p := range theirs {
		if p.Key == "" || seen[p.Key] {
			continue // it cannot be named
		}
		seen[p.Key] = true
		i := slices.IndexFunc(l.cards, func(k ledger.StoredCard) bool { return k.Active() && same(&k, &p) })
		if i < 0 {
			fresh = append(fresh, p)
			continue
		}
		l.take(i, p)
	}
	for i := range l.cards {
		k := &l.cards[i]
		there := func(p acquirer.Card) bool { return same(k, &p) }
		if k.Active() && !slices.ContainsFunc(theirs, there) {
			l.bury(k)
		}
	}
	slices.SortFunc(fresh, func(a, b acquirer.Card) int {
		return cmp.Or(cmp.Compare(b.LastCredit, a.LastCredit), cmp.Compare(b.Key, a.Key))
	})
	return fresh
}

func same(k *ledger.StoredCard, p *acquirer.Card) bool {
	return k.Key == p.Key && k.Hint.LastFour == p.Hint.LastFour && k.Hint.Brand == p.Hint.Brand
}

// take writes down what the provider shows of a card.
func (l *line) take(i int, p acquirer.Card) {
	k := &l.cards[i]
	if k.Key == p.Key && k.LastCredit == p.LastCredit && k.Hint == p.Hint && k.Holder == p.Holder {
		return
	}
	k.Key, k.LastCredit, k.Hint, k.Holder, k.Updated = p.Key, p.LastCredit, p.Hint, p.Holder, l.now
	l.moves.written = true
}

func (l *line) bury(k *ledger.StoredCard) {
	k.Gone, k.Updated = l.now, l.now
	l.moves.Gone++
	l.moves.written = true
}

// activate gives fresh cards to those that were registered, and gives what is
// left. A card that was kept and released, and is not in a list that was read
// after that, was removed at the provider.
func (l *line) activate(fresh []acquirer.Card) []acquirer.Card {
	for _, i := range slices.Backward(l.pending()) {
		k := &l.cards[i]
		p := l.regs[k.ID]
		if p != nil && k.Payment != p.ID {
			k.Payment, l.moves.written = p.ID, true
		}
		switch {
		case fateOf(p) != kept:
		case len(fresh) > 0:
			j := nearest(fresh, p)
			l.take(i, fresh[j])
			fresh = slices.Delete(fresh, j, j+1)
			l.moves.Activated++
		case p.Question() == nil && p.State == payment.Canceled:
			l.bury(k)
		}
	}
	return fresh
}

// providerTime is how the provider writes a moment, in Japan time.
const providerTime = "20060102150405"

// nearest picks the card that was last used nearest to the hold of p: a card
// that only we could use, and did not know of, was not used since. Where times
// cannot be read it is the latest.
func nearest(fresh []acquirer.Card, p *payment.Payment) int {
	held, err := time.ParseInLocation(providerTime, p.ApprovedAt, shop.Tokyo)
	if err != nil {
		held = p.Updated // the news came with the hold, or the release did
	}
	best, least := 0, time.Duration(math.MaxInt64)
	for i := range fresh {
		used, err := time.ParseInLocation(providerTime, fresh[i].LastCredit, shop.Tokyo)
		if d := used.Sub(held).Abs(); err == nil && d < least {
			best, least = i, d
		}
	}
	return best
}

// pending lists the cards being registered, oldest first.
func (l *line) pending() []int {
	var at []int
	for i := range l.cards {
		if k := &l.cards[i]; k.Key == "" && k.Gone.IsZero() {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(i, j int) int { return l.cards[i].Created.Compare(l.cards[j].Created) })
	return at
}

func (l *line) anyUndecided() bool {
	return slices.ContainsFunc(l.pending(), func(i int) bool { return fateOf(l.regs[l.cards[i].ID]) == undecided })
}

// tidy forgets cards whose payment was never created, and the oldest of those
// that are gone or failed when they are many.
func (l *line) tidy() {
	dead := 0
	for i := len(l.cards) - 1; i >= 0; i-- {
		k := &l.cards[i]
		drop := false
		switch {
		case !k.Gone.IsZero(), k.Key == "" && fateOf(l.regs[k.ID]) == failed:
			dead++
			drop = dead > maxDead
		case k.Key == "" && fateOf(l.regs[k.ID]) == unknown:
			drop = l.now.Sub(k.Created) >= unborn
		}
		if drop {
			l.cards = slices.Delete(l.cards, i, i+1)
			l.moves.written = true
		}
	}
}
