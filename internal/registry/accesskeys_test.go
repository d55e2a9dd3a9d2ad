package registry

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"kessai.dev/kessai/internal/ledger"
	"kessai.dev/kessai/internal/shop"
)

func (r *rig) create(w Who, k Key) (Key, string) {
	r.Helper()
	made, secret, err := r.CreateKey(r.Context(), w, k)
	if err != nil {
		r.Fatal(err)
	}
	return made, secret
}

// Promise 6: a key belongs to one shop and environment, has 256 random bits, is
// kept as its hash, and works as soon as it is made.
func TestCreateKey(t *testing.T) {
	r := newRig(t, nil)
	expires := r.now.Add(24 * time.Hour)
	made, secret := r.create(test, Key{Title: "店頭", Scopes: []shop.Scope{shop.Storefront, shop.Shipping}, Expires: expires})
	_, live := r.create(production, Key{Scopes: []shop.Scope{shop.Operator}})
	if !regexp.MustCompile(`^sk_test_[A-Z2-7]{52}$`).MatchString(secret) || !regexp.MustCompile(`^sk_live_[A-Z2-7]{52}$`).MatchString(live) {
		t.Error("a key of another form")
	}
	if made.Hash != shop.HashKey(secret) || made.Configured || !made.Created.Equal(r.now) {
		t.Errorf("%+v", made)
	}
	last := r.last(test)
	if last.Resource != "accessKeys/"+made.Mark() || last.Action != created || !strings.Contains(fmt.Sprint(last.Fields), "storefront shipping") {
		t.Errorf("%+v", last)
	}
	if all := fmt.Sprintf("%+v %s", r.trail(test), r.log); strings.Contains(all, secret[8:]) {
		t.Error("the secret shows")
	}
	for range 2 {
		k := r.live.Now().Keys[shop.HashKey(secret)]
		if k == nil || k.Tenant != test.Tenant || !k.Has(shop.Storefront) || k.Has(shop.Operator) || !k.Expires.Equal(expires) || k.Demo {
			t.Errorf("%+v", k)
		}
		if k := r.live.Now().Keys[shop.HashKey(live)]; k == nil || k.Tenant != production.Tenant {
			t.Errorf("%+v", k)
		}
		list, err := r.Keys(test)
		if err != nil || len(list) != 2 || list[0].Title != "店頭" || !list[1].Configured {
			t.Errorf("%+v, %v", list, err)
		}
		if list, err = r.Keys(production); err != nil || len(list) != 1 {
			t.Errorf("%+v, %v", list, err)
		}
		r.restart(nil)
	}
	for want, k := range map[string]Key{
		"access_key.scopes":      {},
		"access_key.scopes[1]":   {Scopes: []shop.Scope{shop.Operator, "root"}},
		"access_key.scopes[2]":   {Scopes: []shop.Scope{shop.Operator, shop.Shipping, shop.Operator}},
		"access_key.title":       {Title: "a\nb", Scopes: []shop.Scope{shop.Operator}},
		"access_key.expire_time": {Scopes: []shop.Scope{shop.Operator}, Expires: r.now},
	} {
		if _, _, err := r.CreateKey(t.Context(), test, k); fields(err) != want {
			t.Errorf("want %s: %v", want, err)
		}
	}
}

// Promise 6: rotation with overlap: both work until the old one ends, and an
// ended one never works again.
func TestExpireKey(t *testing.T) {
	r := newRig(t, nil)
	old, secret := r.create(test, Key{Scopes: []shop.Scope{shop.Operator}})
	next, _ := r.create(test, Key{Scopes: []shop.Scope{shop.Operator}})
	caller := Who{Tenant: test.Tenant, Actor: "key:" + next.Mark()}
	later := r.now.Add(time.Hour)
	if k, err := r.ExpireKey(t.Context(), caller, old.Mark(), later); err != nil || !k.Expires.Equal(later) {
		t.Fatalf("%+v, %v", k, err)
	}
	if k := r.live.Now().Keys[shop.HashKey(secret)]; !k.Expires.Equal(later) {
		t.Errorf("%+v", k)
	}
	r.now = r.now.Add(time.Minute)
	for range 2 { // again is no error
		if k, err := r.ExpireKey(t.Context(), caller, old.Mark(), time.Time{}); err != nil || !k.Expires.Equal(r.now) {
			t.Errorf("%+v, %v", k, err)
		}
	}
	if last := r.last(test); last.Actor != caller.Actor || last.Resource != "accessKeys/"+old.Mark() || last.Fields[0].Field != "expireTime" {
		t.Errorf("%+v", last)
	}
	n := len(r.trail(test))
	configured := shop.HashKey("sk_test_file")
	file := Key{Hash: configured}
	for name, c := range map[string]struct {
		w    Who
		mark string
		at   time.Time
		want func(error) bool
	}{
		"itself":               {caller, next.Mark(), time.Time{}, refused},
		"itself later":         {caller, next.Mark(), later, refused},
		"of the config file":   {caller, file.Mark(), time.Time{}, refused},
		"ended":                {caller, old.Mark(), later, refused},
		"in the past":          {test, next.Mark(), r.now.Add(-time.Second), func(err error) bool { return fields(err) == "expire_time" }},
		"of another env":       {production, next.Mark(), time.Time{}, notFound},
		"of another shop":      {other, next.Mark(), time.Time{}, notFound},
		"nobody's":             {caller, "00000000", time.Time{}, notFound},
		"no mark":              {caller, "", time.Time{}, notFound},
		"a shop that is not":   {Who{Tenant: shop.Tenant{Shop: "x", Environment: shop.Test}}, next.Mark(), time.Time{}, notFound},
		"the beginning of one": {caller, next.Mark()[:4], time.Time{}, notFound},
	} {
		if _, err := r.ExpireKey(t.Context(), c.w, c.mark, c.at); !c.want(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(r.trail(test)) != n {
		t.Error("a refusal left an entry")
	}
}

func notFound(err error) bool { return errors.Is(err, ledger.ErrNotFound) }

// A shop has so many keys that work; ended ones do not count.
func TestKeysAreBounded(t *testing.T) {
	r := newRig(t, nil)
	one := Key{Scopes: []shop.Scope{shop.Storefront}}
	var last Key
	for range maxKeys - 1 { // and the file's
		last, _ = r.create(test, one)
	}
	if _, _, err := r.CreateKey(t.Context(), test, one); fields(err) != "access_key" {
		t.Errorf("one more: %v", err)
	}
	if _, err := r.ExpireKey(t.Context(), test, last.Mark(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	r.create(test, one)
	r.create(production, one)
}
