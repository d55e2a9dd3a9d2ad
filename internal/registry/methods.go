package registry

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/payment"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// Methods gives the payment methods in the order of the checkout, or
// ledger.ErrNotFound.
func (r *Registry) Methods(w Who) ([]shop.PaymentMethod, error) {
	s, err := r.Settings(w)
	return s.Methods, err
}

// Deliveries gives the delivery methods, or ledger.ErrNotFound.
func (r *Registry) Deliveries(w Who) ([]shipping.Method, error) {
	s, err := r.Settings(w)
	return s.Deliveries, err
}

// ChangeMethods lets change make the list anew: rename, describe, stop, order,
// add, leave out (R20). A method without an id gets one; descriptions are
// sanitised; a kind that was given stays. It returns ledger.ErrNotFound, a
// *payment.InvalidError with fields of "payment_method", a *payment.Refusal for
// a method that is left out although an order used it (R21), and what change
// returns; then nothing is changed.
func (r *Registry) ChangeMethods(ctx context.Context, w Who, change func([]shop.PaymentMethod) ([]shop.PaymentMethod, error)) ([]shop.PaymentMethod, error) {
	t, err := r.changeTenant(ctx, w, func(t *tenant) error {
		before := t.settings.Methods
		list, err := change(append([]shop.PaymentMethod(nil), before...))
		if err != nil {
			return err
		}
		t.settings.Methods = append([]shop.PaymentMethod(nil), list...)
		for i := range t.settings.Methods {
			m := &t.settings.Methods[i]
			m.Description = Describe(m.Description)
			m.ID = r.idOr(m.ID)
		}
		if err := keepKinds(before, t.settings.Methods); err != nil {
			return err
		}
		c := &r.contracts[t.contract].Contract
		if err := invalidIf(t.settings.Check(c), ofList("payment_methods", "payment_method")); err != nil {
			return err
		}
		return r.mayDelete(ctx, w.Tenant, before, t.settings.Methods)
	})
	if err != nil {
		return nil, err
	}
	return t.view().Methods, nil
}

// ChangeDeliveries is ChangeMethods for delivery methods (R19). Orders keep
// what was true at purchase, so that any may be left out.
func (r *Registry) ChangeDeliveries(ctx context.Context, w Who, change func([]shipping.Method) ([]shipping.Method, error)) ([]shipping.Method, error) {
	t, err := r.changeTenant(ctx, w, func(t *tenant) error {
		list, err := change(append([]shipping.Method(nil), t.settings.Deliveries...))
		if err != nil {
			return err
		}
		t.settings.Deliveries = append([]shipping.Method(nil), list...)
		for i := range t.settings.Deliveries {
			t.settings.Deliveries[i].ID = r.idOr(t.settings.Deliveries[i].ID)
		}
		return invalidIf(t.settings.Check(&r.contracts[t.contract].Contract), ofList("delivery_methods", "delivery_method"))
	})
	if err != nil {
		return nil, err
	}
	return t.view().Deliveries, nil
}

// idOr makes an id for what has none: 16 hex digits, never used before.
func (r *Registry) idOr(id string) string {
	if id != "" {
		return id
	}
	var b [8]byte
	_, _ = io.ReadFull(r.o.Random, b[:]) // a source of random that fails is no source
	return hex.EncodeToString(b[:])
}

// keepKinds: what a method settles by is fixed when it is made.
func keepKinds(before, after []shop.PaymentMethod) error {
	for _, a := range after {
		for _, b := range before {
			if a.ID == b.ID && a.Kind != b.Kind {
				return invalid("payment_method.kind", fmt.Sprintf("%q is of kind %s for good: stop it, and make another", a.ID, b.Kind))
			}
		}
	}
	return nil
}

// mayDelete refuses to leave out a method that an order used (R21). A payment
// does not name its method: it need not, since whatever is paid here is paid by
// card, and a shop has one method of that kind at most (R07), so each payment
// that was ever begun used it, whatever became of it. Orders paid by other
// kinds the shop settles by itself; none of them is here.
func (r *Registry) mayDelete(ctx context.Context, t shop.Tenant, before, after []shop.PaymentMethod) error {
	for _, b := range before {
		if b.Kind != shop.KindCard || hasMethod(after, b.ID) {
			continue
		}
		used, err := r.anyPayment(ctx, t, ledger.Filter{})
		if err != nil {
			return err
		}
		if used {
			return &payment.Refusal{Reason: payment.WrongState, Text: fmt.Sprintf("payment method %q was used by orders and cannot be deleted: stop it instead (stopped: true), and the checkout does not show it any more", b.ID)}
		}
	}
	return nil
}

func hasMethod(list []shop.PaymentMethod, id string) bool {
	for i := range list {
		if list[i].ID == id {
			return true
		}
	}
	return false
}

// anyPayment reports whether the tenant has a payment that meets the filter.
func (r *Registry) anyPayment(ctx context.Context, t shop.Tenant, filter ledger.Filter) (bool, error) {
	for q := (ledger.Query{Tenant: t, Filter: filter, Limit: 1}); ; {
		page, err := r.o.Payments.List(ctx, q)
		if err != nil || len(page.Payments) > 0 || !page.More {
			return len(page.Payments) > 0, err
		}
		q.Before = page.Next
	}
}
