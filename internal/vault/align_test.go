package vault

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/acquirer"
	"kessai.dev/kessai/internal/card"
	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// at is a time of day, for records.
func at(minute int) time.Time { return time.Date(2026, 11, 22, 12, minute, 0, 0, time.UTC) }

func theirs(key, number, lock string) acquirer.Card {
	return acquirer.Card{Key: key, LastCredit: lock, Hint: card.Hint{Brand: card.BrandVisa, LastFour: number, Expiry: "12/30"}}
}

func ours(id, key, number, lock string) ledger.StoredCard {
	return ledger.StoredCard{ID: id, Key: key, LastCredit: lock, Hint: card.Hint{Brand: card.BrandVisa, LastFour: number, Expiry: "12/30"}, Created: at(0), Updated: at(0)}
}

func pending(id string, minute int) ledger.StoredCard {
	return ledger.StoredCard{ID: id, Payment: payment.ID("pay" + id), Created: at(minute), Updated: at(minute)}
}

// Registrations in each of their fates.
var (
	wasReleased = &payment.Payment{State: payment.Canceled, Winner: 1, Attempts: []payment.Attempt{{Number: 1}}}
	isHeld      = &payment.Payment{State: payment.Authorized, Winner: 1, Attempts: []payment.Attempt{{Number: 1, Open: &payment.Question{Operation: payment.OpCancel}}}}
	isAsked     = &payment.Payment{State: payment.Pending, Attempts: []payment.Attempt{{Number: 1, Open: &payment.Question{Operation: payment.OpAuthorize}}}}
	isAsked3D   = &payment.Payment{State: payment.Authenticating, Attempts: []payment.Attempt{{Number: 1, Open: &payment.Question{Operation: payment.OpAuthenticate}}}}
	isChallenge = &payment.Payment{State: payment.Authenticating, Attempts: []payment.Attempt{{Number: 1}}}
	isDeclined  = &payment.Payment{State: payment.Declined, Attempts: []payment.Attempt{{Number: 1}}}
	isCalledOff = &payment.Payment{State: payment.Canceled, Attempts: []payment.Attempt{{Number: 1}}}
)

func registrations(of map[string]*payment.Payment) map[string]*payment.Payment {
	out := map[string]*payment.Payment{}
	for id, p := range of {
		q := *p
		q.ID = payment.ID("pay" + id)
		out[id] = &q
	}
	return out
}

// P58 P54: what a list of the provider makes of a record.
func TestAlign(t *testing.T) {
	gone := ours("g", "1", "0001", "a")
	gone.Gone = at(1)
	for _, c := range []struct {
		name   string
		ours   []ledger.StoredCard
		theirs []acquirer.Card
		regs   map[string]*payment.Payment
		want   []string // id, key, last four, lock; "-" is gone
		moves  Moves
	}{
		{"nothing", nil, nil, nil, nil, Moves{}},
		{"as it was", []ledger.StoredCard{ours("a", "1", "0001", "l")}, []acquirer.Card{theirs("1", "0001", "l")}, nil, []string{"a 1 0001 l"}, Moves{}},
		{"a new lock", []ledger.StoredCard{ours("a", "1", "0001", "l")}, []acquirer.Card{theirs("1", "0001", "m")}, nil, []string{"a 1 0001 m"}, Moves{written: true}},
		{"removed there", []ledger.StoredCard{ours("a", "1", "0001", "l")}, nil, nil, []string{"a 1 0001 l -"}, Moves{Gone: 1, written: true}},
		{"saved while paying", nil, []acquirer.Card{theirs("1", "0001", "l")}, nil, []string{"new1 1 0001 l"}, Moves{Adopted: 1, written: true}},
		{
			"the key is used again",
			[]ledger.StoredCard{ours("a", "1", "0001", "l")},
			[]acquirer.Card{theirs("1", "0002", "m")},
			nil,
			[]string{"a 1 0001 l -", "new1 1 0002 m"},
			Moves{Adopted: 1, Gone: 1, written: true},
		},
		{
			"the same card under another key is another one",
			[]ledger.StoredCard{ours("a", "1", "0001", "l")},
			[]acquirer.Card{theirs("2", "0001", "m")},
			nil,
			[]string{"a 1 0001 l -", "new1 2 0001 m"},
			Moves{Adopted: 1, Gone: 1, written: true},
		},
		{
			"gone does not come back",
			[]ledger.StoredCard{gone},
			[]acquirer.Card{theirs("1", "0001", "a")},
			nil,
			[]string{"g 1 0001 a -", "new1 1 0001 a"},
			Moves{Adopted: 1, written: true},
		},
		{
			"two at once, oldest first",
			nil,
			[]acquirer.Card{theirs("1", "0002", "m"), theirs("2", "0001", "l")},
			nil,
			[]string{"new1 2 0001 l", "new2 1 0002 m"},
			Moves{Adopted: 2, written: true},
		},
		{
			"registered",
			[]ledger.StoredCard{pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l")},
			map[string]*payment.Payment{"p": wasReleased},
			[]string{"p 1 0001 l"},
			Moves{Activated: 1, written: true},
		},
		{
			"registered, with an older one unheard of",
			[]ledger.StoredCard{pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l"), theirs("2", "0002", "m")},
			map[string]*payment.Payment{"p": isHeld},
			[]string{"p 2 0002 m", "new1 1 0001 l"},
			Moves{Adopted: 1, Activated: 1, written: true},
		},
		{
			"two registered",
			[]ledger.StoredCard{pending("q", 2), pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l"), theirs("2", "0002", "m")},
			map[string]*payment.Payment{"p": wasReleased, "q": wasReleased},
			[]string{"q 2 0002 m", "p 1 0001 l"},
			Moves{Activated: 2, written: true},
		},
		{
			"registered, released, and removed there",
			[]ledger.StoredCard{pending("p", 1)},
			nil,
			map[string]*payment.Payment{"p": wasReleased},
			[]string{"p    -"},
			Moves{Gone: 1, written: true},
		},
		{"held, and not in the list yet", []ledger.StoredCard{pending("p", 1)}, nil, map[string]*payment.Payment{"p": isHeld}, []string{"p   "}, Moves{}},
		{
			"nobody knows whose it is",
			[]ledger.StoredCard{pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l")},
			map[string]*payment.Payment{"p": isAsked},
			[]string{"p   "},
			Moves{},
		},
		{
			"nor after 3-D Secure",
			[]ledger.StoredCard{pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l")},
			map[string]*payment.Payment{"p": isAsked3D},
			[]string{"p   "},
			Moves{},
		},
		{
			"a shopper at the issuer keeps nothing",
			[]ledger.StoredCard{pending("p", 1)},
			[]acquirer.Card{theirs("1", "0001", "l")},
			map[string]*payment.Payment{"p": isChallenge},
			[]string{"p   ", "new1 1 0001 l"},
			Moves{Adopted: 1, written: true},
		},
		{
			"failed takes nothing",
			[]ledger.StoredCard{pending("p", 1), pending("q", 1)},
			[]acquirer.Card{theirs("1", "0001", "l")},
			map[string]*payment.Payment{"p": isDeclined, "q": isCalledOff},
			[]string{"p   ", "q   ", "new1 1 0001 l"},
			Moves{Adopted: 1, written: true},
		},
		{"never created, lately", []ledger.StoredCard{pending("p", 25)}, nil, nil, []string{"p   "}, Moves{}},
		{"never created", []ledger.StoredCard{pending("p", 20)}, nil, nil, nil, Moves{written: true}},
		{
			"a list that makes no sense",
			nil,
			[]acquirer.Card{theirs("", "0001", "l"), theirs("1", "0002", "l"), theirs("1", "0003", "m")},
			nil,
			[]string{"new1 1 0002 l"},
			Moves{Adopted: 1, written: true},
		},
	} {
		n := 0
		got, moves := align(c.ours, c.theirs, registrations(c.regs), at(30), func() string { n++; return fmt.Sprint("new", n) })
		var have []string
		for _, k := range got {
			line := fmt.Sprintf("%s %s %s %s", k.ID, k.Key, k.Hint.LastFour, k.LastCredit)
			if !k.Gone.IsZero() {
				line += " -"
			}
			have = append(have, line)
		}
		if !slices.Equal(have, c.want) || moves != c.moves {
			t.Errorf("%s: %q %+v, want %q %+v", c.name, have, moves, c.want, c.moves)
		}
	}
}

// P58: whatever the list, afterwards our active cards are the provider's, one to
// one; no id comes twice or comes back; a second look changes nothing.
func TestAlignProperty(t *testing.T) {
	fates := []*payment.Payment{nil, wasReleased, isHeld, isAsked, isAsked3D, isChallenge, isDeclined, isCalledOff}
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"1", "2", "3"}), 0, 3, rapid.ID[string])
		number, lock := rapid.SampledFrom([]string{"0001", "0002", "0003"}), rapid.SampledFrom([]string{"a", "b", "c"})
		var list []acquirer.Card
		for _, k := range keys.Draw(t, "their keys") {
			list = append(list, theirs(k, number.Draw(t, "number"), lock.Draw(t, "lock")))
		}
		var record []ledger.StoredCard
		for _, k := range keys.Draw(t, "our keys") {
			record = append(record, ours(fmt.Sprint("a", k), k, number.Draw(t, "number"), lock.Draw(t, "lock")))
		}
		regs := map[string]*payment.Payment{}
		waits := false
		for i := range rapid.IntRange(0, 3).Draw(t, "pending") {
			id := fmt.Sprint("p", i)
			record = append(record, pending(id, rapid.IntRange(0, 30).Draw(t, "created")))
			if p := rapid.SampledFrom(fates).Draw(t, "fate"); p != nil {
				regs[id] = p
				waits = waits || fateOf(p) == undecided
			}
		}
		for i := range rapid.IntRange(0, 40).Draw(t, "gone") {
			k := ours(fmt.Sprint("g", i), "1", number.Draw(t, "number"), "a")
			k.Gone = at(1)
			record = append(record, k)
		}
		n := 0
		newID := func() string { n++; return fmt.Sprint("new", n) }
		before := slices.Clone(record)
		regs = registrations(regs)
		after, _ := align(record, list, regs, at(30), newID)
		if !slices.Equal(record, before) {
			t.Fatal("the record itself was changed")
		}
		active, ids, dead := 0, map[string]bool{}, 0
		for i := range after {
			k := &after[i]
			if ids[k.ID] {
				t.Fatalf("%s comes twice", k.ID)
			}
			ids[k.ID] = true
			if !k.Active() {
				if !k.Gone.IsZero() {
					dead++
				}
				continue
			}
			active++
			if !slices.ContainsFunc(list, func(p acquirer.Card) bool { return same(k, &p) && p.LastCredit == k.LastCredit }) {
				t.Fatalf("%+v is not the provider's", k)
			}
			if i := slices.IndexFunc(before, func(b ledger.StoredCard) bool { return b.ID == k.ID }); i >= 0 && (!before[i].Gone.IsZero() || before[i].Key != "" && !same(&before[i], &acquirer.Card{Key: k.Key, Hint: k.Hint})) {
				t.Fatalf("%s was another card", k.ID)
			}
		}
		if active > len(list) || active < len(list) && !waits || dead > maxDead {
			t.Fatalf("%d of ours are active, %d of theirs; %d dead", active, len(list), dead)
		}
		again, moves := align(after, list, regs, at(30), newID)
		if !slices.Equal(again, after) || moves.Adopted+moves.Activated+moves.Gone > 0 || moves.written {
			t.Fatalf("a second look: %+v", moves)
		}
	})
}
