package registry

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"kessai.dev/kessai/internal/money"
	"kessai.dev/kessai/internal/shop"
)

// P87: whatever is changed, by this process or another one, the directory is what it would be
// if it were made anew, whole; a shop that nothing was changed of is not touched, and neither
// is the directory that payments under way began with.
func TestDirectoryFollowsChanges(t *testing.T) {
	here := newRig(t, nil)
	there := here.beside(here.books)
	var made []Key
	rapid.Check(t, func(t *rapid.T) {
		who := rapid.SampledFrom([]Who{test, production, other}).Draw(t, "who")
		n := rapid.IntRange(1, 99).Draw(t, "n")
		before := here.live.Now()
		here.publish()
		begun := here.live.Now()
		var err error
		switch what := rapid.SampledFrom([]string{"settings", "contract", "key", "end of a key", "methods"}).Draw(t, "what"); {
		case what == "settings":
			here.set(who, func(s *Settings) { s.Name = fmt.Sprint("Shop ", n) })
		case what == "contract":
			id := map[Who]string{test: "a-test", production: "a-live", other: "b-test"}[who]
			err = here.contract(who, id, func(c *shop.Contract) { c.AmountLimit = money.Yen(100_000 + n) })
		case what == "key" && len(made) < 9:
			k, _ := here.create(who, Key{Scopes: []shop.Scope{shop.Storefront}})
			made = append(made, k)
		case what == "end of a key" && len(made) > 0:
			k := made[n%len(made)]
			if _, err = here.ExpireKey(here.Context(), Who{Tenant: who.Tenant, Actor: "key:none"}, k.Mark(), here.now.Add(time.Duration(n)*time.Hour)); err != nil {
				err = nil // of another shop, or ended
			}
		case what == "methods":
			_, err = here.ChangeMethods(here.Context(), who, func(list []shop.PaymentMethod) ([]shop.PaymentMethod, error) {
				list[1].Name = fmt.Sprint("銀行振込 ", n)
				return list, nil
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(before, begun) {
			t.Fatal("the directory that somebody works with was changed")
		}
		for id, s := range begun.Shops {
			if id != who.Tenant.Shop && here.live.Now().Shops[id] != s {
				t.Errorf("shop %s was made anew", id)
			}
		}
		there.wanted(there.Refresh(there.Context()))
		for _, r := range []*rig{here, there} {
			after := r.live.Now()
			if r.publish(); !reflect.DeepEqual(after, r.live.Now()) {
				t.Fatalf("after a change:\n%+v\nas a whole:\n%+v", after, r.live.Now())
			}
		}
	})
}
