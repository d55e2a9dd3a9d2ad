package registry

import (
	"fmt"
	"testing"

	"kessai.dev/kessai/internal/ledger/ledgertest"
	"kessai.dev/kessai/internal/shipping"
	"kessai.dev/kessai/internal/shop"
)

// methods changes the payment methods.
func (r *rig) methods(change func([]shop.PaymentMethod) []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
	return r.ChangeMethods(r.Context(), test, func(l []shop.PaymentMethod) ([]shop.PaymentMethod, error) { return change(l), nil })
}

// R20: rename, describe, stop, add and order; what the checkout shows, and what
// the trail says of it.
func TestMethods(t *testing.T) {
	r := newRig(t, nil)
	before := len(r.trail(test))
	list, err := r.methods(func(l []shop.PaymentMethod) []shop.PaymentMethod {
		l[0].Name, l[0].Description, l[1].Stopped = "クレジット", `<b>5</b>ブランド<script>x</script>`, true
		return append([]shop.PaymentMethod{{Name: "代金引換", Kind: shop.KindOther}}, l...)
	})
	if err != nil || len(list) != 3 || len(list[0].ID) != 16 || list[1].Description != "<b>5</b>ブランド" {
		t.Fatalf("%+v, %v", list, err)
	}
	if list, err = r.methods(func(l []shop.PaymentMethod) []shop.PaymentMethod { l[0], l[1] = l[1], l[0]; return l }); err != nil {
		t.Fatal(err)
	}
	id := list[1].ID
	for range 2 {
		s, c, _ := r.live.Now().Contract(test.Tenant)
		if offered := s.Settings.OfferedUnder(&c, shop.Test); len(offered) != 2 || offered[0].Name != "クレジット" || offered[1].ID != id {
			t.Errorf("%+v", offered)
		}
		got := ""
		for _, c := range r.trail(test)[before:] {
			got += fmt.Sprintln(c.Resource, c.Action, c.Fields)
		}
		want := "paymentMethods/" + id + " created [{title  代金引換} {kind  other} {stopped  false}]\n" +
			"paymentMethods/card updated [{title カード クレジット} {description  <b>5</b>ブランド}]\n" +
			"paymentMethods/bank updated [{stopped false true}]\n" +
			"paymentMethods updated [{order " + id + " card bank card " + id + " bank}]\n"
		if got != want {
			t.Errorf("%s", got)
		}
		r.restart(nil)
	}
}

// R07 R20: at most one is for cards, under a contract that is complete; a kind
// is for good; each has a name.
func TestMethodRules(t *testing.T) {
	r := newRig(t, func(d *shop.Directory) {
		s := d.Shops["b"] // a shop whose access key comes later
		c := s.Contracts[shop.Test]
		c.AccessKey = ""
		s.Contracts[shop.Test] = c
		s.Settings.Methods = []shop.PaymentMethod{{ID: "bank", Name: "銀行振込", Kind: shop.KindOther}}
	})
	add := func(m shop.PaymentMethod) func([]shop.PaymentMethod) []shop.PaymentMethod {
		return func(l []shop.PaymentMethod) []shop.PaymentMethod { return append(l, m) }
	}
	for name, c := range map[string]struct {
		change func([]shop.PaymentMethod) []shop.PaymentMethod
		want   string
	}{
		"two for cards": {add(shop.PaymentMethod{Name: "x", Kind: shop.KindCard}), "payment_method.kind"},
		"no kind":       {add(shop.PaymentMethod{Name: "x"}), "payment_method.kind"},
		"no name":       {add(shop.PaymentMethod{Kind: shop.KindOther}), "payment_method.title"},
		"the same id":   {add(shop.PaymentMethod{ID: "bank", Name: "x", Kind: shop.KindOther}), "payment_method.name"},
		"a strange id":  {add(shop.PaymentMethod{ID: "a/b", Name: "x", Kind: shop.KindOther}), "payment_method.name"},
		"another kind":  {func(l []shop.PaymentMethod) []shop.PaymentMethod { l[0].Kind = shop.KindOther; return l }, "payment_method.kind"},
		"too many": {func(l []shop.PaymentMethod) []shop.PaymentMethod {
			for len(l) <= shop.MaxMethods {
				l = append(l, shop.PaymentMethod{Name: "x", Kind: shop.KindOther})
			}
			return l
		}, "payment_method"},
	} {
		if _, err := r.methods(c.change); fields(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	card := add(shop.PaymentMethod{Name: "カード", Kind: shop.KindCard})
	of := func(l []shop.PaymentMethod) ([]shop.PaymentMethod, error) { return card(l), nil }
	if _, err := r.ChangeMethods(t.Context(), other, of); fields(err) != "payment_method.kind" {
		t.Errorf("without an access key: %v", err)
	}
	s, c, _ := r.live.Now().Contract(other.Tenant)
	if offered := s.Settings.OfferedUnder(&c, shop.Test); len(offered) != 1 || offered[0].ID != "bank" {
		t.Errorf("%+v", offered)
	}
	if _, err := r.ChangeContract(t.Context(), other, "b-test", func(c *shop.Contract) error { c.AccessKey = "1111111"; return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := r.ChangeMethods(t.Context(), other, of); err != nil {
		t.Errorf("with one: %v", err)
	}
}

// R21: a method that any order used can be stopped, not deleted, whatever became
// of the order; in the other environment, where none used it, it can.
func TestUsedMethodStays(t *testing.T) {
	r := newRig(t, nil)
	without := func(l []shop.PaymentMethod) ([]shop.PaymentMethod, error) { return l[1:], nil }
	author := ledgertest.NewAuthor(1)
	author.Tenant = test.Tenant
	if err := r.books.Append(t.Context(), author.Open("1396", "a1", nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.ChangeMethods(t.Context(), test, without); !refused(err) {
		t.Errorf("a used one went: %v", err)
	}
	if list, err := r.methods(func(l []shop.PaymentMethod) []shop.PaymentMethod { l[0].Stopped = true; return l }); err != nil || !list[0].Stopped {
		t.Errorf("%+v, %v", list, err)
	}
	for _, w := range []Who{production, other} {
		if list, err := r.ChangeMethods(t.Context(), w, without); err != nil || len(list) != 1 {
			t.Errorf("%v: %+v, %v", w.Tenant, list, err)
		}
		if last := r.last(w); last.Resource != "paymentMethods/card" || last.Action != deleted || last.Fields[0] != (FieldChange{"title", "カード", ""}) {
			t.Errorf("%+v", last)
		}
	}
	if _, err := r.methods(func(l []shop.PaymentMethod) []shop.PaymentMethod { return l[:1] }); err != nil {
		t.Errorf("one that settles elsewhere: %v", err)
	}
}

// R20: a description is HTML, with everything dangerous taken out.
func TestDescribe(t *testing.T) {
	for in, want := range map[string]string{
		`<b>1回払い</b><br>まで`:                           `<b>1回払い</b><br>まで`,
		`<script>alert(1)</script>安全`:                 `安全`,
		`<img src=x onerror=alert(1)>`:                ``,
		`<a href="javascript:alert(1)">x</a>`:         `x`,
		`<a href="https://a.example" onclick=x>x</a>`: `<a href="https://a.example" rel="noreferrer noopener" target="_blank">x</a>`,
		`<p style="position:fixed">x</p>`:             `<p>x</p>`,
	} {
		if got := Describe(in); got != want || Describe(got) != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// R19: delivery methods are assigned to Yamato or another carrier; with none
// there is nothing to assign.
func TestDeliveries(t *testing.T) {
	r := newRig(t, nil)
	change := func(f func([]shipping.Method) []shipping.Method) ([]shipping.Method, error) {
		return r.ChangeDeliveries(t.Context(), test, func(l []shipping.Method) ([]shipping.Method, error) { return f(l), nil })
	}
	list, err := change(func(l []shipping.Method) []shipping.Method {
		return append(l, shipping.Method{Name: "メール便", Carrier: "sagawa"})
	})
	if err != nil || len(list) != 2 || len(list[1].ID) != 16 || list[1].Yamato() {
		t.Fatalf("%+v, %v", list, err)
	}
	if list, err = change(func(l []shipping.Method) []shipping.Method { l[1].Carrier = shipping.CarrierYamato; return l }); err != nil || !list[1].Yamato() {
		t.Errorf("%+v, %v", list, err)
	}
	if last := r.last(test); last.Resource != "deliveryMethods/"+list[1].ID || fmt.Sprint(last.Fields) != "[{carrier sagawa yamato}]" {
		t.Errorf("%+v", last)
	}
	for want, m := range map[string]shipping.Method{
		"delivery_method.carrier": {ID: "a", Name: "a", Carrier: "Yamato"},
		"delivery_method.title":   {ID: "a", Carrier: "other"},
		"delivery_method.name":    {ID: "takkyubin", Name: "a", Carrier: "other"},
	} {
		if _, err := change(func(l []shipping.Method) []shipping.Method { return append(l, m) }); fields(err) != want {
			t.Errorf("%+v: %v", m, err)
		}
	}
	if list, err = change(func([]shipping.Method) []shipping.Method { return nil }); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := r.Deliveries(production); err != nil || len(list) != 1 {
		t.Errorf("another environment: %+v, %v", list, err)
	}
}
