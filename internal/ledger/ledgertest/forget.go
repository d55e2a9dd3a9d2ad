package ledgertest

import (
	"context"
	"errors"
	"fmt"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// secret3 is what a browser brings back from a challenge.
const secret3 = "values-the-browser-brought-back"

// challengedAgain appends a further attempt's challenge, and what the browser
// brought back from it: two secrets in two entries.
func (d *desk) challengedAgain(p *payment.Payment) *payment.Payment {
	d.Helper()
	p = d.append(d.author.Next(p, Declined(p)))
	next := len(p.Attempts) + 1
	p = d.append(d.author.Next(p, payment.Event{Kind: payment.KindAsked, Operation: payment.OpAuthorize, Attempt: next, Amount: p.Amount}))
	return d.returned(d.append(d.author.Next(p, challengeOf(p))))
}

// returned appends what the browser brought back.
func (d *desk) returned(p *payment.Payment) *payment.Payment {
	d.Helper()
	e := Asked(p, payment.OpAuthenticate, p.Amount)
	e.Private, e.Result = []byte(secret3), "0000"
	return d.append(d.author.Next(p, e))
}

func (d *desk) forget(id payment.ID) {
	d.Helper()
	p, err := d.Load(d.Context(), id)
	if err == nil {
		err = d.Forget(d.Context(), id, p.Version)
	}
	if err != nil {
		d.Fatalf("forget %s: %v", id, err)
	}
}

// testForget: the secrets of a challenge that is over are gone, the order stays
// readable, and the next challenge's secrets are kept (P103, promise 6).
func testForget(d *desk) {
	p, other := d.returned(d.challenged("1396")), d.returned(d.challenged("1397"))
	d.reveals(p.ID, 3, secret2, nil)
	d.reveals(p.ID, 4, secret3, nil)
	if err := d.Forget(d.Context(), p.ID, p.Version-1); !errors.Is(err, ledger.ErrStale) {
		d.Errorf("forget at an earlier version: %v", err)
	}
	d.reveals(p.ID, 3, secret2, nil)
	for range 2 { // twice is no error
		d.forget(p.ID)
	}
	if err := d.Forget(d.Context(), payment.NewID(p.Created, 7), 1); !errors.Is(err, ledger.ErrNotFound) {
		d.Errorf("forget of an unknown payment: %v", err)
	}
	for range 2 {
		d.reveals(p.ID, 1, secret, nil)
		d.reveals(p.ID, 2, "", nil)
		d.reveals(p.ID, 3, "", ledger.ErrErased)
		d.reveals(p.ID, 4, "", ledger.ErrErased)
		d.reveals(other.ID, 3, secret2, nil)
		d.reveals(other.ID, 4, secret3, nil)
		d.has(p)
		d.reopen()
	}
	p = d.challengedAgain(p) // events 5 to 8, of which the last two are secret
	for range 2 {
		d.reveals(p.ID, 4, "", ledger.ErrErased)
		d.reveals(p.ID, 7, secret2, nil)
		d.reveals(p.ID, 8, secret3, nil)
		d.reopen()
	}
	d.forget(p.ID)
	d.reveals(p.ID, 7, "", ledger.ErrErased)
	d.reveals(p.ID, 1, secret, nil)
	p = d.challengedAgain(p)
	d.reveals(p.ID, 11, secret2, nil)
	d.erasesBoth(p, 1, 11, 12)
	d.forget(p.ID) // what is erased is forgotten: no error
	d.nothingToForget()
}

// erasesBoth: the erasure of a person takes the secrets along, those of the
// past and those to come.
func (d *desk) erasesBoth(p *payment.Payment, hidden ...int) {
	d.Helper()
	if err := d.Erase(d.Context(), p.ID); err != nil {
		d.Fatal(err)
	}
	for range 2 {
		for _, n := range hidden {
			d.reveals(p.ID, n, "", ledger.ErrErased)
		}
		d.reopen()
	}
	p = d.challengedAgain(p)
	d.reveals(p.ID, p.Version, "", nil) // it was not kept
	d.secretsOf()
}

// nothingToForget: a payment without secrets, or with nothing private at all,
// and one that has secrets only.
func (d *desk) nothingToForget() {
	d.Helper()
	plain := d.append(d.author.Open("1398", "r-1398", []byte(secret)))
	d.forget(plain.ID)
	d.reveals(plain.ID, 1, secret, nil)
	bare := d.append(d.author.Open("1399", "r-1399", nil))
	d.forget(bare.ID)
	bare = d.challengedAgain(bare)
	d.reveals(bare.ID, 6, secret3, nil)
	d.forget(bare.ID)
	d.reopen()
	d.reveals(bare.ID, 6, "", ledger.ErrErased)
}

// secretsOf checks which payments have secrets; the order does not count. The
// other payment of testForget keeps its own all the time.
func (d *desk) secretsOf(want ...payment.ID) {
	d.Helper()
	have := map[payment.ID]bool{}
	err := d.Secrets(d.Context(), func(id payment.ID) bool {
		if have[id] {
			d.Errorf("%s came twice", id)
		}
		have[id] = true
		return true
	})
	if err != nil {
		d.Fatal(err)
	}
	for _, id := range want {
		if !have[id] {
			d.Errorf("%s has secrets, and was not given", id)
		}
	}
	for id := range have {
		if n := d.revealable(id); n == 0 {
			d.Errorf("%s was given, and has no secrets", id)
		}
	}
}

// revealable counts the secrets of a payment that can be read.
func (d *desk) revealable(id payment.ID) (n int) {
	d.Helper()
	events, err := d.History(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	for i := range events {
		if b, err := d.Reveal(d.Context(), id, events[i].Sequence); events[i].Secret() && err == nil && b != nil {
			n++
		}
	}
	return n
}

// testSecrets: after a crash the secrets that should be gone are found, and
// only those of payments that have any.
func testSecrets(d *desk) {
	var kept []payment.ID
	for i := range 24 {
		p := d.append(d.author.Open(fmt.Sprint("plain", i), fmt.Sprint("plain", i), []byte(secret)))
		if i%2 == 0 {
			continue
		}
		p = d.challengedAgain(p)
		switch i % 6 {
		case 1:
			d.forget(p.ID)
		case 3:
			if err := d.Erase(d.Context(), p.ID); err != nil {
				d.Fatal(err)
			}
		default:
			kept = append(kept, p.ID)
		}
	}
	d.secretsOf(kept...)
	d.reopen()
	d.secretsOf(kept...)
	calls := 0
	if err := d.Secrets(d.Context(), func(payment.ID) bool { calls++; return false }); err != nil || calls != 1 {
		d.Errorf("yield said stop: %d calls, %v", calls, err)
	}
}

// A challenge was over and its secrets were forgotten at the moment the next
// card's challenge came. That one had taken the old key, its secret was written
// under a key that was no more, and the shopper's return could not be completed.
// Whatever comes first: a secret that is written after the forgetting is kept,
// and nothing comes back that was forgotten.
func scarForgetRace(d *desk) {
	for i := range 60 {
		p := d.challenged(fmt.Sprint("o", i))
		e := Asked(p, payment.OpAuthenticate, p.Amount)
		e.Private, e.Result = []byte(secret3), "0000"
		next := d.author.Next(p, e)
		together(2, func(worker int) {
			var err error
			if worker == 0 {
				err = d.Forget(context.Background(), p.ID, p.Version)
			} else {
				err = d.Append(context.Background(), next)
			}
			if err != nil && !(worker == 0 && errors.Is(err, ledger.ErrStale)) {
				d.Errorf("worker %d: %v", worker, err)
			}
		})
		d.reveals(p.ID, 1, secret, nil)
		d.reveals(p.ID, 4, secret3, nil)
		d.forget(p.ID)
		d.reveals(p.ID, 3, "", ledger.ErrErased)
		d.reveals(p.ID, 4, "", ledger.ErrErased)
	}
}
