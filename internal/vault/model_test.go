package vault

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// model is what a customer's cards must come to.
type model struct {
	*rig
	t        *rapid.T
	customer string
	numbers  int
	is       map[string]string // card id to last four digits, for ever
	wants    map[string]string // of registrations: which card they are about
	gone     map[string]bool
	held     map[string]int // payments that are not over, by card
	paid     []*payment.Payment
}

// number gives a card that nobody has yet.
func (m *model) number() string { m.numbers++; return fmt.Sprintf("%04d", m.numbers) }

// P52 P54 P55 P56 P58: whatever a customer, a shop, the provider and the network
// do to cards whose keys are used again, an id of ours means one card for ever,
// what was registered under it is what it is, what is gone does not come back,
// a card in need stays, and a look at the list makes ours the provider's.
func TestLifeOfCards(t *testing.T) {
	r := newRig(t, nil)
	customers := 0
	rapid.Check(t, func(t *rapid.T) {
		customers++
		m := &model{
			rig: r, t: t, customer: fmt.Sprint("c", customers), is: map[string]string{}, wants: map[string]string{},
			gone: map[string]bool{}, held: map[string]int{},
		}
		r.entry(EntryRequest{Customer: m.customer, Save: true})
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			rapid.SampledFrom([]func(){m.registers, m.registers, m.savedUnheard, m.removedThere, m.swapped, m.used, m.pays, m.cancels, m.removes, m.updates, m.waits}).Draw(t, "step")()
			m.check(false)
		}
		m.waits()
		m.check(true)
	})
}

func (m *model) registers() {
	number := m.number()
	reg := m.typed(m.customer, number)
	q := m.request("CreateCard")
	m.bank.will(rapid.SampledFrom([]fateOfCall{answers, answers, answers, losesAnswer, losesWish, declines, challenges, notSent}).Draw(m.t, "fate"))
	m.bank.by(func() { m.bank.mute = rapid.Bool().Draw(m.t, "E04 fails") })
	k, _, err := m.Register(m.t.Context(), m.caller, q, reg)
	m.quiet()
	m.bank.by(func() { m.bank.fates = nil })
	if refusal, ok := errors.AsType[*payment.Refusal](err); ok && refusal.Reason == payment.VaultFull {
		if n := len(m.bank.cards[m.memberOf(m.customer).ProviderID]); n != acquirer.MaxCards {
			m.t.Fatalf("full with %d", n)
		}
		return
	}
	if _, unsent := errors.AsType[*acquirer.NotSentError](err); unsent {
		m.wants[registeredID(m.memberOf(m.customer).MemberKey, q)] = number
		return
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.wants[k.ID] = number
}

// bankCard picks a card that the provider has, or none. One whose registration
// nobody has heard of yet stays as it is: if it went away before anybody saw it,
// nothing would tell it from the next one.
func (m *model) bankCard() (member, number string) {
	record := m.memberOf(m.customer)
	member = record.ProviderID
	have := slices.DeleteFunc(slices.Clone(m.bank.cards[member]), func(p acquirer.Card) bool {
		return !slices.ContainsFunc(record.Cards, func(k ledger.StoredCard) bool { return k.Active() && same(&k, &p) })
	})
	if len(have) == 0 {
		return member, ""
	}
	return member, have[rapid.IntRange(0, len(have)-1).Draw(m.t, "card")].Hint.LastFour
}

func (m *model) savedUnheard() {
	member, _ := m.bankCard()
	m.bank.by(func() { m.bank.keep(member, m.number()) })
}

func (m *model) removedThere() {
	member, number := m.bankCard()
	m.bank.by(func() { m.bank.drop(member, number) })
}

// swapped removes a card at the provider and keeps another under its key.
func (m *model) swapped() {
	member, number := m.bankCard()
	if number != "" {
		m.bank.by(func() { m.bank.drop(member, number); m.bank.keep(member, m.number()) })
	}
}

func (m *model) used() {
	if _, number := m.bankCard(); number != "" {
		m.use(m.customer, number)
	}
}

// ourCard picks an active card of ours, as we last knew it, or none.
func (m *model) ourCard() string {
	var ids []string
	record := m.memberOf(m.customer)
	for i := range record.Cards {
		if k := &record.Cards[i]; k.Active() {
			ids = append(ids, k.ID)
		}
	}
	if len(ids) == 0 {
		return ""
	}
	return rapid.SampledFrom(ids).Draw(m.t, "our card")
}

func (m *model) pays() {
	id := m.ourCard()
	if id == "" {
		return
	}
	q := m.request("CreatePayment")
	got, err := m.proc.Create(m.t.Context(), m.caller, q, processor.Create{
		Amount: 500, OrderNumber: "order-" + q.Key, Customer: m.customer, Means: payment.Means{Stored: id},
	})
	m.quiet()
	if _, invalid := errors.AsType[*payment.InvalidError](err); invalid {
		return // the provider does not have it any more; check looks at that
	}
	if err != nil {
		m.t.Fatal(err)
	}
	m.held[id]++
	m.paid = append(m.paid, got.Payment)
}

func (m *model) cancels() {
	if len(m.paid) == 0 {
		return
	}
	p := m.paid[0]
	m.paid = m.paid[1:]
	if _, err := m.proc.Command(m.t.Context(), m.caller, m.request("CancelPayment"), p.ID, payment.Cancel{}); err != nil {
		m.t.Fatal(err)
	}
	m.held[p.Attempts[0].Stored]--
}

func (m *model) removes() {
	id := m.ourCard()
	if id == "" {
		return
	}
	m.bank.will(rapid.SampledFrom([]fateOfCall{answers, answers, losesAnswer, losesWish, notSent}).Draw(m.t, "fate"))
	there := m.there(id)
	k, err := m.Remove(m.t.Context(), m.caller, m.customer, id)
	m.bank.by(func() { m.bank.fates = nil })
	used, inUse := errors.AsType[*InUseError](err)
	switch {
	case inUse && len(used.Payments) != m.held[id]:
		m.t.Fatalf("%v, and %d payments need it", used.Payments, m.held[id])
	case err == nil && k.Gone.IsZero():
		m.t.Fatalf("%+v", k)
	case err == nil && there && m.held[id] > 0:
		m.t.Fatal("a card that is needed was removed")
	}
}

// there reports whether the provider has the card of an id.
func (m *model) there(id string) bool {
	have := m.bank.cards[m.memberOf(m.customer).ProviderID]
	return slices.ContainsFunc(have, func(p acquirer.Card) bool { return p.Hint.LastFour == m.is[id] })
}

func (m *model) updates() {
	id := m.ourCard()
	if id == "" {
		return
	}
	m.bank.will(rapid.SampledFrom([]fateOfCall{answers, losesAnswer, losesWish}).Draw(m.t, "fate"))
	k, err := m.Update(m.t.Context(), m.caller, m.customer, id, acquirer.CardChange{Holder: m.number()})
	m.bank.by(func() { m.bank.fates = nil })
	if err == nil && k.Hint.LastFour != m.is[id] {
		m.t.Fatalf("%+v was changed for %s", k, m.is[id])
	}
}

// waits lets time pass until every question has its answer.
func (m *model) waits() {
	m.bank.by(func() { m.bank.mute = false })
	for range 3 {
		m.clock.advance(time.Minute)
		m.proc.Sweep(m.t.Context())
		m.quiet()
	}
}

// check looks at the list, and holds ours against the provider's. Settled: no
// question is open.
func (m *model) check(settled bool) {
	list, err := m.List(m.t.Context(), m.caller, m.customer)
	if err != nil {
		m.t.Fatal(err)
	}
	record := m.memberOf(m.customer)
	for i := range record.Cards {
		k := &record.Cards[i]
		switch was, known := m.is[k.ID]; {
		case k.Hint.LastFour == "":
		case known && was != k.Hint.LastFour:
			m.t.Fatalf("%s was %s and is %s", k.ID, was, k.Hint.LastFour)
		case m.wants[k.ID] != "" && m.wants[k.ID] != k.Hint.LastFour:
			m.t.Fatalf("%s was registered as %s and is %s", k.ID, m.wants[k.ID], k.Hint.LastFour)
		default:
			m.is[k.ID] = k.Hint.LastFour
		}
		if m.gone[k.ID] && k.Gone.IsZero() {
			m.t.Fatalf("%s came back", k.ID)
		}
		m.gone[k.ID] = !k.Gone.IsZero()
	}
	theirs, active := m.bank.cards[record.ProviderID], 0
	for i := range list {
		k := &list[i]
		if !k.Active() {
			continue
		}
		active++
		if !slices.ContainsFunc(theirs, func(p acquirer.Card) bool { return p.Key == k.Key && p.Hint == k.Hint && p.LastCredit == k.LastCredit }) {
			m.t.Fatalf("%+v is not at the provider", k)
		}
	}
	if active > len(theirs) || settled && active != len(theirs) {
		m.t.Fatalf("%d active of %d at the provider", active, len(theirs))
	}
}
