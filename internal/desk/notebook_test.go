package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/processor"
)

func (r *rig) recoveries() (time.Time, []Recovery) {
	r.t.Helper()
	last, list, err := r.Recoveries(r.t.Context(), asShop)
	if err != nil {
		r.t.Fatal(err)
	}
	return last, list
}

// P18 P19: after a process died, the notebook lists what was under way, and what
// became of each; it says nothing of what was over, and nothing to another shop.
func TestRecoveries(t *testing.T) {
	r := newRig(t)
	if last, list := r.recoveries(); !last.IsZero() || len(list) != 0 {
		t.Fatalf("at the first start: %v %+v", last, list)
	}
	over := r.pay("1", token)
	held := r.pay("2", token)
	r.bank.will("lost")
	authorizing, canceling := r.pay("3", token), r.command(held.ID, payment.Cancel{})
	r.payFor(second, "4", token)
	r.bank.will("")
	r.later(time.Minute)
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Desk = r.desk() // the one before was never closed
	last, list := r.recoveries()
	if !last.Equal(r.clock()) || len(list) != 2 {
		t.Fatalf("%v %+v", last, list)
	}
	for i, want := range []struct {
		p  *payment.Payment
		op payment.Operation
	}{{canceling, payment.OpCancel}, {authorizing, payment.OpAuthorize}} {
		got := list[i]
		if got.Payment != want.p.ID || got.Operation != want.op || got.Outcome != OutcomeOpen || !got.Asked.Equal(noon) || !got.Started.Equal(last) || got.OrderNumber != want.p.OrderNumber {
			t.Errorf("%+v", got)
		}
		if !strings.HasSuffix(got.Japanese, "。") || !strings.HasSuffix(got.English, ".") {
			t.Errorf("%+v", got)
		}
	}
	settle := func(p *payment.Payment, standing payment.Standing, want Outcome) {
		t.Helper()
		_, _, err := r.processor.Note(t.Context(), asShop, p.ID, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) {
			return payment.Judge(p, 1, payment.Trade{Standing: standing, Amount: 5080}, rules), nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range r.under() {
			if got.Payment == p.ID && got.Outcome != want {
				t.Errorf("%s: %s, want %s", got.Operation, got.Outcome, want)
			}
		}
	}
	settle(authorizing, payment.StandingHeld, OutcomeDone)
	settle(canceling, payment.StandingHeld, OutcomeNotDone)
	for _, got := range r.under() {
		if got.Payment == over.ID {
			t.Errorf("it was over: %+v", got)
		}
	}
}

func (r *rig) under() []Recovery { _, list := r.recoveries(); return list }

// P22: an adjustment that is half done needs an operator, until one has looked.
func TestRecoveryNeedsAttention(t *testing.T) {
	r := newRig(t)
	p := r.pay("1", token)
	r.bank.will("lost")
	r.command(p.ID, payment.Adjust{Amount: 4000})
	r.bank.will("")
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Desk = r.desk()
	r.later(time.Minute)
	note := func(decide func(*payment.Payment, payment.Rules) []payment.Event) {
		t.Helper()
		_, _, err := r.processor.Note(t.Context(), asShop, p.ID, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) { return decide(p, rules), nil })
		if err != nil {
			t.Fatal(err)
		}
	}
	note(func(p *payment.Payment, rules payment.Rules) []payment.Event {
		return payment.Judge(p, 1, payment.Trade{Standing: payment.StandingAttention, Amount: 4000, Code: "17"}, rules)
	})
	if list := r.under(); len(list) != 1 || list[0].Outcome != OutcomeAttention {
		t.Fatalf("%+v", list)
	}
	note(func(p *payment.Payment, rules payment.Rules) []payment.Event {
		return []payment.Event{{Sequence: p.Version + 1, Time: rules.Now, Kind: payment.KindDismissed}}
	})
	if list := r.under(); len(list) != 1 || list[0].Outcome != OutcomeDone {
		t.Fatalf("%+v", list)
	}
}

// A process that stops in order leaves nothing to tell, and forgets nothing of an
// earlier stop.
func TestNotebookStopsInOrder(t *testing.T) {
	r := newRig(t)
	r.bank.will("lost")
	r.pay("1", token)
	r.bank.will("")
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	began := r.clock()
	r.later(time.Hour)
	if err := r.o.Notebook.Close(); err != nil {
		t.Fatal(err)
	}
	r.Desk = r.desk()
	if last, list := r.recoveries(); !last.IsZero() || len(list) != 0 {
		t.Errorf("%v %+v", last, list)
	}
	if n, unclean := r.o.Notebook.Unclean(began); n != 0 || unclean {
		t.Errorf("%d %v", n, unclean)
	}
	for range maxStarts + 2 { // it dies again and again
		r.later(time.Minute)
		r.Desk = r.desk()
	}
	if n, unclean := r.o.Notebook.Unclean(r.clock()); n != 1 || !unclean {
		t.Errorf("%d %v", n, unclean)
	}
	if last, list := r.recoveries(); !last.Equal(r.clock()) || len(list) != maxStarts {
		t.Errorf("%v, %d", last, len(list))
	}
}

// P96: a notebook that cannot be read is put aside and counts as an unclean stop;
// one that cannot be written is an error.
func TestNotebookFile(t *testing.T) {
	r := newRig(t)
	path := filepath.Join(r.dir, "other.json")
	if err := os.WriteFile(path, []byte(`{"running":tr`), 0o600); err != nil {
		t.Fatal(err)
	}
	n, damaged, err := OpenNotebook(t.Context(), path, r.books, noon, Shared{})
	if _, unclean := n.Unclean(noon); err != nil || !damaged || !unclean {
		t.Errorf("%v %v %v", damaged, unclean, err)
	}
	if text, err := os.ReadFile(path + ".damaged"); err != nil || string(text) != `{"running":tr` {
		t.Errorf("%q %v", text, err)
	}
	if text, err := os.ReadFile(path); err != nil || strings.Contains(string(text), "山田") {
		t.Errorf("%q %v", text, err)
	}
	if _, _, err := OpenNotebook(t.Context(), filepath.Join(r.dir, "no", "folder.json"), r.books, noon, Shared{}); err == nil {
		t.Error("it was not written")
	}
	if _, _, err := OpenNotebook(t.Context(), path, brokenBooks{}, noon, Shared{}); !errors.Is(err, errBroken) {
		t.Errorf("%v", err)
	}
}

type brokenBooks struct{}

var errBroken = errors.New("broken")

func (brokenBooks) Unsettled(_ context.Context, yield func(payment.ID) bool) error {
	yield("x")
	return nil
}

func (brokenBooks) Load(context.Context, payment.ID) (*payment.Payment, error) { return nil, errBroken }

// P12: what is not of the caller's shop is not told, whoever asks.
func TestRecoveriesOfTheCallersShop(t *testing.T) {
	r := newRig(t)
	r.bank.will("lost")
	r.pay("1", token)
	r.bank.will("")
	if err := r.processor.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.Desk = r.desk()
	if _, list, err := r.Recoveries(t.Context(), processor.Caller{Tenant: second}); err != nil || len(list) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}
