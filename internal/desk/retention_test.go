package desk

import (
	"errors"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
)

// erased reports whether the payment's personal data is gone.
func (r *rig) erased(id payment.ID) bool {
	r.t.Helper()
	_, err := r.books.Reveal(r.t.Context(), id, 1)
	if err != nil && !errors.Is(err, ledger.ErrErased) {
		r.t.Fatal(err)
	}
	return err != nil
}

// P103: the personal data of a payment is destroyed once it was over for as long
// as its shop keeps it, and not a day sooner; what still holds money keeps it, and
// so does another shop. The history stays.
func TestErase(t *testing.T) {
	r := newRig(t)
	r.care().RetentionDays = 30
	canceled := r.command(r.pay("1", token).ID, payment.Cancel{})
	held := r.pay("2", token)
	charged := r.command(r.pay("3", token).ID, payment.Capture{})
	r.bank.will("no")
	declined := r.pay("4", token)
	r.bank.will("")
	elsewhere := r.payFor(second, "5", token)
	r.round(r.Erase)
	r.later(29 * 24 * time.Hour)
	late := r.command(r.pay("6", token).ID, payment.Cancel{})
	r.round(r.Erase)
	for _, p := range []*payment.Payment{canceled, held, charged, declined, elsewhere, late} {
		if r.erased(p.ID) {
			t.Errorf("order %s: too soon", p.OrderNumber)
		}
	}
	r.later(24*time.Hour + time.Second)
	r.round(r.Erase)
	for p, want := range map[*payment.Payment]bool{canceled: true, held: false, charged: false, declined: true, elsewhere: false, late: false} {
		if r.erased(p.ID) != want {
			t.Errorf("order %s: erased: %v", p.OrderNumber, !want)
		}
	}
	if history, err := r.books.History(t.Context(), canceled.ID); err != nil || len(history) != canceled.Version {
		t.Errorf("P87: the history is %v, %v", history, err)
	}
	if p := r.orphans(Query{Acceptance: canceled.Acceptance()}); len(p) != 1 {
		t.Errorf("it is no more in the log: %+v", p)
	}
	settled, _, err := r.processor.Note(t.Context(), asShop, charged.ID, func(p *payment.Payment, rules payment.Rules) ([]payment.Event, error) {
		return payment.Compare(p, payment.Trade{Standing: payment.StandingSettled, Amount: p.Amount, Slips: []string{p.Acceptance()}}, rules), nil
	})
	if err != nil || settled.State != payment.Settled {
		t.Fatalf("%+v %v", settled, err)
	}
	r.command(held.ID, payment.Cancel{}) // what was passed over comes again with its end
	r.later(31 * 24 * time.Hour)
	r.Desk = r.desk()
	r.round(r.Erase)
	if !r.erased(held.ID) || !r.erased(settled.ID) || !r.erased(late.ID) {
		t.Error("what ended later stays for ever")
	}
}

// P103 P95: a shop that begins to erase reaches what ended long ago; one that keeps
// longer gets nothing back; and a journal that was put in place of a longer one is
// gone through anew.
func TestEraseBeginsLate(t *testing.T) {
	r := newRig(t)
	old := r.command(r.pay("1", token).ID, payment.Cancel{})
	r.later(400 * 24 * time.Hour)
	r.round(r.Erase)
	if r.erased(old.ID) {
		t.Fatal("nobody asked for it")
	}
	r.care().RetentionDays = 3650
	if r.round(r.Erase); r.erased(old.ID) {
		t.Error("ten years are not over")
	}
	r.care().RetentionDays = 365
	if r.round(r.Erase); !r.erased(old.ID) {
		t.Error("a year is")
	}
	next := r.command(r.pay("2", token).ID, payment.Cancel{})
	if err := r.o.Notebook.keepErased(t.Context(), first, 1_000_000); err != nil {
		t.Fatal(err)
	}
	r.later(366 * 24 * time.Hour)
	if r.round(r.Erase); !r.erased(next.ID) {
		t.Error("the journal is shorter than it was, and nothing is erased any more")
	}
}

// P103: nothing is erased without a shop's wish, and a desk without a journal
// erases nothing.
func TestEraseNeedsAJournal(t *testing.T) {
	r := newRig(t)
	r.care().RetentionDays = 30
	p := r.command(r.pay("1", token).ID, payment.Cancel{})
	r.later(31 * 24 * time.Hour)
	r.o.Journal = nil
	if r.round(r.Erase); r.erased(p.ID) {
		t.Error("erased")
	}
}
