package processor

import (
	"errors"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/payment"
)

// R36 R37: the order and the money are separate: neither follows the other, in
// the books and at the provider; and the books keep it.
func TestOrderAndMoneyAreSeparate(t *testing.T) {
	r := newRig(t)
	p := r.create("a", order("1"))
	asked := len(r.bank.asked)
	canceled, total := true, money.Yen(4000)
	update := payment.UpdateOrder{Canceled: &canceled, Total: &total}
	for range 2 { // the same again is written once
		after, err := r.UpdateOrder(t.Context(), r.caller, p.ID, update)
		if err != nil || !after.OrderCanceled || *after.OrderTotal != 4000 || after.State != payment.Authorized || after.Amount != 5080 || after.Version != p.Version+1 {
			t.Fatalf("%+v %v", after, err)
		}
	}
	if len(r.bank.asked) != asked {
		t.Errorf("the provider was asked: %v", r.bank.asked)
	}
	r.restart()
	if p = r.load(p.ID); !p.OrderCanceled || *p.OrderTotal != 4000 {
		t.Fatalf("after a restart: %+v", p)
	}
	if p = r.must("b", p.ID, payment.Cancel{}); p.State != payment.Canceled || !p.OrderCanceled {
		t.Errorf("%+v", p)
	}
	open := false
	if p, err := r.UpdateOrder(t.Context(), r.caller, p.ID, payment.UpdateOrder{Canceled: &open}); err != nil || p.OrderCanceled || p.State != payment.Canceled {
		t.Errorf("%+v %v", p, err)
	}
	other := r.caller
	other.Tenant.Shop = "t"
	if _, err := r.UpdateOrder(t.Context(), other, p.ID, update); !errors.Is(err, ledger.ErrNotFound) {
		t.Errorf("another shop: %v", err)
	}
}

// R36 P16: the order changes while the provider has not answered, and the answer
// is written all the same.
func TestOrderChangesUnderAnOpenQuestion(t *testing.T) {
	r := newRig(t)
	p := r.create("a", order("1"))
	r.bank.will(losesAnswer)
	r.bank.deaf = true
	if p = r.must("b", p.ID, payment.Cancel{}); p.Question() == nil {
		t.Fatalf("%+v", p)
	}
	canceled := true
	if after, err := r.UpdateOrder(t.Context(), r.caller, p.ID, payment.UpdateOrder{Canceled: &canceled}); err != nil || !after.OrderCanceled || after.Question() == nil {
		t.Fatalf("%+v %v", after, err)
	}
	r.bank.deaf = false
	r.later(30*time.Second, time.Second)
	if p = r.load(p.ID); p.State != payment.Canceled || p.Question() != nil || !p.OrderCanceled {
		t.Errorf("%+v", p)
	}
}
