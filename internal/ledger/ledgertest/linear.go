package ledgertest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/anishathalye/porcupine"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// What clients do with one order number in testLinear.
type linearInput struct {
	claim payment.ID // a new payment claims the order …
	over  ledger.Ref // … over this holder; zero: freely
	bump  ledger.Ref // or: one more event at this version
	// or, with neither: who holds it?
}

type linearOutput struct {
	ok      bool
	holders string // of a look: the ids, oldest first
}

// linearState is the ids that ever held the order, each with its version.
type linearState string

func (s linearState) holders() []string { return strings.Fields(string(s)) }

func (s linearState) version(id payment.ID) int {
	for _, h := range s.holders() {
		if name, version, _ := strings.Cut(h, "@"); name == string(id) {
			return len(version)
		}
	}
	return 0
}

func (s linearState) ids() string {
	var ids []string
	for _, h := range s.holders() {
		name, _, _ := strings.Cut(h, "@")
		ids = append(ids, name)
	}
	return strings.Join(ids, " ")
}

// step says whether an answer is right in a state, and which state follows. A
// version is written as so many plus signs: "id@+++".
func step(state, input, output any) (bool, any) {
	s, in, out := state.(linearState), input.(linearInput), output.(linearOutput)
	switch {
	case in.claim != "":
		holders := s.holders()
		may := len(holders) == 0
		if in.over.Payment != "" {
			may = len(holders) > 0 && strings.HasPrefix(holders[len(holders)-1], string(in.over.Payment)) &&
				s.version(in.over.Payment) == in.over.Version
		}
		if may {
			s = linearState(strings.TrimSpace(string(s) + " " + string(in.claim) + "@+"))
		}
		return may == out.ok, s
	case in.bump.Payment != "":
		may := s.version(in.bump.Payment) == in.bump.Version
		if may {
			s = linearState(strings.Replace(string(s), string(in.bump.Payment)+"@", string(in.bump.Payment)+"@+", 1))
		}
		return may == out.ok, s
	}
	return out.holders == s.ids(), s
}

// testLinear: whatever many clients do to one order number at once, there is
// an order of it, in keeping with real time, in which each answer is right.
func testLinear(d *desk) {
	for round := range 8 {
		var (
			mu      sync.Mutex
			history []porcupine.Operation
			clock   atomic.Int64
		)
		order := fmt.Sprint("o", round)
		together(6, func(client int) {
			random := rand.New(rand.NewPCG(uint64(round), uint64(client))) // the seed is the round and the client
			for range 25 {
				in, run := d.linearOperation(order, random)
				called := clock.Add(1)
				out := run()
				op := porcupine.Operation{ClientId: client, Input: in, Call: called, Output: out, Return: clock.Add(1)}
				mu.Lock()
				history = append(history, op)
				mu.Unlock()
			}
		})
		model := porcupine.Model{Init: func() any { return linearState("") }, Step: step}
		if result := porcupine.CheckOperationsTimeout(model, history, time.Minute); result != porcupine.Ok {
			d.Fatalf("round %d: %v: %+v", round, result, history)
		}
	}
}

// linearOperation chooses what a client does next, from what it sees now.
func (d *desk) linearOperation(order string, random *rand.Rand) (linearInput, func() linearOutput) {
	key := d.author.OrderKey(order)
	holder, err := d.Find(context.Background(), key)
	choice := random.IntN(4)
	if choice == 0 {
		return linearInput{}, func() linearOutput { return d.look(key) }
	}
	if err != nil || choice == 1 {
		e := d.author.OpenPending(order, "")
		e.Claims = e.Claims[1:]
		return linearInput{claim: e.Payment}, func() linearOutput { return d.try(e) }
	}
	p, err := d.Load(context.Background(), holder.Holds())
	if err != nil {
		d.Errorf("load: %v", err)
		return linearInput{}, func() linearOutput { return d.look(key) }
	}
	at := ledger.Ref{Payment: p.ID, Version: p.Version}
	if choice == 2 {
		e := d.author.OpenPending(order, "")
		e.Claims = e.Claims[1:]
		e.Claims[0].Over = &at
		return linearInput{claim: e.Payment, over: at}, func() linearOutput { return d.try(e) }
	}
	e := d.author.Next(p, payment.Event{Kind: payment.KindUnchanged})
	return linearInput{bump: at}, func() linearOutput { return d.try(e) }
}

func (d *desk) try(e ledger.Entry) linearOutput {
	err := d.Append(context.Background(), e)
	var claimed *ledger.ClaimedError
	if err != nil && !errors.Is(err, ledger.ErrStale) && !errors.As(err, &claimed) {
		d.Errorf("append: %v", err)
	}
	return linearOutput{ok: err == nil}
}

func (d *desk) look(key ledger.Key) linearOutput {
	h, err := d.Find(context.Background(), key)
	if err != nil && !errors.Is(err, ledger.ErrNotFound) {
		d.Errorf("find: %v", err)
	}
	ids := slices.Collect(func(yield func(string) bool) {
		for _, id := range h.Payments {
			if !yield(string(id)) {
				return
			}
		}
	})
	return linearOutput{ok: true, holders: strings.Join(ids, " ")}
}
