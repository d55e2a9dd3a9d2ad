package registry

import (
	"errors"
	"strings"
	"testing"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

// R12: an installation begins with its config file; from then on the books rule,
// and one warning for each shop names what differs, never a secret's value.
func TestBegin(t *testing.T) {
	r := newRig(t, nil)
	if r.log.Len() > 0 {
		t.Errorf("the first start warns: %s", r.log)
	}
	for _, w := range []Who{test, production, other} {
		resources := ""
		for _, c := range r.trail(w) {
			if c.Actor != "kessai" || c.Action != created {
				t.Errorf("%+v", c)
			}
			resources += c.Resource + " "
		}
		if want := " settings paymentMethods/card paymentMethods/bank deliveryMethods/takkyubin "; !strings.HasSuffix(resources, want) || !strings.HasPrefix(resources, "contracts/"+string(w.Tenant.Shop)) {
			t.Errorf("%v: %s", w.Tenant, resources)
		}
	}
	r.set(test, func(s *Settings) { s.Installments = true })
	n := len(r.trail(test))
	r.restart(func(d *shop.Directory) {
		s := d.Shops["a"]
		s.Name, s.Settings.FeeRate = "File", 100
		c := s.Contracts[shop.Production]
		c.AccessKey, c.HoldDays = "5555555555", 30
		s.Contracts[shop.Production] = c
		s.Settings.Methods = s.Settings.Methods[:1]
	})
	if s := r.settings(test); s.Name != "Shop a" || !s.Installments || s.FeeRate != shop.DefaultFeeRate || len(s.Methods) != 2 {
		t.Errorf("the file rules: %+v", s)
	}
	if s, c, _ := r.live.Now().Contract(production.Tenant); c.AccessKey.Reveal() != canary || c.HoldDays != 60 || s.Name != "Shop a" {
		t.Errorf("the file rules: %+v", c)
	}
	log := r.log.String()
	if strings.Count(log, "level=WARN") != 1 || !strings.Contains(log, "shop=a") ||
		!strings.Contains(log, `fields="[contracts/a-live.accessKey contracts/a-live.holdDays feeRate installments paymentMethods/bank shopName]"`) {
		t.Errorf("%s", log)
	}
	for _, secret := range []string{canary, "5555555555"} {
		if strings.Contains(log, secret) {
			t.Error("the log shows an access key")
		}
	}
	if len(r.trail(test)) != n {
		t.Error("a start changed something")
	}
}

// A file that lists no payment methods leaves them to the shop: it begins with
// the one for cards, beside which another can stand (R20).
func TestBeginWithoutMethods(t *testing.T) {
	none := func(d *shop.Directory) { d.Shops["b"].Settings.Methods = nil }
	r := newRig(t, none)
	list, err := r.ChangeMethods(t.Context(), other, func(l []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
		return append(l, shop.PaymentMethod{Name: "銀行振込", Kind: shop.KindOther}), nil
	})
	if err != nil || len(list) != 2 || list[0].Kind != shop.KindCard {
		t.Fatalf("%+v, %v", list, err)
	}
	r.restart(none)
	if list, err = r.Methods(other); err != nil || len(list) != 2 || r.log.Len() > 0 {
		t.Errorf("%+v, %v, %s", list, err, r.log)
	}
}

// A key of the file works as long as it is there; which shops and environments
// there are is the file's, too. What a shop that is gone was set to is kept.
func TestFileRulesKeysAndShops(t *testing.T) {
	r := newRig(t, nil)
	file := shop.HashKey("sk_test_file")
	r.set(other, func(s *Settings) { s.Name = "B" })
	_, secret := r.create(other, Key{Scopes: []shop.Scope{shop.Operator}})
	if k := r.live.Now().Keys[file]; k == nil || k.Tenant != test.Tenant {
		t.Errorf("%+v", k)
	}
	r.restart(func(d *shop.Directory) {
		delete(d.Keys, file)
		delete(d.Shops, "b")
		delete(d.Shops["a"].Contracts, shop.Test)
	})
	d := r.live.Now()
	if d.Keys[file] != nil || d.Keys[shop.HashKey(secret)] != nil || len(d.Shops) != 1 {
		t.Errorf("%+v", d)
	}
	for _, w := range []Who{test, other} {
		if _, _, ok := d.Contract(w.Tenant); ok {
			t.Errorf("%v is served", w.Tenant)
		}
		_, settings := r.Settings(w)
		_, changes := r.Changes(t.Context(), w, 0, 10)
		_, contracts := r.Contracts(w)
		_, keys := r.Keys(w)
		for _, err := range []error{settings, changes, contracts, keys} {
			if !errors.Is(err, ledger.ErrNotFound) {
				t.Errorf("%v: %v", w.Tenant, err)
			}
		}
	}
	r.restart(nil)
	if s := r.settings(other); s.Name != "B" || r.live.Now().Keys[shop.HashKey(secret)] == nil {
		t.Errorf("%+v", s)
	}
}

// A contract that several shops point to is the file's: what is new there comes
// into the books, and into the trail of each.
func TestSharedContractFollows(t *testing.T) {
	share := func(days int) func(*shop.Directory) {
		return func(d *shop.Directory) {
			c := d.Shops["b"].Contracts[shop.Test]
			c.HoldDays = days
			d.Shops["b"].Contracts[shop.Test] = c
			d.Shops["c"] = &shop.Shop{ID: "c", Contracts: map[shop.Environment]shop.Contract{shop.Test: c}}
		}
	}
	r := newRig(t, share(60))
	r.restart(func(d *shop.Directory) {
		share(58)(d)
		for id := range d.Shops { // files that leave the access key to the books
			for env, c := range d.Shops[id].Contracts {
				c.AccessKey = ""
				d.Shops[id].Contracts[env] = c
			}
		}
	})
	for _, id := range []shop.ID{"b", "c"} {
		w := Who{Tenant: shop.Tenant{Shop: id, Environment: shop.Test}}
		if _, c, _ := r.live.Now().Contract(w.Tenant); c.HoldDays != 58 || c.AccessKey.Reveal() != canary {
			t.Errorf("%+v", c)
		}
		if last := r.last(w); last.Actor != "kessai" || last.Resource != "contracts/b-test" || last.Fields[0] != (FieldChange{"holdDays", "60", "58"}) {
			t.Errorf("%+v", last)
		}
	}
	if strings.Contains(r.log.String(), "WARN") {
		t.Errorf("%s", r.log)
	}
}

// A shop that the file points to another contract follows it, with an entry in
// its trail; a setting that this contract does not give is told.
func TestAnotherContract(t *testing.T) {
	r := newRig(t, nil)
	r.set(other, func(s *Settings) { s.Saving = shop.SavingAlways })
	r.restart(func(d *shop.Directory) {
		d.Shops["b"].Contracts[shop.Test] = shop.Contract{ID: "new", TraderCode: "888881111", AccessKey: "1", HoldDays: 60, Flags: shop.Flags{TestAllowed: true}}
	})
	if _, c, _ := r.live.Now().Contract(other.Tenant); c.ID != "new" || c.TraderCode != "888881111" {
		t.Errorf("%+v", c)
	}
	if last := r.last(other); last.Actor != "kessai" || last.Resource != "settings" || last.Fields[0] != (FieldChange{"contract", "b-test", "new"}) {
		t.Errorf("%+v", last)
	}
	if log := r.log.String(); !strings.Contains(log, "field=card_on_file") {
		t.Errorf("%s", log)
	}
}

// What the file begins with keeps the rules, or nothing begins.
func TestBeginRefuses(t *testing.T) {
	for want, edit := range map[string]func(*shop.Directory){
		`shop "b"`: func(d *shop.Directory) { d.Shops["b"].Settings.NoSecurityCode = true },
		`contract "b-test"`: func(d *shop.Directory) {
			c := d.Shops["b"].Contracts[shop.Test]
			c.TraderCode = "1"
			d.Shops["b"].Contracts[shop.Test] = c
		},
	} {
		r := &rig{T: t, dir: t.TempDir(), log: newRig(t, nil).log}
		if err := r.tryStart(edit); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %s: %v", want, err)
		}
		r.stop()
	}
}
