package desk

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

// sharedNotes are ledger.Notes in memory.
type sharedNotes struct {
	kept map[string][]byte
	err  error
}

func (n *sharedNotes) Notes(_ context.Context, prefix string) (map[string][]byte, error) {
	have := maps.Clone(n.kept)
	maps.DeleteFunc(have, func(name string, _ []byte) bool { return !strings.HasPrefix(name, prefix) })
	return have, n.err
}

func (n *sharedNotes) PutNote(_ context.Context, name string, body []byte) error {
	if len(body) == 0 {
		delete(n.kept, name)
	} else {
		n.kept[name] = bytes.Clone(body)
	}
	return n.err
}

const elsewhere = time.Minute

// newShared is a rig whose desks share the books. Each has a file of its own.
func newShared(t *testing.T) (*rig, *sharedNotes) {
	t.Helper()
	r, n := newRig(t), &sharedNotes{kept: map[string][]byte{}}
	r.shared = Shared{Notes: n, Elsewhere: elsewhere}
	r.Desk = r.process("a")
	return r, n
}

// process is the desk of a process that has just started, in its own folder.
func (r *rig) process(name string) *Desk {
	r.t.Helper()
	book, damaged, err := OpenNotebook(r.t.Context(), filepath.Join(r.dir, name+".json"), r.books, r.clock(), r.shared)
	if err != nil || damaged {
		r.t.Fatal(damaged, err)
	}
	return New(Options{Payments: r.processor, Books: r.books, Journal: r.books, Notebook: book, Directory: r.shops, Clock: r.clock})
}

// answer settles what a payment has open.
func (r *rig) answer(id payment.ID, standing payment.Standing) {
	r.t.Helper()
	_, _, err := r.processor.Note(r.t.Context(), asShop, id, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) {
		return payment.Judge(p, 1, payment.Trade{Standing: standing, Amount: 5080}, rules), nil
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// P18, P19: after one of several processes died every process tells what was under way,
// once, and nothing of what another one, that lived on, was asking when it started again.
func TestRecoveriesOfOneOfSeveral(t *testing.T) {
	r, _ := newShared(t)
	b := r.process("b")
	r.bank.will("lost")
	died := r.pay("1", token)
	r.later(elsewhere - 10*time.Second)
	cut, living := r.pay("2", token), r.pay("3", token) // by a and by b, seconds before
	r.bank.will("")
	r.later(10 * time.Second)
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	started := r.clock()
	r.Desk = r.process("a") // it was never closed
	has := func(want ...payment.ID) {
		t.Helper()
		for name, d := range map[string]*Desk{"a": r.Desk, "b": b} {
			last, list, err := d.Recoveries(t.Context(), asShop)
			if err != nil || !last.Equal(started) || len(list) != len(want) {
				t.Fatalf("%s: %v %v %+v", name, err, last, list)
			}
			for i := range want {
				if list[i].Payment != want[i] {
					t.Errorf("%s: %+v", name, list)
				}
			}
		}
	}
	has(died.ID) // of the others nobody knows yet whose they are
	r.answer(living.ID, payment.StandingHeld)
	has(died.ID)
	r.later(elsewhere) // whoever lives has had his answer
	r.answer(cut.ID, payment.StandingHeld)
	r.later(time.Hour)
	has(died.ID, cut.ID)
	if n, unclean := r.o.Notebook.Unclean(started); n != 3 || !unclean {
		t.Errorf("%d %v", n, unclean)
	}

	started = r.clock()
	r.process("b") // after the same crash, later: it finds what is open still, and tells it no second time
	has(died.ID, cut.ID)
	if _, list, err := r.Recoveries(t.Context(), processor.Caller{Tenant: second}); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}

// Starts that are remembered are the latest, of all processes; a process that stopped in
// order notes none, and notes that cannot be read are an error.
func TestStartsOfSeveral(t *testing.T) {
	r, n := newShared(t)
	r.bank.will("lost")
	r.pay("1", token)
	r.bank.will("")
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.o.Notebook.Close(); err != nil {
		t.Fatal(err)
	}
	r.Desk = r.process("a")
	if len(n.kept) != 0 {
		t.Errorf("%v", n.kept)
	}
	for range maxStarts + 2 {
		r.later(time.Minute)
		r.Desk = r.process("a")
	}
	if last, list, err := r.Recoveries(t.Context(), asShop); err != nil || len(n.kept) != maxStarts || !last.Equal(r.clock()) || len(list) != 1 {
		t.Errorf("%d, %v, %+v, %v", len(n.kept), last, list, err)
	}
	n.err = errors.New("the database is away")
	if _, _, err := r.Recoveries(t.Context(), asShop); !errors.Is(err, n.err) {
		t.Errorf("%v", err)
	}
	if err := r.Erase(t.Context()); err != nil {
		t.Errorf("nobody wants anything erased: %v", err)
	}
	r.care().RetentionDays = 30
	if err := r.Erase(t.Context()); !errors.Is(err, n.err) {
		t.Errorf("%v", err)
	}
}

// P103: who takes the night over goes on where the one before came to; and from the
// beginning, if nobody knows where that was, it erases what is to be erased and nothing else.
func TestEraseGoesOnElsewhere(t *testing.T) {
	r, n := newShared(t)
	b := r.process("b")
	r.care().RetentionDays = 30
	over, held := r.command(r.pay("1", token).ID, payment.Cancel{}), r.pay("2", token)
	r.later(31 * 24 * time.Hour)
	r.round(r.Erase)
	until, err := b.o.Notebook.erasedTo(t.Context(), first)
	if !r.erased(over.ID) || err != nil || until == 0 {
		t.Fatalf("%d, %v", until, err)
	}
	next := r.command(r.pay("3", token).ID, payment.Cancel{})
	r.later(31 * 24 * time.Hour)
	r.round(b.Erase)
	if after, err := r.o.Notebook.erasedTo(t.Context(), first); !r.erased(next.ID) || r.erased(held.ID) || err != nil || after <= until {
		t.Errorf("%d after %d, %v", after, until, err)
	}
	n.kept = map[string][]byte{}
	last := r.command(held.ID, payment.Cancel{})
	r.round(r.Erase) // from the beginning
	if r.erased(last.ID) || !r.erased(over.ID) || !r.erased(next.ID) {
		t.Error("what was erased before, or is not old enough")
	}
	r.later(31 * 24 * time.Hour)
	if r.round(b.Erase); !r.erased(last.ID) {
		t.Error("it is kept")
	}
}

// R39: who takes the rounds over looks as far back as after a start: nobody may have done
// them for a while.
func TestTellAfterATakeover(t *testing.T) {
	r, _ := newShared(t)
	r.round(r.Tell)
	p := r.pay("1", token)
	r.later(5 * 24 * time.Hour)
	if r.round(r.Tell); r.told(p.ID) != 0 {
		t.Fatal("it looks back for days at every round")
	}
	r.Begin()
	if r.round(r.Tell); r.told(p.ID) != 1 {
		t.Error("nobody is told")
	}
}
